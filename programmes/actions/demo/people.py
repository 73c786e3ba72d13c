"""The people of Ekbacka: who can be tried, and a coordinator for each of the other schools, who cannot sign in."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import User
from programmes.actions.demo.accounts import (
    ADMINISTRATOR,
    CENTRE,
    COORDINATOR,
    DEMO_ACCOUNTS,
    DEMO_DOMAIN,
    DEMO_PASSWORD,
    EDITOR,
    EVALUATOR,
    LEADER,
    SUPERVISOR,
    DemoAccount,
)
from programmes.actions.demo.outcomes import seeded
from programmes.actions.demo.schools import ALMSKOLAN, EKBACKASKOLAN
from programmes.enums import Role
from programmes.models import Membership, Municipality, School, SchoolClass

# Schools whose coordinator took over, and for how many years the one before had the role.
HANDED_OVER = {"Almskolan": 3, "Cedergrensskolan": 1}
FIRST_NAMES = (
    "Agnes Ahmed Alva Anders Asta Bashir Birgitta Camilla Daniel Elif Erik Fatima Filip Gunilla Hanna Hassan "
    "Inger Jonas Karin Lars Leila Linnea Magnus Malin Maria Mattias Nadia Niklas Olof Petra Rasmus Rebin Sara "
    "Sofia Tove Ulrika Yasmin"
)
LAST_NAMES = (
    "Almstedt Berglöf Björnhag Dalevi Ekhamre Falkmo Fridsjö Granhult Hagvik Hedlöf Isaksberg Kullander Källmark "
    "Lindhage Lönnvik Mobeck Nordmalm Norinder Öhrvall Rosfors Rönnhed Sandfors Sjöhag Skoglöf Stenvall Sundhede "
    "Tallmark Vikander Vinterhav Åsvall Ängsmark"
)


def create_accounts(*, municipality: Municipality, first_day: date, evaluation_ends: date) -> dict[str, User]:
    """The accounts that can be tried, by e-mail, each with the roles it has in the municipality."""
    password = make_password(DEMO_PASSWORD)
    users = {account.email: _user(account, password) for account in DEMO_ACCOUNTS}
    users[ADMINISTRATOR.email].is_staff = users[ADMINISTRATOR.email].is_superuser = True
    User.objects.bulk_create(users.values())
    in_municipality = (
        (CENTRE, Role.CENTRE_YOUNGER, None),
        (CENTRE, Role.CENTRE_OLDER, None),
        (EDITOR, Role.EDITOR, None),
        (EVALUATOR, Role.EVALUATOR, evaluation_ends),
        (ADMINISTRATOR, Role.ADMINISTRATOR, None),
    )
    Membership.objects.bulk_create(
        Membership(
            user=users[account.email], role=role, municipality=municipality, start_date=first_day, end_date=end_date
        )
        for account, role, end_date in in_municipality
    )
    return users


def create_school_staff(
    *, schools: Iterable[School], users: dict[str, User], classes: Iterable[SchoolClass], first_day: date, seed: int
) -> dict[int, User]:
    """Give each school its coordinator; returns them by school. Almskolan also gets its leader of 3B."""
    schools = list(schools)
    invented = {school.pk: _invented_person(school.slug, seed) for school in schools if school.name != ALMSKOLAN.name}
    User.objects.bulk_create(invented.values())
    coordinators = {school.pk: invented.get(school.pk) or users[COORDINATOR.email] for school in schools}
    memberships = [
        Membership(user=coordinators[school.pk], role=Role.COORDINATOR, school=school, start_date=first_day)
        for school in schools
    ]
    by_name = {school.name: school for school in schools}
    if EKBACKASKOLAN.name in by_name:
        memberships.append(
            Membership(
                user=users[SUPERVISOR.email],
                role=Role.SUPERVISOR,
                school=by_name[EKBACKASKOLAN.name],
                start_date=first_day,
            )
        )
    Membership.objects.bulk_create(memberships)
    _tell_who_came_before(memberships, first_day=first_day, seed=seed)
    if ALMSKOLAN.name in by_name:
        almskolan = by_name[ALMSKOLAN.name]
        leads = Membership.objects.create(
            user=users[LEADER.email], role=Role.LEADER, school=almskolan, start_date=first_day
        )
        leads.classes.set(row for row in classes if row.school_id == almskolan.pk and row.name == "3B")
    return coordinators


def _user(account: DemoAccount, password: str) -> User:
    return User(email=account.email, first_name=account.first_name, last_name=account.last_name, password=password)


def _tell_who_came_before(memberships: Iterable[Membership], *, first_day: date, seed: int) -> None:
    """Some coordinators took over from another one, who has left: the school's people show since when."""
    for now in memberships:
        if now.role == Role.COORDINATOR and now.school and now.school.name in HANDED_OVER:
            before = _invented_person(f"{now.school.slug}-tidigare", seed)
            before.save()
            years = HANDED_OVER[now.school.name]
            now.predecessor = Membership.objects.create(
                user=before,
                role=Role.COORDINATOR,
                school=now.school,
                start_date=first_day.replace(year=first_day.year - years),
                end_date=first_day - timedelta(days=1),
            )
            now.save(update_fields=["predecessor"])


def _invented_person(name: str, seed: int) -> User:
    random = seeded(seed, name, "coordinator")
    return User(
        email=f"{name}@{DEMO_DOMAIN}",
        first_name=random.choice(FIRST_NAMES.split()),
        last_name=random.choice(LAST_NAMES.split()),
        password=make_password(None),
    )
