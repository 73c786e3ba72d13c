"""Every kind of report: the page and its three files say the same, and only to those who may read it."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from programmes.exports.reports.kinds import KINDS
from programmes.exports.reports.report import Section
from programmes.exports.tables import Column, Table
from programmes.models import Event
from tests.factories.coverage import worked_example
from tests.pdf import assert_tagged, text_of

FORMATS = ["xlsx", "pdf", "csv"]


@pytest.fixture
def today():
    """The last day of the worked example's term."""
    return date(2026, 12, 31)


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def words(response):
    """What is read on the page, without its tags."""
    main = re.search(r"<main.*</main>", response.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(strong|svg|rect|line)\b[^>]*>", "", main)).split())


def file_of(client, slug, file_format, **asked):
    response = client.get(reverse("programmes:report_file", args=[slug, file_format]), asked)
    assert response.status_code == 200
    return response, b"".join(response)


def rows_on_page(response, caption):
    table = next(part for part in response.text.split("<table") if caption in part)
    rows = re.findall(r"<tr>(.*?)</tr>", table.split("</table>")[0], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_reach_answers_in_a_sentence(as_centre, example):
    response = as_centre.get(reverse("programmes:report", args=["nadda"]), {"period": "HT2026"})

    assert "HT 2026: 4 av 4 klasser har haft minst ett pass. Där går 69 elever. 2 skolor hade programmet." in words(
        response
    )
    assert rows_on_page(response, "Räckvidd per skola, HT 2026") == [
        [
            "Skola", "Nådda klasser", "Klasser totalt", "Andel klasser",
            "Nådda elever", "Inskrivna elever", "Andel elever", "Dos",
        ],
        ["Almskolan", "2", "2", "100,0 %", "42", "42", "100,0 %", "2,00"],
        ["Björkskolan", "2", "2", "100,0 %", "27", "27", "100,0 %", "1,50"],
        ["Tillsammans", "4", "4", "100,0 %", "69", "69", "100,0 %", "1,75"],
    ]  # fmt: skip


def test_files_of_reach_say_what_the_page_says(as_centre, example):
    _response, workbook = file_of(as_centre, "nadda", "xlsx", period="HT2026")
    _response, document = file_of(as_centre, "nadda", "pdf", period="HT2026")
    _response, rows = file_of(as_centre, "nadda", "csv", period="HT2026")

    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert book.sheetnames == ["Översikt", "Skolor", "Årskurser", "Definitioner"]
    assert [[cell.value for cell in row][1:] for row in book["Skolor"].iter_rows(min_row=2)] == [
        ["Almskolan", 2, 2, 1, 42, 42, 1, 2],
        ["Björkskolan", 2, 2, 1, 27, 27, 1, 1.5],
        ["Tillsammans", 4, 4, 1, 69, 69, 1, 1.75],
    ]
    found = list(csv.reader(io.StringIO(rows.decode("utf-8-sig")), delimiter=";"))
    assert [row[1:] for row in found[1:]] == [
        ["Almskolan", "2", "2", "1,0", "42", "42", "1,0", "2,0"],
        ["Björkskolan", "2", "2", "1,0", "27", "27", "1,0", "1,5"],
    ]
    assert_tagged(document)
    cells = [text for role, text in text_of(document) if role in ("TH", "TD")]
    assert cells[8:16] == ["Almskolan", "2", "2", "100,0 %", "42", "42", "100,0 %", "2,00"]


@pytest.mark.parametrize("slug", KINDS)
@pytest.mark.parametrize("file_format", FORMATS)
def test_each_file_is_logged_with_its_checksum(as_centre, example, slug, file_format):
    period = KINDS[slug].periods[0]
    asked = {"period": {"term": "HT2026", "school_year": "2026/27", "tertial": "T3-2026"}[period]}

    response, content = file_of(as_centre, slug, file_format, **asked)

    event = Event.objects.get(kind="exported")
    assert (event.about["what"], event.about["format"]) == (slug, file_format)
    assert slug in response.headers["Content-Disposition"]
    assert content


@pytest.mark.parametrize("slug", KINDS)
def test_a_period_without_data_is_an_honest_empty_report(as_centre, example, slug):
    period = KINDS[slug].periods[0]
    asked = {"period": {"term": "HT2001", "school_year": "2001/02", "tertial": "T3-2001"}[period]}

    response = as_centre.get(reverse("programmes:report", args=[slug]), asked)

    report = response.context["report"]
    assert report.is_empty
    assert str(report.nothing) in words(response)
    assert str(report.finding) in words(response)
    for file_format in FORMATS:
        assert file_of(as_centre, slug, file_format, **asked)[1]


def test_an_unknown_report_is_not_found(as_centre):
    assert as_centre.get("/rapporter/finns-inte/").status_code == 404
    assert as_centre.get("/rapporter/finns-inte.pdf").status_code == 404


def test_a_wrong_question_is_told_and_gives_no_file(as_centre, example):
    page = as_centre.get(reverse("programmes:report", args=["nadda"]), {"period": "i fjol"})
    file = as_centre.get(reverse("programmes:report_file", args=["nadda", "csv"]), {"period": "i fjol"})

    assert "Skriv perioden som HT2026, VT2027, 2026/27 eller T1-2027." in words(page)
    assert "report" not in page.context
    assert file.status_code == 400


def test_a_report_is_narrowed_to_a_school_in_its_files_too(as_centre, example):
    _response, rows = file_of(as_centre, "nadda", "csv", period="HT2026", skola="almskolan")

    found = list(csv.reader(io.StringIO(rows.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in found[1:]] == ["Almskolan"]


READ_ONLY = [
    *["reports", "overview", "coverage_xlsx", "coverage_pdf", "coverage_csv", "period_list", "prepared_files"],
    *["rewrite_list", "rewrite_list_xlsx", "rewrite_list_csv"],
]
ADDRESSES = [reverse(f"programmes:{name}") for name in READ_ONLY] + [
    reverse("programmes:report", args=["nadda"]),
    reverse("programmes:report_file", args=["nadda", "xlsx"]),
    reverse("programmes:period", args=["HT2026"]) + "?program=taget",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_only_read_takes_nothing_that_is_sent(as_centre, example, address):
    answers = [getattr(as_centre, method)(address).status_code for method in ("post", "put", "delete")]

    assert answers == [405, 405, 405]


def test_report_of_many_parts_begins_with_links_to_them(as_centre, example):
    report = as_centre.get(reverse("programmes:report", args=["kvalitetsarbete"]), {"period": "2026/27"})

    links = re.findall(r'<li><a href="#(del-\d+)">', report.text)
    assert links == [f"del-{number}" for number, _heading in report.context["report"].parts]
    assert [f'id="{link}"' in report.text for link in links] == [True] * len(links)


def test_shown_columns_stand_in_the_order_that_they_are_asked_for():
    columns = [Column(key, key, "text", 10, "") for key in ("first", "second", "third")]
    section = Section("Delen", table=Table("Delen", "Delen", columns, [["1", "2", "3"]]), shown=["third", "first"])

    assert [column.key for column in section.columns] == ["third", "first"]
    assert [value for value, _column in section.rows[0]] == ["3", "1"]
