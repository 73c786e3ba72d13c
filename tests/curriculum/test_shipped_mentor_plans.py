"""The mentors' plans that ship: eleven, of forty minutes, that a fifteen-year-old can hold from a phone."""

import pytest
import yaml

from curriculum.imports import CONTENT, read_catalogue
from tests.curriculum.test_shipped_plans import (
    UNFINISHED,
    WRONG_SIGNS,
    count,
    lines_of,
    standing_open,
    texts_of,
    told_twice,
)

SESSIONS = {row.code: row for row in read_catalogue()[1].sessions}
PLANS = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((CONTENT / "mvp").glob("*.yaml"))}
POINTS_IN = {"guidance": 4, "prepare": 4, "material": 3, "if_a_child_tells": 5, "follow_up": 2}


def test_there_are_eleven_as_in_the_catalogue():
    assert list(PLANS) == list(SESSIONS) == [f"MVP-{number:02}" for number in range(1, 12)]


@pytest.mark.parametrize("code", PLANS)
def test_plan_says_what_the_catalogue_says(code):
    plan, session = PLANS[code], SESSIONS[code]
    assert (plan["code"], plan["title"]) == (code, session.title)
    assert sum(step["minutes"] for step in plan["steps"]) == plan["minutes"] == session.planned_minutes == 40
    assert bool(plan["guidance"]) == session.is_sensitive


@pytest.mark.parametrize("code", PLANS)
def test_plan_is_no_longer_than_a_mentor_can_hold_in_the_hand(code):
    plan = PLANS[code]
    assert sum(count(text) for text, _grades in lines_of(plan)) <= 420
    assert [text for text, _grades in lines_of(plan) if count(text) > 25] == []
    assert [row["title"] for row in plan["scenarios"] if count(row["text"]) > 60] == []
    assert count(plan["aim"]) <= 40
    assert {name: len(plan[name]) for name in POINTS_IN if len(plan[name]) > POINTS_IN[name]} == {}


@pytest.mark.parametrize("code", PLANS)
def test_plan_is_four_screens_of_a_phone_at_most(code):
    assert sum(map(count, standing_open(PLANS[code]))) <= 440


def test_no_plan_begins_or_speaks_like_another():
    assert told_twice(PLANS.values()) == []


@pytest.mark.parametrize("code", PLANS)
def test_plan_has_its_core_parts_and_scenarios_to_talk_about(code):
    plan = PLANS[code]
    assert sum(step["core"] for step in plan["steps"]) in (3, 4)
    assert len(plan["scenarios"]) >= 3
    assert [len(row["questions"]) for row in plan["scenarios"]] == [3] * len(plan["scenarios"])
    titles = [row["title"] for row in plan["scenarios"]]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("code", PLANS)
def test_plan_says_what_to_say_and_what_to_do_when_it_is_silent_or_loud(code):
    kinds = {kind for step in PLANS[code]["steps"] for line in step["lines"] for kind in line}
    assert kinds == {"say", "do", "ask"}
    steps = " ".join(text for text, _grades in lines_of(PLANS[code]))
    assert any(word in steps for word in ("tyst", "stökigt", "skratt", "Skratt", "högljutt", "Vill ingen", "tramsigt"))


@pytest.mark.parametrize("code", PLANS)
def test_mentor_is_never_left_alone_with_what_somebody_tells(code):
    care = " ".join(PLANS[code]["if_a_child_tells"])
    assert {word: word in care for word in ("din handledare", "vuxen", "112", "116 111")} == {
        "din handledare": True,
        "vuxen": True,
        "112": True,
        "116 111": True,
    }


def test_no_scenario_stands_in_two_plans():
    titles = [row["title"] for plan in PLANS.values() for row in plan["scenarios"]]
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("code", PLANS)
def test_plan_is_finished_and_typeset(code):
    texts = list(texts_of(PLANS[code]))
    assert [text for text in texts if UNFINISHED.search(text)] == []
    assert [text for text in texts if WRONG_SIGNS.search(text)] == []
    assert [text for text in texts if text.count("”") % 2] == []
