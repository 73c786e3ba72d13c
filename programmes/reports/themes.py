"""Which theme a school has this month, as far as anyone may know it: the plan's base sessions, never a class's."""

from dataclasses import dataclass
from datetime import date

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.models import PlannedSession, School
from programmes.models.terms import Period


@dataclass(frozen=True)
class Theme:
    """A base session of the school's plan and the month it is in; `is_now` when that is the month asked for."""

    session: Session
    month: date
    is_now: bool


def months_theme(school: School, *, today: date) -> Theme | None:
    """The base session that most of the school's classes have in the month, or else the next one in the plan.

    None when nothing is planned. How many classes there are, and which, is not in the answer.
    """
    month = Period.month_of(today)
    planned = PlannedSession.objects.filter(
        school_class__school=school, session__kind=SessionKind.BASE, due_date__gte=month.first_day
    )
    planned = planned.order_by("due_date", "session__order", "pk")
    rows = [(session, due) for session, due in planned.values_list("session", "due_date") if due]
    if not rows:
        return None
    first = Period.month_of(rows[0][1])
    chosen = [session for session, due in rows if due <= first.last_day]
    session = Session.objects.get(pk=max(chosen, key=chosen.count))
    return Theme(session=session, month=first.first_day, is_now=first == month)
