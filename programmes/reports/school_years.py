"""A school's year as a plan or a board needs it: what was planned, what was done, why not, and what was decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from curriculum.models import Programme, Session
from programmes.models import CauseAnalysis, CheckRound, School, SchoolClass, SelfAssessment
from programmes.models.terms import Period
from programmes.reports.coverage_rows import schools_running
from programmes.reports.outcomes import Outcomes, session_outcomes
from programmes.reports.school_work import SchoolWork, school_work

TERMS_BACK = 4


@dataclass(frozen=True)
class SchoolYearFacts:
    """One school in one school year.

    `analysis` is that of the year itself, `before` that of the year before, whose decided action was to be carried out
    in this one. `assessments` are the school's latest up to the end of the year, the earliest first; `rounds` the check
    rounds of trygg bas that were closed in it.
    """

    school: School
    outcomes: Sequence[tuple[Programme, Outcomes]]
    work: SchoolWork
    analysis: CauseAnalysis | None
    before: CauseAnalysis | None
    assessments: Sequence[SelfAssessment]
    rounds: Sequence[CheckRound]

    @property
    def together(self) -> Outcomes:
        """The sessions of every programme."""
        return Outcomes([row for _programme, outcomes in self.outcomes for row in outcomes.rows])


def taught_programmes() -> list[Programme]:
    """Programmes whose sessions are held with classes, in their order."""
    taught = Session.objects.taught_to_classes().values("programme")
    return list(Programme.objects.filter(pk__in=taught).order_by("order", "code"))


def school_year_facts(
    *,
    schools: QuerySet[School],
    classes_in: Callable[[Programme], QuerySet[SchoolClass]],
    programmes: Sequence[Programme],
    start_year: int,
    today: date,
) -> list[SchoolYearFacts]:
    """Every school that ran a programme in a school year, or has something written down for it, in the schools' order.

    The number of questions depends on the number of programmes alone.
    """
    period = Period.school_year(start_year)
    outcomes = {
        programme: session_outcomes(classes_in(programme), programme=programme, period=period, today=today)
        for programme in programmes
    }
    work = school_work(schools=schools, period=period, today=today)
    pks = schools.order_by().values("pk")
    analyses = {
        (row.school_id, row.start_year): row
        for row in CauseAnalysis.objects.filter(school__in=pks, start_year__in=(start_year, start_year - 1))
    }
    assessments = _by_school(
        SelfAssessment.objects.filter(school__in=pks, first_day__lte=min(period.last_day, today))
        .prefetch_related("items")
        .order_by("first_day")
    )
    rounds = _by_school(
        CheckRound.objects.filter(
            school__in=pks, first_day__range=(period.first_day, period.last_day), closed_date__isnull=False
        ).order_by("first_day")
    )
    known = {row.school_id for found in outcomes.values() for row in found.rows} | set(work)
    known |= {school for school, year in analyses if year == start_year}
    for programme in programmes:
        running = schools_running(schools, programme=programme, period=period, today=today)
        known |= set(running.order_by().values_list("pk", flat=True))
    return [
        SchoolYearFacts(
            school=school,
            outcomes=[
                (programme, own) for programme, found in outcomes.items() if (own := found.of_school(school.pk)).rows
            ],
            work=work.get(school.pk, SchoolWork()),
            analysis=analyses.get((school.pk, start_year)),
            before=analyses.get((school.pk, start_year - 1)),
            assessments=assessments.get(school.pk, [])[-TERMS_BACK:],
            rounds=rounds.get(school.pk, []),
        )
        for school in schools.filter(pk__in=known).select_related("area").order_by("sort_key", "pk")
    ]


def _by_school(rows: QuerySet) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.school_id, []).append(row)
    return found
