"""What Ekbacka's centre has done with its figures: closed last autumn, and kept a package for evaluation."""

from datetime import UTC, date, datetime, time
from io import BytesIO

from accounts.models import User
from curriculum.models import Programme
from programmes.actions.closings import close_period
from programmes.actions.demo.accounts import CENTRE, EVALUATOR
from programmes.actions.demo.places import CODE
from programmes.actions.evaluation import keep_package
from programmes.enums import LeaderRole, Organisation, SessionState
from programmes.exports.closing import closing_of
from programmes.exports.evaluation.package import write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.exports.tables import new_export_id
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


def keep_last_years_package(*, today: date) -> None:
    """The package of last school year, made for the evaluator when this one began."""
    start_year = start_year_of(today)
    day = min(today, date(start_year, 8, 24))
    made_at = datetime.combine(day, time(7, 40), tzinfo=UTC)
    scope = Scope(
        municipality=Municipality.objects.get(code=CODE), start_year=start_year - 1, day=day, names=Pseudonyms()
    )
    stream = BytesIO()
    checksum = write_package(scope, stream)
    keep_package(
        municipality=scope.municipality,
        start_year=scope.start_year,
        counted_to=scope.last_day,
        profile=scope.profile.code,
        content=stream.getvalue(),
        checksum=checksum,
        export_id=new_export_id(now=made_at),
        user=User.objects.get(email=EVALUATOR.email),
        now=made_at,
    )


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
