"""The dates of a school year in words: one title for each, the same in the year wheel and in people's own calendars."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programmes.actions.addresses import address_of
from programmes.enums import DateKind
from programmes.exports.calendar import CalendarEntry
from programmes.models import Municipality
from programmes.reports.calendars import AUTUMN, Dated

MOST_CLASSES = 12
PAGES = {
    DateKind.SESSION: "school_year",
    DateKind.STAFF: "staff_list",
    DateKind.PARENTS: "parent_list",
    DateKind.SUPERVISION: "cohort_list",
    DateKind.CHECK_ROUND: "secure_bases",
}


def title_of(row: Dated) -> str:
    """What a date is, in a few words, without the school."""
    words = {
        "title": row.title,
        "more": ", ".join(row.more[:MOST_CLASSES]),
        "month": str(MONTHS[row.first_day.month]),
    }
    if row.kind == DateKind.TERM:
        return _("Autumn term") if row.title == AUTUMN else _("Spring term")
    if row.kind == DateKind.BASE_MONTH:
        return _("Base session of %(month)s: %(title)s") % words
    if row.kind == DateKind.SESSION:
        return _("Last day: %(title)s, %(more)s") % words
    if row.kind == DateKind.STAFF or (row.kind == DateKind.SUPERVISION and row.more):
        return f"{capfirst(row.more[0])}: {row.title}"
    if row.kind == DateKind.PARENTS and row.more:
        return _("%(title)s, meeting %(more)s") % words
    if row.kind == DateKind.SUPERVISION:
        return _("Supervision: %(title)s") % words
    if row.kind == DateKind.COURSE:
        return _("Course: %(title)s") % words
    if row.kind == DateKind.CHECK_ROUND:
        return _("The check round %(title)s is to be done") % words
    return row.title


def entries_of(rows: Iterable[Dated], *, municipality: Municipality) -> list[CalendarEntry]:
    """What goes into a calendar program; a term is its first and its last day, a base month its first."""
    return [entry for row in rows for entry in _entries(row, municipality)]


def _entries(row: Dated, municipality: Municipality) -> list[CalendarEntry]:
    title = title_of(row)
    if row.kind == DateKind.TERM:
        begins = _("%(term)s begins") % {"term": title}
        ends = _("%(term)s ends") % {"term": title}
        return [
            CalendarEntry(f"{row.key}-start", begins, row.first_day, row.first_day),
            CalendarEntry(f"{row.key}-slut", ends, row.last_day, row.last_day),
        ]
    if row.kind == DateKind.BASE_MONTH:
        return [CalendarEntry(row.key, title, row.first_day, row.first_day)]
    url = ""
    if row.school and row.kind in PAGES:
        url = address_of(municipality, reverse(f"programmes:{PAGES[row.kind]}", args=[row.school.slug]))
    about = row.school.name if row.school else ""
    return [CalendarEntry(row.key, title, row.first_day, row.last_day, about=about, url=url)]
