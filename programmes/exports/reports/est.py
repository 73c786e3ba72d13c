"""The sheet for EST (effektiv samordning för trygghet): what the programmes did in each area in a tertial or a year.

Source: the cooperation's own calendar, reports in May, September and January and once for the whole year: the year of
the three tertials is the calendar year. Nothing here is about incidents: the situation picture stands in EST's systems.
"""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.enums import Organisation
from programmes.exports.charts import Bars
from programmes.exports.coverage_bars import LEGEND, coverage_bars
from programmes.exports.coverage_rows import school_row
from programmes.exports.figure_columns import EXPECTED, NOT_HELD, NOT_REPORTED
from programmes.exports.findings import Finding
from programmes.exports.reports.outcome_columns import HELD, RATE
from programmes.exports.reports.person_hours import HOURS, ORGANISATION, UNKNOWN
from programmes.exports.reports.reach import CLASSES_REACHED, PUPILS_REACHED
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.school_sentences import started_words
from programmes.exports.reports.scope import Scope
from programmes.exports.session_columns import AREA, PROGRAMME
from programmes.exports.tables import Column, Row, Table, Value, or_no_denominator
from programmes.exports.words import hours_words
from programmes.models import StaffMeeting
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageFigures, total_of
from programmes.reports.est import AreaWork, area_works
from programmes.reports.person_hours import Hours, PersonHours, person_hours
from programmes.reports.school_work import SchoolWork, school_work, together as work_together
from programmes.reports.school_years import taught_programmes

FIGURES = (EXPECTED, HELD, RATE, NOT_HELD, NOT_REPORTED, CLASSES_REACHED, PUPILS_REACHED)
SHOWN_FIGURES = (EXPECTED, HELD, RATE, NOT_REPORTED, CLASSES_REACHED, PUPILS_REACHED)
OVERVIEW = (EXPECTED, HELD, RATE, CLASSES_REACHED)
STAFF_SESSIONS = Column(
    "staff_sessions",
    pgettext_lazy("column", "Staff sessions held"),
    "integer",
    12,
    gettext_lazy("Staff sessions held in the period."),
    short=pgettext_lazy("column", "Staff sessions"),
)
GROUPS_STARTED = Column(
    "groups_started",
    pgettext_lazy("column", "ABC groups started"),
    "integer",
    12,
    gettext_lazy("ABC groups whose parents were counted for the first time in the period."),
    short=pgettext_lazy("column", "ABC groups"),
)
WORK = (
    STAFF_SESSIONS,
    Column(
        "workplace_meetings",
        pgettext_lazy("column", "APT held"),
        "integer",
        10,
        gettext_lazy("APT on gender equality held in the period."),
    ),
    Column(
        "trainings",
        pgettext_lazy("column", "Trainings and exchanges"),
        "integer",
        14,
        gettext_lazy("Further training and exchanges with other schools held in the period."),
    ),
    Column(
        "course_participants",
        pgettext_lazy("column", "Course participants"),
        "integer",
        14,
        gettext_lazy("Staff of schools who came to the municipality's courses; who came to two counts twice."),
    ),
    Column(
        "parent_meetings",
        pgettext_lazy("column", "Parent meetings held"),
        "integer",
        14,
        gettext_lazy("Parent meetings of schools that were held and counted."),
    ),
    Column(
        "parents_at_meetings",
        pgettext_lazy("column", "Parents at them"),
        "integer",
        12,
        gettext_lazy("Parents at these meetings, in sum; who came to two counts twice."),
    ),
    GROUPS_STARTED,
    Column(
        "parents_started",
        pgettext_lazy("column", "Parents who started"),
        "integer",
        12,
        gettext_lazy("Parents of these groups: the higher count of the first two meetings."),
    ),
)
ABOUT = gettext_lazy(
    "What the programmes did in each area. The situation picture and what has happened stand in EST's own systems."
)
WHAT = Column("what", pgettext_lazy("column", "What"), "text", 40, gettext_lazy("What is counted."))
NUMBER = Column("number", pgettext_lazy("column", "Number"), "integer", 10, gettext_lazy("How many in the period."))


def est(scope: Scope) -> Report:
    """One page for each area: sessions by programme, staff and parents in numbers, person-hours by organisation.

    A class counts in its own school year, also in a tertial that spans two. Parents are those of groups, head-counts.
    """
    until = Period(scope.period.code, scope.period.label, scope.period.first_day, scope.day)
    own_of = scope.municipality if scope.is_whole else None
    areas = area_works(
        reports={programme: scope.coverage_of(programme) for programme in taught_programmes()},
        schools=list(scope.schools.select_related("area").order_by("sort_key", "pk")),
        work=school_work(schools=scope.schools, period=scope.period, today=scope.today, own_of=own_of),
        hours=person_hours(
            deliveries=scope.deliveries,
            staff_meetings=StaffMeeting.objects.filter(school__in=scope.schools.order_by().values("pk")),
            parent_groups=scope.parent_groups,
            period=until,
        ),
    )
    about = f"{ABOUT} {scope.about_two_years}".strip()
    return Report(
        title=_("For EST, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, areas),
        profile=NOTHING_HIDDEN,
        sections=[
            _overview(areas, about=about),
            *(
                section
                for number, row in enumerate(areas)
                for section in _area(row, about=about, starts_page=len(areas) > 1 or number > 0)
            ),
            *_sheets(areas),
        ],
        words=[(column.heading, column.definition) for column in WORK],
    )


def _finding(scope: Scope, areas: Sequence[AreaWork]) -> Finding:
    if not areas:
        return Finding(_("%(period)s: nothing was held") % {"period": scope.period_words}, ".")
    figures, work, hours = _together(areas)
    words = {"period": scope.period_words, "held": figures.held_of_expected, "expected": figures.expected}
    lead = (
        _("%(period)s: %(held)s of %(expected)s expected sessions were held") % words
        if figures.expected
        else _("%(period)s: no sessions were expected") % words
    )
    rest = [
        ngettext("%(count)s class was reached.", "%(count)s classes were reached.", figures.classes_reached)
        % {"count": figures.classes_reached},
        started_words(work) if work.groups_started else "",
        _("Those who led gave %(hours)s hours.") % {"hours": hours_words(hours.hours)} if hours.hours else "",
    ]
    return Finding(lead, ". " + " ".join(sentence for sentence in rest if sentence))


def _together(areas: Sequence[AreaWork]) -> tuple[CoverageFigures, SchoolWork, PersonHours]:
    figures = total_of([school for row in areas for school in row.schools])
    return (
        figures,
        work_together(row.work for row in areas),
        PersonHours([led for row in areas for led in row.hours.rows]),
    )


def _name(row: AreaWork) -> str:
    return row.area.name if row.area else _("No area")


def _overview(areas: Sequence[AreaWork], *, about: str) -> Section:
    """The areas beside each other; of one alone, its own page says it all."""
    columns = (*OVERVIEW, STAFF_SESSIONS, GROUPS_STARTED, HOURS)
    return Section(
        heading=_("Areas"),
        about=about,
        bars=Bars(_("Bars by area"), coverage_bars((_name(row), row.total) for row in areas).bars, LEGEND),
        table=Table(
            name=pgettext("sheet", "Areas"),
            title=_("The areas beside each other"),
            columns=(AREA, *columns),
            rows=[[_name(row), *_overview_cells(row.total, row.work, row.hours)] for row in areas],
            total=[_("Together"), *_overview_cells(*_together(areas))],
        ),
        shown=[column.key for column in (AREA, *OVERVIEW, STAFF_SESSIONS, HOURS)],
        in_files_only=len(areas) < 2,
    )


def _overview_cells(figures: CoverageFigures, work: SchoolWork, hours: PersonHours) -> list[Value]:
    return [*school_row(figures, OVERVIEW), work.staff_sessions, work.groups_started, or_no_denominator(_known(hours))]


def _area(row: AreaWork, *, about: str, starts_page: bool) -> list[Section]:
    """An area's page."""
    return [
        Section(
            heading=_name(row),
            about="" if starts_page else about,
            bars=coverage_bars((school.school.name, school.figures) for school in row.schools),
            table=Table(
                name=_name(row),
                title=_("Sessions in %(area)s") % {"area": _name(row)},
                columns=(PROGRAMME, *SHOWN_FIGURES),
                rows=[[programme.name, *school_row(figures, SHOWN_FIGURES)] for programme, figures in row.programmes],
            ),
            nothing=_("No school in the area ran a programme."),
            is_shown_only=True,
            starts_page=starts_page,
        ),
        Section(
            heading=_("Staff and parents"),
            table=Table(
                name=_name(row),
                title=_("Staff and parents in %(area)s") % {"area": _name(row)},
                columns=(WHAT, NUMBER),
                rows=[[str(column.heading), getattr(row.work, column.key)] for column in WORK],
            ),
            is_shown_only=True,
            level=3,
        ),
        Section(
            heading=_("Person-hours"),
            table=Table(
                name=_name(row),
                title=_("Person-hours in %(area)s") % {"area": _name(row)},
                columns=(ORGANISATION, HOURS, UNKNOWN),
                rows=_hour_rows(row.hours),
                total=[_("Together"), or_no_denominator(_known(row.hours)), row.hours.unknown],
            ),
            nothing=_("Nobody is written down as a leader."),
            is_shown_only=True,
            level=3,
        ),
    ]


def _known(hours: Hours | PersonHours) -> float | None:
    """None where somebody led and nothing of it has minutes, which is not the same as none."""
    return None if hours.unknown and not hours.hours else hours.hours


def _hour_rows(hours: PersonHours) -> list[Row]:
    return [
        [capfirst(str(Organisation(row.key).label)), or_no_denominator(_known(row)), row.unknown]
        for row in hours.by_organisation
    ]


def _sheets(areas: Sequence[AreaWork]) -> list[Section]:
    """The same for the files, all areas in one table of each."""
    tables = [
        Table(
            name=pgettext("sheet", "Sessions"),
            title=_("Sessions by area and programme"),
            columns=(AREA, PROGRAMME, *FIGURES),
            rows=[
                [_name(row), programme.name, *school_row(figures, FIGURES)]
                for row in areas
                for programme, figures in row.programmes
            ],
        ),
        Table(
            name=pgettext("sheet", "Staff and parents"),
            title=_("Staff and parents by area"),
            columns=(AREA, *WORK),
            rows=[[_name(row), *(getattr(row.work, column.key) for column in WORK)] for row in areas],
        ),
        Table(
            name=pgettext("sheet", "Person-hours"),
            title=_("Person-hours by area and organisation"),
            columns=(AREA, ORGANISATION, HOURS, UNKNOWN),
            rows=[[_name(row), *cells] for row in areas for cells in _hour_rows(row.hours)],
        ),
    ]
    return [Section(table.title, table=table, in_files_only=True) for table in tables]
