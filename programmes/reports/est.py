"""What the programmes did in each area: sessions, staff, parents and person-hours, counted together for a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.models import Programme
from programmes.models import Area, School
from programmes.reports.coverage import CoverageFigures, CoverageReport, SchoolCoverage, total_of
from programmes.reports.person_hours import PersonHours
from programmes.reports.school_work import OWN, SchoolWork, together


@dataclass(frozen=True)
class AreaWork:
    """One area, or the schools and groups outside every area (None).

    `schools` are those that ran a programme in the period, each with the sum of its programmes.
    """

    area: Area | None
    programmes: Sequence[tuple[Programme, CoverageFigures]]
    schools: Sequence[SchoolCoverage]
    work: SchoolWork
    hours: PersonHours

    @property
    def total(self) -> CoverageFigures:
        """The sessions of every programme."""
        return total_of(self.schools)


def area_works(
    *,
    reports: Mapping[Programme, CoverageReport],
    schools: Sequence[School],
    work: Mapping[int, SchoolWork],
    hours: PersonHours,
) -> list[AreaWork]:
    """Each area with anything to tell, in the order of their names, those outside every area last.

    Sums of what is given: nothing is asked of the database.
    """
    areas: dict[int | None, Area | None] = {school.area_id: school.area for school in schools}
    if work.get(OWN):
        areas.setdefault(None, None)
    ordered = sorted(areas.items(), key=lambda pair: (pair[1] is None, pair[1].name if pair[1] else ""))
    found = []
    for key, area in ordered:
        own = {school.pk for school in schools if school.area_id == key} | ({OWN} if key is None else set())
        rows = AreaWork(
            area=area,
            programmes=[
                (programme, total_of(row for row in report.schools if row.school.area_id == key))
                for programme, report in reports.items()
                if any(row.school.area_id == key for row in report.schools)
            ],
            schools=_schools(reports, own),
            work=together(row for pk, row in work.items() if pk in own),
            hours=PersonHours([row for row in hours.rows if row.area == key]),
        )
        if rows.schools or not rows.work.is_nothing or rows.hours.rows:
            found.append(rows)
    return found


def _schools(reports: Mapping[Programme, CoverageReport], own: set[int]) -> list[SchoolCoverage]:
    """The schools of an area, each with the sum of its programmes."""
    by_school: dict[int, SchoolCoverage] = {}
    for report in reports.values():
        for row in report.schools:
            if row.school.pk in own:
                before = by_school.get(row.school.pk)
                figures = before.figures + row.figures if before else row.figures
                by_school[row.school.pk] = SchoolCoverage(row.school, figures)
    return sorted(by_school.values(), key=lambda row: (row.school.sort_key, row.school.pk))
