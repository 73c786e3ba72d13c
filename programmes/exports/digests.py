"""The weekly digest in words: a subject that says what waits, and a plain text that ends with the way out of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from accounts.models import User
from programmes.actions.addresses import address_of
from programmes.enums import DigestTopic
from programmes.models import Municipality, School
from programmes.models.mentors import PROGRAMME as MVP
from programmes.reports.digests import LAST_OF_A_WEEK, Digest, DigestPart
from programmes.reports.waiting import WaitingRow

MOST_ROWS = 8
MOST_CLASSES = 12
IN_SUBJECT = 2
SIGNER = Signer(salt="programmes.digest_refusal")


@dataclass(frozen=True)
class LetterText:
    """What is sent: a subject, a plain text, and what a mail program is told about leaving."""

    subject: str
    body: str
    leave_url: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The one click of RFC 8058, which mail programs show as a button of their own."""
        if not self.leave_url:
            return {}
        return {"List-Unsubscribe": f"<{self.leave_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def leave_token(user: User) -> str:
    """What the link out of the digest carries: it can do nothing but end the letters of one person."""
    return SIGNER.sign(str(user.pk))


def user_of_token(token: str) -> int | None:
    """The person whose letters a link ends; None when nobody made it."""
    try:
        return int(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


def digest_letter(digest: Digest, *, user: User, municipality: Municipality) -> LetterText:
    """The letter of one week; the digest must have something to say."""
    leave_url = address_of(municipality, reverse("programmes:digest_leave", args=[leave_token(user)]))
    parts = [_part(part, municipality) for part in digest.parts]
    body = [greeting(user), _opening(digest), *parts, _closing(leave_url)]
    return LetterText(_subject(digest), "\n\n".join(body) + "\n", leave_url)


def greeting(user: User) -> str:
    name = user.get_short_name()
    return _("Hello %(name)s!") % {"name": name} if name else _("Hello!")


def _opening(digest: Digest) -> str:
    last = digest.week + LAST_OF_A_WEEK
    values = {"week": week_of(digest), "first": date_format(digest.week, "j F"), "last": date_format(last, "j F Y")}
    return _("This is what waits for you in week %(week)s, %(first)s to %(last)s.") % values


def week_of(digest: Digest) -> int:
    return digest.week.isocalendar().week


def _subject(digest: Digest) -> str:
    """The first things that wait, added up over the schools."""
    counts = {
        topic: sum(part.count for part in digest.parts if part.topic == topic)
        for topic in DigestTopic
        if any(part.topic == topic for part in digest.parts)
    }
    said = ", ".join(heading(topic, count) for topic, count in list(counts.items())[:IN_SUBJECT])
    return _("Stins, week %(week)s: %(what)s") % {"week": week_of(digest), "what": said}


def heading(topic: DigestTopic, count: int) -> str:
    """What waits, in a few words."""
    counted = {
        DigestTopic.NOT_REPORTED: ngettext("%(n)s session is not reported", "%(n)s sessions are not reported", count),
        DigestTopic.DUE_NOW: ngettext("%(n)s session is due now", "%(n)s sessions are due now", count),
        DigestTopic.STAFF_TO_REPORT: ngettext("%(n)s staff meeting to report", "%(n)s staff meetings to report", count),
        DigestTopic.PARENTS_TO_COUNT: ngettext(
            "%(n)s parent meeting to count", "%(n)s parent meetings to count", count
        ),
        DigestTopic.SUPERVISION_TO_REPORT: ngettext(
            "%(n)s supervision to report", "%(n)s supervisions to report", count
        ),
        DigestTopic.CHECK_ROUND: _("the check round of secure bases is open"),
        DigestTopic.COMING: ngettext("%(n)s meeting this week", "%(n)s meetings this week", count),
        DigestTopic.SCHOOLS_BEHIND: ngettext("%(n)s session is not reported", "%(n)s sessions are not reported", count),
        DigestTopic.TO_READ: ngettext(
            "%(n)s page waits for a second reader", "%(n)s pages wait for a second reader", count
        ),
        DigestTopic.LETTERS: ngettext("%(n)s letter did not get through", "%(n)s letters did not get through", count),
    }
    return counted[topic] % {"n": count}


def _part(part: DigestPart, municipality: Municipality) -> str:
    title = capfirst(heading(part.topic, part.count))
    if part.school:
        title = _("%(school)s: %(what)s") % {"school": part.school.name, "what": heading(part.topic, part.count)}
    lines = [title, *listed(part.topic, part.rows), address_of(municipality, _path(part))]
    return "\n".join(lines)


def listed(topic: DigestTopic, rows: Sequence[WaitingRow]) -> list[str]:
    """A line for each thing that waits, of which the first are told and the others counted."""
    if topic == DigestTopic.LETTERS:
        return []
    lines = [f"- {_row(topic, row)}" for row in rows[:MOST_ROWS]]
    left = len(rows) - MOST_ROWS
    if left > 0:
        lines.append(_("- and %(count)s more") % {"count": left})
    return lines


def _row(topic: DigestTopic, row: WaitingRow) -> str:
    values = {
        "title": row.title,
        "day": date_format(row.day, "j F") if row.day else "",
        "classes": _class_names(row.classes),
        "count": row.count,
        "kind": row.kind,
    }
    if topic == DigestTopic.NOT_REPORTED:
        return _("%(title)s, which was due on %(day)s: %(classes)s") % values
    if topic == DigestTopic.DUE_NOW:
        return _("%(title)s, by %(day)s: %(classes)s") % values
    if topic == DigestTopic.SCHOOLS_BEHIND:
        return _("%(title)s: %(count)s") % values
    if topic == DigestTopic.CHECK_ROUND:
        return _round(row, values)
    if topic == DigestTopic.TO_READ:
        return _("%(title)s, since %(day)s") % values
    if topic == DigestTopic.PARENTS_TO_COUNT and row.kind:
        return _("%(title)s, meeting %(kind)s, %(day)s") % values
    if row.kind and not row.kind.isdecimal():
        return _("%(kind)s: %(title)s, %(day)s") % {**values, "kind": capfirst(row.kind)}
    return _("%(title)s, %(day)s") % values


def _round(row: WaitingRow, values: dict[str, object]) -> str:
    said = _("%(title)s, until %(day)s") % values if row.day else row.title
    if not row.count:
        return said
    without = ngettext("%(n)s pupil has no adult yet", "%(n)s pupils have no adult yet", row.count) % {"n": row.count}
    return f"{said}: {without}"


def _class_names(classes: Sequence[str]) -> str:
    told = ", ".join(classes[:MOST_CLASSES])
    left = len(classes) - MOST_CLASSES
    return _("%(classes)s and %(count)s more") % {"classes": told, "count": left} if left > 0 else told


def _path(part: DigestPart) -> str:
    """Where one goes on."""
    if part.school is None:
        return _municipal_path(part.topic)
    names = {
        DigestTopic.STAFF_TO_REPORT: "staff_list",
        DigestTopic.PARENTS_TO_COUNT: "parent_list",
        DigestTopic.SUPERVISION_TO_REPORT: "cohort_list",
        DigestTopic.CHECK_ROUND: "secure_bases",
    }
    of_mentors = all(row.programme == MVP for row in part.rows)
    name = names.get(part.topic, "cohort_list" if of_mentors else "school_year")
    return _school_path(name, part.school)


def _municipal_path(topic: DigestTopic) -> str:
    if topic == DigestTopic.TO_READ:
        return reverse("wagtailadmin_home")
    names = {DigestTopic.PARENTS_TO_COUNT: "all_parents"}
    return reverse(f"programmes:{names.get(topic, 'reminder_list')}")


def _school_path(name: str, school: School) -> str:
    return reverse(f"programmes:{name}", args=[school.slug])


def _closing(leave_url: str) -> str:
    return "\n".join(
        [
            _("This letter comes once a week, and only when something waits for you."),
            _("Do not want it? Turn it off here:"),
            leave_url,
        ]
    )
