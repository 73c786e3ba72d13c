"""What waits for each person in a week, by their own roles: the content of the weekly digest, and who has nothing.

Read for many people at once: the number of questions to the database does not depend on how many they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from programmes.enums import CENTRE_ROLES, DigestTopic, Role
from programmes.models import Membership, School
from programmes.models.mentors import PROGRAMME as MVP
from programmes.models.terms import monday_of
from programmes.reports.missing import by_session
from programmes.reports.waiting import Waiting, WaitingRow, what_waits

Recipient = tuple[int, int]  # a person and a municipality, by number
OWN_PROGRAMMES = {Role.CENTRE_YOUNGER: ("taget",), Role.CENTRE_OLDER: (MVP,)}
LAST_OF_A_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class DigestPart:
    """One thing that waits, at one school (None: in the municipality); `count` is what its rows add up to."""

    topic: DigestTopic
    school: School | None
    rows: Sequence[WaitingRow]

    @property
    def count(self) -> int:
        return sum(row.count for row in self.rows)


@dataclass
class Digest:
    """A person's week in a municipality; without parts there is nothing to say."""

    week: date
    parts: list[DigestPart] = field(default_factory=list)

    def add(self, topic: DigestTopic, school: School | None, rows: Iterable[WaitingRow]) -> None:
        rows = list(rows)
        if rows:
            self.parts.append(DigestPart(topic, school, rows))

    def in_order(self) -> "Digest":
        order = list(DigestTopic)
        self.parts.sort(key=lambda part: (part.school.sort_key if part.school else "", order.index(part.topic)))
        return self


def digests_for(recipients: Iterable[Recipient], *, today: date) -> dict[Recipient, Digest]:
    """What waits for each of some people, by the roles that they have today; whoever has no role gets no parts.

    Each sees what the lists of the product show to that role, and of trygg bas a school's head-count alone.
    """
    recipients = set(recipients)
    memberships = _memberships(recipients, today=today)
    week = monday_of(today)
    waiting = what_waits(memberships, today=today, until=week + LAST_OF_A_WEEK)
    digests = {recipient: Digest(week) for recipient in recipients}
    by_place: dict[tuple[Recipient, School | None], list[Membership]] = defaultdict(list)
    for membership in memberships:
        by_place[(membership.user_id, _municipality_of(membership)), membership.school].append(membership)
    for (recipient, school), roles in by_place.items():
        if recipient not in digests:
            continue
        if school is None:
            _in_the_municipality(digests[recipient], recipient, roles, waiting)
        else:
            _at_a_school(digests[recipient], school, roles, waiting)
    return {recipient: digest.in_order() for recipient, digest in digests.items()}


def _memberships(recipients: set[Recipient], *, today: date) -> list[Membership]:
    rows = Membership.objects.active(on=today).filter(user__in={user for user, _municipality in recipients})
    rows = rows.filter(user__is_active=True).select_related("school").prefetch_related("classes")
    return list(rows.order_by("pk"))


def _municipality_of(membership: Membership) -> int:
    municipality = membership.school.municipality_id if membership.school else membership.municipality_id
    return municipality or 0


def _at_a_school(digest: Digest, school: School, memberships: Iterable[Membership], waiting: Waiting) -> None:
    """A coordinator's whole school, a supervisor's mentors, a leader's own classes; each thing once."""
    memberships = list(memberships)
    roles = {membership.role for membership in memberships}
    own = {row.pk for membership in memberships for row in membership.classes.all()}
    sessions = [
        row
        for row in waiting.sessions[school.pk]
        if Role.COORDINATOR in roles
        or (Role.SUPERVISOR in roles and row.programme == MVP)
        or (Role.LEADER in roles and row.class_pk in own)
    ]
    digest.add(DigestTopic.NOT_REPORTED, school, by_session(row for row in sessions if row.is_late))
    digest.add(DigestTopic.DUE_NOW, school, by_session(row for row in sessions if not row.is_late))
    if Role.COORDINATOR in roles:
        digest.add(DigestTopic.STAFF_TO_REPORT, school, waiting.staff[school.pk])
        digest.add(DigestTopic.PARENTS_TO_COUNT, school, waiting.parents[school.pk])
        digest.add(DigestTopic.CHECK_ROUND, school, waiting.rounds[school.pk])
    elif Role.LEADER in roles and own & waiting.listed:
        # That a round is open, without the number for the whole school.
        rounds = [WaitingRow(row.title, row.day, count=0) for row in waiting.rounds[school.pk]]
        digest.add(DigestTopic.CHECK_ROUND, school, rounds)
    supervises = roles & {Role.COORDINATOR, Role.SUPERVISOR}
    coming = waiting.coming[school.pk] if Role.COORDINATOR in roles else []
    if supervises:
        digest.add(DigestTopic.SUPERVISION_TO_REPORT, school, waiting.supervisions[school.pk])
        digest.add(DigestTopic.COMING, school, [*coming, *waiting.coming_supervision[school.pk]])


def _in_the_municipality(
    digest: Digest, recipient: Recipient, memberships: Iterable[Membership], waiting: Waiting
) -> None:
    """The centre's schools that are behind in its own programmes and its own parent groups; the editors' pages."""
    user, municipality = recipient
    roles = {Role(membership.role) for membership in memberships}
    programmes = {code for role in roles for code in OWN_PROGRAMMES.get(role, ())}
    digest.add(DigestTopic.SCHOOLS_BEHIND, None, _by_school(waiting, municipality, programmes))
    if Role.CENTRE_YOUNGER in roles:
        digest.add(DigestTopic.PARENTS_TO_COUNT, None, waiting.own_parents[municipality])
    if Role.EDITOR in roles:
        to_read = [row for row in waiting.pages[municipality] if user not in row.writers]
        digest.add(DigestTopic.TO_READ, None, to_read)
    if roles & {Role.ADMINISTRATOR, *CENTRE_ROLES}:
        digest.add(DigestTopic.LETTERS, None, waiting.letters[municipality])


def _by_school(waiting: Waiting, municipality: int, programmes: Collection[str]) -> list[WaitingRow]:
    """How many sessions of some programmes each school has not reported, the most first."""
    counts: Mapping[School, int] = {
        school: sum(row.is_late and row.programme in programmes for row in waiting.sessions[school.pk])
        for school in waiting.schools.values()
        if school.municipality_id == municipality
    }
    behind = sorted((school for school in counts if counts[school]), key=lambda row: (-counts[row], row.sort_key))
    return [WaitingRow(school.name, None, count=counts[school]) for school in behind]
