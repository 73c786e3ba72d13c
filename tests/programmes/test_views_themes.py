"""This month's theme at a school: open to anyone, with the plan's own question, and nothing of any class."""

from datetime import date

import pytest

from curriculum.models import SessionPlanPage
from tests.factories import ClassFactory, PlannedSessionFactory, SchoolFactory, SessionFactory

ADDRESS = "/tema/almskolan/"


@pytest.fixture
def plan(school, school_class):
    """November: Normer in 3B and 3C, an additional theme in 3B. December: what 3C has moved to."""
    other = ClassFactory(school=school, name="3C", enrolled=17)
    base = SessionFactory(code="T-B1", title="Normer", kind="base")
    later = SessionFactory(code="T-B2", title="Makt", kind="base")
    extra = SessionFactory(code="T-T05", title="Mobbning", kind="additional")
    for row, session, day in (
        (school_class, extra, date(2026, 11, 2)),
        (school_class, base, date(2026, 11, 30)),
        (other, base, date(2026, 11, 30)),
        (other, later, date(2026, 12, 31)),
    ):
        PlannedSessionFactory(school_class=row, session=session, due_date=day)


def test_anyone_reads_the_months_base_session_and_no_class(client, plan):
    page = client.get(ADDRESS)

    assert "Månadens tema" in page.text
    assert "<strong>Normer</strong>" in page.text
    assert [word for word in ("3B", "3C", "Mobbning", "Makt", "17", "21 elever") if word in main_of(page)] == []


def test_month_without_a_theme_shows_the_next_one(client, school, school_class):
    later = SessionFactory(code="T-B2", title="Makt", kind="base")
    PlannedSessionFactory(school_class=school_class, session=later, due_date=date(2027, 2, 28))

    page = client.get(ADDRESS)
    assert "Nästa tema" in page.text
    assert "februari 2027" in page.text


def test_school_without_a_plan_says_so(client, school):
    assert "Skolan har inte planerat något tema än." in client.get(ADDRESS).text


def test_other_municipalitys_school_is_not_there(client, school):
    SchoolFactory(slug="granskolan")

    assert client.get("/tema/granskolan/").status_code == 404


def test_question_comes_from_the_plan_that_is_public(client, curriculum, school, school_class):
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    PlannedSessionFactory(school_class=school_class, session=plan.session, due_date=date(2026, 11, 30))

    page = client.get(ADDRESS)
    assert plan.question_to_take_home != ""
    assert plan.question_to_take_home in page.text
    assert page.text.count(f'href="{plan.url}"') == 1


def main_of(page):
    return page.text.partition("<main")[2].partition("</main>")[0]
