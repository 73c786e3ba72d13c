"""The lock of closed periods, asked by whatever changes or removes an entry or a due date; the one place for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import Session
from programmes.models import ClosedPeriod, Delivery, NotHeld, PlannedSession, School, SchoolClass, Unlocking
from programmes.rules import due_date_lies_in, entry_lies_in


@dataclass
class PeriodClosedError(Exception):
    """What somebody wanted to change lies in a period that is closed; nothing was changed. Its words say the way on."""

    closed: ClosedPeriod
    school_class: SchoolClass
    session: Session

    def __str__(self) -> str:
        return _(
            "%(period)s is closed, so what is reported of %(title)s in %(name)s stands. Ask VPC to unlock the session."
        ) % {"period": self.closed.label, "title": self.session.title, "name": self.school_class.name}


class PlanClosedError(PeriodClosedError):
    """A session would be planned, moved or taken off in a period that is closed; nothing was changed."""

    def __str__(self) -> str:
        return _("%(period)s is closed, so its plan stands. Ask VPC to reopen the period, or choose another day.") % {
            "period": self.closed.label
        }


def require_open(entries: Sequence[Delivery | NotHeld], *, but_late: bool = False) -> None:
    """Refuse to change or remove entries that lie in a closed period, unless they are unlocked: that is used up.

    With `but_late`, what was reported after the closing is free: it is in no figure, and may be undone.
    """
    now = timezone.now()
    locked = _under_lock(entries, but_late=but_late)
    if not locked:
        return
    unlocked = set(_unlocked(locked).values_list("planned_session", flat=True))
    for entry, closed in locked:
        if entry.planned_session_id not in unlocked:
            row = PlannedSession.objects.select_related("school_class", "session").get(pk=entry.planned_session_id)
            raise PeriodClosedError(closed, row.school_class, row.session)
    _unlocked(locked).update(used_at=now)


def require_open_day(planned: PlannedSession) -> None:
    """Refuse to change what is said beside a session that is due in a closed period; nothing is unlocked by it."""
    require_open_plan([(planned.school_class, planned.session, planned.due_date)])


def locked_entries(entries: Sequence[Delivery | NotHeld]) -> dict[int, ClosedPeriod]:
    """The closed periods that entries of one kind lie in and are not unlocked from, by the entry's id; uses nothing up.

    In at most three questions, one where no period is closed.
    """
    locked = _under_lock(entries)
    unlocked = set(_unlocked(locked).values_list("planned_session", flat=True)) if locked else set()
    return {entry.pk: closed for entry, closed in locked if entry.planned_session_id not in unlocked}


def locked_in_words(closed: ClosedPeriod) -> str:
    """Why a row of a file that would correct a locked report is refused."""
    return _("%(period)s is closed, so what is reported of the session stands. Ask VPC to unlock it.") % {
        "period": closed.label
    }


def closings_over(*, school: School, programme: int) -> list[ClosedPeriod]:
    """The closed periods of a programme (by its id) in a school's municipality; one question."""
    closings = ClosedPeriod.objects.standing().light()
    return list(closings.filter(programme=programme, municipality=school.municipality_id))


def require_open_plan(changes: Iterable[tuple[SchoolClass, Session, date | None]]) -> None:
    """Refuse to plan, move or take off sessions whose due date (old or new) lies in a closed period."""
    rows = list(changes)
    closings = _closings_of({school_class.pk for school_class, _session, _day in rows})
    for school_class, session, day in rows:
        for closed in closings.get(school_class.pk, ()):
            if closed.programme_id == session.programme_id and due_date_lies_in(closed, day):
                raise PlanClosedError(closed, school_class, session)


def outside_closed_periods(rows: Sequence[PlannedSession]) -> list[PlannedSession]:
    """Rows that are to be planned, without those due in a closed period: its expected sessions stand."""
    closings = _closings_of({row.school_class_id for row in rows})
    return [
        row
        for row in rows
        if not any(
            closed.programme_id == row.session.programme_id and due_date_lies_in(closed, row.due_date)
            for closed in closings.get(row.school_class_id, ())
        )
    ]


def open_days(days: Mapping[Session, date], *, school: School) -> dict[Session, date]:
    """The days that sessions of one programme would have, without those that lie in a period closed at the school."""
    programmes = {session.programme_id for session in days}
    closings = [closed for pk in programmes for closed in closings_over(school=school, programme=pk)]
    return {
        session: day
        for session, day in days.items()
        if not any(closed.programme_id == session.programme_id and due_date_lies_in(closed, day) for closed in closings)
    }


def _under_lock(
    entries: Sequence[Delivery | NotHeld], *, but_late: bool = False
) -> list[tuple[Delivery | NotHeld, ClosedPeriod]]:
    if not entries:
        return []
    ids = {entry.planned_session_id for entry in entries}
    rows = PlannedSession.objects.filter(pk__in=ids)
    closings = list(
        ClosedPeriod.objects.standing()
        .light()
        .filter(
            Exists(
                rows.filter(
                    session__programme=OuterRef("programme"),
                    school_class__school__municipality=OuterRef("municipality"),
                )
            )
        )
    )
    if not closings:
        return []
    facts = {
        pk: (due_date, (municipality, programme))
        for pk, due_date, municipality, programme in rows.values_list(
            "pk", "due_date", "school_class__school__municipality", "session__programme"
        )
    }
    locked = []
    for entry in entries:
        due_date, place = facts[entry.planned_session_id]
        day = entry.date if isinstance(entry, Delivery) else None
        for closed in closings:
            is_late = but_late and entry.reported_at > closed.closed_at
            is_here = (closed.municipality_id, closed.programme_id) == place
            if is_here and not is_late and entry_lies_in(closed, due_date=due_date, day=day):
                locked.append((entry, closed))
                break
    return locked


def _unlocked(locked: Iterable[tuple[Delivery | NotHeld, ClosedPeriod]]) -> QuerySet[Unlocking]:
    rows = {entry.planned_session_id for entry, _closed in locked}
    return Unlocking.objects.open(now=timezone.now()).filter(planned_session__in=rows)


def _closings_of(class_ids: Iterable[int]) -> dict[int, list[ClosedPeriod]]:
    """The closed periods over classes, by the class; one question where no period is closed."""
    classes = SchoolClass._base_manager.filter(pk__in=set(class_ids))
    closings = list(
        ClosedPeriod.objects.standing()
        .light()
        .filter(Exists(classes.filter(school__municipality=OuterRef("municipality"))))
    )
    if not closings:
        return {}
    where = dict(classes.values_list("pk", "school__municipality"))
    return {
        pk: [closed for closed in closings if closed.municipality_id == municipality]
        for pk, municipality in where.items()
    }
