"""`import_deliveries` on the command line: what it prints, saves, asks and answers."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.enums import SessionKind
from programmes.models import Delivery
from tests.factories import ClassFactory, MunicipalityFactory, SchoolFactory, SessionFactory
from tests.factories.files import workbook

SAMPLE = Path(__file__).parent.parent / "samples" / "logg-sep.csv"
HEADER = ["Klass", "Pass", "Datum", "Närvarande", "Antal elever"]


@pytest.fixture
def log(tmp_path, school_class):
    SessionFactory(code="T-B1", title="Normer och dess konsekvenser", short_title="Normer", month=9, order=1)
    SessionFactory(code="T-T05", title="Mobbning", kind=SessionKind.ADDITIONAL, order=2)
    path = tmp_path / "logg.xlsx"
    path.write_bytes(
        workbook(
            HEADER,
            ["3B", "Normer", "v. 38", 20, 21],
            ["3B", "Mobbing", "12/11", None, 21],
            ["9Z", "Normer", "15/9", 20, 21],
        )
    )
    return path


def run(*arguments):
    printed = io.StringIO()
    call_command("import_deliveries", *map(str, arguments), stdout=printed)
    return printed.getvalue().splitlines()


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        call_command("import_deliveries", *map(str, arguments), stdout=io.StringIO())
    return refused.value.returncode, str(refused.value)


def test_every_row_is_printed_and_the_good_ones_are_taken_in(log):
    assert run(log, "--skip-errors") == [
        "Rad  Resultat  Skola      Klass  Pass         Datum  Närvarande  Elever  Orsak",
        "2    ny        Almskolan  3B     T-B1 Normer  v. 38  20          21",
        "3    fråga                3B     Mobbing      12/11              21      Menas Mobbning?",
        "4    fel                  9Z     Normer       15/9   20          21      "
        "Almskolan har ingen sådan klass läsåret 2026/27.",
        "3 rader: ny 1, ändrad 0, oförändrad 0, fråga 1, fel 1",
        "Importerat. Nya rapporter: 1. Rättade: 0. Oförändrade: 0.",
    ]
    assert list(Delivery.objects.values_list("date", "date_precision", "present")) == [(date(2026, 9, 18), "week", 20)]


def test_answer_turns_the_question_into_a_delivery(log):
    run(log, "--skip-errors", "--answer", "Mobbing=t-t05")
    assert set(Delivery.objects.values_list("planned_session__session__code", flat=True)) == {"T-B1", "T-T05"}


def test_question_refuses_and_saves_nothing(log):
    assert refusal(log) == (
        1,
        "Inget importerades: 2 rader har fel eller frågor. Svara, rätta dem eller hoppa över dem.",
    )
    assert not Delivery.objects.exists()


def test_dry_run_saves_nothing(log):
    assert run(log, "--skip-errors", "--dry-run")[-1] == "Provkörning: inget sparades."
    assert not Delivery.objects.exists()


def test_refused_rows_become_a_file_with_questions_and_errors(log, tmp_path):
    run(log, "--skip-errors", "--refused", tmp_path / "avvisade.csv")
    assert (tmp_path / "avvisade.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "Rad;Klass;Pass;Datum;Närvarande;Antal elever;Orsak",
        "3;3B;Mobbing;12/11;;21;Menas Mobbning?",
        "4;9Z;Normer;15/9;20;21;Almskolan har ingen sådan klass läsåret 2026/27.",
    ]


def test_school_of_the_log_is_given_where_it_names_none(log, municipality):
    other = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjork", unit_code="99000022")
    ClassFactory(school=other, name="9Z", lowest_grade=9, highest_grade=9, enrolled=24)
    run(log, "--school", "bjork", "--skip-errors")
    assert list(Delivery.objects.values_list("planned_session__school_class__school__name", flat=True)) == [
        "Björkskolan"
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--school", "granskolan"], "Kommunen har ingen sådan skola."),
        (["--answer", "Mobbing"], "Skriv ett svar som TEXT=KOD."),
    ],
)
def test_wrong_usage_is_told(log, arguments, sentence):
    assert refusal(log, *arguments) == (2, sentence)


def test_school_of_another_municipality_is_unknown(log):
    SchoolFactory(municipality=MunicipalityFactory(code="9902", name="Granby"), slug="granskolan")
    assert refusal(log, "--municipality", "9901", "--school", "granskolan") == (2, "Kommunen har ingen sådan skola.")
