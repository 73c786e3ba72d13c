"""The archive: every register of the schools' work in open formats, one municipality's alone, and no secrets."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from programmes.exports.archive import archived_models, write_archive
from programmes.imports.retention import read_policy
from programmes.models import (
    Area,
    Break,
    DeliveryLeader,
    Event,
    Mentor,
    Municipality,
    NotHeld,
    ParentGroupLeader,
    ProgrammeTarget,
    StaffCount,
    StaffMeetingLeader,
    Supervision,
)
from tests.factories import (
    AnalysisFactory,
    AssessmentFactory,
    AttendanceFactory,
    ClassFactory,
    CohortFactory,
    DeliveryFactory,
    IndicatorFactory,
    ListedPupilFactory,
    MeasureFactory,
    MembershipFactory,
    MunicipalityFactory,
    OtherUnitFactory,
    ParentGroupFactory,
    ParentMeetingFactory,
    PartnerFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SchoolYearFactory,
    SessionFactory,
    StaffMeetingFactory,
    programme,
)

LEADER = {"role": "teacher", "organisation": "police"}


@pytest.fixture
def archive(municipality, school_class, coordinator, tmp_path):
    """Export Ekbacka, beside another municipality with rows of its own, and read the zip."""
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    coordinator.first_name = "Karin"
    coordinator.save()
    for one in (school_class, ClassFactory(school=elsewhere, name="Granklassen")):
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=one), reported_by=coordinator, note="=1+1 å")
    ListedPupilFactory(school_class=school_class, number=4, short_name="Hemlig")
    call_command("export_archive", municipality="9901", output=tmp_path / "arkiv.zip", verbosity=0)
    return zipfile.ZipFile(tmp_path / "arkiv.zip")


def table(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"data/{name}.csv").decode())))


def test_archive_holds_the_municipalitys_rows_and_no_others(archive, school_class):
    assert [row["name"] for row in table(archive, "programmes_school")] == ["Almskolan"]
    assert [row["name"] for row in table(archive, "programmes_schoolclass")] == ["3B"]
    assert [(row["present"], row["note"]) for row in table(archive, "programmes_delivery")] == [("18", "=1+1 å")]
    assert [row["name"] for row in table(archive, "people")] == ["Karin"]


def test_nothing_of_pupils_and_nothing_secret_is_in_it(archive):
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()

    assert [
        word
        for word in ("Hemlig", "md5$", "Granskolan", "Granklassen", "door_code", "coordinator@")
        if word in everything
    ] == []


def test_every_file_is_described(archive):
    package = json.loads(archive.read("datapackage.json"))
    described = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]
    }

    files = {name for name in archive.namelist() if name.startswith("data/") and name != "data/people.csv"}
    assert set(described) == files
    for path, names in described.items():
        assert archive.read(path).decode().splitlines()[0].split(",") == names


def test_registers_of_other_decisions_are_left_out():
    labels = {model._meta.label for model in archived_models(read_policy())}

    assert (
        labels
        & {
            "programmes.Event",
            "programmes.Mentor",
            "programmes.ListedPupil",
            "programmes.SecureBase",
            "programmes.FeedbackRound",
            "programmes.SurveyAnswer",
            "programmes.Invitation",
        }
        == set()
    )
    assert {"programmes.Delivery", "programmes.HistoricalDelivery", "programmes.PlannedSession"} <= labels


def fill(municipality):
    """A row in every register of one municipality; how many there are of each."""
    area = Area.objects.create(municipality=municipality, name="Norra")
    year = SchoolYearFactory(municipality=municipality)
    Break.objects.create(school_year=year, name="Höstlov", first_day=date(2026, 10, 26), last_day=date(2026, 10, 30))
    ProgrammeTarget.objects.create(municipality=municipality, programme=programme(), lowest_grade=0, highest_grade=5)
    school = SchoolFactory(municipality=municipality, area=area)
    planned = PlannedSessionFactory(school_class=ClassFactory(school=school))
    delivery = DeliveryFactory(planned_session=planned)
    leader = DeliveryLeader.objects.create(delivery=delivery, **LEADER)
    pressure = PlannedSessionFactory(school_class=planned.school_class, session=SessionFactory(code="T-T04"))
    NotHeld.objects.create(planned_session=pressure, reason="illness")
    leader.save()
    meeting = StaffMeetingFactory(school=school)
    StaffCount.objects.create(meeting=meeting, group="teachers", present=9)
    StaffMeetingLeader.objects.create(meeting=meeting, **LEADER)
    group = ParentGroupFactory(school=None, municipality=municipality)
    ParentGroupLeader.objects.create(group=group, **LEADER)
    ParentMeetingFactory(school=school)
    cohort = CohortFactory(school=school)
    Mentor.objects.create(cohort=cohort, alias="Hemlig")
    Supervision.objects.create(cohort=cohort, date=date(2026, 9, 14))
    AssessmentFactory(school=school)
    AnalysisFactory(school=school)
    for factory in (PartnerFactory, IndicatorFactory, MeasureFactory):
        factory(municipality=municipality)
    unit = OtherUnitFactory(municipality=municipality)
    AttendanceFactory(occasion__course__municipality=municipality, unit=unit)
    MembershipFactory(school=school)
    MembershipFactory(role="editor", municipality=municipality)


def counts_in(archive):
    """How many rows each register has in an archive."""
    return {
        name: len(list(csv.DictReader(io.StringIO(archive.read(f"data/{name}.csv").decode()))))
        for name in (path[5:-4] for path in archive.namelist() if path.startswith("data/programmes_"))
    }


@pytest.mark.django_db
def test_every_register_is_in_the_archive_of_its_municipality_alone():
    archives = []
    for code in ("9901", "9902"):
        fill(MunicipalityFactory(code=code))
    for municipality in Municipality.objects.order_by("code"):
        stream = io.BytesIO()
        write_archive(municipality, stream, policy=read_policy(), now=datetime(2026, 11, 22, tzinfo=UTC))
        archives.append(counts_in(zipfile.ZipFile(stream)))

    models = [model for model in archived_models(read_policy()) if model._meta.app_label == "programmes"]
    rows = {model._meta.label_lower.replace(".", "_"): model._base_manager.count() for model in models}
    assert {name: sum(counts[name] for counts in archives) for name in rows} == rows
    assert archives[0] == archives[1]
    by_a_longer_way = ("staffcount", "staffmeetingleader", "parentgroupleader", "courseattendance", "assesseditem")
    assert [archives[0][f"programmes_{name}"] for name in by_a_longer_way] == [1, 1, 1, 1, 12]


def test_export_is_logged(archive):
    assert [event.about["what"] for event in Event.objects.all()] == ["archive"]


def test_command_asks_which_of_several_municipalities(municipality, tmp_path):
    MunicipalityFactory(code="9902")

    with pytest.raises(CommandError) as refused:
        call_command("export_archive", output=tmp_path / "arkiv.zip")

    assert refused.value.returncode == 2
