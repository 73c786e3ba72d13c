"""How many hours those who lead have given: by role, organisation, programme, and area of the agreement.

Person-hours are the sum over leaders of the minutes of what they led, divided by 60; two who lead 40 minutes together
give 80. Counted are sessions that were held, staff meetings that were held, and the meetings of parent groups whose
parents have been counted. Leaders of what has no minutes are counted apart and never as zero. Supervision of mentors
has no leaders and is not in it. Source: domain.md is the municipality's own agreement.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from programmes.enums import AgreementArea, Organisation
from programmes.models import (
    Delivery,
    DeliveryLeader,
    ParentGroup,
    ParentGroupLeader,
    Partner,
    Period,
    StaffMeeting,
    StaffMeetingLeader,
)

PARENT_GROUPS = "abc"


@dataclass(frozen=True)
class LedTime:
    """Time of leaders of one kind: minutes in all, and how many leadings have no minutes. No programme is empty.

    `area` is the number of the school's area; None outside every area, and for the municipality's own groups.
    """

    role: str
    organisation: str
    programme: str
    minutes: int
    unknown: int
    area: int | None = None


@dataclass(frozen=True)
class Hours:
    """A row: what it is about, its minutes, and how many leadings behind it have none."""

    key: str
    minutes: int
    unknown: int

    @property
    def hours(self) -> float:
        return self.minutes / 60


@dataclass(frozen=True)
class PartnerHours:
    """A partner and its hours; None where they cannot be told apart from others', or where nothing has minutes."""

    partner: Partner
    hours: float | None


@dataclass(frozen=True)
class PersonHours:
    """All led time of a period."""

    rows: Sequence[LedTime]

    @property
    def hours(self) -> float:
        return sum(row.minutes for row in self.rows) / 60

    @property
    def unknown(self) -> int:
        return sum(row.unknown for row in self.rows)

    @property
    def by_role(self) -> list[Hours]:
        return self._by(lambda row: row.role)

    @property
    def by_organisation(self) -> list[Hours]:
        return self._by(lambda row: row.organisation)

    @property
    def by_programme(self) -> list[Hours]:
        return self._by(lambda row: row.programme)

    def _by(self, key_of: Callable[[LedTime], str]) -> list[Hours]:
        """The most hours first."""
        minutes: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        for row in self.rows:
            minutes[key_of(row)] += row.minutes
            unknown[key_of(row)] += row.unknown
        rows = [Hours(key, minutes[key], unknown[key]) for key in minutes]
        return sorted(rows, key=lambda row: (-row.minutes, row.key))

    def of_partners(self, partners: Iterable[Partner]) -> list[PartnerHours]:
        """Each partner's hours: those of the organisation that its leaders come from, in the order of the partners."""
        known = {row.key: row for row in self.by_organisation}
        return [PartnerHours(partner, _hours_of(partner, known)) for partner in partners]

    def by_area(self, partners: Iterable[Partner]) -> list[Hours]:
        """The hours of the agreement's four areas: the sums of their partners' hours, in the order of the agreement."""
        areas = {row.organisation: row.area for row in partners if row.organisation != Organisation.OTHER}
        minutes: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        for row in self.by_organisation:
            if area := areas.get(row.key):
                minutes[area] += row.minutes
                unknown[area] += row.unknown
        return [Hours(area, minutes[area], unknown[area]) for area in AgreementArea.values]

    def without_partner(self, partners: Iterable[Partner]) -> list[Hours]:
        """The organisations whose hours belong to no partner: the schools themselves, and others without agreement."""
        known = {partner.organisation for partner in partners} - {Organisation.OTHER}
        return [row for row in self.by_organisation if row.key not in known]


def _hours_of(partner: Partner, known: Mapping[str, Hours]) -> float | None:
    row = known.get(partner.organisation, Hours(partner.organisation, 0, 0))
    is_unknown = row.unknown and not row.minutes
    return None if is_unknown or partner.organisation == Organisation.OTHER else row.hours


def person_hours(
    *,
    deliveries: QuerySet[Delivery],
    staff_meetings: QuerySet[StaffMeeting],
    parent_groups: QuerySet[ParentGroup],
    period: Period,
) -> PersonHours:
    """The led time of what the asker may see in a period, in three questions to the database."""
    days = (period.first_day, period.last_day)
    sessions = DeliveryLeader.objects.filter(delivery__in=deliveries.filter(date__range=days).values("pk"))
    meetings = StaffMeetingLeader.objects.filter(
        meeting__in=staff_meetings.filter(is_held=True, date__range=days).values("pk")
    )
    # One condition for the meeting: each leader stands once for every meeting that was held in the period.
    groups = ParentGroupLeader.objects.filter(
        group__in=parent_groups.values("pk"), group__meetings__date__range=days, group__meetings__parents__isnull=False
    )
    rows = [
        *_sums(
            sessions,
            "delivery__minutes",
            programme=F("delivery__planned_session__session__programme__code"),
            area=F("delivery__planned_session__school_class__school__area"),
        ),
        *_sums(
            meetings,
            "meeting__minutes",
            programme=F("meeting__theme__programme__code"),
            area=F("meeting__school__area"),
        ),
        *_of_groups(groups),
    ]
    return PersonHours(rows)


def _of_groups(leaders: QuerySet[ParentGroupLeader]) -> Iterator[LedTime]:
    """A group's meetings last from its first to its last time of day; one without times has no minutes."""
    times = ("group__start_time", "group__end_time")
    rows = leaders.order_by().values("role", "organisation", *times, area=F("group__school__area"))
    for row in rows.annotate(led=Count("pk")):
        start, end = (row[name] for name in times)
        known = start and end
        yield LedTime(
            role=row["role"],
            organisation=row["organisation"],
            programme=PARENT_GROUPS,
            minutes=(_minute_of_day(end) - _minute_of_day(start)) * row["led"] if known else 0,
            unknown=0 if known else row["led"],
            area=row["area"],
        )


def _minute_of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _sums(leaders: QuerySet[Any], minutes: str, *, programme: F, area: F) -> list[LedTime]:
    rows = (
        leaders.order_by()
        .values("role", "organisation", led_programme=programme, led_in=area)
        .annotate(minutes=Sum(minutes), unknown=Count("pk", filter=Q(**{f"{minutes}__isnull": True})))
    )
    return [
        LedTime(
            role=row["role"],
            organisation=row["organisation"],
            programme=row["led_programme"] or "",
            minutes=row["minutes"] or 0,
            unknown=row["unknown"],
            area=row["led_in"],
        )
        for row in rows
    ]
