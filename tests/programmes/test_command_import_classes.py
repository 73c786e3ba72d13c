"""`import_classes` on the command line: what it prints, saves, writes and answers."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programmes.models import SchoolClass
from tests.factories import MunicipalityFactory, SchoolFactory
from tests.factories.files import text, workbook

SAMPLE = Path(__file__).parent.parent / "samples" / "klasslista-2026-27.xlsx"
HEADER = ["Skola", "Klass", "Årskurs", "Antal elever", "Kommentar"]


@pytest.fixture
def schools(school, municipality):
    return school, SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjork", unit_code="99000022")


@pytest.fixture
def mixed(tmp_path):
    """Two good rows, an unknown school, and a comment about a pupil."""
    path = tmp_path / "lista.xlsx"
    path.write_bytes(
        workbook(
            HEADER,
            ["Almskolan", "3B", 3, 21],
            ["Ekskolan", "3C", 3, 22],
            ["Almskolan", "5A", 5, 25, "pratade med 20121212-1212"],
            ["Almskolan", "2A", None, None],
        )
    )
    return path


def run(*arguments):
    printed = io.StringIO()
    call_command("import_classes", *map(str, arguments), stdout=printed)
    return printed.getvalue().splitlines()


def refusal(*arguments):
    printed = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_classes", *map(str, arguments), stdout=printed)
    return refused.value.returncode, str(refused.value), printed.getvalue().splitlines()


def test_sample_is_imported_and_every_row_printed(schools):
    assert run(SAMPLE) == [
        "Rad  Resultat  Skola        Läsår    Klass                 Årskurs  Elever  Orsak",
        "2    ny        Almskolan    2026/27  FA                    F        19",
        "3    ny        Almskolan    2026/27  1A                    1        22",
        "4    ny        Almskolan    2026/27  2A                    2        24",
        "5    ny        Almskolan    2026/27  3A                    3        23",
        "6    ny        Almskolan    2026/27  3B                    3        21",
        "7    ny        Almskolan    2026/27  4A                    4        25",
        "8    ny        Almskolan    2026/27  5A                    5        26",
        "9    ny        Björkskolan  2026/27  Förskoleklass Ugglan  F        17",
        "10   ny        Björkskolan  2026/27  Åk 1-2                1–2      15",
        "11   ny        Björkskolan  2026/27  4 b                   4        22",
        "12   ny        Björkskolan  2026/27  6A                    6        24",
        "11 rader: ny 11, ändrad 0, oförändrad 0, fel 0",
        "Importerat. Nya klasser: 11. Ändrade: 0. Planerade baspass: 0.",
    ]
    assert SchoolClass.objects.count() == 11


def test_second_run_changes_nothing(schools):
    run(SAMPLE)

    assert run(SAMPLE)[-2:] == [
        "11 rader: ny 0, ändrad 0, oförändrad 11, fel 0",
        "Importerat. Nya klasser: 0. Ändrade: 0. Planerade baspass: 0.",
    ]


def test_dry_run_tells_the_same_and_saves_nothing(schools):
    assert run(SAMPLE, "--dry-run")[-2:] == [
        "11 rader: ny 11, ändrad 0, oförändrad 0, fel 0",
        "Provkörning: inget sparades.",
    ]
    assert SchoolClass.objects.count() == 0


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_list_with_errors_is_refused(school, mixed, option):
    assert refusal(mixed, *option) == (
        1,
        "Inget importerades: 2 rader har fel. Rätta dem eller hoppa över dem.",
        [
            "Rad  Resultat  Skola      Läsår    Klass  Årskurs  Elever  Orsak",
            "2    ny        Almskolan  2026/27  3B     3        21",
            "3    fel       Ekskolan            3C     3        22      Skolan finns inte i Stins, eller så "
            "importerar du inte för den. Import skapar inga skolor.",
            "4    fel                                                   Texten ser ut att innehålla ett personnummer. "
            "Ta bort det – skriv aldrig uppgifter om enskilda elever här.",
            "5    ny        Almskolan  2026/27  2A     2",
            "Läses inte: Kommentar.",
            "4 rader: ny 2, ändrad 0, oförändrad 0, fel 2",
        ],
    )
    assert SchoolClass.objects.count() == 0


def test_errors_are_skipped_and_written_beside_the_list(school, mixed):
    beside = mixed.with_name("lista-avvisade.csv")
    printed = run(mixed, "--skip-errors", "--refused")

    assert printed[-3:] == [
        "4 rader: ny 2, ändrad 0, oförändrad 0, fel 2",
        f"Rader som avvisades: {beside}",
        "Importerat. Nya klasser: 2. Ändrade: 0. Planerade baspass: 0.",
    ]
    assert list(SchoolClass.objects.order_by("pk").values_list("name", flat=True)) == ["3B", "2A"]
    assert beside.read_text("utf-8-sig").splitlines() == [
        "Rad;Skola;Klass;Årskurs;Antal elever;Orsak",
        "3;Ekskolan;3C;3;22;Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        "4;;;;;Texten ser ut att innehålla ett personnummer. "
        "Ta bort det – skriv aldrig uppgifter om enskilda elever här.",
    ]
    assert "1212" not in "".join([*printed, beside.read_text("utf-8-sig")])


def test_refused_rows_are_written_where_told_also_when_nothing_is_imported(school, mixed, tmp_path):
    file = tmp_path / "kvar.csv"
    returncode, _sentence, _printed = refusal(mixed, "--refused", file)

    assert (returncode, len(file.read_text("utf-8-sig").splitlines())) == (1, 3)


def test_one_error_is_told_in_the_singular(school, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_bytes(text([["Skola", "Klass"], ["Ekskolan", "3B"]]))

    assert refusal(path)[1] == "Inget importerades: 1 rad har fel. Rätta den eller hoppa över den."


def test_no_file_is_written_when_nothing_is_refused(schools, tmp_path):
    run(SAMPLE, "--refused", tmp_path / "kvar.csv")

    assert list(tmp_path.iterdir()) == []


def test_file_of_refused_rows_that_cannot_be_written_is_told(school, mixed, tmp_path):
    returncode, sentence, _printed = refusal(mixed, "--skip-errors", "--refused", tmp_path / "nej" / "kvar.csv")

    assert (returncode, sentence) == (1, "Filen med avvisade rader går inte att skriva.")
    assert SchoolClass.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"PK\x03\x04x", "Filen är trasig eller avklippt. Spara den igen i Excel som .xlsx."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Filen är lösenordsskyddad eller i gammalt format. Spara den som .xlsx."),
    ],
)
def test_file_that_is_no_list_is_refused_in_one_line(school, tmp_path, content, sentence):
    path = tmp_path / "lista.xlsx"
    path.write_bytes(content)

    assert refusal(path) == (1, sentence, [])


def test_file_that_is_not_there_is_refused(school, tmp_path):
    assert refusal(tmp_path / "ingen.xlsx") == (1, "Filen går inte att öppna.", [])


def test_school_year_is_the_current_one_unless_told(school, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_bytes(text([["Skola", "Klass"], ["Almskolan", "3B"]]))
    run(path)
    run(path, "--school-year", "2027/28")

    assert list(SchoolClass.objects.order_by("pk").values_list("start_year", flat=True)) == [2026, 2027]


def test_municipality_must_be_named_among_several(schools, stranger):
    assert refusal(SAMPLE) == (2, "Det finns flera kommuner: ange vilken med --municipality.", [])
    assert refusal(SAMPLE, "--municipality", "9999") == (2, "Kommunen finns inte.", [])
    assert refusal(SAMPLE, "--municipality", "9902")[:2] == (
        1,
        "Inget importerades: 11 rader har fel. Rätta dem eller hoppa över dem.",
    )
    assert run(SAMPLE, "--municipality", "9901")[-1] == "Importerat. Nya klasser: 11. Ändrade: 0. Planerade baspass: 0."


def test_municipality_code_is_padded(db, tmp_path):
    SchoolFactory(municipality=MunicipalityFactory(name="Botkyrka", code="0127"), name="Almskolan")
    MunicipalityFactory(name="Granby", code="9902")
    path = tmp_path / "lista.csv"
    path.write_bytes(text([["Skola", "Klass"], ["Almskolan", "3B"]]))

    assert run(path, "--municipality", "127")[-1] == "Importerat. Nya klasser: 1. Ändrade: 0. Planerade baspass: 0."


def test_without_any_municipality_nothing_is_imported(db):
    assert refusal(SAMPLE) == (2, "Kommunen finns inte.", [])


def test_wrong_usage_is_told(school):
    with pytest.raises(CommandError, match="write it as 2026/27"):
        run(SAMPLE, "--school-year", "nästa")


def test_sheets_are_named_where_there_are_several(school, tmp_path):
    path = tmp_path / "lista.xlsx"
    rows = [["Skola", "Klass"], ["Almskolan", "3B"]]
    path.write_bytes(workbook(*rows, sheet="Norr", Söder=[rows[0], ["Almskolan", "4A"]], Info=[["Läs mig"]]))

    assert run(path)[:-2] == [
        "Rad      Resultat  Skola      Läsår    Klass  Årskurs  Elever  Orsak",
        "Norr!2   ny        Almskolan  2026/27  3B     3",
        "Söder!2  ny        Almskolan  2026/27  4A     4",
        "Bladet Info lästes inte.",
    ]
