"""Closes last year's autumn in Ekbacka, as the centre has done in January, with one report that came too late."""

from datetime import UTC, date, datetime, time

from accounts.models import User
from curriculum.models import Programme
from programmes.actions.closings import close_period
from programmes.actions.demo.accounts import CENTRE
from programmes.actions.demo.places import CODE
from programmes.enums import LeaderRole, Organisation, SessionState
from programmes.exports.closing import closing_of
from programmes.models import Delivery, DeliveryLeader, Municipality, Period, PlannedSession
from programmes.models.terms import start_year_of


def close_last_autumn(*, today: date) -> None:
    """Tåget's autumn of last school year, closed in the middle of January; a week later a school reports a session."""
    municipality, programme = Municipality.objects.get(code=CODE), Programme.objects.get(code="taget")
    autumn = Period.term(start_year_of(today) - 1, autumn=True)
    closed_on = date(autumn.last_day.year + 1, 1, 14)
    closing = closing_of(
        municipality=municipality,
        programme=programme,
        period=autumn,
        by=User.objects.get(email=CENTRE.email),
        today=closed_on,
        now=datetime.combine(closed_on, time(8, 20), tzinfo=UTC),
    )
    close_period(closing=closing)
    _report_late(municipality, programme, autumn)


def _report_late(municipality: Municipality, programme: Programme, autumn: Period) -> None:
    waiting = (
        PlannedSession.objects.filter(
            session__programme=programme,
            school_class__school__municipality=municipality,
            due_date__range=(autumn.first_day, autumn.last_day),
        )
        .with_state(on=autumn.last_day)
        .filter(state=SessionState.NOT_REPORTED)
        .select_related("school_class")
        .order_by("due_date", "pk")
        .last()
    )
    if waiting is None:
        return
    size = waiting.school_class.enrolled or 20
    late = Delivery.objects.create(
        planned_session=waiting, date=date(autumn.last_day.year, 12, 15), group_size=size, present=size - 2
    )
    DeliveryLeader.objects.create(
        delivery=late, role=LeaderRole.TEACHER, organisation=Organisation.SCHOOL, is_trained=True
    )
    reported_at = datetime(autumn.last_day.year + 1, 1, 21, 13, 40, tzinfo=UTC)
    Delivery.objects.filter(pk=late.pk).update(reported_at=reported_at)
    late.history.update(history_date=reported_at)
