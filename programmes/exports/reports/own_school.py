"""The school's own report of a term or a school year: for its principal and staff, everything on a few pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from curriculum.enums import SessionKind
from curriculum.models import Programme
from programmes.enums import NotHeldReason
from programmes.exports.figure_columns import EXPECTED, NOT_HELD, NOT_REPORTED
from programmes.exports.findings import Finding, closed_in_words
from programmes.exports.frozen_entries import frozen_sessions
from programmes.exports.lines import Lines, class_lines
from programmes.exports.reports.outcome_columns import HELD, PLANNED, REASONS
from programmes.exports.reports.own_school_work import analysis, courses, secure_bases, staff_and_parents
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.school_sentences import counted_reasons
from programmes.exports.reports.scope import Scope
from programmes.exports.session_columns import CLASS, GRADES, PROGRAMME, SESSION, SESSION_COLUMNS
from programmes.exports.suppression_words import mark_words, profile_words
from programmes.exports.tables import Column, Row, Table
from programmes.models import ClosedPeriod
from programmes.models.terms import Period
from programmes.reports.coverage import ClassCoverage, CoverageFigures, CoverageReport
from programmes.reports.outcomes import SessionRow, session_rows
from programmes.reports.school_work import SchoolWork, school_work
from programmes.reports.school_years import taught_programmes
from programmes.reports.suppression import profile_of
from programmes.reports.year import TAUGHT_BY_STAFF, year_of

DOSE = Column(
    "dose",
    pgettext_lazy("column", "Held in all"),
    "integer",
    10,
    gettext_lazy("Sessions first held in the period, expected or not."),
)
CLASSES = Column(
    "classes", pgettext_lazy("column", "Classes"), "text", 30, gettext_lazy("The classes that have it before them.")
)
CLASS_COLUMNS = (CLASS, GRADES, PLANNED, EXPECTED, HELD, NOT_HELD, REASONS, NOT_REPORTED, DOSE)
SHOWN = [column.key for column in (CLASS, EXPECTED, HELD, NOT_HELD, NOT_REPORTED, REASONS)]
BY_KEY = {column.key: column for column in SESSION_COLUMNS}
DUE, STATE, REASON, DATE = (BY_KEY[key] for key in ("due", "state", "reason", "date"))


@dataclass(frozen=True)
class Taught:
    """A programme at the school: its figures, and its sessions one by one; of a closed period as they were then."""

    programme: Programme
    coverage: CoverageReport
    sessions: Sequence[SessionRow]
    closed: ClosedPeriod | None


def own_school(scope: Scope) -> Report:
    """One school's classes with their lines, what was not held and why, what remains; staff, parents, trygg bas; the
    analysis and the decided action. Trygg bas for those alone who may read it, with small numbers hidden."""
    if scope.school is None:
        return _nothing(scope, Finding(_("You see no school"), "."))
    taught = [row for programme in taught_programmes() if (row := _taught(scope, programme)).coverage.classes]
    work = school_work(schools=scope.schools, period=scope.period, today=scope.today).get(scope.school.pk, SchoolWork())
    if not taught and work.is_nothing:
        return _nothing(
            scope, Finding(_("%(period)s: nothing was planned or held") % {"period": scope.period_words}, ".")
        )
    profile = profile_of(scope.municipality, "internal")
    return Report(
        title=_("%(school)s, %(period)s") % {"school": scope.school.name, "period": scope.period.label},
        finding=_finding(scope, taught),
        profile=profile_words(profile) if scope.reads_secure_bases else NOTHING_HIDDEN,
        words=mark_words(profile) if scope.reads_secure_bases else (),
        sections=[
            *(section for row in taught for section in _programme(scope, row)),
            staff_and_parents(scope, work),
            courses(scope),
            *([secure_bases(scope, profile)] if scope.reads_secure_bases else []),
            analysis(scope),
            _all_classes(taught),
            _all_sessions(taught),
        ],
    )


def _nothing(scope: Scope, finding: Finding) -> Report:
    title = _("The school's report, %(period)s") % {"period": scope.period.label}
    return Report(title=title, finding=finding, profile=NOTHING_HIDDEN, sections=[_all_classes([])])


def _taught(scope: Scope, programme: Programme) -> Taught:
    asked = scope.selection_of(programme)
    coverage = asked.report(today=scope.today)
    if asked.closed:
        return Taught(programme, coverage, frozen_sessions(asked.closed, coverage), asked.closed)
    return Taught(
        programme,
        coverage,
        session_rows(asked.classes, programme=programme, period=scope.period, today=scope.today),
        closed=None,
    )


def _finding(scope: Scope, taught: Sequence[Taught]) -> Finding:
    total = sum((row.coverage.total for row in taught), start=CoverageFigures())
    words = {"period": scope.period_words, "held": total.held_of_expected, "expected": total.expected}
    remains = sum(row.remains for each in taught for row in each.sessions)
    left = ngettext("%(count)s session remains.", "%(count)s sessions remain.", remains) % {"count": remains}
    after = f" {left}" if remains and _goes_on(scope) else ""
    if not total.expected:
        return Finding(_("%(period)s: no sessions are expected yet") % words, f".{after}")
    parts = [
        ngettext("%(count)s was not held", "%(count)s were not held", total.not_held) % {"count": total.not_held}
        if total.not_held
        else "",
        ngettext("%(count)s is not reported", "%(count)s are not reported", total.not_reported)
        % {"count": total.not_reported}
        if total.not_reported
        else "",
    ]
    lead = _("%(period)s: %(held)s of %(expected)s expected sessions were held") % words
    return Finding(lead, "".join(f", {part}" for part in parts if part) + f".{after}")


def _goes_on(scope: Scope) -> bool:
    return scope.day < scope.period.last_day


def _programme(scope: Scope, row: Taught) -> list[Section]:
    """The lines of a programme's classes with their table, what was not held or reported, and what remains.

    A closed period has no lines: they would be drawn of what is known today.
    """
    sections = [
        Section(
            heading=_("The classes in %(programme)s") % {"programme": row.programme.name},
            about=closed_in_words(row.closed) if row.closed else "",
            lines=None if row.closed else _lines(scope, row),
            table=Table(
                name=row.programme.name,
                title=_("The classes in %(programme)s") % {"programme": row.programme.name},
                columns=CLASS_COLUMNS,
                rows=_class_rows(row),
            ),
            shown=SHOWN,
            is_shown_only=True,
        ),
        Section(
            heading=_("Not held and not reported"),
            table=_session_table(
                row,
                [each for each in row.sessions if each.is_not_held or each.is_missing],
                (CLASS, SESSION, DUE, STATE, REASON),
                title=_("Not held and not reported in %(programme)s") % {"programme": row.programme.name},
            ),
            nothing=_("Every expected session was held."),
            is_shown_only=True,
            level=3,
        ),
    ]
    if _goes_on(scope):
        sections.append(
            Section(
                heading=_("What remains"),
                table=Table(
                    name=row.programme.name,
                    title=_("What remains in %(programme)s") % {"programme": row.programme.name},
                    columns=(SESSION, DUE, CLASSES),
                    rows=_remaining(row.sessions),
                ),
                nothing=_("No session remains in the period."),
                is_shown_only=True,
                level=3,
            )
        )
    return sections


def _lines(scope: Scope, row: Taught) -> Lines:
    [start_year] = scope.period.start_years
    classes = scope.classes_in(row.programme).filter(pk__in=[each.school_class.pk for each in row.coverage.classes])
    year = year_of(classes.order_by("sort_key", "pk"), today=scope.day, kinds=(*TAUGHT_BY_STAFF, SessionKind.MENTOR))
    caption = _("The classes' school year %(year)s in %(programme)s") % {
        "year": Period.school_year(start_year).label,
        "programme": row.programme.name,
    }
    return class_lines(
        year.classes, caption=caption, start_year=start_year, programme=row.programme.code, today=scope.day
    )


def _remaining(sessions: Sequence[SessionRow]) -> list[Row]:
    """A row for each session and due date, with the classes that have it before them."""
    groups: dict[tuple[date, int, str], list[str]] = {}
    for each in sessions:
        if each.remains and each.due_date:
            key = (each.due_date, each.session.order, each.session.title)
            groups.setdefault(key, []).append(each.school_class.name)
    return [[title, due, ", ".join(classes)] for (due, _order, title), classes in sorted(groups.items())]


def _session_table(row: Taught, sessions: Sequence[SessionRow], columns: Sequence[Column], *, title: str) -> Table:
    keys = [column.key for column in columns]
    names = [column.key for column in ALL_SESSIONS]
    cells = [dict(zip(names, _session_row(row, each), strict=True)) for each in sessions]
    rows = [[each[key] for key in keys] for each in cells]
    return Table(name=row.programme.name, title=title, columns=columns, rows=rows)


def _class_rows(row: Taught) -> list[Row]:
    reasons: dict[int, Counter[str]] = {}
    for each in row.sessions:
        if each.is_not_held:
            reasons.setdefault(each.school_class.pk, Counter())[each.reason] += 1
    return [_class_row(each, reasons.get(each.school_class.pk, Counter())) for each in row.coverage.classes]


def _class_row(row: ClassCoverage, reasons: Counter[str]) -> Row:
    figures = row.figures
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        row.school_class.name,
        row.school_class.grades,
        figures.planned,
        figures.expected,
        figures.held_of_expected,
        figures.not_held,
        counted_reasons(ordered) or None,
        figures.not_reported,
        figures.sessions_held,
    ]


ALL_SESSIONS = (PROGRAMME, CLASS, SESSION, DUE, STATE, REASON, DATE)


def _session_row(row: Taught, each: SessionRow) -> Row:
    return [
        row.programme.name,
        each.school_class.name,
        each.session.title,
        each.due_date,
        str(each.state.label),
        str(NotHeldReason(each.reason).label) if each.reason else None,
        each.first_date,
    ]


def _all_classes(taught: Sequence[Taught]) -> Section:
    table = Table(
        name=pgettext("sheet", "Classes"),
        title=_("Classes by programme"),
        columns=(PROGRAMME, *CLASS_COLUMNS),
        rows=[[row.programme.name, *cells] for row in taught for cells in _class_rows(row)],
    )
    return Section(table.title, table=table, in_files_only=True)


def _all_sessions(taught: Sequence[Taught]) -> Section:
    table = Table(
        name=pgettext("sheet", "Sessions"),
        title=_("Sessions one by one"),
        columns=ALL_SESSIONS,
        rows=[_session_row(row, each) for row in taught for each in row.sessions],
    )
    return Section(table.title, table=table, in_files_only=True)
