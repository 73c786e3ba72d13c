"""What the weekly letter says to each role: what they may see, in their own words, and not a pupil's name or number."""

from datetime import date

import pytest

from programmes.enums import DigestTopic, Role, Word
from programmes.exports.digests import digest_letter
from programmes.models import PlannedSession, SchoolClass, Supervision
from programmes.reports.digests import digests_for
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    CohortFactory,
    ListedPupilFactory,
    MembershipFactory,
    MenteeGroupFactory,
    ParentGroupFactory,
    ParentMeetingFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SchoolFactory,
    SecureBaseFactory,
    SessionFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)


@pytest.fixture
def other_class(school):
    return ClassFactory(school=school, name="4A", lowest_grade=4)


@pytest.fixture
def busy(school, school_class, other_class):
    """A school where everything waits."""
    december = SessionFactory(code="T-B2", title="Aktiva åskådare och förändring", month=12)
    for row in (school_class, other_class):
        PlannedSessionFactory(school_class=row)
    PlannedSessionFactory(school_class=other_class, session=december, due_date=date(2026, 11, 30))
    StaffMeetingFactory(school=school, is_held=False, present=None, date=date(2026, 11, 4))
    ParentMeetingFactory(school=school, theme="Vänskap på nätet", date=date(2026, 11, 12), parents=None)
    check_round = CheckRoundFactory(school=school, due_date=date(2026, 11, 30))
    pupil = ListedPupilFactory(school_class=school_class, number=4, short_name="Noor")
    ListedPupilFactory(school_class=school_class, number=5, short_name="Elis")
    adult = SchoolAdultFactory(school=school)
    SecureBaseFactory(pupil=pupil, adult=adult, word=Word.PUPIL, round=check_round)
    cohort = CohortFactory(school=school, name="Mentorer 2026")
    Supervision.objects.create(cohort=cohort, date=date(2026, 11, 10))
    mentor_session = SessionFactory(programme=programme("mvp"), code="MVP-01", kind="mentor", title="Vad är MVP?")
    PlannedSessionFactory(
        school_class=MenteeGroupFactory(cohort=cohort, name="6A grupp 1"),
        session=mentor_session,
        due_date=date(2026, 11, 1),
    )
    school.participations.create(programme=programme("mvp"), start_date=date(2020, 8, 1))


def digest_of(user, municipality, today):
    return digests_for([(user.pk, municipality.pk)], today=today)[user.pk, municipality.pk]


def somebody(role, **place):
    user = UserFactory(first_name="Kim", email=f"{role}@ekbacka.example")
    MembershipFactory(user=user, role=role, **place)
    return user


def said_to(digest):
    return [(part.topic, [(row.title, row.day, row.count, row.classes) for row in part.rows]) for part in digest.parts]


def test_coordinator_is_told_of_the_whole_school(coordinator, municipality, busy, today):
    letter = digest_letter(digest_of(coordinator, municipality, today), user=coordinator, municipality=municipality)

    assert letter.subject == "Stins v. 47: 3 pass är inte rapporterade, 1 pass ska hållas nu"
    body, _way_out = letter.body.split("Brevet kommer en gång i veckan")
    base = "http://127.0.0.1:8000/skolor/almskolan"
    assert body == (
        "Hej!\n\n"
        "Det här väntar på dig vecka 47, 16 november–22 november 2026.\n\n"
        "Almskolan: 3 pass är inte rapporterade\n"
        "- Normer och dess konsekvenser, skulle ha hållits senast 30 september: 3B, 4A\n"
        "- Vad är MVP?, skulle ha hållits senast 1 november: 6A grupp 1\n"
        f"{base}/\n\n"
        "Almskolan: 1 pass ska hållas nu\n"
        "- Aktiva åskådare och förändring, senast 30 november: 4A\n"
        f"{base}/\n\n"
        "Almskolan: 1 möte med personalen att skriva in\n"
        "- Personalpass: Normer och dess konsekvenser, 4 november\n"
        f"{base}/personal/\n\n"
        "Almskolan: 1 föräldraträff att räkna\n"
        "- Vänskap på nätet, 12 november\n"
        f"{base}/foraldrar/\n\n"
        "Almskolan: 1 handledning att skriva in\n"
        "- Mentorer 2026, 10 november\n"
        f"{base}/mvp/\n\n"
        "Almskolan: avstämningen av trygg bas är öppen\n"
        "- HT 2026, till och med 30 november: 1 elev har ingen trygg vuxen än\n"
        f"{base}/trygg-bas/\n\n"
    )


def test_leader_is_told_of_the_own_classes_and_no_number_of_pupils(leader, municipality, busy, today):
    letter = digest_letter(digest_of(leader, municipality, today), user=leader, municipality=municipality)

    assert said_to(digest_of(leader, municipality, today)) == [
        (DigestTopic.NOT_REPORTED, [("Normer och dess konsekvenser", date(2026, 9, 30), 1, ("3B",))]),
        (DigestTopic.CHECK_ROUND, [("HT 2026", date(2026, 11, 30), 0, ())]),
    ]
    assert "4A" not in letter.body
    assert "elev" not in letter.body


def test_supervisor_is_told_of_the_mentors_alone(school, municipality, busy, today):
    supervisor = somebody(Role.SUPERVISOR, school=school)

    assert said_to(digest_of(supervisor, municipality, today)) == [
        (DigestTopic.NOT_REPORTED, [("Vad är MVP?", date(2026, 11, 1), 1, ("6A grupp 1",))]),
        (DigestTopic.SUPERVISION_TO_REPORT, [("Mentorer 2026", date(2026, 11, 10), 1, ())]),
    ]


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.CENTRE_YOUNGER, ("Almskolan", None, 2, ())), (Role.CENTRE_OLDER, ("Almskolan", None, 1, ()))],
)
def test_centre_is_told_which_schools_are_behind_in_the_own_programmes(municipality, busy, today, role, expected):
    digest = digest_of(somebody(role, municipality=municipality), municipality, today)

    assert said_to(digest) == [(DigestTopic.SCHOOLS_BEHIND, [expected])]


def test_centre_counts_the_municipalitys_own_groups(municipality, school_year, centre, today):
    ParentGroupFactory(school=None, municipality=municipality, first_day=date(2026, 11, 3))

    [part] = digest_of(centre, municipality, today).parts
    assert (part.topic, part.school, [row.kind for row in part.rows]) == (
        DigestTopic.PARENTS_TO_COUNT,
        None,
        ["1", "2"],
    )


@pytest.mark.parametrize("role", [Role.EDITOR, Role.EVALUATOR, Role.DATA_PROTECTION, Role.ADMINISTRATOR])
def test_others_are_told_nothing_of_schools(municipality, busy, today, role):
    assert digest_of(somebody(role, municipality=municipality), municipality, today).parts == []


def test_nobody_is_told_of_another_school(municipality, busy, today):
    elsewhere = SchoolFactory(municipality=municipality, name="Björkskolan")

    assert digest_of(somebody(Role.COORDINATOR, school=elsewhere), municipality, today).parts == []


def test_role_that_has_ended_is_told_nothing(municipality, school, busy, today):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.COORDINATOR, school=school, end_date=date(2026, 11, 21))

    assert digest_of(user, municipality, today).parts == []


def test_two_roles_at_a_school_tell_each_thing_once(municipality, school, coordinator, busy, today):
    MembershipFactory(user=coordinator, role=Role.SUPERVISOR, school=school)
    MembershipFactory(user=coordinator, role=Role.LEADER, school=school, classes=list(SchoolClass.objects.all()))

    topics = [part.topic for part in digest_of(coordinator, municipality, today).parts]
    assert topics == list(dict.fromkeys(topics))


def test_no_letter_holds_a_pupil(municipality, coordinator, leader, centre, busy, today):
    for user in (coordinator, leader, centre):
        letter = digest_letter(digest_of(user, municipality, today), user=user, municipality=municipality)
        assert "Noor" not in letter.body
        assert "Elis" not in letter.body


def test_what_is_told_is_what_the_pages_show(municipality, coordinator, leader, busy, today):
    for user in (coordinator, leader):
        shown = PlannedSession.objects.visible_to(user, on=today).with_state(on=today)
        late = {row.school_class.name for row in shown.filter(state="not_reported")}
        [part] = [row for row in digest_of(user, municipality, today).parts if row.topic == DigestTopic.NOT_REPORTED]
        assert {name for row in part.rows for name in row.classes} == late


def test_protected_identity_is_greeted_by_the_alias(municipality, school, busy, today):
    user = UserFactory(first_name="Hemlig", last_name="Person", alias="Robin")
    MembershipFactory(user=user, role=Role.COORDINATOR, school=school)

    letter = digest_letter(digest_of(user, municipality, today), user=user, municipality=municipality)
    assert letter.body.startswith("Hej Robin!\n")
    assert "Hemlig" not in letter.body
