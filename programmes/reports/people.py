"""Who is what: memberships as people read them, those who are here now first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise

from programmes.enums import Role
from programmes.models import Membership
from programmes.models.terms import start_year_of

ORDER = {role: number for number, role in enumerate([Role.COORDINATOR, *(r for r in Role if r != Role.COORDINATOR)])}


@dataclass
class Person:
    """Somebody with a role at a place, on a day: the name that others may see, the classes, and who had it before."""

    membership: Membership
    today: date
    can_change: bool = False

    @property
    def name(self) -> str:
        return str(self.membership.user)

    @property
    def email(self) -> str:
        return self.membership.user.public_email

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

    @property
    def role_name(self) -> str | Promise:
        return self.role.label

    @property
    def classes(self) -> list[str]:
        """The names of the classes of the school year, or of the role's last one; and of those to come."""
        year = start_year_of(min(self.today, self.membership.end_date or self.today))
        names = [row.name for row in self.membership.classes.all() if row.start_year >= year]
        return list(dict.fromkeys(names))

    @property
    def took_over_from(self) -> str:
        before = self.membership.predecessor
        return str(before.user) if before else ""

    @property
    def is_coming(self) -> bool:
        return self.membership.start_date > self.today

    @property
    def is_ended(self) -> bool:
        return self.membership.end_date is not None and self.membership.end_date < self.today

    @property
    def is_now(self) -> bool:
        return not self.is_coming and not self.is_ended


def people_of(memberships: QuerySet[Membership], *, today: date) -> list[Person]:
    """The people of some memberships by place, contacts first, then by role and name; three queries however many."""
    rows = memberships.select_related("user", "school__municipality", "municipality", "predecessor__user")
    people = [Person(row, today) for row in rows.prefetch_related("classes")]
    return sorted(people, key=_place_and_name)


def _place_and_name(person: Person) -> tuple[str, int, str, int]:
    school = person.membership.school
    return school.sort_key if school else "", ORDER[person.role], person.name.casefold(), person.membership.pk
