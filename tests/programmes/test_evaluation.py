"""The evaluation package: valid, without names, the same to the byte, and its figures those of the report."""

import csv
import io
import json
import os
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import frictionless
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from curriculum.models import Programme, Session
from programmes.enums import Role
from programmes.exports.evaluation.package import TABLES, write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.models import Delivery, EvaluationPackage, Event, SchoolClass
from tests.factories import (
    ClassFactory,
    CohortFactory,
    DeliveryFactory,
    ListedPupilFactory,
    MembershipFactory,
    MenteeGroupFactory,
    MunicipalityFactory,
    ParentGroupFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)
from tests.factories.coverage import worked_example

DOCS = Path(__file__).parent.parent.parent / "docs" / "evaluation.md"
LAST = date(2026, 12, 31)
PLANTED = "Planterad Hemlighet"


@pytest.fixture
def schools(municipality):
    """The worked example of the measures, and what else a municipality has, with texts that must not come along."""
    schools = worked_example(municipality)
    Delivery.objects.update(note=PLANTED, is_adapted=True, adaptation_what="shortened", adaptation_why="time")
    outside = SchoolFactory(
        municipality=municipality, name=f"{PLANTED}skolan", unit_code="99000033", participation=False
    )
    ClassFactory(school=outside, name="2Z", lowest_grade=2, highest_grade=2, enrolled=24)
    almskolan = schools["Almskolan"]
    ListedPupilFactory(school_class=SchoolClass.objects.get(school=almskolan, name="1A"), short_name=PLANTED[:12])
    ParentGroupFactory(school=almskolan, place=PLANTED)
    StaffMeetingFactory(school=almskolan, topic=PLANTED)
    CohortFactory(school=almskolan)
    return schools


def scope_of(municipality, **changes):
    return Scope(**{"municipality": municipality, "start_year": 2026, "day": LAST, "names": Pseudonyms("k")} | changes)


def package(municipality, **changes):
    stream = io.BytesIO()
    write_package(scope_of(municipality, **changes), stream)
    return stream.getvalue()


def tables(content):
    with ZipFile(io.BytesIO(content)) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def unpacked(content, folder):
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def test_frictionless_finds_nothing(municipality, schools, tmp_path):
    content = package(municipality)
    report = frictionless.validate(str(unpacked(content, tmp_path / "paket") / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert {name: len(rows) for name, rows in tables(content).items()} == {
        "schools": 3,
        "classes": 5,
        "sessions": 6,
        "planned_sessions": 14,
        "deliveries": 8,
        "delivery_leaders": 0,
        "staff_sessions": 1,
        "mentor_cohorts": 1,
        "parent_groups": 0,
        "parents_by_language": 0,
        "secure_bases": 0,
        "re_aim": 12,
        "adaptations": 1,
        "person_hours": 0,
        "survey_questions": 0,
        "survey_rounds": 0,
        "survey_answers": 0,
        "codebook": 167,
    }


@pytest.mark.walk
def test_demo_municipality_has_a_valid_package_whose_plans_are_older_than_what_was_held(curriculum, settings, tmp_path):
    settings.DEMO = True
    call_command("load_demo", today=date(2026, 11, 22), verbosity=0)
    content = bytes(EvaluationPackage.objects.get(start_year=2025).content)
    versions = Delivery.objects.filter(plan_revision__isnull=False).values_list("date", "plan_revision__created_at")
    assert {made_at.date() <= day for day, made_at in versions} == {True}
    report = frictionless.validate(str(unpacked(content, tmp_path / "paket") / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert min(len(rows) for rows in tables(content).values()) > 0


def test_same_data_and_key_give_the_same_bytes(municipality, schools):
    first = package(municipality)
    assert package(municipality) == first
    assert package(municipality, names=Pseudonyms("another")) != first


def test_no_name_and_no_free_text_comes_along(municipality, schools):
    with ZipFile(io.BytesIO(package(municipality))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for word in (PLANTED, PLANTED[:12], "Almskolan", "almskolan", "99000011", "Norra", '"1A"', ",1A,", "2026-09-14"):
        assert word not in everything


def test_school_and_classes_that_take_no_part_are_in_the_denominators(municipality, schools):
    found = tables(package(municipality))
    assert sorted((row["taget_status"], row["classes"], row["classes_in_grades"]) for row in found["schools"]) == [
        ("active", "2", "2"),
        ("active", "2", "2"),
        ("outside", "1", "1"),
    ]
    assert sorted((row["is_eligible"], row["is_running"], row["is_reached"]) for row in found["classes"]) == [
        ("true", "false", "false"),
        *[("true", "true", "true")] * 4,
    ]
    reach = {row["measure"]: row for row in found["re_aim"] if row["programme"] == "taget"}
    assert (reach["classes_reached"]["numerator"], reach["classes_reached"]["denominator"]) == ("4", "5")
    assert (reach["schools_running"]["numerator"], reach["schools_running"]["denominator"]) == ("2", "3")


def test_reach_counts_the_classes_that_the_programme_is_for(municipality, schools):
    mvp = programme("mvp")
    Programme.objects.filter(pk=mvp.pk).update(lowest_grade=6, highest_grade=6)
    almskolan, session = schools["Almskolan"], SessionFactory(code="MVP-01", kind="mentor", programme=mvp)
    sixth, _other_sixth = (
        ClassFactory(school=almskolan, name=name, lowest_grade=6, highest_grade=6, enrolled=20) for name in ("6A", "6B")
    )
    old = SchoolFactory(municipality=municipality, name="Furuskolan", unit_code="99000044", participation=False)
    ClassFactory(school=old, name="9A", lowest_grade=9, highest_grade=9, enrolled=25)
    DeliveryFactory(
        planned_session=PlannedSessionFactory(school_class=sixth, session__code="T-B1"), date=date(2026, 9, 14)
    )
    for number in (1, 2):
        half = MenteeGroupFactory(cohort__school=old, home_class=sixth, name=f"6A {number}", enrolled=10)
        planned = PlannedSessionFactory(school_class_id=half.pk, session=session, due_date=date(2026, 10, 1))
        DeliveryFactory(planned_session=planned, date=date(2026, 9, 30), group_size=10, present=9)

    found = tables(package(municipality))

    told = {
        (row["programme"], row["measure"]): (row["numerator"], row["denominator"])
        for row in found["re_aim"]
        if row["aspect"] in ("reach", "adoption") and row["measure"] != "attendance"
    }
    assert told == {
        ("taget", "classes_reached"): ("4", "5"),
        ("taget", "pupils_reached"): ("69", "93"),
        ("taget", "schools_running"): ("2", "3"),
        ("mvp", "classes_reached"): ("1", "2"),
        ("mvp", "pupils_reached"): ("20", "40"),
        ("mvp", "schools_running"): ("0", "1"),
    }
    (home,) = {row["home_class_id"] for row in found["classes"] if row["programme"] == "mvp"}
    assert [row["is_in_mvp_grades"] for row in found["classes"] if row["class_id"] == home] == ["true"]


def test_leaders_of_a_delivery_stand_each_on_a_row(municipality, schools):
    delivery = Delivery.objects.order_by("date").first()
    delivery.leaders.create(role="teacher", organisation="school", is_trained=True)
    delivery.leaders.create(role="guest", organisation="police")
    rows = tables(package(municipality))["delivery_leaders"]
    assert [tuple(row.values())[1:] for row in rows] == [
        ("1", "teacher", "school", "true"),
        ("2", "guest", "police", ""),
    ]


def test_session_leader_who_reports_has_a_pseudonym_and_a_coordinator_none(municipality, schools):
    leader = MembershipFactory(role=Role.LEADER, school=schools["Almskolan"]).user
    coordinator = MembershipFactory(role=Role.COORDINATOR, school=schools["Almskolan"]).user
    first, second, third = Delivery.objects.order_by("date", "pk")[:3]
    for delivery, who in ((first, leader), (second, leader), (third, coordinator)):
        Delivery.objects.filter(pk=delivery.pk).update(reported_by=who)

    rows = {row["delivery_id"]: row["leader_id"] for row in tables(package(municipality))["deliveries"]}

    names = Pseudonyms("k")
    told = [rows[names.of("delivery", delivery.pk)] for delivery in (first, second, third)]
    assert told == [names.of("leader", leader.pk), names.of("leader", leader.pk), ""]


def test_trained_leaders_are_not_said_rather_than_none(municipality, schools):
    first, second = Delivery.objects.order_by("date")[:2]
    first.leaders.create(role="teacher", organisation="school")
    second.leaders.create(role="teacher", organisation="school", is_trained=False)
    rows = tables(package(municipality))["deliveries"]
    assert sorted(row["leaders_trained"] for row in rows if row["leaders"]) == ["", "0"]


def test_codes_of_sessions_are_explained(municipality, schools):
    rows = {row["session_code"]: row for row in tables(package(municipality))["sessions"]}
    staff = Session.objects.get(prepares__code="T-B1")
    assert (rows[staff.code]["title"], rows[staff.code]["prepares"]) == (staff.title, "T-B1")
    assert {row["session_code"] for row in tables(package(municipality))["deliveries"]} < set(rows)


def test_figures_are_those_of_the_worked_example(municipality, schools):
    rows = {
        row["measure"]: (row["numerator"], row["denominator"], row["value"])
        for row in tables(package(municipality))["re_aim"]
        if row["programme"] == "taget"
    }
    assert rows["delivery_rate"] == ("6", "10", "0.6")
    assert rows["reporting_rate"] == ("7", "10", "0.7")
    assert rows["base_coverage"] == ("2", "4", "0.5")
    assert rows["on_time"] == ("5", "6", "0.833333")
    assert rows["attendance"] == ("116", "127", "0.913386")
    assert rows["dose_mean"] == ("7", "4", "1.75")
    assert rows["adherence"] == ("0", "0", "")


def test_ids_lead_from_deliveries_to_schools(municipality, schools):
    found = tables(package(municipality))
    school_of = {row["class_id"]: row["school_id"] for row in found["classes"]}
    known = {row["school_id"] for row in found["schools"]}
    assert {school_of[row["class_id"]] for row in found["deliveries"]} < known
    assert all(re.fullmatch(r"[0-9a-f]{16}", identifier) for identifier in known)
    assert [row["week"] for row in found["deliveries"] if row["session_code"] == "T-T03"] == ["2026-W43"]


def test_pseudonyms_are_the_same_next_year(municipality, schools):
    this, last = (tables(package(municipality, start_year=year))["schools"] for year in (2026, 2025))
    assert {row["school_id"] for row in this} == {row["school_id"] for row in last}


def test_other_municipality_is_not_in_the_package(municipality, schools):
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    ClassFactory(school=elsewhere, name="3B", enrolled=20)
    found = tables(package(municipality))
    assert (len(found["schools"]), len(found["classes"])) == (3, 5)


def test_example_of_the_documentation_runs_among_other_programmes(municipality, schools, tmp_path, monkeypatch):
    ClassFactory(school=schools["Almskolan"], name="8A", lowest_grade=8, highest_grade=8, enrolled=25)
    session = SessionFactory(code="MVP-01", kind="mentor", programme=programme("mvp"))
    mentees = MenteeGroupFactory(cohort__school=schools["Almskolan"])
    planned = PlannedSessionFactory(school_class_id=mentees.pk, session=session, due_date=date(2026, 10, 1))
    DeliveryFactory(planned_session=planned, date=date(2026, 9, 30), group_size=8, present=3)
    unpacked(package(municipality), tmp_path / "paket")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    exec(compile(code, "docs/evaluation.md", "exec"), {})  # noqa: S102 -- our own words, out of our own documentation


def test_first_lines_of_the_readme_run_in_the_package(municipality, schools, tmp_path, monkeypatch):
    monkeypatch.chdir(unpacked(package(municipality), tmp_path / "paket"))
    (code,) = re.findall(r"```python\n(.*?)```", Path("README.md").read_text(), re.DOTALL)
    told = {}
    exec(compile(code, "README.md", "exec"), told)  # noqa: S102 -- our own words, out of our own package
    assert len(told["held"]) == Delivery.objects.count()
    assert told["attendance"].round(4).to_dict() == {("taget", 1): 0.9062, ("taget", 2): 1.0, ("taget", 3): 0.7778}


def test_codebook_says_every_column_in_two_languages(municipality, schools):
    rows = tables(package(municipality))["codebook"]
    assert [(row["table"], row["column"]) for row in rows] == sorted(
        (resource.name, column) for resource, _rows in TABLES for column in resource.columns
    )
    assert [row for row in rows if not row["swedish"] or not row["english"] or row["swedish"] == row["english"]] == []
    explained = {(row["table"], row["column"]): row["codes"].split("; ") for row in rows}
    assert "dose_mean = genomförda pass, delade på klasserna som räknas i dosen / " in explained["re_aim", "measure"][9]
    assert explained["adaptations", "planned"] == [
        "true = ja / yes",
        "false = nej / no",
        "not_said = inte angivet / not said",
    ]
    described = json.loads(ZipFile(io.BytesIO(package(municipality))).read("datapackage.json"))
    assert described["suppression"] == {"profile": "open", "threshold": 9, "smallestGroup": 10, "leastSchools": 3}


def test_package_is_read_as_of_one_moment(municipality, schools, tmp_path, monkeypatch):
    settings = connections["default"].settings_dict | {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    reader = DatabaseWrapper(settings | {"NAME": tmp_path / "moment.sqlite3"}, "reader")
    monkeypatch.setattr("programmes.reports.moment.connection", reader)
    seen = []

    def look(execute, *question):
        seen.append(reader.connection.in_transaction)
        return execute(*question)

    with connection.execute_wrapper(look):
        package(municipality)

    assert (set(seen), reader.connection.in_transaction) == ({True}, False)
    reader.close()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_number_of_queries_does_not_grow_with_classes(municipality, schools, query_count, count):
    for number in range(count):
        ClassFactory(school=schools["Almskolan"], name=f"4{number}", lowest_grade=4, highest_grade=4, enrolled=20)
    with query_count(38):
        package(municipality)


# The page and the command


@pytest.fixture
def evaluator(municipality, today):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.EVALUATOR, municipality=municipality, end_date=today)
    return user


def test_evaluator_makes_a_package_and_takes_it_with_a_trace(client, evaluator, schools, municipality):
    client.force_login(evaluator)
    page = client.post("/utvardering/", {"start_year": "2026"}, follow=True)
    kept = EvaluationPackage.objects.get()
    assert kept.checksum in page.content.decode()

    answer = client.get(f"/utvardering/{kept.export_id}.zip")
    assert answer.content == bytes(kept.content)
    assert answer["Content-Disposition"] == f'attachment; filename="stins-utvardering-2026-27-{kept.export_id}.zip"'
    event = Event.objects.get(kind="exported")
    assert (event.actor, event.about["export_id"], event.about["checksum"]) == (
        evaluator,
        kept.export_id,
        kept.checksum,
    )


def test_package_is_handed_out_as_it_was_whatever_has_happened_since(client, evaluator, schools):
    client.force_login(evaluator)
    client.post("/utvardering/", {"start_year": "2026"})
    kept = EvaluationPackage.objects.get()
    Delivery.objects.update(present=1)
    assert client.get(f"/utvardering/{kept.export_id}.zip").content == bytes(kept.content)
    client.post("/utvardering/", {"start_year": "2026"})
    assert EvaluationPackage.objects.count() == 2


def test_same_package_again_is_the_same_one(client, evaluator, schools):
    client.force_login(evaluator)
    client.post("/utvardering/", {"start_year": "2026"})
    client.post("/utvardering/", {"start_year": "2026"})
    assert EvaluationPackage.objects.count() == 1


def test_evaluator_whose_time_is_over_gets_nothing(client, evaluator, schools, today):
    evaluator.memberships.update(end_date=date(2026, 11, 21))
    client.force_login(evaluator)
    assert client.post("/utvardering/", {"start_year": "2026"}).status_code == 403
    assert not EvaluationPackage.objects.exists()


def test_package_of_another_municipality_is_not_found(client, evaluator):
    other = EvaluationPackage.objects.create(
        municipality=MunicipalityFactory(name="Granby kommun", code="9902"),
        export_id="20261122-bbbb0000",
        start_year=2026,
        counted_to=LAST,
        content=b"PK",
    )
    client.force_login(evaluator)
    assert client.get(f"/utvardering/{other.export_id}.zip").status_code == 404


def test_command_writes_the_package_and_keeps_it(municipality, schools, tmp_path):
    printed, file = io.StringIO(), tmp_path / "paket.zip"
    call_command("export_evaluation", "--school-year", "2026/27", "--output", str(file), stdout=printed)
    kept = EvaluationPackage.objects.get()
    assert printed.getvalue() == f"Skriven: {file}, export-id {kept.export_id}.\n"
    assert (file.read_bytes(), os.listdir(tmp_path)) == (bytes(kept.content), ["paket.zip"])


def test_command_refuses_a_school_year_that_has_not_begun(municipality, schools, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_evaluation", "--school-year", "2030/31", "--output", str(tmp_path / "p.zip"))
    assert (refused.value.returncode, str(refused.value)) == (1, "Läsåret har inte börjat.")
    assert not EvaluationPackage.objects.exists()


def test_package_is_only_fetched_and_not_sent_to(client, evaluator, schools):
    client.force_login(evaluator)
    client.post("/utvardering/", {"start_year": "2026"})
    assert client.post(f"/utvardering/{EvaluationPackage.objects.get().export_id}.zip").status_code == 405


def test_command_refuses_what_cannot_be_written(municipality, schools, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_evaluation", "--school-year", "2026/27", "--output", str(tmp_path / "saknas" / "p.zip"))
    assert (refused.value.returncode, str(refused.value)) == (1, "Filen kan inte skrivas.")
