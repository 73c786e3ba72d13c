"""Changes which programmes a school runs: from a day on, with the reason, and never over what has been."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from curriculum.models import Programme
from programmes.actions.events import log_event
from programmes.actions.plans import plan_base_sessions
from programmes.enums import EventKind, ParticipationStatus, ProgrammeStatus
from programmes.models import Participation, School, SchoolClass
from programmes.models.terms import start_year_of

STATUSES = {
    ProgrammeStatus.ACTIVE: ParticipationStatus.ACTIVE,
    ProgrammeStatus.PAUSED: ParticipationStatus.PAUSED,
}


class HistoryLostError(Exception):
    """Something that has already begun lies after that day: it would be written over."""


class NothingToEndError(Exception):
    """The school does not run the programme on that day, so it can neither rest from it nor end it."""


@transaction.atomic
def change_participation(
    *,
    school: School,
    programme: Programme,
    status: ProgrammeStatus,
    day: date,
    reason: str,
    by: User | None,
    today: date,
) -> None:
    """Let a school run a programme or rest from it from a day on, or end it with a day, which is the last one.

    What was decided for later days is replaced; what has begun is history and refuses. A school that begins gets its
    base sessions of that school year.
    """
    School.objects.select_for_update().get(pk=school.pk)
    rows = Participation.objects.filter(school=school, programme=programme)
    first = day + timedelta(days=1) if status == ProgrammeStatus.ENDED else day
    if rows.filter(start_date__gt=first, start_date__lte=today).exists():
        raise HistoryLostError
    running = rows.covering(day).first()
    if running is None and status != ProgrammeStatus.ACTIVE:
        raise NothingToEndError
    rows.filter(start_date__gte=first).delete()
    if running and running.start_date < first:
        running.end_date = first - timedelta(days=1)
        running.end_reason = reason if status == ProgrammeStatus.ENDED else ""
        running.save(update_fields=["end_date", "end_reason"])
    if status in STATUSES:
        Participation.objects.create(
            school=school, programme=programme, status=STATUSES[status], start_date=day, reason=reason
        )
    if status == ProgrammeStatus.ACTIVE:
        classes = SchoolClass.objects.filter(school=school, start_year__gte=start_year_of(day))
        plan_base_sessions(classes=classes.select_related("school"))
    log_event(
        kind=EventKind.PARTICIPATION_CHANGED,
        actor=by,
        municipality=school.municipality,
        school=school,
        about={"programme": programme.name, "status": status, "day": day, "reason": reason},
    )
