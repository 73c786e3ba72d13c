"""How a cohort stands: its mentors step by step, and its supervision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programmes.enums import MentorStep
from programmes.models import Mentor, MentorCohort, Supervision


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
