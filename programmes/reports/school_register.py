"""Where every school stands with every programme, since when and why, and whom to ask there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from curriculum.models import Programme
from programmes.enums import SCHOOL_ROLES, ParticipationStatus, ProgrammeStatus
from programmes.models import Membership, Participation, School
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.overview import status_of


@dataclass(frozen=True)
class Standing:
    """A school and a programme: where it stands today, the school year it began (empty: never), what was planned."""

    programme: Programme
    status: ProgrammeStatus
    began: str
    rows: Sequence[Participation]


@dataclass(frozen=True)
class RegisteredSchool:
    """A school with its programmes, in their order, and the people who have a role there today."""

    school: School
    standings: Sequence[Standing]
    contacts: Sequence[Membership]


@dataclass(frozen=True)
class HistoryLine:
    """Something that a school did with a programme on a day, with the reason that was given."""

    day: date
    status: ProgrammeStatus
    reason: str


def registered_schools(
    schools: QuerySet[School], *, programmes: Sequence[Programme], today: date
) -> list[RegisteredSchool]:
    """Every school in its order, in three questions to the database."""
    found = list(schools.select_related("area").order_by("sort_key", "pk"))
    participations: dict[tuple[int, int], list[Participation]] = {}
    rows = Participation.objects.filter(school__in=found).order_by("start_date")
    for row in rows:
        participations.setdefault((row.school_id, row.programme_id), []).append(row)
    contacts: dict[int, list[Membership]] = {}
    people = Membership.objects.active(on=today).filter(school__in=found, user__is_active=True)
    for membership in people.select_related("user").order_by("user__last_name", "user__first_name", "user__email"):
        contacts.setdefault(membership.school_id or 0, []).append(membership)
    return [
        RegisteredSchool(
            school=school,
            standings=[
                standing_of(programme, participations.get((school.pk, programme.pk), []), today=today)
                for programme in programmes
            ],
            contacts=sorted(contacts.get(school.pk, []), key=lambda row: CONTACTS_FIRST.index(row.role)),
        )
        for school in found
    ]


# Coordinators are whom one asks first.
CONTACTS_FIRST = ["coordinator", *(role.value for role in SCHOOL_ROLES if role.value != "coordinator")]


def standing_of(programme: Programme, rows: Sequence[Participation], *, today: date) -> Standing:
    """Where a school stands with a programme, from its rows of it, the earliest first."""
    began = school_year_label(start_year_of(rows[0].start_date)) if rows else ""
    return Standing(programme=programme, status=status_of(rows, today=today), began=began, rows=rows)


def history_of(rows: Iterable[Participation]) -> list[HistoryLine]:
    """What a school has done and will do with a programme, the latest first; an end stands on its last day."""
    lines = []
    ordered = sorted(rows, key=lambda row: row.start_date)
    for number, row in enumerate(ordered):
        is_active = row.status == ParticipationStatus.ACTIVE
        status = ProgrammeStatus.ACTIVE if is_active else ProgrammeStatus.PAUSED
        lines.append(HistoryLine(row.start_date, status, row.reason))
        follower = ordered[number + 1] if number + 1 < len(ordered) else None
        is_gap = row.end_date and (follower is None or (follower.start_date - row.end_date).days > 1)
        if row.end_date and is_gap:
            lines.append(HistoryLine(row.end_date, ProgrammeStatus.ENDED, row.end_reason))
    return lines[::-1]
