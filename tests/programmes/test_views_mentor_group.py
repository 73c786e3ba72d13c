"""Behind the mentors' door: the own group's days, its scenario, and a log of three taps."""

from datetime import date

import pytest
from django.core.cache import cache
from icalendar import Calendar
from wagtail.models import Page

from cms.models import HomePage
from curriculum.actions import load_catalogue
from curriculum.imports import read_catalogue
from curriculum.models import Programme, ProgrammeIndexPage, ProgrammePage, Scenario, Session
from programmes.models import MentorLog, PlannedSession, ScenarioReservation, Supervision
from tests.factories import CohortFactory, MenteeGroupFactory, UserFactory, mentor_plan

DOOR = "/mentor/"


@pytest.fixture(autouse=True)
def _no_earlier_taps():
    cache.clear()


@pytest.fixture
def site(municipality, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    load_catalogue(programmes=[row for row in read_catalogue() if row.code == "mvp"])
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=home)
    index = home.add_child(instance=ProgrammeIndexPage(title="Program", slug="program"))
    mvp = Programme.objects.get(code="mvp")
    index.add_child(instance=ProgrammePage(title="MVP", slug="mvp", programme=mvp, summary="Om MVP."))
    municipality.site.root_page = home
    municipality.site.save()
    return municipality.site


@pytest.fixture
def cohort(site, school):
    return CohortFactory(school=school, door_code="EKBA-9MVP", room="B204")


@pytest.fixture
def groups(cohort):
    """Two groups: the third session was held on Friday, in the tests' week; the fourth is due in December."""
    rows = [MenteeGroupFactory(cohort=cohort, name=name) for name in ("6A grupp 1", "6A grupp 2")]
    for row in rows:
        for code, day in (("MVP-03", date(2026, 11, 20)), ("MVP-04", date(2026, 12, 4))):
            PlannedSession.objects.create(school_class_id=row.pk, session=Session.objects.get(code=code), due_date=day)
    return rows


@pytest.fixture
def plan(site):
    """The plan of the fourth session, with two scenarios."""
    page = mentor_plan("MVP-04")
    told = [
        Scenario.objects.create(code=f"MVP-04-S{n}", title=title, text="…", questions=[("question", "Hur?")])
        for n, title in ((1, "Rösten"), (2, "Kalaset"))
    ]
    page.scenarios = [("scenario", scenario) for scenario in told]
    page.save_revision().publish()
    return page


def came_in(client):
    assert client.post(DOOR, {"kod": "EKBA-9MVP"}).status_code == 302
    return client


@pytest.fixture
def mentor(client, cohort, groups):
    """A phone that came in by the code and chose the first group."""
    came_in(client).post("/mentor/grupp/", {"grupp": groups[0].pk})
    return client


def log(client, **changes):
    return client.post(
        "/mentor/logg/", {"pass": "MVP-03", "feeling": "well", "reach": "most", "talk": "next"} | changes
    )


def logs():
    return list(
        MentorLog.objects.values_list("planned_session__school_class__name", "feeling", "reach", "talk", "date")
    )


def test_phone_remembers_its_group_and_no_other_cohort_s(client, cohort, groups):
    other = MenteeGroupFactory(cohort=CohortFactory(school=cohort.school, door_code="ALMS-2345"), name="Annan")
    page = came_in(client).get(DOOR)
    assert "Vilken grupp är din?" in page.text
    assert "Annan" not in page.text

    client.post("/mentor/grupp/", {"grupp": other.pk})
    assert "group" not in client.session["mentor_door"]
    client.post("/mentor/grupp/", {"grupp": groups[1].pk})
    assert "Din grupp: 6A grupp 2" in client.get(DOOR).text
    client.post("/mentor/grupp/", {"grupp": ""})
    assert "group" not in client.session["mentor_door"]


def test_page_tells_the_days_and_the_room(mentor, cohort, site):
    Supervision.objects.create(cohort=cohort, date=date(2026, 11, 27))
    mentor_plan("MVP-04")
    mentor.post("/mentor/hallet/", {"pass": ["MVP-01", "MVP-02", "MVP-03"]})

    page = mentor.get(DOOR).text

    assert "fredag 4 december, v. 49 · B204" in page
    assert "fredag 27 november" in page


def test_log_is_three_taps_with_nothing_to_write_in(mentor):
    page = mentor.get(DOOR)
    form = page.text.partition('action="/mentor/logg/"')[2].partition("</form>")[0]

    # Two choices, and the third one saves.
    assert form.count("<fieldset") == 3
    assert form.count('type="submit"') == 3
    assert 'type="text"' not in form
    assert "<textarea" not in form
    log(mentor)
    assert logs() == [("6A grupp 1", "well", "most", "next", date(2026, 11, 22))]


def test_supervisor_reads_what_the_mentors_said(mentor, client, cohort, groups, coordinator):
    log(mentor)
    client.force_login(coordinator)

    page = client.get(f"/skolor/almskolan/mvp/{cohort.pk}/grupp/{groups[0].pk}/").text

    assert "<td>Bra</td><td>Det mesta</td>" in page
    assert "På handledningen" in page


def test_log_is_changed_until_the_day_is_over(mentor, monkeypatch):
    log(mentor)
    log(mentor, feeling="hard")
    assert [row[1] for row in logs()] == ["hard"]

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2026, 11, 23))
    page = log(mentor, feeling="well")
    assert [row[1] for row in logs()] == ["hard"]
    assert page.status_code == 302
    assert "Hur gick ”" not in mentor.get(DOOR).text


@pytest.mark.parametrize("changes", [{"feeling": ""}, {"reach": "Anna i 6A"}, {"talk": "nonsens"}])
def test_what_is_no_choice_is_refused_and_the_others_are_kept(mentor, changes):
    page = log(mentor, **changes)

    assert page.status_code == 200
    assert page.context["log_form"].errors
    assert logs() == []


def test_log_is_about_the_latest_session_of_the_last_two_weeks(mentor, monkeypatch):
    assert log(mentor, **{"pass": "MVP-04"}).status_code == 302
    assert logs() == []
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2026, 12, 5))
    assert mentor.get(DOOR).context["to_log"].session.code == "MVP-04"
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2026, 12, 31))
    assert mentor.get(DOOR).context["to_log"] is None


def test_scenario_is_reserved_once_in_a_cohort_and_given_back(client, mentor, groups, plan):
    reserve = {"pass": "MVP-04", "scenario": "MVP-04-S1"}
    mentor.post("/mentor/scenario/", reserve)
    other = came_in(client.__class__())
    other.post("/mentor/grupp/", {"grupp": groups[1].pk})

    assert "6A grupp 1 har valt det" in other.get(DOOR).text
    page = other.post("/mentor/scenario/", reserve, follow=True)
    assert "En annan grupp har just valt det scenariot" in page.text
    assert list(ScenarioReservation.objects.values_list("group", "scenario")) == [(groups[0].pk, "MVP-04-S1")]

    mentor.post("/mentor/scenario/", {"pass": "MVP-04", "scenario": ""})
    other.post("/mentor/scenario/", reserve)
    assert list(ScenarioReservation.objects.values_list("group", "scenario")) == [(groups[1].pk, "MVP-04-S1")]


@pytest.mark.parametrize("scenario", ["MVP-05-S1", "MVP-04-S9", "Anna"])
def test_only_a_scenario_of_the_plan_is_reserved(mentor, plan, scenario):
    mentor.post("/mentor/scenario/", {"pass": "MVP-04", "scenario": scenario})

    assert ScenarioReservation.objects.count() == 0


def test_many_taps_are_told_to_wait(mentor):
    for _tap in range(30):
        log(mentor)
    page = log(mentor, feeling="hard")

    assert page.status_code == 302
    assert [row[1] for row in logs()] == ["well"]
    assert "Det blev många tryck på kort tid." in mentor.get(DOOR).text


def test_calendar_holds_days_and_no_name_of_group_school_or_mentor(mentor, cohort):
    supervision = Supervision.objects.create(cohort=cohort, date=date(2026, 11, 27))
    response = mentor.get("/mentor/kalender.ics")

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [(str(event["summary"]), event["dtstart"].dt, str(event["uid"])) for event in events] == [
        ("MVP, pass 1", date(2026, 11, 20), f"mvp-pass-1-{cohort.pk}@testserver"),
        ("MVP, handledning", date(2026, 11, 27), f"mvp-handledning-{supervision.pk}@testserver"),
        ("MVP, pass 2", date(2026, 12, 4), f"mvp-pass-2-{cohort.pk}@testserver"),
    ]
    assert [word for word in ("6A", "Almskolan", "B204") if word in response.text] == []


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/mentor/grupp/", {"grupp": "1"}),
        ("/mentor/logg/", {"pass": "MVP-03", "feeling": "well", "reach": "all", "talk": "no"}),
        ("/mentor/scenario/", {"pass": "MVP-04", "scenario": "MVP-04-S1"}),
    ],
)
def test_who_did_not_come_in_by_the_code_writes_nothing(client, groups, plan, coordinator, address, data):
    for user in (None, coordinator, UserFactory()):
        if user:
            client.force_login(user)
        assert client.post(address, data)["Location"].startswith(DOOR)

    assert (MentorLog.objects.count(), ScenarioReservation.objects.count()) == (0, 0)
    assert "mentor_door" not in client.session


@pytest.mark.parametrize("others", [1, 3, 30])
def test_page_with_a_group_asks_the_same_number_of_questions(mentor, cohort, plan, others, query_count):
    for number in range(others):
        MenteeGroupFactory(cohort=cohort, name=f"Grupp {number}")

    with query_count(17):
        mentor.get(DOOR)
