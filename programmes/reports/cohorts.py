"""How cohorts stand: their mentors step by step, supervision, training, gatherings; and all schools together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date

from django.db.models import QuerySet

from programmes.enums import MentorMeetingKind, MentorStep, Organisation
from programmes.models import Mentor, MentorCohort, Period, School, Supervision


@dataclass(frozen=True)
class CohortFigures:
    """Head-counts of mentors, and of supervision due by a day; a share is between 0 and 1, None without denominator.

    `applied` is None when nobody wrote it down. A mentor who has left still counts as chosen and, when it came to
    that, as trained. Attendance is the sum of those present over the sum of those who were mentors then.
    """

    applied: int | None
    chosen: int
    trained: int
    active: int
    left: int
    supervision_planned: int
    supervision_due: int
    supervision_held: int
    present: int
    invited: int

    @property
    def supervision_rate(self) -> float | None:
        return self.supervision_held / self.supervision_due if self.supervision_due else None

    @property
    def attendance(self) -> float | None:
        return self.present / self.invited if self.invited else None


@dataclass(frozen=True)
class SchoolMentors:
    """A school's mentors in a period, as head-counts; `school` is None for all schools together.

    `key_persons` counts those at trainings held in the period, by organisation: someone who came twice counts twice.
    """

    school: School | None
    figures: CohortFigures
    trainings: int = 0
    gatherings: int = 0
    key_persons: Counter[str] = field(default_factory=Counter)

    @property
    def key_persons_by_organisation(self) -> list[tuple[Organisation, int]]:
        return [(row, self.key_persons[row.value]) for row in Organisation if self.key_persons[row.value]]


@dataclass(frozen=True)
class MentorsReport:
    """Every school with a cohort in the period, and what they add up to; None without any."""

    schools: list[SchoolMentors]
    total: SchoolMentors | None


def together(rows: Iterable[CohortFigures]) -> CohortFigures:
    """The sum of some cohorts. Those whose number of applicants nobody wrote down add nothing to `applied`."""
    rows = list(rows)
    names = [row.name for row in fields(CohortFigures) if row.name != "applied"]
    told = [row.applied for row in rows if row.applied is not None]
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    return CohortFigures(applied=sum(told) if told else None, **sums)


def mentors_report(cohorts: QuerySet[MentorCohort], *, period: Period, today: date) -> MentorsReport:
    """Count the cohorts of a period's school years, school by school; 5 questions however many there are.

    Mentors are counted as they stand today. Supervision, training and gatherings are those in the period.
    """
    of_period = cohorts.filter(start_year__in=period.start_years).select_related("school")
    rows = of_period.prefetch_related("mentors", "supervisions", "meetings__key_persons")
    by_school: dict[School, list[SchoolMentors]] = {}
    for cohort in rows.order_by("school__sort_key", "school_id", "pk"):
        by_school.setdefault(cohort.school, []).append(_counted(cohort, period, today=today))
    schools = [_sum(school, counted) for school, counted in by_school.items()]
    return MentorsReport(schools, _sum(None, schools) if schools else None)


def _counted(cohort: MentorCohort, period: Period, *, today: date) -> SchoolMentors:
    in_period = [row for row in cohort.supervisions.all() if period.first_day <= row.date <= period.last_day]
    meetings = [row for row in cohort.meetings.all() if period.first_day <= row.date <= period.last_day and row.is_held]
    trainings = [row for row in meetings if row.kind == MentorMeetingKind.TRAINING]
    key_persons: Counter[str] = Counter()
    for training in trainings:
        key_persons.update({row.organisation: row.people for row in training.key_persons.all()})
    return SchoolMentors(
        school=cohort.school,
        figures=cohort_figures(cohort, mentors=cohort.mentors.all(), supervisions=in_period, today=today),
        trainings=len(trainings),
        gatherings=len(meetings) - len(trainings),
        key_persons=key_persons,
    )


def _sum(school: School | None, rows: list[SchoolMentors]) -> SchoolMentors:
    key_persons: Counter[str] = Counter()
    for row in rows:
        key_persons.update(row.key_persons)
    return SchoolMentors(
        school=school,
        figures=together(row.figures for row in rows),
        trainings=sum(row.trainings for row in rows),
        gatherings=sum(row.gatherings for row in rows),
        key_persons=key_persons,
    )


def cohort_figures(
    cohort: MentorCohort, *, mentors: Iterable[Mentor], supervisions: Iterable[Supervision], today: date
) -> CohortFigures:
    """Count one cohort; supervision is expected when its day is today or before (measures: "held ÷ planned")."""
    mentors, supervisions = list(mentors), list(supervisions)
    due = [row for row in supervisions if row.date <= today]
    held = [row for row in due if row.is_held]
    return CohortFigures(
        applied=cohort.applied,
        chosen=len(mentors),
        trained=sum(mentor.step >= MentorStep.TRAINED for mentor in mentors),
        active=sum(mentor.step == MentorStep.ACTIVE and not mentor.left for mentor in mentors),
        left=sum(bool(mentor.left) for mentor in mentors),
        supervision_planned=len(supervisions),
        supervision_due=len(due),
        supervision_held=len(held),
        present=sum(row.present_count or 0 for row in held),
        invited=sum(row.invited or 0 for row in held),
    )
