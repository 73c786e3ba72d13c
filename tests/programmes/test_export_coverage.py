"""The command that writes coverage to a file: what it writes, what it refuses, and how it says so."""

from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from programmes.actions.closings import close_period
from programmes.exports.closing import closing_of
from programmes.models import Event, Period, School
from tests.factories import MunicipalityFactory, SchoolFactory, programme
from tests.factories.coverage import worked_example


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


def export(output, **options):
    asked = {"period": "HT2026", "format": "xlsx", "output": output, **options}
    return call_command("export_coverage", *(f"--{name}={value}" for name, value in asked.items()))


def test_command_writes_the_workbook_of_the_whole_municipality(example, tmp_path, capsys):
    output = tmp_path / "t.xlsx"
    export(output)
    schools = {row[2].value for row in openpyxl.load_workbook(output)["Skolor"].iter_rows(min_row=2)}
    assert schools == {"Almskolan", "Björkskolan", "Tillsammans"}
    assert capsys.readouterr().out.startswith(f"Skriven: {output}, export-id 20")
    assert list(tmp_path.iterdir()) == [output]


def test_command_writes_csv_for_the_municipality_it_is_told(example, tmp_path):
    other = MunicipalityFactory(name="Granby kommun", code="0127")
    SchoolFactory(municipality=other, name="Granskolan")
    output = tmp_path / "t.csv"
    export(output, format="csv", municipality="9901", program="taget")
    assert len(output.read_text(encoding="utf-8-sig").splitlines()) == 11
    export(output, format="csv", municipality="127")
    assert len(output.read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "reason", "code"),
    [
        ({"municipality": "0180"}, "Kommunen finns inte.", 2),
        ({"program": "finns-inte"}, "Det finns inget sådant program.", 2),
        ({"output": "finns-inte/t.xlsx"}, "Filen kan inte skrivas.", 1),
    ],
)
def test_command_refuses_with_one_line_and_a_code(example, tmp_path, options, reason, code):
    asked = {**options, "output": tmp_path / options.get("output", "t.xlsx")}
    with pytest.raises(CommandError) as refusal:
        export(**asked)
    assert (str(refusal.value), refusal.value.returncode) == (reason, code)
    assert list(tmp_path.iterdir()) == []


def test_command_asks_which_of_several_municipalities(example, tmp_path):
    MunicipalityFactory(code="0127")
    with pytest.raises(CommandError) as refusal:
        export(tmp_path / "t.xlsx")
    assert (str(refusal.value), refusal.value.returncode) == (
        "Det finns flera kommuner: ange vilken med --municipality.",
        2,
    )


@pytest.mark.parametrize("arguments", [["--period", "HT1850"], ["--format", "docx"], ["--output"]])
def test_command_takes_wrong_usage_for_wrong_usage(db, tmp_path, arguments):
    asked = ["--period", "HT2026", "--format", "xlsx", "--output", str(tmp_path / "t.xlsx"), *arguments]
    with pytest.raises(CommandError):
        call_command("export_coverage", *asked)
    assert list(tmp_path.iterdir()) == []


def test_failed_export_leaves_the_earlier_file_as_it_was(example, tmp_path, monkeypatch):
    output = tmp_path / "t.csv"
    output.write_text("earlier")
    School.objects.update(name="Ändrad")
    monkeypatch.setattr("programmes.exports.csv.write_table", _breaks)
    with pytest.raises(CommandError):
        export(output, format="csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert output.read_text() == "earlier"


def _breaks(table, stream):
    stream.write(b"half")
    raise OSError("the disk is full")


def test_catalogue_without_programmes_is_refused(municipality, tmp_path):
    programme()
    with pytest.raises(CommandError) as refusal:
        export(tmp_path / "t.xlsx")
    assert (str(refusal.value), refusal.value.returncode) == ("Det finns inget sådant program.", 2)


def test_command_hands_out_the_kept_file_of_a_closed_period(example, municipality, tmp_path):
    closing = closing_of(
        municipality=municipality,
        programme=programme(),
        period=Period.parse("HT2026"),
        by=None,
        today=date(2027, 1, 14),
        now=datetime(2027, 1, 14, tzinfo=UTC),
        kinds=(),
    )
    kept = close_period(closing=closing).files.get(file_format="csv")
    School.objects.filter(name="Almskolan").update(name="Nya Almskolan")

    output = tmp_path / "t.csv"
    export(output, format="csv")

    assert output.read_bytes() == bytes(kept.content)
    assert Event.objects.get(kind="exported").about["export_id"] == kept.export_id
