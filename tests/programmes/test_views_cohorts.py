"""A school's mentors in MVP: set up in one form, their groups' sessions, supervision, and what is counted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from programmes.enums import MentorStep, Role
from programmes.models import (
    Break,
    Delivery,
    MenteeGroup,
    Mentor,
    MentorCohort,
    MentorMeeting,
    Participation,
    PlannedSession,
    SchoolClass,
    Supervision,
)
from programmes.models.terms import Period, easter_day, is_public_holiday
from programmes.reports.cohorts import cohort_figures
from programmes.reports.coverage import coverage_report
from programmes.reports.schedules import alternate_weeks
from tests.factories import (
    ClassFactory,
    CohortFactory,
    MembershipFactory,
    MenteeGroupFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
    programme,
)

MENTORS = "\n".join(f"M{number}" for number in range(1, 14))


@pytest.fixture
def mvp(school):
    """Almskolan runs MVP, and the eleven sessions are in the catalogue."""
    found = programme("mvp")
    Participation.objects.create(school=school, programme=found, start_date=date(2026, 7, 1))
    for number in range(1, 12):
        SessionFactory(code=f"MVP-{number:02d}", kind="mentor", title=f"Pass {number}", order=number, programme=found)
    return found


@pytest.fixture
def supervisor(school):
    user = UserFactory(email="supervisor@ekbacka.example")
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=school)
    return user


@pytest.fixture
def as_supervisor(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def typed(school, mvp):
    a, b = (
        ClassFactory(school=school, name=name, lowest_grade=6, highest_grade=6, enrolled=count)
        for name, count in (("6A", 25), ("6B", 24))
    )
    return {
        "name": "Mentorer 2026/27",
        "mentors": MENTORS,
        "applied": "26",
        "classes": [a.pk, b.pk],
        "split": "halves",
        "first_date": "2026-09-07",
        "room": "B204",
    }


def set_up(client, typed, **changes):
    return client.post(reverse("programmes:cohort_new", args=["almskolan"]), {**typed, **changes}, follow=True)


def only_cohort():
    return MentorCohort.objects.get()


def test_one_form_sets_up_mentors_groups_sessions_and_supervision(as_supervisor, school_year, typed):
    Break.objects.create(
        school_year=school_year, name="Höstlov", first_day=date(2026, 10, 26), last_day=date(2026, 10, 30)
    )

    page = set_up(as_supervisor, typed)

    cohort = only_cohort()
    assert page.redirect_chain == [("/skolor/almskolan/mvp/", 302)]
    groups = list(MenteeGroup.objects.in_order())
    assert [(group.name, group.enrolled) for group in groups] == [
        ("6A grupp 1", 13),
        ("6A grupp 2", 12),
        ("6B grupp 1", 12),
        ("6B grupp 2", 12),
    ]
    assert [Mentor.objects.filter(group=group).count() for group in groups] == [4, 3, 3, 3]
    assert (cohort.applied, cohort.room, cohort.mentors.count()) == (26, "B204", 13)
    days = list(
        PlannedSession.objects.filter(school_class=groups[0]).order_by("due_date").values_list("due_date", flat=True)
    )
    supervisions = list(cohort.supervisions.order_by("date").values_list("date", flat=True))
    assert (len(days), len(supervisions)) == (11, 10)
    # Week 44 is a break: session, supervision, session … go on in week 45.
    assert days[:5] == [date(2026, 9, 7), date(2026, 9, 21), date(2026, 10, 5), date(2026, 10, 19), date(2026, 11, 9)]
    assert supervisions[:4] == [date(2026, 9, 14), date(2026, 9, 28), date(2026, 10, 12), date(2026, 11, 2)]


def test_mentee_groups_are_not_among_the_classes(as_supervisor, school, typed):
    set_up(as_supervisor, typed, split="whole")

    assert sorted(school.classes.values_list("name", flat=True)) == ["6A", "6B"]
    assert SchoolClass.objects.count() == 2
    assert sorted(MenteeGroup.objects.values_list("name", "home_class__name")) == [("6A", "6A"), ("6B", "6B")]


@pytest.mark.django_db
def test_group_and_class_may_share_a_name_but_two_groups_of_a_cohort_may_not(school):
    group = MenteeGroupFactory(cohort=CohortFactory(school=school), name="6A")
    ClassFactory(school=school, name="6A", lowest_grade=6, highest_grade=6)

    with pytest.raises(IntegrityError), transaction.atomic():
        MenteeGroupFactory(cohort=group.cohort, name="6 a")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mentors": "MK\nAnna Svensson"}, "mentors"),
        ({"mentors": "MK\n20110312-1239"}, "mentors"),
        ({"mentors": "MK\nmk"}, "mentors"),
        ({"mentors": ""}, "mentors"),
        ({"first_date": ""}, "first_date"),
        ({"first_date": "2027-05-10"}, "first_date"),
        ({"first_date": "2026-09-06"}, "first_date"),
        ({"first_date": "2025-09-08"}, "first_date"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(as_supervisor, typed, changes, field):
    page = set_up(as_supervisor, typed, **changes)

    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["room"].value() == "B204"
    assert MentorCohort.objects.count() == 0


def test_error_names_the_line_and_not_the_name(as_supervisor, typed):
    page = set_up(as_supervisor, typed, mentors="MK\nAnna Svensson", first_date="2027-05-10")

    errors = page.context["form"].errors
    assert "Svensson" not in str(errors)
    assert "2" in errors["mentors"][0]
    assert "3 av 11" in errors["first_date"][0]


def test_school_outside_mvp_is_told_so(as_supervisor, typed):
    Participation.objects.all().delete()

    assert list(set_up(as_supervisor, typed).context["form"].errors) == ["first_date"]


def test_supervisor_reports_a_session_of_a_group_and_it_counts_in_the_coverage(
    as_supervisor, school, mvp, typed, today
):
    set_up(as_supervisor, typed)
    group = MenteeGroup.objects.get(name="6A grupp 1")
    address = reverse("programmes:cohort_report", args=["almskolan", only_cohort().pk])
    numbers = {f"group_size_{group.pk}": "13", f"present_{group.pk}": "11"}

    page = as_supervisor.post(
        f"{address}?klass=6A+grupp+1&pass=MVP-01",
        {"outcome": "held", "date": "2026-09-07", **numbers, "leader_role_1": "mentor"},
        follow=True,
    )

    assert page.request["PATH_INFO"] == "/skolor/almskolan/mvp/"
    delivery = Delivery.objects.get()
    assert (delivery.planned_session.session.code, delivery.group_size, delivery.present) == ("MVP-01", 13, 11)
    report = coverage_report(
        schools=type(school).objects.all(),
        classes=MenteeGroup.objects.all(),
        programme=mvp,
        period=Period.school_year(2026),
        today=today,
    )
    # By 22 November: 7 and 21 September, 5 and 19 October, 2 and 16 November, in four groups.
    assert (report.total.expected, report.total.held_of_expected, report.total.present) == (24, 1, 11)
    assert [row.school_class.name for row in report.classes] == [
        "6A grupp 1",
        "6A grupp 2",
        "6B grupp 1",
        "6B grupp 2",
    ]


def test_report_is_undone_and_removed_by_the_supervisor(as_supervisor, typed):
    set_up(as_supervisor, typed)
    group = MenteeGroup.objects.get(name="6A grupp 1")
    address = reverse("programmes:cohort_report", args=["almskolan", only_cohort().pk])
    data = {"outcome": "held", "date": "2026-09-07", f"group_size_{group.pk}": "13"}

    page = as_supervisor.post(f"{address}?klass=6A+grupp+1&pass=MVP-01", data, follow=True)
    undone = as_supervisor.post(next(message.extra_tags for message in page.context["messages"]))
    assert (undone["Location"], Delivery.objects.count()) == ("/skolor/almskolan/mvp/", 0)

    as_supervisor.post(f"{address}?klass=6A+grupp+1&pass=MVP-01", data)
    pk = Delivery.objects.get().pk
    removed = as_supervisor.post(f"/skolor/almskolan/rapportera/genomfort/{pk}/ta-bort/")
    assert (removed["Location"], Delivery.objects.count()) == ("/skolor/almskolan/mvp/", 0)


def test_reports_of_mvp_show_groups_and_never_classes(client, coordinator, as_supervisor, typed):
    set_up(as_supervisor, typed)
    client.force_login(coordinator)

    report = client.get("/rapporter/?period=2026/27&program=mvp").context["report"]

    assert {row.school_class.name for row in report.classes} == {
        "6A grupp 1",
        "6A grupp 2",
        "6B grupp 1",
        "6B grupp 2",
    }


def test_mentees_school_sees_its_own_pupils_groups_and_no_mentors(client, school, municipality, mvp):
    home = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    cohort = CohortFactory(school=school)
    Mentor.objects.create(cohort=cohort, alias="Hemlig")
    own = ClassFactory(school=home, name="6C", lowest_grade=6, highest_grade=6)
    MenteeGroupFactory(cohort=cohort, name="6C Björkskolan", home_class=own)
    MenteeGroupFactory(cohort=cohort, name="6A grupp 1")
    user = UserFactory()
    MembershipFactory(user=user, role=Role.COORDINATOR, school=home)
    client.force_login(user)

    page = client.get("/skolor/bjorkskolan/mvp/")

    assert [row["class"].name for row in page.context["visiting"]] == ["6C Björkskolan"]
    assert "Hemlig" not in page.content.decode()


def test_days_are_changed_for_all_groups(as_supervisor, typed):
    set_up(as_supervisor, typed)
    cohort = only_cohort()
    address = reverse("programmes:cohort_days", args=["almskolan", cohort.pk])
    form = as_supervisor.get(address).context["form"]
    data = {name: field.initial for name, field in form.fields.items()}
    first, second = list(cohort.supervisions.order_by("date"))[:2]
    session = form.sessions[0][0]

    as_supervisor.post(
        address,
        data
        | {
            f"session_{session.pk}": "2026-09-08",
            f"supervision_{first.pk}": second.date,
            f"supervision_{second.pk}": first.date,
        },
    )

    assert set(PlannedSession.objects.filter(session=session).values_list("due_date", flat=True)) == {date(2026, 9, 8)}
    assert Supervision.objects.get(pk=first.pk).date == second.date
    assert Supervision.objects.get(pk=second.pk).date == first.date


def test_supervision_is_written_down_with_who_was_there(as_supervisor, typed):
    set_up(as_supervisor, typed)
    supervision = only_cohort().supervisions.earliest("date")
    address = reverse("programmes:cohort_supervision", args=["almskolan", only_cohort().pk, supervision.pk])
    present = list(only_cohort().mentors.order_by("pk").values_list("pk", flat=True))[:11]

    refused = as_supervisor.post(address, {"seen": 1, "date": "2026-09-14", "present": present})
    ahead = as_supervisor.post(address, {"seen": 1, "date": "2027-01-18", "minutes": "60", "present": present})
    as_supervisor.post(address, {"seen": 1, "date": "2026-09-14", "minutes": "60", "present": present})

    assert (list(refused.context["form"].errors), list(ahead.context["form"].errors)) == (["minutes"], ["date"])
    supervision.refresh_from_db()
    assert (supervision.minutes, supervision.present_count, supervision.invited) == (60, 11, 13)


def test_mentors_states_are_kept_and_counted(as_supervisor, typed, today):
    set_up(as_supervisor, typed)
    cohort = only_cohort()
    address = reverse("programmes:cohort_mentors", args=["almskolan", cohort.pk])
    form = as_supervisor.get(address).context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()}
    data["day"] = "2026-09-14"
    one, two, three = list(cohort.mentors.order_by("pk"))[:3]

    as_supervisor.post(
        address,
        data
        | {
            f"step_{one.pk}": MentorStep.ACTIVE.value,
            f"step_{two.pk}": MentorStep.TRAINED.value,
            f"step_{three.pk}": MentorStep.ACTIVE.value,
            f"left_{three.pk}": "moved",
            "new": "Extra",
        },
    )

    cohort.refresh_from_db()
    figures = cohort_figures(cohort, mentors=cohort.mentors.all(), supervisions=cohort.supervisions.all(), today=today)
    assert (figures.applied, figures.chosen, figures.trained, figures.active, figures.left) == (26, 14, 3, 1, 1)


@pytest.mark.django_db
def test_figures_of_supervision_are_held_of_due_and_present_of_invited(school, today):
    """Worked example: four days, three of them due; two held, with 11 of 13 and 12 of 12 mentors."""
    cohort = CohortFactory(school=school)
    for days, minutes, present, invited in ((-42, 60, 11, 13), (-28, 45, 12, 12), (-14, None, None, None)):
        Supervision.objects.create(
            cohort=cohort,
            date=today + timedelta(days=days),
            minutes=minutes,
            present_count=present,
            invited=invited,
        )
    Supervision.objects.create(cohort=cohort, date=today + timedelta(days=14))

    figures = cohort_figures(cohort, mentors=[], supervisions=cohort.supervisions.all(), today=today)

    assert (figures.supervision_planned, figures.supervision_due, figures.supervision_held) == (4, 3, 2)
    assert (figures.supervision_rate, figures.attendance) == (2 / 3, 23 / 25)


def test_alternate_weeks_leaves_out_public_holidays():
    schedule = alternate_weeks(date(2027, 3, 15), number=4, school_year=None)

    # 29 March 2027 is Easter Monday.
    assert easter_day(2027) == date(2027, 3, 28)
    assert is_public_holiday(date(2027, 3, 29))
    assert schedule.sessions == [date(2027, 3, 15), date(2027, 4, 5), date(2027, 4, 19), date(2027, 5, 3)]
    assert schedule.supervisions == [date(2027, 3, 22), date(2027, 4, 12), date(2027, 4, 26)]
    assert schedule.is_whole


@pytest.mark.parametrize(("page", "questions"), [("mentorer/", 10), ("diplom/", 9), ("grupp/{group}/", 13)])
@pytest.mark.parametrize("mentors", [1, 3, 30])
def test_mentors_cost_the_same_whatever_their_number(as_supervisor, school, mvp, page, questions, mentors, query_count):
    cohort = CohortFactory(school=school)
    group = MenteeGroupFactory(cohort=cohort)
    for number in range(1, mentors + 1):
        Mentor.objects.create(cohort=cohort, alias=f"M{number}", group_id=group.pk)
    address = f"/skolor/almskolan/mvp/{cohort.pk}/{page.format(group=group.pk)}"
    assert as_supervisor.get(address).status_code == 200

    with query_count(questions):
        as_supervisor.get(address)


@pytest.mark.parametrize("groups", [1, 3, 30])
def test_page_asks_the_same_number_of_questions(as_supervisor, school, mvp, groups, query_count):
    cohort = CohortFactory(school=school)
    for _number in range(groups):
        group = MenteeGroupFactory(cohort=cohort)
        session = SessionFactory(code="MVP-01")
        PlannedSession.objects.create(school_class_id=group.pk, session=session, due_date=date(2026, 9, 7))
        Mentor.objects.create(cohort=cohort, alias=f"M{group.pk}", group_id=group.pk)
        day = date(2026, 9, 1) + timedelta(days=group.pk % 300)
        meeting = MentorMeeting.objects.create(cohort=cohort, date=day, present_count=1, invited=1)
        meeting.key_persons.create(organisation="police", people=1)
    as_supervisor.get("/skolor/almskolan/mvp/")

    with query_count(16):
        as_supervisor.get("/skolor/almskolan/mvp/")
