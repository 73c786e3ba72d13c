"""A municipality of 60 schools and 500 people asks the database no more than one of 6 schools, whoever looks."""

import pytest

from accounts.models import User
from programmes.enums import EventKind, Role
from programmes.models import Event, Invitation, Membership, Participation, PlannedSession, School, SchoolClass
from tests.factories import InvitationFactory, MembershipFactory, SessionFactory, UserFactory, programme

CENTRE, OFFICER, ADMINISTRATOR = Role.CENTRE_YOUNGER, Role.DATA_PROTECTION, Role.ADMINISTRATOR


def fill(municipality, *, schools, people):
    """Schools with a class, a planned session and their share of the people, each invited and given a role."""
    ids = range(1, schools + 1)
    rows = School.objects.bulk_create(
        School(municipality=municipality, name=f"Skola {n}", slug=f"skola-{n}", unit_code=f"{99000100 + n}")
        for n in ids
    )
    Participation.objects.bulk_create(
        Participation(school=school, programme=programme(), start_date="2020-08-01") for school in rows
    )
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(school=school, start_year=2026, name="3B", lowest_grade=3, highest_grade=3, enrolled=20)
        for school in rows
    )
    session = SessionFactory()
    PlannedSession.objects.bulk_create(PlannedSession(school_class=row, session=session) for row in classes)
    users = User.objects.bulk_create(User(email=f"p{n}@ekbacka.example", password="!") for n in range(people))
    Membership.objects.bulk_create(
        Membership(
            user=user,
            school=rows[n % schools],
            role=Role.COORDINATOR if n < schools else Role.LEADER,
            start_date="2020-08-01",
        )
        for n, user in enumerate(users)
    )
    Invitation.objects.bulk_create(
        InvitationFactory.build(school=school, municipality=municipality, invited_by=user)
        for school, user in zip(rows, users, strict=False)
    )
    Event.objects.bulk_create(
        Event(kind=EventKind.ROLE_GIVEN, actor=user, person=user, municipality=municipality, school=rows[n % schools])
        for n, user in enumerate(users)
    )


@pytest.fixture(params=[(6, 50), (60, 500)], ids=["6 schools", "60 schools"])
def filled(request, municipality, school_year):
    schools, people = request.param
    fill(municipality, schools=schools, people=people)


@pytest.mark.parametrize(
    ("role", "address", "questions"),
    [
        (CENTRE, "/skolor/", 7),
        (CENTRE, "/oversikt/", 17),
        (CENTRE, "/oversikt/skolor/", 12),
        (CENTRE, "/rapporter/", 16),
        (CENTRE, "/personer/", 9),
        (CENTRE, "/personer/?skola=skola-1", 10),
        (CENTRE, "/inbjudningar/", 8),
        (CENTRE, "/inbjudningar/ny/", 8),
        (CENTRE, "/paminnelser/", 10),
        (CENTRE, "/import/", 10),
        (CENTRE, "/foraldrar/", 8),
        (OFFICER, "/logg/", 10),
        (OFFICER, "/skolor/", 7),
        (ADMINISTRATOR, "/inbjudningar/", 8),
        (ADMINISTRATOR, "/oversikt/", 17),
    ],
)
def test_page_asks_as_little_of_sixty_schools_as_of_six(
    client, municipality, filled, query_count, role, address, questions
):
    user = UserFactory()
    MembershipFactory(user=user, role=role, municipality=municipality)
    client.force_login(user)

    with query_count(questions):
        assert client.get(address).status_code == 200
