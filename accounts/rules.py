"""Rules about persons that hold in every room: Swedish personal identity numbers never belong in Stins."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from personnummer import personnummer

PERSONAL_IDENTITY_NUMBER_MESSAGE = _(
    "The text seems to hold a personal identity number. Remove it: never write about individual pupils here."
)

_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_GAP = rf"[{_DASH}./ \u00a0\u2007\u202f]?"
# Century (optional), year, month, day (a coordination number adds 60 to the day), a sign, four more.
# What is followed by yet another dash and digit is a span of dates: 2024-08-19–2025-06-11.
_CANDIDATE = re.compile(
    rf"""(?<!\d)
    (?P<century>1[89]|20)?(?P<year>\d\d){_GAP}(?P<month>\d\d){_GAP}(?P<day>\d\d)
    [ \u00a0\u2007\u202f]?(?P<sign>[+{_DASH}]?)[ \u00a0\u2007\u202f]?
    (?P<last>\d{{4}}|[A-Za-z]{{2}}\d{{2}}|[A-Za-z]\d{{3}})
    (?![\dA-Za-z])(?![{_DASH}]\d)""",
    re.VERBOSE,
)


def find_personal_identity_number(text: str) -> bool:
    """Tell whether a text holds something written as a Swedish personal identity number, right check digit or not.

    Ten bare digits count only when the check digit fits, since a mobile number looks the same.
    Source: Skatteverket's description of personnummer and samordningsnummer.
    """
    return any(_is_personal_identity_number(match) for match in _CANDIDATE.finditer(text or ""))


def hide_personal_identity_numbers(text: str) -> str:
    """A text that was refused, as it may be shown again: with "…" where the numbers stood."""
    return _CANDIDATE.sub(lambda match: "…" if _is_personal_identity_number(match) else match[0], text)


def validate_no_personal_identity_number(value: object) -> None:
    """Refuse a text with a personal identity number, without repeating the text."""
    if isinstance(value, str) and find_personal_identity_number(value):
        raise ValidationError(PERSONAL_IDENTITY_NUMBER_MESSAGE, code="personal_identity_number")


def _is_personal_identity_number(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)):
        return False
    if match["century"] or match["sign"]:
        return True
    digits = match["year"] + match["month"] + match["day"] + match["last"]
    return digits.isdigit() and bool(personnummer.valid(digits))
