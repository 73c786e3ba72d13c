"""What is written at another school, or in another municipality, stands on nobody's page, form or file here."""

from datetime import date

import pytest

from programmes.enums import EventKind, Role
from programmes.models import (
    Event,
    Mentor,
    MentorMeeting,
    School,
    Supervision,
)
from tests.factories import (
    AssessmentFactory,
    CheckRoundFactory,
    ClassFactory,
    CohortFactory,
    CourseOccasionFactory,
    DeliveryFactory,
    ImportDraftFactory,
    InvitationFactory,
    ListedPupilFactory,
    MeasureFactory,
    MenteeGroupFactory,
    MunicipalityFactory,
    OtherUnitFactory,
    ParentGroupFactory,
    ParentMeetingFactory,
    ParentSignUpFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SchoolFactory,
    SchoolYearFactory,
    StaffMeetingFactory,
)
from tests.programmes.rights import pages_of, set_scene, somebody
from tests.programmes.test_protected_identity import text_of

MARK = "Zyxkvist"
AT_A_SCHOOL = ("leader", "coordinator", "supervisor", "mentor")
# The system administrator keeps every municipality's accounts.
IN_A_MUNICIPALITY = ("coordinator", "centre_younger", "evaluator", "data_protection", "anyone")


def write_at(school):
    """Somebody of every role, and something of every kind, each with a name that is found again."""
    school_class = ClassFactory(school=school, name=f"3{MARK}")
    for role in (Role.COORDINATOR, Role.LEADER, Role.SUPERVISOR):
        person = somebody(role, school=school, classes=[school_class] if role == Role.LEADER else [])
        person.first_name, person.email = MARK, f"{MARK}.{role}@annat.example".lower()
        person.save()
    planned = PlannedSessionFactory(school_class=school_class, due_date=date(2026, 11, 1))
    DeliveryFactory(planned_session=planned, note=MARK, reported_by=person)
    PlannedSessionFactory(school_class=school_class, session__code="T-B2", due_date=date(2026, 12, 1))
    CheckRoundFactory(school=school)
    ListedPupilFactory(school_class=school_class, number=4, short_name=MARK)
    SchoolAdultFactory(school=school, name=MARK)
    StaffMeetingFactory(school=school)
    ParentMeetingFactory(school=school, theme=MARK)
    ParentSignUpFactory(group__school=school, group__takes_sign_ups=False, group__place=MARK, first_name=MARK)
    cohort = CohortFactory(school=school, name=MARK, room=MARK)
    group = MenteeGroupFactory(cohort=cohort, name=f"6A {MARK}")
    Mentor.objects.create(cohort=cohort, alias=MARK, group_id=group.pk)
    MentorMeeting.objects.create(cohort=cohort, date=date(2026, 9, 11))
    Supervision.objects.create(cohort=cohort, date=date(2026, 9, 14))
    InvitationFactory(school=school, email=f"{MARK}@annat.example".lower(), invited_by=person)
    ImportDraftFactory(owner=person, municipality=school.municipality)
    AssessmentFactory(school=school)
    Event.objects.create(
        kind=EventKind.ROLE_GIVEN, actor=person, person=person, municipality=school.municipality, school=school
    )


def write_in_a_municipality():
    """What belongs to a municipality and not to a school, beside a school with all of the above."""
    municipality = MunicipalityFactory(name=f"{MARK} kommun", code="9902")
    SchoolYearFactory(municipality=municipality)
    CourseOccasionFactory(course__municipality=municipality, course__name=MARK)
    OtherUnitFactory(municipality=municipality, name=MARK)
    MeasureFactory(municipality=municipality, problem=MARK)
    ParentGroupFactory(school=None, municipality=municipality, takes_sign_ups=True, place=MARK)
    write_at(SchoolFactory(municipality=municipality, name=f"{MARK}skolan", slug="almskolan"))


def where_it_is_seen(scene, roles):
    seen = []
    for who in roles:
        client = scene.client_of(who)
        for row in pages_of(who):
            response = client.get(row.address.format(**scene.keys))
            if MARK.casefold() in f"{text_of(response)} {response.headers}".casefold():
                seen.append(f"{who}: {row}")
    return seen


@pytest.mark.django_db
def test_nothing_of_another_school_is_seen_at_the_own_one():
    scene = set_scene()
    municipality = School.objects.get().municipality
    write_at(SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan"))

    assert where_it_is_seen(scene, AT_A_SCHOOL) == []
    assert MARK in scene.client_of("centre_younger").get("/skolor/bjorkskolan/personer/").text


@pytest.mark.django_db
def test_nothing_of_another_municipality_is_seen_in_the_own_one():
    scene = set_scene()
    write_in_a_municipality()

    assert where_it_is_seen(scene, IN_A_MUNICIPALITY) == []
