"""The cause analysis beside the figures, and the school's assessment of itself."""

from datetime import date

import pytest

from programmes.enums import Level, Role
from programmes.models import CauseAnalysis, Event, SelfAssessment
from programmes.reports.self_assessments import to_do, trend_of
from programmes.rules.assessment_items import items
from tests.factories import (
    AnalysisFactory,
    AssessmentFactory,
    MembershipFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
)

ANALYSIS = "/skolor/almskolan/analys/"
ASSESSMENT = "/skolor/almskolan/sjalvskattning/"
TYPED = {
    "analysis": "Vikarier har hållit få pass.",
    "action": "Två kollegor håller passen tillsammans.",
    "follow_up_by": "biträdande rektor",
    "follow_up_date": "2027-02-01",
}


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def levels(level=1, **changes):
    return {**{item.code: str(level) for item in items()}, **changes}


# Cause analysis


def test_analysis_is_written_and_stands_beside_the_figures(as_coordinator, client, centre, coordinator):
    page = as_coordinator.post(ANALYSIS, TYPED, follow=True)
    assert "Analysen för 2026/27 är sparad." in page.text
    assert CauseAnalysis.objects.get().written_by == coordinator
    assert "Två kollegor håller passen tillsammans." in as_coordinator.get("/skolor/almskolan/").text
    assert [event.about for event in Event.objects.filter(kind="analysis_written")] == [{"year": 2026}]

    client.force_login(centre)
    overview = client.get("/oversikt/").text
    assert "Två kollegor håller passen tillsammans." in client.get(ANALYSIS).text
    assert "Ingen orsaksanalys" not in overview or "Almskolan" not in overview.partition("Ingen orsaksanalys")[2]


def test_each_school_year_has_its_own(as_coordinator, school):
    AnalysisFactory(school=school, start_year=2025, action="Det vi beslutade i fjol.")

    as_coordinator.post(ANALYSIS, TYPED)
    page = as_coordinator.get(ANALYSIS).text

    assert "Det vi beslutade i fjol." in page
    assert list(CauseAnalysis.objects.order_by("start_year").values_list("start_year", flat=True)) == [2025, 2026]


def test_two_who_write_do_not_overwrite_each_other(as_coordinator, school):
    AnalysisFactory(school=school, action="Redan skrivet.")

    page = as_coordinator.post(ANALYSIS, TYPED)

    assert "Någon annan har ändrat det här under tiden." in page.text
    assert "Vikarier har hållit få pass." in page.text
    assert CauseAnalysis.objects.get().action == "Redan skrivet."


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"analysis": "Elev 20121212-1212"}, "personnummer"),
        ({"action": ""}, "fältet är obligatoriskt"),
        ({"follow_up_date": "snart"}, "Skriv datumet som"),
    ],
)
def test_what_cannot_be_is_said(as_coordinator, school, typed, message):
    assert message in as_coordinator.post(ANALYSIS, {**TYPED, **typed}).text
    assert CauseAnalysis.objects.count() == 0


def test_late_follow_up_is_asked_for(as_coordinator, school):
    analysis = AnalysisFactory(school=school, follow_up_date=date(2026, 11, 21))
    assert "dags att följa upp" in as_coordinator.get("/skolor/almskolan/").text

    CauseAnalysis.objects.filter(pk=analysis.pk).update(outcome="Det blev bättre.")
    page = as_coordinator.get("/skolor/almskolan/").text
    assert ("dags att följa upp" in page, "Det blev bättre." in page) == (False, True)


def test_leader_sees_no_analysis(client, leader, school):
    AnalysisFactory(school=school, action="Hemligt beslut")
    client.force_login(leader)

    assert "Hemligt beslut" not in client.get("/skolor/almskolan/").text


def test_administrator_reads_but_does_not_write(client, municipality, school):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.ADMINISTRATOR, municipality=municipality)
    client.force_login(user)

    assert "Inget är skrivet för läsåret." in client.get(ANALYSIS).text
    assert client.post(ANALYSIS, TYPED).status_code == 403


# Self-assessment


def test_there_are_twelve_things_with_three_levels_each():
    assert len(items()) == 12
    assert len({item.code for item in items()}) == 12
    assert len({text for item in items() for text in item.levels}) == 36


def test_school_is_assessed_and_plans_what_is_not_in_place(as_coordinator, school):
    page = as_coordinator.post(f"{ASSESSMENT}HT2026/", levels(2, parents="0", voice="1"), follow=True)
    assert "Självskattningen för HT 2026 är sparad." in page.text

    typed = {"action_parents": "Skicka månadens tema", "responsible_parents": "koordinatorn", "due_parents": ""}
    page = as_coordinator.post(f"{ASSESSMENT}HT2026/atgarder/", typed, follow=True)

    assessment = SelfAssessment.objects.get()
    assert [(item.code, row.level, row.action) for item, row in to_do(assessment)] == [
        ("parents", 0, "Skicka månadens tema"),
        ("voice", 1, ""),
    ]
    assert [result.total for result in trend_of([assessment])] == [21]
    assert "21 av 24" in page.text


def test_correcting_the_assessment_keeps_what_was_planned(as_coordinator, school):
    assessment = AssessmentFactory(school=school, levels={"parents": 0})
    assessment.items.filter(code="parents").update(action="Skicka månadens tema")

    as_coordinator.post(f"{ASSESSMENT}HT2026/", levels(1, seen=assessment.written_at.isoformat()))

    row = assessment.items.get(code="parents")
    assert (row.level, row.action) == (Level.PARTLY, "Skicka månadens tema")


def test_trend_goes_from_the_earliest_term(as_coordinator, school):
    for term, level in (("HT2026", 2), ("HT2025", 0), ("VT2026", 1)):
        AssessmentFactory(school=school, term=term, levels=dict.fromkeys([item.code for item in items()], level))

    found = trend_of(SelfAssessment.objects.prefetch_related("items"))

    assert [(row.assessment.label, row.total, row.most, row.share) for row in found] == [
        ("HT 2025", 0, 24, 0.0),
        ("VT 2026", 12, 24, 0.5),
        ("HT 2026", 24, 24, 1.0),
    ]


def test_everything_must_be_judged_and_nothing_is_lost(as_coordinator, school):
    page = as_coordinator.post(f"{ASSESSMENT}HT2026/", levels(1, parents=""))

    assert "Välj den rad som stämmer bäst: Föräldrarna möter samma teman." in page.text
    assert page.text.count("checked") == 11
    assert SelfAssessment.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"responsible_parents": "koordinatorn"}, "Skriv först vad ni ska göra."),
        ({"action_parents": "Ring 20121212-1212"}, "personnummer"),
    ],
)
def test_plan_says_what_is_missing(as_coordinator, school, typed, message):
    AssessmentFactory(school=school)

    assert message in as_coordinator.post(f"{ASSESSMENT}HT2026/atgarder/", typed).text


@pytest.mark.parametrize("term", ["VT2027", "2026%2F27", "T1-2026", "nonsens"])
def test_only_terms_that_have_begun_are_assessed(as_coordinator, school, term):
    assert as_coordinator.get(f"{ASSESSMENT}{term}/").status_code == 404


def test_two_who_assess_do_not_overwrite_each_other(as_coordinator, school):
    AssessmentFactory(school=school)

    assert "Någon annan har ändrat" in as_coordinator.post(f"{ASSESSMENT}HT2026/", levels(2)).text
    assert trend_of(SelfAssessment.objects.all())[0].total == 12


@pytest.mark.parametrize("count", [1, 3, 6])
def test_assessment_asks_the_same_number_of_questions(as_coordinator, school, query_count, count):
    for number in range(count):
        AssessmentFactory(school=school, term=f"{'HV'[number % 2]}T{2020 + number}")
    as_coordinator.get(ASSESSMENT)

    with query_count(9):
        as_coordinator.get(ASSESSMENT)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_overview_asks_the_same_number_of_questions_about_analyses(client, centre, school, query_count, count):
    SessionFactory(code="T-B1")
    for number in range(count):
        AnalysisFactory(school=SchoolFactory(municipality=school.municipality, name=f"Skola {number}"))
    client.force_login(centre)
    client.get("/oversikt/")

    with query_count(16):
        client.get("/oversikt/")
