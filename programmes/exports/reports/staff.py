"""The staff: staff sessions and APT held of what a school year asks, and how many of the staff were there."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bar, Bars, bar_of_share, bars_of_counts
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL
from programmes.exports.tables import Column, Row, Table, or_no_denominator
from programmes.exports.words import part_words
from programmes.reports.staff import StaffFigures
from programmes.reports.staff_by_school import StaffReport, staff_by_school

SESSIONS = Column(
    "staff_sessions",
    pgettext_lazy("column", "Staff sessions"),
    "integer",
    12,
    gettext_lazy("Staff sessions held in the period; the same theme twice counts twice."),
)
SESSIONS_TARGET = Column(
    "staff_sessions_target",
    pgettext_lazy("column", "Target, staff sessions"),
    "integer",
    12,
    gettext_lazy("What the municipality asks for in a school year. Empty: the school did not run Tåget in it."),
    short=pgettext_lazy("column", "Target"),
)
SESSIONS_SHARE = Column(
    "staff_sessions_share",
    pgettext_lazy("column", "Share of the target"),
    "percent",
    12,
    gettext_lazy("Staff sessions held, as a share of the target."),
)
PRESENT = Column(
    "staff_present",
    pgettext_lazy("column", "Staff present"),
    "integer",
    12,
    gettext_lazy("Staff present at staff sessions, over those where both numbers were written down."),
)
TOTAL = Column(
    "staff_in_all",
    pgettext_lazy("column", "Staff in all"),
    "integer",
    12,
    gettext_lazy("How many the staff were at the same staff sessions."),
)
PRESENT_SHARE = Column(
    "staff_present_share",
    pgettext_lazy("column", "Share present"),
    "percent",
    12,
    gettext_lazy("Staff present as a share of staff in all: a sum over a sum, never a mean of shares."),
)
APT = Column(
    "apt",
    pgettext_lazy("column", "APT"),
    "integer",
    8,
    gettext_lazy("Workplace meetings on gender equality held in the period."),
)
APT_TARGET = Column(
    "apt_target",
    pgettext_lazy("column", "Target, APT"),
    "integer",
    10,
    gettext_lazy("What the municipality asks for in a school year. Empty: the school did not run Tåget in it."),
    short=pgettext_lazy("column", "Target"),
)
APT_SHARE = Column(
    "apt_share",
    pgettext_lazy("column", "Share of the target, APT"),
    "percent",
    12,
    gettext_lazy("APT held, as a share of the target."),
    short=pgettext_lazy("column", "Share of the target"),
)
COUNTS = (SESSIONS, PRESENT, TOTAL, PRESENT_SHARE, APT)
WITH_TARGETS = (
    SESSIONS,
    SESSIONS_TARGET,
    SESSIONS_SHARE,
    PRESENT,
    TOTAL,
    PRESENT_SHARE,
    APT,
    APT_TARGET,
    APT_SHARE,
)


def staff(scope: Scope) -> Report:
    """Staff sessions and APT by school; a school year has its targets, a shorter period the counts alone.

    Source: measures, "Staff sessions" and "APT". Shares are of sums; without a denominator they are `.`.
    """
    found = staff_by_school(scope.schools, municipality=scope.municipality, period=scope.period, today=scope.today)
    columns = WITH_TARGETS if scope.period.is_school_year else COUNTS
    return Report(
        title=_("The staff, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, found),
        profile=NOTHING_HIDDEN,
        sections=[
            Section(
                heading=_("Schools"),
                bars=Bars(_("Staff sessions held, by school"), _bars(scope, found)),
                table=Table(
                    name=pgettext("sheet", "Schools"),
                    title=_("The staff by school"),
                    columns=(AREA, SCHOOL, *columns),
                    rows=[
                        [*school_keys(row.school), *_row(row.sessions, row.workplace_meetings, columns)]
                        for row in found.schools
                    ],
                    total=[None, _("Together"), *_row(found.sessions, found.workplace_meetings, columns)],
                ),
                shown=[column.key for column in (SCHOOL, *columns) if column not in (PRESENT, TOTAL)],
            )
        ],
        nothing=_("No school ran Tåget in this selection, and no staff met"),
        way_on=_("Choose another period, area or school."),
    )


def _row(sessions: StaffFigures, apt: StaffFigures, columns: tuple[Column, ...]) -> Row:
    cells = {
        SESSIONS.key: sessions.held,
        SESSIONS_TARGET.key: sessions.target or None,
        SESSIONS_SHARE.key: or_no_denominator(sessions.share_of_target),
        PRESENT.key: sessions.present,
        TOTAL.key: sessions.total,
        PRESENT_SHARE.key: or_no_denominator(sessions.share_present),
        APT.key: apt.held,
        APT_TARGET.key: apt.target or None,
        APT_SHARE.key: or_no_denominator(apt.share_of_target),
    }
    return [cells[column.key] for column in columns]


def _bars(scope: Scope, found: StaffReport) -> list[Bar]:
    if not scope.period.is_school_year:
        return bars_of_counts([(row.school.name, row.sessions.held, str(row.sessions.held)) for row in found.schools])
    return [_bar_of(row.school.name, row.sessions) for row in found.schools]


def _bar_of(name: str, figures: StaffFigures) -> Bar:
    """Of the target; more than the target fills the bar, and the words tell how much more."""
    share = None if figures.share_of_target is None else min(figures.share_of_target, 1.0)
    words = part_words(figures.held, figures.target) if figures.target else str(figures.held)
    return bar_of_share(name, share, words)


def _finding(scope: Scope, found: StaffReport) -> Finding:
    sessions, apt = found.sessions, found.workplace_meetings
    if not found.schools:
        return Finding(_("%(period)s: no staff sessions") % {"period": scope.period_words}, ".")
    lead = ngettext(
        "%(period)s: %(held)s staff session held",
        "%(period)s: %(held)s staff sessions held",
        sessions.held,
    ) % {"period": scope.period_words, "held": sessions.held}
    if sessions.target:
        lead += ", " + _("the year's target is %(target)s") % {"target": sessions.target}
    return Finding(
        lead, ", " + ngettext("%(count)s APT.", "%(count)s APT.", apt.held) % {"count": apt.held} + _at(found)
    )


def _at(found: StaffReport) -> str:
    """How many schools have come as far as the target."""
    aiming = [row for row in found.schools if row.sessions.target]
    if not aiming:
        return ""
    done = sum(row.is_at_target for row in aiming)
    return " " + ngettext(
        "%(done)s of %(schools)s school has all its staff sessions.",
        "%(done)s of %(schools)s schools have all their staff sessions.",
        len(aiming),
    ) % {"done": done, "schools": len(aiming)}
