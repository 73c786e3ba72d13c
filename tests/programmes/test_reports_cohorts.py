"""The mentors' measures: a worked example of two schools, and who is shown them."""

from datetime import date

import pytest

from programmes.enums import MentorStep, Role
from programmes.models import Mentor, MentorCohort, MentorMeeting, Participation, PlannedSession, Supervision
from programmes.models.terms import Period
from programmes.reports.cohorts import mentors_report
from programmes.reports.coverage import coverage_report
from tests.factories import (
    CohortFactory,
    DeliveryFactory,
    MembershipFactory,
    MenteeGroupFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
    programme,
)


def mentors(cohort, *steps, left=0):
    for number, step in enumerate(steps):
        reason = "moved" if number < left else ""
        Mentor.objects.create(cohort=cohort, alias=f"Hemlig{number}", step=step, left=reason)


def supervise(cohort, day, minutes=None, present=None, invited=None):
    Supervision.objects.create(cohort=cohort, date=day, minutes=minutes, present_count=present, invited=invited)


@pytest.fixture
def two_schools(municipality, school):
    """Almskolan: 26 applied, 5 chosen. Furuskolan: nobody wrote down how many applied, 2 chosen. 22 November 2026."""
    chosen, trained, active = MentorStep.CHOSEN, MentorStep.TRAINED, MentorStep.ACTIVE
    alm = CohortFactory(school=school, applied=26)
    mentors(alm, active, active, active, trained, chosen, left=1)
    supervise(alm, date(2026, 9, 14), 60, 5, 5)
    supervise(alm, date(2026, 10, 12), 45, 3, 4)
    supervise(alm, date(2026, 11, 9))
    supervise(alm, date(2027, 1, 18))
    training = MentorMeeting.objects.create(cohort=alm, date=date(2026, 9, 11), present_count=4, invited=5)
    training.key_persons.create(organisation="police", people=1)
    training.key_persons.create(organisation="school", people=3)
    SessionFactory(code="MVP-01", kind="mentor", programme=programme("mvp"))
    SessionFactory(code="T-B1", kind="base", programme=programme("taget"))
    furu = CohortFactory(school=SchoolFactory(municipality=municipality, name="Furuskolan", slug="furuskolan"))
    mentors(furu, active, trained)
    supervise(furu, date(2026, 9, 15), 60, 2, 2)
    day = date(2026, 9, 18)
    training = MentorMeeting.objects.create(cohort=furu, date=day, present_count=2, invited=2)
    training.key_persons.create(organisation="police", people=2)
    MentorMeeting.objects.create(cohort=furu, kind="gathering", date=date(2026, 11, 18), present_count=2, invited=2)
    MentorMeeting.objects.create(cohort=furu, kind="gathering", date=date(2027, 3, 17))
    return alm, furu


def numbers(row):
    figures = row.figures
    return (
        (figures.applied, figures.chosen, figures.trained, figures.active, figures.left),
        (figures.supervision_held, figures.supervision_due, figures.present, figures.invited),
        (row.trainings, row.gatherings),
    )


def test_worked_example_of_two_schools(two_schools, today):
    report = mentors_report(MentorCohort.objects.all(), period=Period.school_year(2026), today=today)

    assert [(row.school.name, *numbers(row)) for row in report.schools] == [
        ("Almskolan", (26, 5, 4, 2, 1), (2, 3, 8, 9), (1, 0)),
        ("Furuskolan", (None, 2, 2, 1, 0), (1, 1, 2, 2), (1, 1)),
    ]
    assert numbers(report.total) == ((26, 7, 6, 3, 1), (3, 4, 10, 11), (2, 1))
    assert (report.total.figures.supervision_rate, report.total.figures.attendance) == (3 / 4, 10 / 11)
    assert [(row.value, people) for row, people in report.total.key_persons_by_organisation] == [
        ("school", 3),
        ("police", 3),
    ]


def test_a_term_counts_the_supervision_of_the_term(two_schools, today):
    report = mentors_report(MentorCohort.objects.all(), period=Period.term(2027, autumn=False), today=date(2027, 2, 1))

    assert [numbers(row)[1] for row in report.schools] == [(0, 1, 0, 0), (0, 0, 0, 0)]


def test_no_cohort_is_no_table(db, today):
    assert mentors_report(MentorCohort.objects.all(), period=Period.school_year(2026), today=today).total is None


@pytest.mark.parametrize("cohorts", [1, 3, 30])
def test_report_asks_as_little_for_thirty_cohorts_as_for_one(school, cohorts, today, django_assert_num_queries):
    for _number in range(cohorts):
        mentors(CohortFactory(school=school), MentorStep.CHOSEN)
        MentorMeeting.objects.create(cohort=MentorCohort.objects.latest("pk"), date=date(2026, 9, 11))

    with django_assert_num_queries(5):
        mentors_report(MentorCohort.objects.all(), period=Period.school_year(2026), today=today)


def test_the_centre_reads_head_counts_and_no_alias_or_reason(client, two_schools, municipality):
    Participation.objects.create(school=two_schools[0].school, programme=programme("mvp"), start_date=date(2026, 7, 1))
    user = UserFactory()
    MembershipFactory(user=user, role=Role.CENTRE_OLDER, municipality=municipality)
    client.force_login(user)

    page = client.get("/rapporter/?period=2026/27&program=mvp")

    assert [row.school.name for row in page.context["mentors"].schools] == ["Almskolan", "Furuskolan"]
    assert "Nyckelpersoner på utbildningarna: 3 skolan, 3 polisen." in page.text
    assert [word for word in ("Hemlig", "bytt skola") if word in page.text] == []
    assert client.get("/rapporter/?period=2026/27&program=taget").context["mentors"] is None


def test_coordinator_reads_only_the_own_school_s(client, two_schools, coordinator):
    Participation.objects.create(school=two_schools[0].school, programme=programme("mvp"), start_date=date(2026, 7, 1))
    client.force_login(coordinator)

    page = client.get("/rapporter/?period=2026/27&program=mvp")

    assert [row.school.name for row in page.context["mentors"].schools] == ["Almskolan"]


@pytest.mark.parametrize(("held", "at_target"), [(10, 0), (11, 1)])
def test_target_of_mvp_is_eleven_where_the_municipality_has_not_decided(school, today, held, at_target):
    mvp = programme("mvp")
    Participation.objects.create(school=school, programme=mvp, start_date=date(2026, 7, 1))
    group = MenteeGroupFactory(cohort=CohortFactory(school=school))
    for number in range(1, held + 1):
        session = SessionFactory(code=f"MVP-{number:02d}", kind="mentor", programme=mvp)
        planned = PlannedSession.objects.create(school_class_id=group.pk, session=session, due_date=date(2026, 9, 7))
        DeliveryFactory(planned_session=planned, date=date(2026, 9, 7))
    report = coverage_report(
        schools=type(school).objects.all(),
        classes=type(group).objects.all(),
        programme=mvp,
        period=Period.school_year(2026),
        today=today,
    )

    assert [row.target for row in report.classes] == [11]
    assert report.total.classes_at_target == at_target
