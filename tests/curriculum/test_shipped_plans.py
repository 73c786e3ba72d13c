"""The plans that ship: every theme has its two, they fit the catalogue, and a leader can read them in the corridor."""

import re
from collections import Counter

import pytest
import yaml

from curriculum.enums import GradeBand, SessionKind
from curriculum.imports import CONTENT, read_catalogue, read_pages

SESSIONS = {row.code: row for row in read_catalogue()[0].sessions}
PLANS = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((CONTENT / "taget").glob("*.yaml"))}
PUPILS = [code for code in PLANS if SESSIONS[code].kind != SessionKind.STAFF]
STAFF = [code for code in PLANS if SESSIONS[code].kind == SessionKind.STAFF]
GRADES_OF_A_BAND = {GradeBand.F_1: (0, 1), GradeBand.G2_3: (2, 3), GradeBand.G4_5: (4, 5)}
UNFINISHED = re.compile(r"todo|tbd|lorem|xxx|\?\?\?|\[.*\]|exempeltext|platshållare|fyll i här", re.IGNORECASE)
WRONG_SIGNS = re.compile(r"[\"'“„]| - |\.\.\.|  | [.,:;?!]")
SPOKEN = ("say", "ask")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
WORDS_FOR_A_BAND = {True: 400, False: 300}
WORDS_STANDING_OPEN = {True: 500, False: 440}
POINTS_STANDING_OPEN = 2
WORDS_IN = {"aim": 40, "line": 25, "scenario": 60}
POINTS_IN = {"guidance": 6, "prepare": 4, "if_a_child_tells": 5, "follow_up": 3}


def lines_of(plan):
    for step in plan["steps"]:
        for line in step["lines"]:
            [text] = [value for key, value in line.items() if key != "grades"]
            yield text, line.get("grades", "")
        for question in step.get("discussion", {}).get("questions", ()):
            yield question, ""


def count(text):
    return len(text.split())


def standing_open(plan, band=""):
    """The texts of a plan that are not folded away on a phone, read for one age."""
    yield from [plan["summary"], plan["aim"], *plan["material"], *(plan["guidance"] or [])[:POINTS_STANDING_OPEN]]
    yield from (step["title"] for step in plan["steps"])
    yield from (text for text, grades in lines_of(plan) if not band or grades in ("", band))


def heard_in(plan):
    """Every whole sentence of a plan that a class hears or is asked."""
    spoken = [text for step in plan["steps"] for line in step["lines"] for kind, text in line.items() if kind in SPOKEN]
    asked = [question for row in plan["scenarios"] for question in row["questions"]]
    sentences = [sentence for text in spoken + asked for sentence in SENTENCE.split(text.replace("”", ""))]
    return {sentence.lower() for sentence in sentences if count(sentence) >= 5}


def told_twice(plans):
    """Sentences and first steps that more than one plan has; how something hard begins may be the same each time."""
    sentences = Counter(sentence for plan in plans for sentence in heard_in(plan))
    openings = Counter(plan["steps"][0]["title"] for plan in plans if not plan["guidance"])
    return [text for text, number in (sentences + openings).items() if number > 1]


def texts_of(value):
    """Every text in a file, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def test_every_session_in_the_catalogue_has_its_plan():
    assert sorted(PLANS) == sorted(SESSIONS)


@pytest.mark.parametrize("code", PLANS)
def test_plan_says_what_the_catalogue_says(code):
    plan, session = PLANS[code], SESSIONS[code]
    assert (plan["code"], plan["title"], plan["principles"]) == (code, session.title, session.principles)
    assert sum(step["minutes"] for step in plan["steps"]) == plan["minutes"] == session.planned_minutes
    assert (bool(plan["guidance"]), plan["support"]) == (session.is_sensitive, session.is_sensitive)


@pytest.mark.parametrize("code", PLANS)
def test_plan_is_no_longer_than_a_leader_has_time_for(code):
    plan = PLANS[code]
    words = {
        band: sum(count(text) for text, grades in lines_of(plan) if grades in ("", band)) for band in GRADES_OF_A_BAND
    }
    assert {band: total for band, total in words.items() if total > WORDS_FOR_A_BAND[code in PUPILS]} == {}
    assert [text for text, _grades in lines_of(plan) if count(text) > WORDS_IN["line"]] == []
    assert [row["title"] for row in plan["scenarios"] if count(row["text"]) > WORDS_IN["scenario"]] == []
    assert count(plan["aim"]) <= WORDS_IN["aim"]
    assert {name: len(plan[name] or []) for name in POINTS_IN if len(plan[name] or []) > POINTS_IN[name]} == {}


@pytest.mark.parametrize("code", PLANS)
def test_plan_is_four_screens_of_a_phone_at_most(code):
    words = {band: sum(map(count, standing_open(PLANS[code], band))) for band in GRADES_OF_A_BAND}
    assert {band: total for band, total in words.items() if total > WORDS_STANDING_OPEN[code in PUPILS]} == {}


def test_no_plan_begins_or_speaks_like_another():
    assert told_twice(PLANS.values()) == []


@pytest.mark.parametrize("code", PLANS)
def test_plan_differs_only_for_ages_it_is_for(code):
    session = SESSIONS[code]
    used = {grades for _text, grades in lines_of(PLANS[code]) if grades}
    fitting = {
        band
        for band, (low, high) in GRADES_OF_A_BAND.items()
        if low <= session.highest_grade and high >= session.lowest_grade
    }
    assert used == (fitting if code in PUPILS else set())


@pytest.mark.parametrize("code", PUPILS)
def test_pupils_plan_has_its_core_parts_its_scenarios_and_its_care(code):
    plan = PLANS[code]
    assert len(plan["steps"]) in (5, 6)
    assert sum(step["core"] for step in plan["steps"]) in (3, 4)
    assert [2 <= len(row["questions"]) <= 3 for row in plan["scenarios"]] == [True] * 3
    assert any(point.startswith("Fråga att ta med hem: ") for point in plan["follow_up"])
    care = " ".join(plan["if_a_child_tells"])
    assert ("socialtjänsten" in care, "rektor" in care) == (True, True)


@pytest.mark.parametrize("code", STAFF)
def test_staff_plan_has_three_questions_a_case_and_what_is_agreed(code):
    plan, session = PLANS[code], SESSIONS[code]
    by_title = {step["title"]: step for step in plan["steps"]}
    assert len(by_title["Tre frågor till oss"]["discussion"]["questions"]) == 3
    assert {"Det här gör vi", "När vi möter föräldrar"} < set(by_title)
    assert len(plan["scenarios"]) == 1
    assert plan["slug"] == f"personalpass-{PLANS[session.prepares]['slug']}"


@pytest.mark.parametrize("code", PLANS)
def test_plan_is_finished_and_typeset(code):
    texts = list(texts_of(PLANS[code]))
    assert [text for text in texts if UNFINISHED.search(text)] == []
    assert [text for text in texts if WRONG_SIGNS.search(text)] == []
    assert [text for text in texts if text.count("”") % 2] == []


def test_pupils_plans_stand_before_the_staffs():
    words = {"municipality": "Ekbacka kommun", "phone": "", "email": ""}
    taget = read_pages(words=words).children[0].children[0]
    assert [plan.fields["session"] for plan in taget.children] == [*PUPILS, *STAFF]
