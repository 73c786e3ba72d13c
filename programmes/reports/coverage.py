"""How much of what was to be held has been held: the figures of coverage, each computed here and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import groupby
from operator import add, attrgetter
from typing import Any

from django.db.models import QuerySet

from curriculum.models import Programme
from programmes.models import Area, School, SchoolClass
from programmes.models.terms import Period
from programmes.reports.coverage_counts import class_counts
from programmes.reports.coverage_rows import cut_off, described_classes, schools_running


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class CoverageFigures:
    """Counts that may be added: what holds for two sets of classes together is the sum, and rates are made last.

    A rate is between 0 and 1, and None when it has no denominator. Counts of sessions, classes, pupils and
    head-counts; `dose_mean` is sessions per class. What each one means stands in exports/tables.py, in the words
    that go with every file.
    """

    planned: int = 0
    expected: int = 0
    held_of_expected: int = 0
    not_held: int = 0
    not_reported: int = 0
    on_time: int = 0
    expected_base: int = 0
    held_base: int = 0
    classes_with_expected_base: int = 0
    classes_with_all_base: int = 0
    sessions_held: int = 0
    dose_total: int = 0
    classes: int = 0
    classes_at_target: int = 0
    present: int = 0
    group_size: int = 0
    core_parts_done: int = 0
    core_parts_total: int = 0
    classes_in_all: int = 0
    classes_reached: int = 0
    enrolled: int = 0
    classes_with_enrolled: int = 0
    pupils_reached: int = 0
    classes_reached_with_enrolled: int = 0

    def __add__(self, other: "CoverageFigures") -> "CoverageFigures":
        return CoverageFigures(*map(add, _counts(self), _counts(other)))

    @property
    def delivery_rate(self) -> float | None:
        return _share(self.held_of_expected, self.expected)

    @property
    def reporting_rate(self) -> float | None:
        return _share(self.held_of_expected + self.not_held, self.expected)

    @property
    def base_coverage(self) -> float | None:
        return _share(self.classes_with_all_base, self.classes_with_expected_base)

    @property
    def on_time_rate(self) -> float | None:
        return _share(self.on_time, self.held_of_expected)

    @property
    def dose_mean(self) -> float | None:
        return _share(self.dose_total, self.classes)

    @property
    def target_rate(self) -> float | None:
        return _share(self.classes_at_target, self.classes)

    @property
    def attendance(self) -> float | None:
        return _share(self.present, self.group_size)

    @property
    def adherence(self) -> float | None:
        return _share(self.core_parts_done, self.core_parts_total)

    @property
    def share_of_classes_reached(self) -> float | None:
        return _share(self.classes_reached, self.classes_in_all)

    @property
    def share_of_pupils_reached(self) -> float | None:
        return _share(self.pupils_reached, self.enrolled)

    @property
    def known_enrolled(self) -> int | None:
        """Enrolled pupils of the classes whose number is known; None when it is for none of them."""
        return self.enrolled if self.classes_with_enrolled else None

    @property
    def known_pupils_reached(self) -> int | None:
        """Enrolled pupils of the classes reached; None when classes are reached and the number is known for none."""
        return self.pupils_reached if self.classes_reached_with_enrolled or not self.classes_reached else None


# All counts at once: a report adds figures some thousand times.
_counts = attrgetter(*(count.name for count in fields(CoverageFigures)))


@dataclass(frozen=True, slots=True)
class ClassCoverage:
    """The figures of one class in one school year; `counts_in_mean` says whether its school ran the programme."""

    school_class: SchoolClass
    figures: CoverageFigures
    target: int
    counts_in_mean: bool


@dataclass(frozen=True)
class SchoolCoverage:
    """The figures of one school, the sum of its classes."""

    school: School
    figures: CoverageFigures


@dataclass(frozen=True)
class AreaCoverage:
    """The figures of one area, or of the schools outside every area (None)."""

    area: Area | None
    figures: CoverageFigures


@dataclass(frozen=True)
class GradeCoverage:
    """The figures of one grade; a class of mixed grades stands on a line of its own span."""

    grades: str
    figures: CoverageFigures


@dataclass(frozen=True)
class CoverageReport:
    """Everything that a page or a file says about coverage: one period, one programme, one set of schools.

    `schools` holds every school that ran the programme in the period, also one without classes.
    """

    programme: Programme
    period: Period
    day: date
    classes: list[ClassCoverage]
    schools: list[SchoolCoverage]
    areas: list[AreaCoverage] = field(default_factory=list)
    grades: list[GradeCoverage] = field(default_factory=list)
    total: CoverageFigures = field(default_factory=CoverageFigures)

    @property
    def has_yearly_target(self) -> bool:
        """Yearly targets are shown for school years only; a term or a tertial shows the count alone."""
        return self.period.is_school_year


def total_of(rows: Iterable[ClassCoverage | SchoolCoverage]) -> CoverageFigures:
    """Add figures up; of nothing, all counts are 0 and all rates None."""
    return _sum_of(row.figures for row in rows)


def _sum_of(figures: Iterable[CoverageFigures]) -> CoverageFigures:
    """Count by count, and not figure by figure: a report adds up thousands."""
    return CoverageFigures(*map(sum, zip(*map(_counts, figures), strict=True)))


def coverage_by_class(
    classes: QuerySet[SchoolClass], *, programme: Programme, period: Period, today: date
) -> list[ClassCoverage]:
    """The figures of every class that a report is about, in the order of schools and classes, in at most 4 queries.

    Classes in the municipality's grades, of schools that ran the programme in the period (in the part of it that
    is the class's own school year), and every other class for which something was expected or held.
    """
    day = cut_off(period, today=today)
    counts = class_counts(classes, programme=programme, period=period, day=day)
    described = described_classes(classes, programme=programme, period=period, today=today)
    found = list(described.filter(is_running=True, is_in_grades=True))
    missing = counts.keys() - {school_class.pk for school_class in found}
    if missing:
        found += described.filter(pk__in=missing)
    _give_schools(found)
    rows = [_figures_of(school_class, counts.get(school_class.pk, {}), period) for school_class in found]
    return sorted(rows, key=_class_order)


def _give_schools(classes: list[SchoolClass]) -> None:
    """Give classes of a school the same school: of a municipality's thousands each would bring its own."""
    schools = School.objects.select_related("area", "municipality").in_bulk({row.school_id for row in classes})
    for school_class in classes:
        school_class.school = schools[school_class.school_id]


def coverage_by_school(rows: Iterable[ClassCoverage], *, schools: Iterable[School] = ()) -> list[SchoolCoverage]:
    """Sum classes by school; `schools` adds those that have no class in the report, with every count 0."""
    by_school: dict[int, tuple[School, list[CoverageFigures]]] = {school.pk: (school, []) for school in schools}
    for row in rows:
        school = row.school_class.school
        by_school.setdefault(school.pk, (school, []))[1].append(row.figures)
    return [
        SchoolCoverage(school, _sum_of(figures))
        for school, figures in sorted(by_school.values(), key=lambda pair: (pair[0].sort_key, pair[0].pk))
    ]


def coverage_by_area(rows: Iterable[SchoolCoverage]) -> list[AreaCoverage]:
    """Sum schools by the area they lie in today; those outside every area come last."""
    by_area: dict[int | None, tuple[Area | None, CoverageFigures]] = {}
    for row in rows:
        key = row.school.area_id
        by_area[key] = (row.school.area, by_area.get(key, (None, CoverageFigures()))[1] + row.figures)
    ordered = sorted(by_area.values(), key=lambda pair: (pair[0] is None, pair[0].name if pair[0] else ""))
    return [AreaCoverage(area, figures) for area, figures in ordered]


def coverage_by_grade(rows: Iterable[ClassCoverage]) -> list[GradeCoverage]:
    """Sum classes by grade, the lower first; in the year of the renumbering a grade bears both its names."""

    def span(row: ClassCoverage) -> tuple[int, int]:
        return row.school_class.lowest_grade, row.school_class.highest_grade

    grades = []
    for _span, group in groupby(sorted(rows, key=span), key=span):
        members = list(group)
        by_year = {row.school_class.start_year: row.school_class for row in members}
        names = dict.fromkeys(by_year[year].grades for year in sorted(by_year))
        grades.append(GradeCoverage(" / ".join(names), total_of(members)))
    return grades


def coverage_report(
    *,
    schools: QuerySet[School],
    classes: QuerySet[SchoolClass],
    programme: Programme,
    period: Period,
    today: date,
) -> CoverageReport:
    """A whole report over schools and classes that the asker may see (narrow both with `visible_to` first).

    In at most 5 queries, whatever the number of schools.
    """
    rows = coverage_by_class(classes, programme=programme, period=period, today=today)
    running = schools_running(schools, programme=programme, period=period, today=today)
    by_school = coverage_by_school(rows, schools=running.select_related("area", "municipality"))
    return CoverageReport(
        programme=programme,
        period=period,
        day=cut_off(period, today=today),
        classes=rows,
        schools=by_school,
        areas=coverage_by_area(by_school),
        grades=coverage_by_grade(rows),
        total=total_of(by_school),
    )


def _figures_of(school_class: Any, counts: dict[str, int], period: Period) -> ClassCoverage:
    expected_base, held_base = counts.get("expected_base", 0), counts.get("held_base", 0)
    sessions_held, is_reached = counts.get("sessions_held", 0), counts.get("classes_reached", 0)
    is_running, enrolled = school_class.is_running, school_class.enrolled
    is_known = enrolled is not None
    figures = CoverageFigures(
        **counts,
        classes_with_expected_base=int(expected_base > 0),
        classes_with_all_base=int(0 < expected_base == held_base),
        dose_total=sessions_held if is_running else 0,
        classes=int(is_running),
        classes_at_target=int(is_running and period.is_school_year and sessions_held >= school_class.target),
        classes_in_all=1,
        enrolled=enrolled or 0,
        classes_with_enrolled=int(is_known),
        pupils_reached=(enrolled or 0) if is_reached else 0,
        classes_reached_with_enrolled=int(is_reached and is_known),
    )
    return ClassCoverage(school_class, figures, target=school_class.target, counts_in_mean=is_running)


def _class_order(row: ClassCoverage) -> tuple[str, int, int, str, int]:
    school_class = row.school_class
    school = school_class.school
    return school.sort_key, school.pk, school_class.start_year, school_class.sort_key, school_class.pk
