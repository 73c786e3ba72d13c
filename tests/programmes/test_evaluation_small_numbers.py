"""What a package tells of few people: the open profile, periods that are over, and nothing to work the rest out by."""

import csv
import io
from datetime import date
from zipfile import ZipFile

import pytest

from programmes.enums import MentorStep
from programmes.exports.evaluation.package import write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.models import ClassCheck, Mentor, Supervision
from tests.factories import CheckRoundFactory, ClassFactory, CohortFactory, ParentGroupFactory, SchoolFactory

NAMES = Pseudonyms("k")
AFTER = date(2027, 7, 1)


@pytest.fixture
def schools(municipality):
    """Four schools with a closed round in the autumn: 12 of 80, 14 of 60, 6 of 50 and none of 40 have nobody."""
    made = [SchoolFactory(municipality=municipality) for _number in range(4)]
    for school, pupils, without in zip(made, (80, 60, 50, 40), (12, 14, 6, 0), strict=True):
        ClassCheck.objects.create(
            round=CheckRoundFactory(school=school, closed_date=date(2026, 12, 11)),
            school_class=ClassFactory(school=school),
            pupils=pupils,
            asked=pupils,
            named=0,
            named_nobody=0,
            by_adults=0,
            covered=pupils - without,
            mismatches=0,
        )
    return made


def table(municipality, name, *, day=AFTER):
    stream = io.BytesIO()
    write_package(Scope(municipality=municipality, start_year=2026, day=day, names=NAMES), stream)
    with ZipFile(stream) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode())))


def test_trygg_bas_is_told_by_school_with_its_neighbour_hidden_too(municipality, schools):
    rows = {row["place"]: row for row in table(municipality, "secure_bases")}

    places = ["all", *(NAMES.of("school", school.pk) for school in schools)]
    told = [[rows[place][name] for name in ("pupils", "without_adult", "without_adult_share")] for place in places]
    assert rows.keys() == set(places)
    assert told == [
        ["230", "32", f"{32 / 230:.4f}"],
        ["80", "12", "0.1500"],
        ["60", "..", ".."],
        ["50", "..", "~0"],
        ["40", "0", "0.0000"],
    ]


def test_term_that_goes_on_is_not_in_the_package(municipality, schools):
    assert table(municipality, "secure_bases", day=date(2026, 12, 31)) == []
    assert {row["term"] for row in table(municipality, "secure_bases", day=date(2027, 1, 1))} == {"HT2026"}


def test_languages_stand_in_the_package_of_a_year_that_is_over(municipality):
    for language, parents in (("swedish", 40), ("arabic", 18), ("somali", 3)):
        ParentGroupFactory(school=None, municipality=municipality, language=language, counts=(parents,))

    assert [(row["language"], row["parents"]) for row in table(municipality, "parents_by_language")] == [
        ("arabic", ".."),
        ("somali", ".."),
        ("swedish", "40"),
    ]
    assert table(municipality, "parents_by_language", day=date(2027, 6, 30)) == []


def test_group_whose_language_the_calendar_tells_is_hidden_where_few_came(municipality):
    """Of Arabic, the smallest told group is hidden beside the small one: their sum is told."""
    for language, counts, completed in (
        ("swedish", (40,), 31),
        ("swedish", (25,), None),
        ("arabic", (18,), 12),
        ("arabic", (14,), 11),
        ("arabic", (6,), 4),
        ("swedish", (12,), 0),
    ):
        ParentGroupFactory(
            school=None, municipality=municipality, language=language, counts=counts, completed=completed
        )

    rows = table(municipality, "parent_groups")
    assert sorted((row["started"], row["completed"]) for row in rows) == [
        ("..", ".."),
        ("..", ".."),
        ("12", "0"),
        ("18", ".."),
        ("25", "."),
        ("40", "31"),
    ]
    assert [(row["language"], row["parents"]) for row in table(municipality, "parents_by_language")] == [
        ("arabic", "38"),
        ("swedish", "77"),
    ]


def test_group_of_a_hidden_language_is_hidden_however_many_came(municipality):
    for language, parents in (("swedish", 40), ("arabic", 18), ("somali", 3)):
        ParentGroupFactory(school=None, municipality=municipality, language=language, counts=(parents,))

    assert sorted(row["started"] for row in table(municipality, "parent_groups")) == ["..", "..", "40"]


def test_group_tells_no_parents_while_the_year_goes_on(municipality):
    ParentGroupFactory(school=None, municipality=municipality, language="arabic", counts=(40, 38), completed=35)

    [row] = table(municipality, "parent_groups", day=date(2027, 6, 30))
    assert [row[name] for name in ("meetings_held", "started", "completed")] == ["2", "..", ".."]


@pytest.mark.parametrize(("left", "told"), [(0, ["13", "13", "0", "26"]), (2, ["13", "..", "..", ".."])])
def test_mentors_who_left_are_not_what_remains_of_those_chosen(municipality, school, left, told):
    cohort = CohortFactory(school=school)
    for number in range(13):
        reason = "own_choice" if number < left else ""
        Mentor.objects.create(cohort=cohort, alias=f"M{number}", step=MentorStep.ACTIVE, left=reason)
    for month in (10, 11):
        Supervision.objects.create(
            cohort=cohort, date=date(2026, month, 6), minutes=60, present_count=9, invited=13 - left
        )

    [row] = table(municipality, "mentor_cohorts")

    assert [row[name] for name in ("chosen", "active", "left", "supervision_invited")] == told
