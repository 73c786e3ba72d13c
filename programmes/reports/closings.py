"""Which periods of a programme are open and which closed, and what came to a closed one afterwards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from curriculum.models import Programme
from programmes.enums import LateKind, SessionState
from programmes.models import ClosedPeriod, Delivery, Municipality, NotHeld, Period, PlannedSession
from programmes.models.sessions import PlannedSessionQuerySet
from programmes.models.terms import start_year_of
from programmes.rules import entry_lies_in

YEARS_BACK = 3
MARGIN = timedelta(days=1)  # so that a report saved in the very moment of the closing is looked at too
PLACE = ("planned_session__session", "planned_session__school_class__school")


def periods_until(today: date) -> list[Period]:
    """The terms, school years, tertials and calendar years of this school year and the ones before, the latest to end
    first."""
    this_year = start_year_of(today)
    periods = []
    for year in range(this_year, this_year - YEARS_BACK, -1):
        periods += [Period.term(year, autumn=True), Period.term(year + 1, autumn=False), Period.school_year(year)]
    for year in range(this_year + 1, this_year - YEARS_BACK + 1, -1):
        periods += [*(Period.tertial(number, year) for number in (1, 2, 3)), Period.calendar_year(year)]
    begun = [period for period in periods if period.first_day <= today]
    return sorted(begun, key=lambda period: (period.last_day, period.first_day), reverse=True)


@dataclass(frozen=True)
class PeriodRow:
    """A period and how it stands: still running, ended and open with what is missing, or closed."""

    period: Period
    closed: ClosedPeriod | None
    has_ended: bool
    sessions_missing: int
    schools_missing: int


def period_rows(
    sessions: PlannedSessionQuerySet, *, municipality: Municipality, programme: Programme, today: date
) -> list[PeriodRow]:
    """Every period with how it stands; `sessions` are those that the asker sees. In two questions."""
    periods = periods_until(today)
    closings = ClosedPeriod.objects.standing().light().filter(municipality=municipality, programme=programme)
    closed = {row.period: row for row in closings.select_related("closed_by")}
    first_day = min(period.first_day for period in periods)
    missing = (
        sessions.filter(session__programme=programme, due_date__range=(first_day, today))
        .with_state(on=today)
        .filter(state=SessionState.NOT_REPORTED)
        .values_list("due_date", "school_class__school")
    )
    due = list(missing)
    rows = []
    for period in periods:
        schools = [school for day, school in due if period.first_day <= day <= period.last_day]
        rows.append(
            PeriodRow(
                period,
                closed.get(period.code),
                has_ended=period.last_day < today,
                sessions_missing=len(schools),
                schools_missing=len(set(schools)),
            )
        )
    return rows


def deliveries_in(*, municipality: Municipality, programme: Programme, period: Period) -> QuerySet[Delivery]:
    """The deliveries that say something of a period: dated in it, or of a session that was due in it."""
    days = (period.first_day, period.last_day)
    return Delivery.objects.filter(
        Q(date__range=days) | Q(planned_session__due_date__range=days),
        planned_session__session__programme=programme,
        planned_session__school_class__school__municipality=municipality,
    )


def not_held_in(*, municipality: Municipality, programme: Programme, period: Period) -> QuerySet[NotHeld]:
    """The reports that a session due in a period was not held."""
    return NotHeld.objects.filter(
        planned_session__due_date__range=(period.first_day, period.last_day),
        planned_session__session__programme=programme,
        planned_session__school_class__school__municipality=municipality,
    )


@dataclass(frozen=True)
class LateEntry:
    """What was reported of a session after its period was closed: new, corrected, or removed."""

    planned: PlannedSession
    kind: LateKind
    entry: Delivery | NotHeld | None

    @property
    def day(self) -> date | None:
        return self.entry.date if isinstance(self.entry, Delivery) else None

    @property
    def is_delivery(self) -> bool:
        return isinstance(self.entry, Delivery)


def late_entries(closed: ClosedPeriod, *, schools: Iterable[int]) -> list[LateEntry]:
    """What came, was corrected or removed after the closing, at some schools (by id), by school, class and session.

    Told apart by the entries that were put away, not by the clock: what is not among them is late. A correction of a
    session that was held only after the period belongs to the next one, and is not told. In four questions.
    """
    ids = list(schools)
    whose: dict[str, Any] = {
        "municipality": closed.municipality,
        "programme": closed.programme,
        "period": Period.parse(closed.period),
    }
    late: list[LateEntry] = []
    for rows, name in ((deliveries_in(**whose), "deliveries"), (not_held_in(**whose), "not_held")):
        known = {int(pk): version for pk, version in closed.figures[name].items()}
        late += _changed(rows, known, closed=closed, schools=ids)
        late += _removed(rows.model, known, closed=closed, schools=ids)
    return sorted(late, key=_order)


def _changed(rows: QuerySet, known: dict[int, int], *, closed: ClosedPeriod, schools: list[int]) -> Iterator[LateEntry]:
    since = closed.closed_at - MARGIN
    versions = rows.model.history.model.objects.filter(id=OuterRef("pk"), history_date__gte=since)
    touched = rows.filter(
        Q(reported_at__gte=since) | Exists(versions), planned_session__school_class__school__in=schools
    )
    for entry in touched.select_related(*PLACE):
        if entry.pk not in known:
            yield LateEntry(entry.planned_session, LateKind.NEW, entry)
        elif entry.version != known[entry.pk] and entry_lies_in(
            closed, due_date=entry.planned_session.due_date, day=getattr(entry, "date", None)
        ):
            yield LateEntry(entry.planned_session, LateKind.CORRECTED, entry)


def _removed(model: Any, known: dict[int, int], *, closed: ClosedPeriod, schools: list[int]) -> Iterator[LateEntry]:
    gone = model.history.filter(
        history_type="-",
        history_date__gte=closed.closed_at - MARGIN,
        planned_session__session__programme=closed.programme_id,
        planned_session__school_class__school__in=schools,
    )
    for version in gone.select_related(*PLACE):
        if version.id in known:
            yield LateEntry(version.planned_session, LateKind.REMOVED, None)


def _order(late: LateEntry) -> tuple[str, int, str, int, str]:
    school_class = late.planned.school_class
    return (
        school_class.school.sort_key,
        school_class.start_year,
        school_class.sort_key,
        late.planned.session.order,
        late.kind,
    )
