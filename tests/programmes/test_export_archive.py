"""The archive: every register of the schools' work in open formats, one municipality's alone, and no secrets."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from programmes.exports.archive import archived_models
from programmes.imports.retention import read_policy
from programmes.models import Event
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    ListedPupilFactory,
    MunicipalityFactory,
    PlannedSessionFactory,
    SchoolFactory,
)


@pytest.fixture
def archive(municipality, school_class, coordinator, tmp_path):
    """Export Ekbacka, beside another municipality with rows of its own, and read the zip."""
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    coordinator.first_name = "Karin"
    coordinator.save()
    for one in (school_class, ClassFactory(school=elsewhere, name="9Z")):
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
        word for word in ("Hemlig", "md5$", "Granskolan", "9Z", "door_code", "coordinator@") if word in everything
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
        labels & {"programmes.Event", "programmes.ListedPupil", "programmes.SecureBase", "programmes.Invitation"}
        == set()
    )
    assert {"programmes.Delivery", "programmes.HistoricalDelivery", "programmes.PlannedSession"} <= labels


def test_export_is_logged(archive):
    assert [event.about["what"] for event in Event.objects.all()] == ["archive"]


def test_command_asks_which_of_several_municipalities(municipality, tmp_path):
    MunicipalityFactory(code="9902")

    with pytest.raises(CommandError) as refused:
        call_command("export_archive", output=tmp_path / "arkiv.zip")

    assert refused.value.returncode == 2
