"""A cohort through the year: groups that come later, mentors with dates, training, conflicts, and what is removed."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from programmes.actions.closings import close_period
from programmes.enums import MentorStep, Role
from programmes.exports.closing import closing_of
from programmes.models import (
    Break,
    Event,
    GroupSession,
    MenteeGroup,
    Mentor,
    MentorCohort,
    MentorMeeting,
    Participation,
    Period,
    PlannedSession,
    ScenarioReservation,
    Supervision,
)
from tests.factories import (
    ClassFactory,
    CohortFactory,
    DeliveryFactory,
    MembershipFactory,
    MenteeGroupFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
    programme,
)

MENTORS = "\n".join(f"M{number}" for number in range(1, 14))
BASE = "/skolor/almskolan/mvp/"


@pytest.fixture
def mvp(school):
    found = programme("mvp")
    Participation.objects.create(school=school, programme=found, start_date=date(2026, 7, 1))
    for number in range(1, 12):
        SessionFactory(code=f"MVP-{number:02d}", kind="mentor", title=f"Pass {number}", order=number, programme=found)
    return found


@pytest.fixture
def supervisor(client, school):
    """Who is signed in, and keeps the mentors of Almskolan."""
    user = UserFactory(email="supervisor@ekbacka.example")
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=school)
    client.force_login(user)
    return user


@pytest.fixture
def mentees(school):
    return [ClassFactory(school=school, name=name, lowest_grade=6, highest_grade=6) for name in ("6A", "6B")]


@pytest.fixture
def cohort(school, mvp):
    return CohortFactory(school=school, name="Mentorer")


@pytest.fixture
def group(cohort):
    """A group with two sessions that are planned."""
    row = MenteeGroupFactory(cohort=cohort, name="6A grupp 1", enrolled=12)
    for code, day in (("MVP-01", date(2026, 9, 7)), ("MVP-02", date(2026, 12, 7))):
        PlannedSession.objects.create(school_class_id=row.pk, session=SessionFactory(code=code), due_date=day)
    return row


def at(cohort, rest=""):
    return f"{BASE}{cohort.pk}/{rest}"


def values_of(form):
    """What a form holds when it is opened, as a browser would send it back."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_thirteen_mentors_and_four_groups_are_one_form_of_at_most_25_fields_typed(client, supervisor, mvp, mentees):
    form = client.get(f"{BASE}ny/").context["form"]
    typed = {
        "mentors": MENTORS,
        "applied": "26",
        "classes": [row.pk for row in mentees],
        "first_date": "2026-09-07",
        "room": "B204",
    }
    client.post(f"{BASE}ny/", values_of(form) | typed)

    cohort = MentorCohort.objects.get()
    assert (cohort.mentors.count(), MenteeGroup.objects.filter(cohort=cohort).count()) == (13, 4)
    assert (PlannedSession.objects.count(), cohort.supervisions.count()) == (44, 10)
    # A line for each mentor, and what else was typed or ticked.
    assert len(MENTORS.splitlines()) + len(mentees) + len(set(typed) - {"mentors", "classes"}) == 18
    assert [(event.kind, event.about["mentors"], event.about["groups"]) for event in Event.objects.all()] == [
        ("cohort_set_up", 13, 4)
    ]


def test_mentors_of_a_group_lead_in_pairs(client, supervisor, mvp, mentees):
    form = client.get(f"{BASE}ny/").context["form"]
    typed = {"mentors": MENTORS, "classes": [row.pk for row in mentees], "first_date": "2026-09-07"}
    client.post(f"{BASE}ny/", values_of(form) | typed)

    pairs = [
        list(Mentor.objects.filter(group=group).order_by("pk").values_list("pair", flat=True))
        for group in MenteeGroup.objects.in_order()
    ]
    assert pairs == [[1, 1, 2, 2], [1, 1, 1], [1, 1, 1], [1, 1, 1]]


def test_mentors_come_first_and_groups_later(client, supervisor, mvp, mentees):
    form = client.get(f"{BASE}ny/").context["form"]
    client.post(f"{BASE}ny/", values_of(form) | {"mentors": MENTORS, "first_date": ""})
    cohort = MentorCohort.objects.get()
    assert (cohort.mentors.count(), PlannedSession.objects.count(), cohort.supervisions.count()) == (13, 0, 0)
    assert set(cohort.mentors.values_list("group", "pair", "chosen_date")) == {(None, None, date(2026, 11, 22))}

    address = at(cohort, "grupp/ny/")
    form = client.get(address).context["form"]
    data = values_of(form) | {"classes": [mentees[0].pk], "first_date": "2026-11-23"}
    page = client.post(address, data)
    assert page["Location"] == at(cohort, "mentorer/")
    assert (PlannedSession.objects.count(), cohort.supervisions.count()) == (22, 10)

    # The next ones follow the days that are there.
    form = client.get(address).context["form"]
    client.post(address, values_of(form) | {"classes": [mentees[1].pk], "split": "whole", "first_date": ""})
    latest = MenteeGroup.objects.get(name="6B")
    days = [
        set(PlannedSession.objects.filter(school_class=pk).values_list("session", "due_date"))
        for pk in MenteeGroup.objects.values_list("pk", flat=True)
    ]
    assert days[0] == days[1] == days[2]
    assert (latest.home_class.name, cohort.supervisions.count()) == ("6B", 10)


def test_group_that_is_there_is_not_added_again(client, supervisor, cohort, mentees):
    MenteeGroupFactory(cohort=cohort, name="6A grupp 1")
    address = at(cohort, "grupp/ny/")
    form = client.get(address).context["form"]
    page = client.post(address, values_of(form) | {"classes": [mentees[0].pk], "first_date": "2026-09-07"})

    assert page.context["form"].errors["classes"] == ["Det finns redan en grupp som heter 6A grupp 1."]


def test_schedule_without_room_says_when_to_begin_at_the_latest(client, supervisor, mvp, mentees, school_year):
    Break.objects.create(
        school_year=school_year, name="Sportlov", first_day=date(2027, 3, 1), last_day=date(2027, 3, 5)
    )
    form = client.get(f"{BASE}ny/").context["form"]
    data = values_of(form) | {"mentors": "M1", "classes": [mentees[0].pk], "room": "B204"}
    page = client.post(f"{BASE}ny/", data | {"first_date": "2027-03-15"})

    said = page.context["form"].errors["first_date"][0]
    day = said.partition("senast ")[2].removesuffix(".")
    assert said.startswith("Det finns plats för 6 av 11 pass innan läsåret är slut. Börja senast måndag ")
    assert page.context["form"]["room"].value() == "B204"
    assert day == "måndag 14 december"
    client.post(f"{BASE}ny/", data | {"first_date": "2026-12-14"})
    assert PlannedSession.objects.count() == 22


def test_two_who_change_the_same_cohort_are_told_and_lose_nothing(client, supervisor, cohort):
    mentor = Mentor.objects.create(cohort=cohort, alias="MK")
    address = at(cohort, "mentorer/")
    first = values_of(client.get(address).context["form"])
    client.post(address, first | {"applied": "20"})

    page = client.post(address, first | {f"step_{mentor.pk}": MentorStep.TRAINED.value, "day": "2026-09-11"})
    assert "Någon annan har ändrat" in page.context["form"].non_field_errors()[0]
    mentor.refresh_from_db()
    assert mentor.step == MentorStep.CHOSEN

    again = {name: page.context["form"][name].value() for name in first}
    assert again[f"step_{mentor.pk}"] == str(MentorStep.TRAINED.value)
    client.post(address, again)
    mentor.refresh_from_db()
    assert (mentor.step, mentor.trained_date) == (MentorStep.TRAINED, date(2026, 9, 11))


def test_steps_are_dated_and_a_step_taken_back_loses_its_day(client, supervisor, cohort):
    mentor = Mentor.objects.create(cohort=cohort, alias="MK", chosen_date=date(2026, 8, 28))
    address = at(cohort, "mentorer/")

    def say(day, step, left=""):
        form = client.get(address).context["form"]
        data = values_of(form) | {"day": day, f"step_{mentor.pk}": step.value, f"left_{mentor.pk}": left}
        client.post(address, data)
        mentor.refresh_from_db()
        return mentor.chosen_date, mentor.trained_date, mentor.active_date, mentor.left_date

    chosen, trained, active, left = (date(2026, *day) for day in ((8, 28), (9, 11), (9, 25), (10, 20)))
    assert say("2026-09-11", MentorStep.TRAINED) == (chosen, trained, None, None)
    assert say("2026-09-25", MentorStep.ACTIVE) == (chosen, trained, active, None)
    assert say("2026-10-20", MentorStep.ACTIVE, "moved") == (chosen, trained, active, left)
    assert say("2026-11-01", MentorStep.TRAINED) == (chosen, trained, None, None)


def test_alias_is_put_right_and_days_must_follow_each_other(client, supervisor, cohort):
    mentor = Mentor.objects.create(cohort=cohort, alias="MK")
    Mentor.objects.create(cohort=cohort, alias="Alma")
    address = at(cohort, f"mentorer/{mentor.pk}/")
    values = values_of(client.get(address).context["form"])

    def errors(**typed):
        return list(client.post(address, values | typed).context["form"].errors)

    assert errors(alias="Anna Svensson") == ["alias"]
    assert errors(alias="alma") == ["alias"]
    assert errors(alias="20110312-1239") == ["alias"]
    assert errors(active_date="2026-09-25") == ["trained_date"]
    assert errors(trained_date="2026-09-25", active_date="2026-09-11") == ["active_date"]
    assert errors(left="moved") == ["left_date"]
    assert errors(left_date="2026-10-20") == ["left"]

    client.post(
        address, values | {"alias": "MKL", "trained_date": "2026-09-11", "left": "moved", "left_date": "2026-10-20"}
    )
    mentor.refresh_from_db()
    assert (mentor.alias, mentor.step, mentor.left, mentor.left_date) == ("MKL", 2, "moved", date(2026, 10, 20))


def test_training_makes_those_who_were_there_trained_and_is_counted_by_organisation(
    client, supervisor, cohort, municipality
):
    one, two, three = (Mentor.objects.create(cohort=cohort, alias=alias) for alias in ("A", "B", "C"))
    other = SchoolFactory(municipality=municipality, name="Furuskolan", slug="furuskolan")
    Participation.objects.create(school=other, programme=programme("mvp"), start_date=date(2026, 7, 1))
    address = at(cohort, "traffar/ny/")
    data = values_of(client.get(address).context["form"]) | {
        "date": "2026-09-11",
        "place": "Folkets hus",
        "minutes": "360",
        "present": [one.pk, two.pk],
        "schools": [other.pk],
        "people_police": "1",
        "people_rescue_service": "2",
    }
    assert list(client.post(address, data).context["form"].errors) == ["held"]
    ahead = client.post(address, data | {"held": "on", "date": "2027-01-18"})
    assert list(ahead.context["form"].errors) == ["date"]

    client.post(address, data | {"held": "on"})
    meeting = MentorMeeting.objects.get()
    assert (meeting.kind, meeting.present_count, meeting.invited, meeting.place) == ("training", 2, 3, "Folkets hus")
    assert sorted(meeting.key_persons.values_list("organisation", "people")) == [("police", 1), ("rescue_service", 2)]
    assert list(meeting.schools.values_list("name", flat=True)) == ["Furuskolan"]
    assert sorted(cohort.mentors.values_list("alias", "step", "trained_date")) == [
        ("A", 2, date(2026, 9, 11)),
        ("B", 2, date(2026, 9, 11)),
        ("C", 1, None),
    ]
    page = client.get(BASE)
    assert "2 av 3 mentorer, 1 polisen, 2 räddningstjänsten" in page.text
    assert three.step == 1


def test_what_was_written_by_mistake_is_removed_after_one_question(client, supervisor, cohort, group):
    mentor = Mentor.objects.create(cohort=cohort, alias="MK", group_id=group.pk)
    supervision = Supervision.objects.create(cohort=cohort, date=date(2026, 9, 14))
    meeting = MentorMeeting.objects.create(cohort=cohort, date=date(2026, 9, 11))

    for rest in (
        f"handledning/{supervision.pk}/",
        f"traffar/{meeting.pk}/",
        f"grupp/{group.pk}/",
        f"mentorer/{mentor.pk}/",
    ):
        address = at(cohort, f"{rest}ta-bort/")
        assert "Det går inte att ångra." in client.get(address).text or "mentorer" in rest
        assert client.post(address)["Location"] == BASE

    assert (Supervision.objects.count(), MentorMeeting.objects.count()) == (0, 0)
    assert (MenteeGroup.objects.count(), PlannedSession.objects.count(), Mentor.objects.count()) == (0, 0, 0)
    assert list(Event.objects.order_by("pk").values_list("about__what", flat=True)) == [
        "supervision",
        "meetings",
        "groups",
        "mentors",
    ]
    client.post(at(cohort, "ta-bort/"))
    assert MentorCohort.objects.count() == 0
    assert Event.objects.latest("pk").kind == "cohort_removed"


def test_what_has_a_report_stays(client, supervisor, cohort, group):
    DeliveryFactory(planned_session=PlannedSession.objects.earliest("pk"))

    for rest in (f"grupp/{group.pk}/ta-bort/", "ta-bort/"):
        page = client.post(at(cohort, rest), follow=True)
        assert "har rapporterade pass eller elevfrågor och ligger kvar" in page.text

    assert (MenteeGroup.objects.count(), MentorCohort.objects.count()) == (1, 1)


def test_group_has_a_size_a_room_and_sessions_of_its_own(client, supervisor, cohort, group):
    address = at(cohort, f"grupp/{group.pk}/andra/")
    values = values_of(client.get(address).context["form"])
    planned = PlannedSession.objects.get(session__code="MVP-02")
    typed = {"name": "6A nord", "enrolled": "14", "room": "B204", f"room_{planned.pk}": "Aulan"}

    refused = client.post(address, values | typed | {"room": "20110312-1239"})
    page = client.post(address, values | typed | {f"pair_{planned.pk}": "2"}, follow=True)

    assert list(refused.context["form"].errors) == ["room"]
    assert (page.context["group"].name, page.context["group"].enrolled, page.context["room"]) == ("6A nord", 14, "B204")
    assert list(GroupSession.objects.values_list("planned_session", "room", "pair")) == [(planned.pk, "Aulan", 2)]
    assert "måndag 7 december · planerat · Aulan · par 2 håller passet" in page.text


def test_group_of_another_cohort_is_not_found(client, supervisor, cohort):
    other = MenteeGroupFactory(cohort=CohortFactory(school=cohort.school, name="Andra"))

    assert client.get(at(cohort, f"grupp/{other.pk}/")).status_code == 404
    assert client.post(at(cohort, f"grupp/{other.pk}/ta-bort/")).status_code == 404


def test_the_centre_sees_how_many_and_no_aliases(client, cohort, group, municipality):
    Mentor.objects.create(cohort=cohort, alias="Hemlig", group_id=group.pk)
    Mentor.objects.create(cohort=cohort, alias="Borta", left="moved", left_date=date(2026, 10, 20))
    user = UserFactory()
    MembershipFactory(user=user, role=Role.CENTRE_OLDER, municipality=municipality)
    client.force_login(user)

    pages = [client.get(BASE).text, client.get(at(cohort, f"grupp/{group.pk}/")).text]

    assert "2 utvalda" in pages[0]
    assert [word for word in ("Hemlig", "Borta", "bytt skola") for page in pages if word in page] == []
    assert "1 mentor" in pages[1]


@pytest.mark.parametrize("sessions", [1, 3, 11])
def test_page_of_a_group_asks_the_same_number_of_questions(client, supervisor, cohort, sessions, query_count):
    row = MenteeGroupFactory(cohort=cohort)
    for number in range(1, sessions + 1):
        session = SessionFactory(code=f"MVP-{number:02d}")
        PlannedSession.objects.create(school_class_id=row.pk, session=session, due_date=date(2026, 9, number))
        ScenarioReservation.objects.create(cohort=cohort, session=session, group_id=row.pk, scenario=f"S{number}")
    address = reverse("programmes:mentee_group", args=["almskolan", cohort.pk, row.pk])
    client.get(address)

    with query_count(13):
        client.get(address)


@pytest.fixture
def closed_autumn(municipality, mvp):
    """The autumn in which MVP was closed."""
    closing = closing_of(
        municipality=municipality,
        programme=mvp,
        period=Period.parse("HT2026"),
        by=None,
        today=date(2027, 1, 14),
        now=datetime(2027, 1, 14, 9, tzinfo=UTC),
        kinds=(),
    )
    return close_period(closing=closing)


def test_new_group_gets_no_session_in_a_closed_period(client, supervisor, cohort, group, mentees, closed_autumn):
    PlannedSession.objects.create(
        school_class_id=group.pk, session=SessionFactory(code="MVP-03"), due_date=date(2027, 1, 18)
    )

    form = client.get(at(cohort, "grupp/ny/")).context["form"]
    answer = client.post(at(cohort, "grupp/ny/"), values_of(form) | {"classes": [mentees[1].pk]}, follow=True)

    assert "Det som förfaller i en stängd period lämnades utanför: dess plan ligger fast." in answer.text
    added = PlannedSession.objects.exclude(school_class_id=group.pk)
    assert {(row.session.code, row.due_date) for row in added} == {("MVP-03", date(2027, 1, 18))}


@pytest.mark.parametrize("is_new", [True, False], ids=["new cohort", "more groups"])
def test_first_day_in_a_closed_period_is_refused_and_loses_nothing(
    client, supervisor, cohort, mentees, closed_autumn, is_new
):
    address = f"{BASE}ny/" if is_new else at(cohort, "grupp/ny/")
    form = client.get(address).context["form"]
    typed = {"mentors": MENTORS, "name": "Nya", "classes": [mentees[0].pk], "first_date": "2026-12-07"}
    answer = client.post(address, values_of(form) | typed)

    assert answer.context["form"].errors["first_date"] == [
        "HT 2026 är stängd, så dess plan ligger fast. Be VPC öppna perioden igen, eller välj en annan dag."
    ]
    assert 'value="2026-12-07"' in answer.text
    assert (MentorCohort.objects.get(), MenteeGroup.objects.count(), PlannedSession.objects.count()) == (cohort, 0, 0)
