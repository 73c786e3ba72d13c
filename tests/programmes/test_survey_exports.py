"""Pupils' answers as they leave the screen: the centre's report, and the evaluation package in the open profile."""

import csv
import io
from datetime import date
from zipfile import ZipFile

import frictionless
import pytest

from programmes.enums import SurveyAudience
from programmes.exports.evaluation.package import write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.models import Event
from tests.factories import ClassFactory, CohortFactory, SchoolFactory
from tests.factories.surveys import answered
from tests.pdf import assert_tagged, text_of

TEN = [1, 2, 2, 3, 3, 3, 4, 4, 4, 0, 3]
CODES = [f"{number:064x}" for number in range(11)]
STATEMENT = "Jag vet vilken vuxen i skolan jag kan prata med."


@pytest.fixture
def classes(municipality, school, school_class):
    """3B has answered before and after; 3A before, with seven; Björkskolan's 2C before, with four; and the mentors."""
    answered(school_class, TEN, matches=CODES)
    answered(school_class, [3] * 11, "after", matches=CODES)
    answered(ClassFactory(school=school, name="3A", lowest_grade=3), [2, 2, 3, 3, 3, 4, 4])
    other = SchoolFactory(municipality=municipality, name="Björkskolan")
    answered(ClassFactory(school=other, name="2C", lowest_grade=2), [4, 4, 4, 1])
    answered(CohortFactory(school=school), [4] * 12, audience=SurveyAudience.MENTORS)


def package(municipality):
    stream = io.BytesIO()
    write_package(
        Scope(municipality=municipality, start_year=2026, day=date(2026, 12, 31), names=Pseudonyms("k")), stream
    )
    return stream.getvalue()


def tables(content):
    with ZipFile(io.BytesIO(content)) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in archive.namelist()
            if name.startswith("survey_") or name == "schools.csv"
        }


# The evaluation package


def test_package_with_answers_is_valid_and_the_same_again(municipality, classes, tmp_path):
    content = package(municipality)
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)

    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert package(municipality) == content


def test_package_withholds_groups_with_fewer_than_ten(municipality, classes):
    found = tables(package(municipality))

    rounds = sorted((row["audience"], row["moment"], row["answered"], row["matched"]) for row in found["survey_rounds"])
    assert rounds == [
        ("mvp_9", "before", "12", ".."),
        ("taget_f3", "after", "11", "11"),
        ("taget_f3", "before", "..", ".."),
        ("taget_f3", "before", "..", ".."),
        ("taget_f3", "before", "11", "11"),
    ]
    shown = {row["survey_round_id"] for row in found["survey_rounds"] if row["is_withheld"] == "false"}
    assert {row["survey_round_id"] for row in found["survey_answers"]} == shown
    assert len(found["survey_answers"]) == 2 * 11 * 6 + 12 * 7


def test_package_holds_pairs_and_no_code_of_a_pupil(municipality, classes):
    content = package(municipality)
    answers = [row for row in tables(content)["survey_answers"] if row["question_id"] == "taget_f3.adult.1"]

    pairs = {}
    for row in answers:
        pairs.setdefault(row["match_id"], []).append(row["value"])
    assert sorted(sorted(values) for values in pairs.values()) == sorted(
        sorted(["" if step == 0 else str(step), "3"]) for step in TEN
    )
    with ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert not [code for code in CODES if code[:40] in everything.replace(code, "leak")] or CODES[5] not in everything
    assert "Almskolan" not in everything


def test_pairs_are_not_told_where_there_are_few(municipality, school_class):
    answered(school_class, [3] * 12, matches=CODES[:9])
    answered(school_class, [4] * 12, "after", matches=CODES[:9])
    found = tables(package(municipality))

    assert {row["matched"] for row in found["survey_rounds"]} == {".."}
    assert {row["match_id"] for row in found["survey_answers"]} == {""}


def test_statement_that_nearly_all_deny_is_hidden_in_the_package(municipality, school_class):
    answered(school_class, [1] * 11 + [4])
    found = tables(package(municipality))

    assert {row["value"] for row in found["survey_answers"] if row["question_id"] == "taget_f3.adult.1"} == {".."}
    assert {row["value"] for row in found["survey_answers"] if row["question_id"] == "taget_f3.kind.1"} == {"4"}


# The centre's report


def test_centre_reads_statements_in_sum_and_by_school(client, centre, classes):
    client.force_login(centre)
    page = client.get("/rapporter/elevfragor/", {"period": "2026/27"})
    report = page.context["report"]

    assert str(report.finding).startswith("Läsåret 2026/27: 30 elever svarade före och 11 efter, i 3 grupper")
    statements, schools = report.sections[0].table, report.sections[1].table
    assert list(statements.rows[0]) == [STATEMENT, 17, 12 / 17, 50 / 17, 11, 1.0, 3.0, 3, 4, 3]
    assert [list(row[1:]) for row in schools.rows] == [
        ["Almskolan", 2, 18, 102 / 107, 11, 1.0],
        ["Björkskolan", 0, "..", "..", ".", "."],
    ]
    assert Event.objects.get(kind="survey_answers_seen").about == {"term": "2026/27"}


def test_files_of_the_report_say_the_same(client, centre, classes):
    client.force_login(centre)
    document = b"".join(client.get("/rapporter/elevfragor.pdf", {"period": "2026/27"}))
    rows = b"".join(client.get("/rapporter/elevfragor.csv", {"period": "2026/27"})).decode("utf-8-sig").splitlines()

    assert_tagged(document)
    assert STATEMENT in [" ".join(words.split()) for _role, words in text_of(document)]
    assert rows[1].startswith(f"Tåget, årskurs F–3;;Almskolan;{STATEMENT};17;")


def test_report_without_answers_is_an_honest_empty_one(client, centre, school_class):
    answered(school_class, [3] * 4)
    client.force_login(centre)
    page = client.get("/rapporter/elevfragor/", {"period": "2026/27"})

    assert str(page.context["report"].finding) == "Läsåret 2026/27: inga svar att visa."
    assert "Ingen klass har stängt sina frågor med tillräckligt många svar" in page.text
