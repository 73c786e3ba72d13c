"""What a report says in one sentence, the same on the page and in the files."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _, ngettext, pgettext

from programmes.exports.tables import Value
from programmes.exports.words import count_words
from programmes.models import ClosedPeriod
from programmes.reports.coverage import CoverageFigures, CoverageReport


@dataclass(frozen=True)
class Finding:
    """The answer first (`lead`), then the rest of it."""

    lead: str
    rest: str

    def __str__(self) -> str:
        return self.lead + self.rest


def coverage_finding(report: CoverageReport) -> Finding:
    """How many of the expected sessions are held, what became of the others, and how far the base sessions are."""
    figures = report.total
    label = report.period.label
    period = _("School year %(label)s") % {"label": label} if report.period.is_school_year else label
    lead = f"{period}: {_held(figures) if figures.expected else _nothing(report)}"
    parts = [part for part in (_not_reported(figures), _not_held(figures)) if part]
    return Finding(lead, "".join(f", {part}" for part in parts) + "." + _base(figures))


def closed_by_in_words(closed: ClosedPeriod) -> str:
    """The same with who closed it, for pages: files name nobody."""
    if closed.closed_by is None:
        return closed_in_words(closed)
    return _("Closed on %(day)s by %(who)s, definitions version %(number)s.") % {
        "day": date_format(localtime(closed.closed_at), "j F Y"),
        "who": closed.closed_by,
        "number": closed.definitions,
    }


def closed_in_words(closed: ClosedPeriod) -> str:
    """When a period was closed and by which definitions: `Stängd 14 januari 2027, definitioner version 1.`"""
    day = date_format(localtime(closed.closed_at), "j F Y")
    return _("Closed %(day)s, definitions version %(number)s.") % {"day": day, "number": closed.definitions}


def closing_facts(closed: ClosedPeriod | None) -> tuple[tuple[str, Value], ...]:
    """Of a closed period, when it was closed and by which definitions."""
    if closed is None:
        return ()
    return (
        (pgettext("column", "Closed"), localdate(closed.closed_at)),
        (pgettext("column", "Definitions"), _("version %(number)s") % {"number": closed.definitions}),
    )


def _held(figures: CoverageFigures) -> str:
    held, expected = figures.held_of_expected, figures.expected
    if held == expected > 1:
        return _("all %(expected)s expected sessions are held") % {"expected": count_words(expected)}
    if expected == 1:
        return _("%(held)s of 1 expected session is held") % {"held": held}
    return ngettext(
        "%(held)s of %(expected)s expected sessions is held",
        "%(held)s of %(expected)s expected sessions are held",
        held,
    ) % {"held": count_words(held), "expected": count_words(expected)}


def _not_reported(figures: CoverageFigures) -> str:
    count = figures.not_reported
    return (
        ngettext("%(count)s is not reported", "%(count)s are not reported", count) % {"count": count_words(count)}
        if count
        else ""
    )


def _not_held(figures: CoverageFigures) -> str:
    count = figures.not_held
    return (
        ngettext("%(count)s did not take place", "%(count)s did not take place", count) % {"count": count_words(count)}
        if count
        else ""
    )


def _base(figures: CoverageFigures) -> str:
    done, classes = figures.classes_with_all_base, figures.classes_with_expected_base
    if not classes:
        return ""
    if done == classes > 1:
        sentence = _("In all %(classes)s classes, all base sessions so far are held.")
    elif classes > 1 and not done:
        sentence = _("In none of %(classes)s classes are all base sessions so far held.")
    else:
        sentence = ngettext(
            "In %(done)s of %(classes)s class, all base sessions so far are held.",
            "In %(done)s of %(classes)s classes, all base sessions so far are held.",
            classes,
        )
    return " " + sentence % {"done": count_words(done), "classes": count_words(classes)}


def _nothing(report: CoverageReport) -> str:
    planned = report.total.planned
    if report.day < report.period.last_day and planned:
        return ngettext(
            "no sessions are expected yet, %(planned)s is planned",
            "no sessions are expected yet, %(planned)s are planned",
            planned,
        ) % {"planned": count_words(planned)}
    if report.day < report.period.first_day:
        return _("no sessions are expected yet")
    return _("no sessions were expected up to %(day)s") % {"day": date_format(report.day, "j F Y")}
