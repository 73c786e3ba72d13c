"""Courses: when they were held and how many came, how large a share of each unit's staff has taken them, and where it
is time again."""

from collections.abc import Sequence

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Column, Row, Table, or_no_denominator
from programmes.exports.words import percent_words
from programmes.models import Course, CourseAttendance, OtherUnit
from programmes.reports.courses import CourseFigures, HeldCourses, UnitFigures, course_figures, held_in, units_for

COURSE = Column("course", pgettext_lazy("column", "Course"), "text", 34, gettext_lazy("The name of the course."))
FOR = Column("for", pgettext_lazy("column", "For"), "text", 18, gettext_lazy("The kind of units that it is for."))
MANDATORY = Column(
    "mandatory", pgettext_lazy("column", "Mandatory"), "text", 12, gettext_lazy("Whether every such unit has to go.")
)
RENEWAL = Column(
    "renewal_years",
    pgettext_lazy("column", "Again after, years"),
    "integer",
    10,
    gettext_lazy("After how many years it has to be taken again. Empty: once is enough."),
)
OCCASIONS = Column(
    "occasions",
    pgettext_lazy("column", "Occasions"),
    "integer",
    10,
    gettext_lazy("Occasions in the period that somebody from these units came to."),
)
PARTICIPANTS = Column(
    "participants",
    pgettext_lazy("column", "Participants"),
    "integer",
    12,
    gettext_lazy("Participants from these units in the period; somebody who comes twice counts twice."),
)
UNITS = Column(
    "units_that_took_part",
    pgettext_lazy("column", "Units that went"),
    "integer",
    12,
    gettext_lazy("Units with participants whose course still holds on the day counted to."),
)
OF_UNITS = Column(
    "units",
    pgettext_lazy("column", "Units in all"),
    "integer",
    12,
    gettext_lazy("Units that the course is for."),
)
SHARE = Column(
    "share_of_staff",
    pgettext_lazy("column", "Share of the staff"),
    "percent",
    12,
    gettext_lazy(
        "Participants whose course still holds, never more than the staff, as a share of the staff of units where it "
        "is known."
    ),
)
UNIT = Column("unit", pgettext_lazy("column", "Unit"), "text", 30, gettext_lazy("A school or another workplace."))
HOLDS = Column(
    "participants_holding",
    pgettext_lazy("column", "Participants, still valid"),
    "integer",
    12,
    gettext_lazy("Participants of all years whose course still holds on the day counted to."),
)
STAFF = Column(
    "staff",
    pgettext_lazy("column", "Staff"),
    "integer",
    8,
    gettext_lazy("The latest number that was written down for the unit. Empty: not known."),
)
LATEST = Column(
    "latest",
    pgettext_lazy("column", "Latest on"),
    "date",
    12,
    gettext_lazy("The latest day that somebody from the unit took the course."),
)
STATUS = Column(
    "status",
    pgettext_lazy("column", "How it stands"),
    "text",
    18,
    gettext_lazy("Whether the unit has taken the course, has to take it again, or has not taken it."),
)
ON_PAGE = (COURSE, MANDATORY, OCCASIONS, PARTICIPANTS, UNITS, OF_UNITS, SHARE)


def courses(scope: Scope) -> Report:
    """The municipality's courses over the schools that the asker sees, and over other units where all of it is seen.

    Occasions and participants are of the period, shares as they stand on the day counted to. Source: measures,
    "Courses". Staff are never suppressed, and nobody's name is kept.
    """
    attendances = _attendances(scope)
    figures = _figures(scope, attendances)
    held = [held_in(row, attendances=attendances, period=scope.period, day=scope.day) for row in figures]
    return Report(
        title=_("Courses, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, figures, held),
        profile=NOTHING_HIDDEN,
        sections=[
            Section(
                heading=_("Courses"),
                bars=Bars(_("Share of the staff that has taken the course"), [_bar(row) for row in figures]),
                table=Table(
                    name=pgettext("sheet", "Courses"),
                    title=_("The courses"),
                    columns=(COURSE, FOR, MANDATORY, RENEWAL, OCCASIONS, PARTICIPANTS, UNITS, OF_UNITS, SHARE),
                    rows=[_course(row, told) for row, told in zip(figures, held, strict=True)],
                ),
                shown=[column.key for column in ON_PAGE],
            ),
            Section(
                heading=_("Units"),
                nothing=_("No unit here has anything to go to."),
                table=Table(
                    name=pgettext("sheet", "Units"),
                    title=_("The courses by unit"),
                    columns=(COURSE, UNIT, HOLDS, STAFF, SHARE, LATEST, STATUS),
                    rows=[_unit(row, unit) for row in figures for unit in row.units],
                ),
            ),
        ],
        nothing=_("There are no courses yet"),
        way_on=_("The centre adds its courses under Courses, and who came to them."),
    )


def _attendances(scope: Scope) -> list[CourseAttendance]:
    rows = CourseAttendance.objects.filter(occasion__course__municipality=scope.municipality)
    return list(rows.select_related("occasion", "school", "unit"))


def _figures(scope: Scope, attendances: Sequence[CourseAttendance]) -> list[CourseFigures]:
    """Every course that is for some of the units here."""
    schools = list(scope.schools.order_by("sort_key", "pk"))
    kept = OtherUnit.objects.filter(municipality=scope.municipality).order_by("name", "pk")
    others = list(kept) if scope.is_whole else []
    found = Course.objects.filter(municipality=scope.municipality).order_by("name", "pk")
    told = [(course, units_for(course, schools=schools, others=others)) for course in found]
    return [
        course_figures(course, units=units, attendances=attendances, today=scope.day) for course, units in told if units
    ]


def _course(figures: CourseFigures, held: HeldCourses) -> Row:
    course = figures.course
    return [
        course.name,
        course.get_unit_kind_display(),
        _("yes") if course.is_mandatory else _("no"),
        course.renewal_years,
        held.occasions,
        held.participants,
        figures.took_part,
        len(figures.units),
        or_no_denominator(figures.share),
    ]


def _unit(figures: CourseFigures, unit: UnitFigures) -> Row:
    return [
        figures.course.name,
        unit.unit.name,
        unit.participants,
        unit.staff,
        or_no_denominator(unit.share),
        unit.latest,
        _status(unit),
    ]


def _status(unit: UnitFigures) -> str:
    if unit.participants:
        return pgettext("course of a unit", "taken")
    return pgettext("course of a unit", "time again") if unit.has_lapsed else pgettext("course of a unit", "not taken")


def _bar(figures: CourseFigures) -> Bar:
    return bar_of_share(figures.course.name, figures.share, percent_words(figures.share))


def _finding(scope: Scope, figures: Sequence[CourseFigures], held: Sequence[HeldCourses]) -> Finding:
    occasions, people = sum(row.occasions for row in held), sum(row.participants for row in held)
    if not occasions:
        lead = _("%(period)s: no course has been held") % {"period": scope.period_words}
    else:
        lead = ngettext(
            "%(period)s: %(people)s participants at %(held)s occasion",
            "%(period)s: %(people)s participants at %(held)s occasions",
            occasions,
        ) % {"period": scope.period_words, "people": people, "held": occasions}
    waits = len({unit for row in figures for unit in row.waiting})
    if not any(row.course.is_mandatory for row in figures):
        return Finding(lead, ".")
    rest = (
        ngettext("%(count)s unit waits for a mandatory course.", "%(count)s units wait for a mandatory course.", waits)
        % {"count": waits}
        if waits
        else _("No unit waits for a mandatory course.")
    )
    return Finding(lead, f". {rest}")
