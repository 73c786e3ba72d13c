"""Every place that counts pupils or parents with an attribute: through suppression, or why its figures are real.

Whoever reads a raw count somewhere new is stopped by `test_raw_counts_are_read_where_the_table_says`, and writes down
here how it is hidden there.
"""

import ast
from pathlib import Path

import pytest

from programmes.exports.suppression_words import mark_words, profile_words
from programmes.reports.suppression import INTERNAL, OPEN, profile_of
from tests.factories import ParentGroupFactory

ROOM = Path(__file__).parent.parent.parent / "programmes"
SUPPRESSED = "through reports/suppression"
OWN_LIST = "real figures: only for who keeps the very list"
HEADS = "structural: head-counts of an occasion or a task, which nobody chose for what they are"
RECORD = "the record itself, not a table made of it"
WRITES = "writes, shows nothing"

# What counts persons with an attribute: where it is shown, and how.
PLACES = [
    ("/rapporter/trygg-bas/ and its files", "without a secure adult, named nobody, differing words", SUPPRESSED),
    ("/rapporter/skolan/ and its files", "without a secure adult, named nobody: the municipality's marks", SUPPRESSED),
    ("/rapporter/est/ and its files", "parents at meetings and started, by area", HEADS),
    ("/rapporter/abc/ and its files", "parents by language, of a whole municipality's year that is over", SUPPRESSED),
    ("/rapporter/abc/ and its files", "parents by area, meeting, format and the children's age", HEADS),
    ("/rapporter/mvp/ and its files", "mentors applied, chosen, trained, active, left; never why", HEADS),
    ("secure_bases.csv of the evaluation package", "without a secure adult, named nobody", SUPPRESSED),
    ("/skolor/<slug>/trygg-bas/ and all below it", "uncovered, mismatches, by each word, load", OWN_LIST),
    ("the weekly letter to a coordinator", "pupils of the school without an adult", OWN_LIST),
    ("the weekly letter to a leader", "that the round is open; the number for the school is left out", OWN_LIST),
    ("the calendar feed", "that the round is open; no count at all", HEADS),
    ("/foraldrar/", "parents by language, of a school year that is over", SUPPRESSED),
    ("/foraldrar/", "parents by area, format and the children's age", HEADS),
    ("parents_by_language.csv of the evaluation package", "parents by language", SUPPRESSED),
    (
        "parent_groups.csv of the evaluation package",
        "parents of a group, as of its language",
        SUPPRESSED,
    ),
    ("/skolor/<slug>/foraldrar/ and a group's page", "parents at each meeting of one group", HEADS),
    ("/foraldrar/, the groups' and the meetings' pages", "what parents answered, from the least number on", SUPPRESSED),
    ("/skolor/<slug>/elevfragor/ and all below it", "what a class's pupils answered, from the least on", SUPPRESSED),
    ("/rapporter/elevfragor/ and its files", "what pupils answered, sums of told classes alone", SUPPRESSED),
    ("survey_rounds.csv and survey_answers.csv of the evaluation package", "pupils' answers", SUPPRESSED),
    ("/abc/ and sign-up", "free seats and whether there is a line", HEADS),
    ("/rapporter/ and a cohort's page in MVP", "mentors applied, chosen, trained, active, left; never why", HEADS),
    ("mentor_cohorts.csv of the evaluation package", "mentors who left, and with them those active", SUPPRESSED),
    ("the coverage workbook, document and CSV", "pupils enrolled, present and reached", HEADS),
    ("deliveries.csv and classes.csv of the evaluation package", "pupils enrolled and present", HEADS),
    ("/oversikt/, the extracts and the action plan's file", "classes, sessions and pupils reached", HEADS),
    ("export_archive", "what was written down, to the archive authority; trygg bas is left out", RECORD),
    ("/django-admin/", "registers, for the system administrator; trygg bas and answers are not there", RECORD),
]

# Who may read raw counts in the code: by an import (`module:name`) or a field (`.name`) that leads to them.
RAW = {
    "programmes.models:ClassCheck": {
        "actions/check_rounds.py": WRITES,
        "actions/demo/secure_bases.py": WRITES,
        "reports/secure_base_shares.py": SUPPRESSED,
    },
    "programmes.reports.secure_bases:live_figures": {
        "reports/secure_base_shares.py": SUPPRESSED,
        "reports/waiting.py": OWN_LIST,
    },
    "programmes.reports.secure_bases:standings": {
        "views/check_rounds.py": OWN_LIST,
        "views/class_lists.py": OWN_LIST,
        "views/secure_bases.py": OWN_LIST,
    },
    ".names_nobody": {
        "models/secure_bases.py": WRITES,
        "actions/check_rounds.py": WRITES,
        "actions/secure_bases.py": WRITES,
        "actions/demo/secure_bases.py": WRITES,
        "forms/secure_bases.py": OWN_LIST,
        "reports/secure_bases.py": OWN_LIST,
        "views/secure_base_rows.py": OWN_LIST,
    },
    ".uncovered": {
        "reports/secure_base_shares.py": SUPPRESSED,
        "reports/waiting.py": OWN_LIST,
        "views/check_rounds.py": OWN_LIST,
        "views/secure_bases.py": OWN_LIST,
    },
    "programmes.models:FeedbackRound": {
        "actions/demo/feedback.py": WRITES,
        "actions/feedback.py": WRITES,
        "reports/feedback.py": SUPPRESSED,
        "views/feedback.py": SUPPRESSED,
    },
    "programmes.models:SurveyAnswer": {
        "actions/demo/surveys.py": WRITES,
        "actions/surveys.py": WRITES,
        "exports/evaluation/survey_rows.py": SUPPRESSED,
        "reports/surveys.py": SUPPRESSED,
    },
    ".language": {
        "actions/demo/parents.py": WRITES,
        "actions/demo/sign_ups.py": WRITES,
        "exports/xlsx.py": HEADS,  # of the file itself
        "forms/sign_ups.py": HEADS,  # of one group
        "reports/parent_groups.py": SUPPRESSED,
        "views/feedback.py": HEADS,  # of the questions
    },
}


def names_in(path):
    """What a module imports, as `module:name`, and which fields it reads or sets, as `.name`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}:{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
        elif isinstance(node, ast.keyword):
            found.add(f".{node.arg}")
    return found


@pytest.fixture(scope="module")
def modules():
    paths = [path for path in ROOM.rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(ROOM)): names_in(path) for path in paths}


@pytest.mark.parametrize("name", RAW)
def test_raw_counts_are_read_where_the_table_says(name, modules):
    assert {path for path, names in modules.items() if name in names} == set(RAW[name])


def test_every_place_is_listed_once_with_what_it_counts():
    assert len({(place, what) for place, what, _way in PLACES}) == len(PLACES)
    assert {way for _place, _what, way in PLACES} == {SUPPRESSED, OWN_LIST, HEADS, RECORD}


@pytest.mark.parametrize("address", ["/rapporter/trygg-bas/?period=VT2026", "/foraldrar/?lasar=2025/26"])
def test_screens_that_hide_say_by_what_profile_and_what_the_marks_mean(client, centre, school, today, address):
    ParentGroupFactory(school=school, counts=(23,), first_day=today.replace(year=2025))
    municipality = school.municipality
    municipality.internal_threshold = 6
    municipality.save()
    client.force_login(centre)

    page = client.get(address).text

    profile = profile_of(municipality, "internal")
    assert profile_words(profile) in page
    assert [mark for mark, meaning in mark_words(profile) if f"<dt>{mark}</dt><dd>{meaning}</dd>" not in page] == []


def test_words_of_a_profile_say_its_numbers():
    assert profile_words(INTERNAL) == (
        "Den interna profilen döljer antal om 4 personer eller färre, och allt utom noll i grupper med färre än 10. "
        "Det som skulle kunna användas för att räkna ut ett dolt antal är också dolt."
    )
    assert profile_words(OPEN) == (
        "Den öppna profilen döljer antal om 9 personer eller färre, och allt utom noll i grupper med färre än 10. "
        "En summa visas för minst 3 skolor. "
        "Det som skulle kunna användas för att räkna ut ett dolt antal är också dolt."
    )
    assert [mark for mark, _meaning in mark_words(OPEN)] == ["0", ".", "..", "~100", "~0"]
