"""Opens, closes and re-keys the mentors' door, and counts who knocks with the wrong code."""

import secrets
from contextlib import suppress

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import MentorCohort

# No 0, 1, I or O: read aloud in a classroom, and copied from a board.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
WINDOW = 10 * 60
# A school sits behind one address: thirty pupils may each slip twice. With 32⁸ codes, a guesser at this pace needs
# longer than the code lives; and the QR link, which cannot be guessed, opens all the same.
MOST_FAILURES_PER_PREFIX = 60
MOST_FAILURES_PER_ADDRESS = 200
MOST_FAILURES_PER_BROWSER = 8
# A log is three taps and one writing; thirteen mentors who all change their minds stay far below.
MOST_TAPS_PER_BROWSER = 30
MOST_TAPS_PER_COHORT = 200


def new_door_code(prefix: str = "") -> str:
    """Four signs and four signs; the first may be given, the last are always drawn."""
    first = prefix or _draw()
    return f"{first}-{_draw()}"


def _draw() -> str:
    return "".join(secrets.choice(SIGNS) for _place in range(4))


@transaction.atomic
def change_door_code(*, cohort: MentorCohort, by: User) -> MentorCohort:
    """Draw a new code: the old one, its QR link and everybody who came in by them are shut out at once."""
    cohort.door_code = new_door_code()
    cohort.door_closed_at = None
    cohort.save(update_fields=["door_code", "door_closed_at"])
    _log(EventKind.DOOR_CHANGED, cohort, by)
    return cohort


@transaction.atomic
def close_door(*, cohort: MentorCohort, by: User) -> MentorCohort:
    """Shut the door and everybody who came in by it, until it is opened with a new code."""
    cohort.door_closed_at = timezone.now()
    cohort.save(update_fields=["door_closed_at"])
    _log(EventKind.DOOR_CLOSED, cohort, by)
    return cohort


def _log(kind: EventKind, cohort: MentorCohort, by: User) -> None:
    school = cohort.school
    log_event(kind=kind, actor=by, municipality=school.municipality, school=school, about={"cohort": cohort.name})


def count_tap(*, cohort: MentorCohort, browser: str) -> None:
    """Remember that a phone wrote something through the door; nothing is kept of what or by whom."""
    for key, _most in _taps(cohort, browser):
        if not cache.add(key, 1, timeout=WINDOW):
            with suppress(ValueError):  # it ran out in this very moment
                cache.incr(key)


def is_tapping_too_often(*, cohort: MentorCohort, browser: str) -> bool:
    """Whether a phone, or all phones of a cohort together, wrote so often that no more is taken for a while."""
    return any(cache.get(key, 0) >= most for key, most in _taps(cohort, browser))


def _taps(cohort: MentorCohort, browser: str) -> list[tuple[str, int]]:
    return [
        (f"mentor_taps:{cohort.pk}:{browser}", MOST_TAPS_PER_BROWSER),
        (f"mentor_taps:{cohort.pk}", MOST_TAPS_PER_COHORT),
    ]


def count_failed_code(*, address: str, code: str) -> None:
    """Remember that a wrong code came from an address; right ones are never counted."""
    for key, _most in _counters(address, code):
        if not cache.add(key, 1, timeout=WINDOW):
            with suppress(ValueError):  # it ran out in this very moment
                cache.incr(key)


def is_guessing(*, address: str, code: str) -> bool:
    """Whether so many wrong codes came from an address that no more are tried for a while."""
    return any(cache.get(key, 0) >= most for key, most in _counters(address, code))


def _counters(address: str, code: str) -> list[tuple[str, int]]:
    return [
        (f"mentor_door:{address}:{code[:4]}", MOST_FAILURES_PER_PREFIX),
        (f"mentor_door:{address}", MOST_FAILURES_PER_ADDRESS),
    ]
