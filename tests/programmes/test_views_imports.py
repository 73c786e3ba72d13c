"""`/import/` in the browser: a file sent, its columns matched, its rows looked at, and taken in once."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from curriculum.enums import SessionKind
from programmes.enums import Role
from programmes.models import Delivery, Event, ImportDraft, KnownHeading, SchoolClass
from tests.factories import (
    ClassFactory,
    ImportDraftFactory,
    MembershipFactory,
    MunicipalityFactory,
    SchoolFactory,
    SessionFactory,
    UserFactory,
)
from tests.factories.files import text, workbook

SAMPLES = Path(__file__).parent.parent / "samples"
LOG_HEADER = ["Klass", "Pass", "Datum", "Närvarande", "Antal elever", "Kommentar"]
START = "/import/"


@pytest.fixture
def sessions(db):
    SessionFactory(code="T-B1", title="Normer och dess konsekvenser", short_title="Normer", month=9, order=1)
    SessionFactory(code="T-T05", title="Mobbning", kind=SessionKind.ADDITIONAL, order=2)


def send(client, content, *, kind="deliveries", name="logg.xlsx", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(START, {"kind": kind, "file": file, "start_year": "2026"} | fields)


def only_draft():
    return ImportDraft.objects.get()


def shown(response):
    rows = response.context["rows"]
    return [
        (row["number"], row["row"].result.label, *(cell for cell, _kind in row["cells"]), row["row"].reason)
        for row in rows
    ]


def test_class_list_of_the_own_school_is_looked_at_and_then_taken_in(client, coordinator, school):
    client.force_login(coordinator)
    content = workbook(["Klass", "Åk", "Antal elever"], ["3A", 3, 23], ["3B", "3", "21 st"])

    answer = send(client, content, kind="classes")
    preview = client.get(answer["Location"])
    assert shown(preview) == [
        (2, "ny", "Almskolan", "2026/27", "3A", "3", "23", ""),
        (3, "ny", "Almskolan", "2026/27", "3B", "3", "21", ""),
    ]
    assert not SchoolClass.objects.exists()

    done = client.post(answer["Location"], {"import": "1"}, follow=True)
    assert list(SchoolClass.objects.order_by("name").values_list("name", "enrolled")) == [("3A", 23), ("3B", 21)]
    assert "Importerat: 2 nya och 0 ändrade." in done.content.decode()
    assert Event.objects.get(kind="imported").actor == coordinator


def test_log_asks_is_answered_and_taken_in_without_the_rows_that_are_wrong(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    content = workbook(
        LOG_HEADER,
        ["3B", "Normer", "15/9", 20, 21, "bra"],
        ["3B", "Mobbing", "v. 43", 19, 21, None],
        ["9Z", "Normer", "15/9", 20, 21, None],
    )
    address = send(client, content)["Location"]

    refused = client.post(address, {"import": "1"})
    assert "Inget importerades: 2 rader har fel eller frågor." in refused.content.decode()
    assert not Delivery.objects.exists()

    client.post(address, {"answer": "1", "answer_0": "T-T05", "asked_0": "mobbing"})
    assert [row[1] for row in shown(client.get(address))] == ["ny", "ny", "fel"]

    done = client.post(address, {"import": "1", "skip_errors": "on"}, follow=True)
    assert "Importerat: 2 nya och 0 ändrade." in done.content.decode()
    assert "1 rad avvisades." in done.content.decode()
    assert set(Delivery.objects.values_list("planned_session__session__code", "reported_by")) == {
        ("T-B1", coordinator.pk),
        ("T-T05", coordinator.pk),
    }


def test_grade_that_a_class_list_does_not_tell_is_asked(client, coordinator, school):
    client.force_login(coordinator)
    content = workbook(["Klass", "Antal elever"], ["3A", 23], ["Ugglan", 18], ["Örnen", 12])
    address = send(client, content, kind="classes")["Location"]
    page = client.get(address)
    assert [(row[1], row[-1]) for row in shown(page)] == [
        ("ny", ""),
        ("fråga", "Vilken årskurs går klassen i?"),
        ("fråga", "Vilken årskurs går klassen i?"),
    ]
    assert "Klass Ugglan på Almskolan" in page.content.decode()

    answers = {"answer_0": "F–1", "answer_1": "-"}
    answers |= {"asked_0": f"{school.unit_code} ugglan", "asked_1": f"{school.unit_code} örnen"}
    client.post(address, {"answer": "1"} | answers)
    assert [(row[1], row[5]) for row in shown(client.get(address))] == [("ny", "3"), ("ny", "F–1"), ("fel", "")]
    client.post(address, {"import": "1", "skip_errors": "on"})
    assert list(SchoolClass.objects.order_by("name").values_list("name", "lowest_grade", "highest_grade")) == [
        ("3A", 3, 3),
        ("Ugglan", 0, 1),
    ]


def test_refused_rows_come_back_as_a_file_and_nothing_else_of_the_file_is_kept(
    client, coordinator, school_class, sessions
):
    client.force_login(coordinator)
    content = workbook(
        LOG_HEADER,
        ["3B", "Normer", "15/9", 20, 21, "bra"],
        ["9Z", "Normer", "15/9", 20, 21, "=HYPERLINK(1)"],
        ["3B", "Mobbning", "15/9", 20, 21, "pratade med 20121212-1212"],
    )
    address = send(client, content)["Location"]
    assert "1212" not in str(only_draft().sheets)
    client.post(address, {"import": "1", "skip_errors": "on"})

    assert [row[0] for row in only_draft().sheets[0]["rows"]] == [1, 3, 4]
    file = client.get(f"{address}avvisade.csv")
    assert file.content.decode("utf-8-sig").splitlines() == [
        "Rad;Klass;Pass;Datum;Närvarande;Antal elever;Kommentar;Orsak",
        "3;9Z;Normer;15/9;20;21;;Här står en formel i stället för ett värde: Kommentar. "
        "Almskolan har ingen sådan klass läsåret 2026/27.",
        "4;;;;;;;Texten ser ut att innehålla ett personnummer. Ta bort det – skriv aldrig uppgifter om enskilda elever "
        "här.",
    ]


def test_refused_rows_name_their_sheet_where_the_workbook_has_several(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    rest = [LOG_HEADER, ["9Z", "Normer", "16/9", 20, 21, None]]
    content = workbook(LOG_HEADER, ["3B", "Normer", "15/9", 20, 21, "bra"], sheet="HT 26", Logg=rest)
    address = send(client, content)["Location"]

    expected = [
        "Blad;Rad;Klass;Pass;Datum;Närvarande;Antal elever;Kommentar;Orsak",
        "Logg;2;9Z;Normer;16/9;20;21;;Almskolan har ingen sådan klass läsåret 2026/27.",
    ]
    assert client.get(f"{address}avvisade.csv").content.decode("utf-8-sig").splitlines() == expected
    client.post(address, {"import": "1", "skip_errors": "on"})
    assert client.get(f"{address}avvisade.csv").content.decode("utf-8-sig").splitlines() == expected


def test_file_is_taken_in_once(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    address = send(client, workbook(LOG_HEADER, ["3B", "Normer", "15/9", 20, 21, None]))["Location"]
    client.post(address, {"import": "1"})
    client.post(address, {"import": "1"})
    assert (Delivery.objects.count(), Event.objects.filter(kind="imported").count()) == (1, 1)


def test_columns_are_matched_by_hand_and_remembered(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    content = workbook(["Loggbok"], ["Grupp/klass", "Vad gjorde vi", "Dag", "Hur många"], ["3B", "Normer", "15/9", 20])
    address = send(client, content)["Location"]
    assert address == f"/import/{only_draft().pk}/kolumner/"

    page = client.post(address, {"row": "0", "sheet0-row": "2"})
    form = page.context["forms"][0][2]
    assert [(field.label, field.initial) for field in form.column_fields] == [
        ("Grupp/klass", None),
        ("Vad gjorde vi", None),
        ("Dag", "date"),
        ("Hur många", None),
    ]
    assert "Läs det här bladet" not in page.text  # there is no other

    chosen = {
        "save": "1",
        "sheet0-is_read": "on",
        "sheet0-row": "2",
        "sheet0-column_0": "class_name",
        "sheet0-column_1": "session",
        "sheet0-column_2": "date",
        "sheet0-column_3": "present",
    }
    preview = client.post(address, chosen, follow=True)
    assert shown(preview) == [(3, "ny", "Almskolan", "3B", "T-B1 Normer", "2026-09-15", "20", "21", "")]
    assert dict(KnownHeading.objects.values_list("heading", "field")) == {
        "gruppklass": "class_name",
        "vadgjordevi": "session",
        "dag": "date",
        "hurmanga": "present",
    }
    again = send(client, content)
    assert again["Location"] == f"/import/{ImportDraft.objects.latest('pk').pk}/"


def test_meaning_that_one_school_gives_a_known_heading_is_not_the_next_schools(
    client, coordinator, centre, school_class, sessions
):
    content = workbook(["Klass", "Vad gjorde vi", "Datum", "Antal"], ["3B", "Normer", "15/9", 20])
    chosen = {"save": "1", "sheet0-is_read": "on", "sheet0-row": "1", "sheet0-column_1": "session"}
    chosen |= {"sheet0-column_0": "class_name", "sheet0-column_2": "date", "sheet0-column_3": "present"}
    client.force_login(coordinator)
    client.post(send(client, content)["Location"], chosen)
    own = client.get(send(client, content)["Location"])
    assert shown(own) == [(2, "ny", "Almskolan", "3B", "T-B1 Normer", "2026-09-15", "20", "21", "")]

    client.force_login(centre)
    others = client.get(send(client, content, school=school_class.school.pk)["Location"])
    assert shown(others) == [(2, "ny", "Almskolan", "3B", "T-B1 Normer", "2026-09-15", "", "20", "")]


def test_who_the_pupils_are_is_not_kept_and_named_as_not_read(client, coordinator, school):
    client.force_login(coordinator)
    content = workbook(["Klass", "Förnamn", "Efternamn", "Årskurs"], ["4D", "Ebba", "Ek", 4], ["4D", "Alva", "Al", 4])
    page = client.get(send(client, content, kind="classes")["Location"])

    assert only_draft().sheets[0]["rows"] == [
        [1, ["Klass", "Förnamn", "Efternamn", "Årskurs"]],
        [2, ["4D", None, None, 4]],
        [3, ["4D", None, None, 4]],
    ]
    assert "Läses inte: Förnamn, Efternamn." in page.content.decode()
    assert "Ebba" not in page.content.decode()


def test_log_sent_as_a_class_list_is_told(client, coordinator, school_class):
    client.force_login(coordinator)
    page = send(client, workbook(LOG_HEADER, ["3B", "Normer", "15/9", 20, 21, None]), kind="classes")

    assert page.context["form"].errors["file"] == ["Filen ser ut att vara en logg över pass, inte en klasslista."]
    assert not ImportDraft.objects.exists()


def test_many_questions_are_asked_some_at_a_time(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    rows = [["3B", f"Normerna {'x' * number}", "15/9", 20, 21, None] for number in range(1, 61)]
    address = send(client, workbook(LOG_HEADER, *rows))["Location"]
    form = client.get(address).context["answers"]
    assert (len(form.questions), form.left) == (50, 10)
    assert "10 frågor till när de här är besvarade." in client.get(address).content.decode()

    told = {"answer": "1"}
    for number, question in enumerate(form.questions):
        told |= {f"answer_{number}": "-", f"asked_{number}": question.asked}
    form = client.post(address, told, follow=True).context["answers"]
    assert (len(form.questions), form.left) == (10, 0)


def test_workbook_of_many_sheets_has_its_columns_matched(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    sheets = {f"v {week}": [[f"Kolumn {place}" for place in range(20)], ["x"] * 20] for week in range(60)}
    address = send(client, workbook(["Klassen", "Passet", "Dagen"], ["3B", "Normer", "15/9"], **sheets))["Location"]
    chosen = {f"sheet{place}-column_{column}": "" for place in range(61) for column in range(20)}
    chosen |= {"sheet0-column_0": "class_name", "sheet0-column_1": "session", "sheet0-column_2": "date"}
    chosen |= {f"sheet{place}-row": "1" for place in range(61)} | {"sheet0-is_read": "on", "save": "1"}
    page = client.post(address, chosen, follow=True)
    assert [row[:2] for row in shown(page)] == [(2, "ny")]


def test_likeliest_row_of_headings_is_suggested_with_what_stands_below(client, coordinator, school_class):
    client.force_login(coordinator)
    content = workbook(["Tåget 2026"], [], ["Vilka", "Vad gjorde vi", "Dag"], ["3B", "<b>Normer", "15/9"])
    page = client.get(send(client, content)["Location"])
    form = page.context["forms"][0][2]
    assert (form["row"].value(), form["is_read"].value()) == (3, True)
    assert [(field.label, field.value(), field.help_text) for field in form.column_fields] == [
        ("Vilka", None, "3B"),
        ("Vad gjorde vi", None, "&lt;b&gt;Normer"),
        ("Dag", "date", "15/9"),
    ]


def test_two_columns_that_mean_the_same_are_chosen_between(client, coordinator, school_class, sessions):
    client.force_login(coordinator)
    content = workbook([*LOG_HEADER[:3], "När"], ["3B", "Normer", "15/9", "fm"])
    address = send(client, content)["Location"]
    assert address == f"/import/{only_draft().pk}/kolumner/"
    form = client.get(address).context["forms"][0][2]
    chosen = {"save": "1", "sheet0-is_read": "on", "sheet0-row": "1"}
    chosen |= {f"sheet0-{name}": form[name].value() for name in ("column_0", "column_1", "column_2", "column_3")}
    assert "Två kolumner betyder samma sak. Välj en av dem." in client.post(address, chosen).content.decode()

    page = client.post(address, chosen | {"sheet0-column_3": ""}, follow=True)
    assert [row[:2] for row in shown(page)] == [(2, "ny")]
    assert "Läses inte: När." in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sheet0-column_1": "class_name"}, "Två kolumner betyder samma sak. Välj en av dem."),
        ({"sheet0-column_1": ""}, "De här kolumnerna behövs: Klass, Pass och Datum."),
        ({"sheet0-is_read": ""}, "Välj minst ett blad att läsa."),
    ],
)
def test_columns_that_do_not_do_are_told_and_kept(client, coordinator, school_class, changes, sentence):
    client.force_login(coordinator)
    content = workbook(["Grupp/klass", "Vad gjorde vi", "Dag"], ["3B", "Normer", "15/9"])
    address = send(client, content)["Location"]
    chosen = {
        "save": "1",
        "sheet0-is_read": "on",
        "sheet0-row": "1",
        "sheet0-column_0": "class_name",
        "sheet0-column_1": "session",
        "sheet0-column_2": "date",
    }
    page = client.post(address, chosen | changes)
    assert sentence in page.content.decode()
    assert page.context["forms"][0][2]["column_0"].value() == "class_name"
    assert only_draft().headers == {}


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "logg.xlsx", "Filen är tom."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "logg.xls",
            "Filen är lösenordsskyddad eller i gammalt format.",
        ),
        (b"PK\x03\x04 broken", "logg.xlsx", "Filen är trasig"),
        (b"\x00\x01\x02\x03", "bild.png", "Filen är varken en Excel"),
    ],
)
def test_file_that_cannot_be_read_is_told_and_not_kept(client, coordinator, school_class, content, name, sentence):
    client.force_login(coordinator)
    page = send(client, content, name=name)
    assert sentence in page.content.decode()
    assert not ImportDraft.objects.exists()


def test_draft_is_its_owners_alone(client, coordinator, school):
    other = UserFactory()
    MembershipFactory(user=other, role=Role.COORDINATOR, school=school)
    draft = ImportDraftFactory(owner=other, municipality=school.municipality)
    client.force_login(coordinator)
    for name in ("import_preview", "import_columns", "import_refused"):
        assert client.get(reverse(f"programmes:{name}", args=[draft.pk])).status_code == 404
    assert client.post(reverse("programmes:import_remove", args=[draft.pk])).status_code == 404
    assert ImportDraft.objects.get() == draft


def test_draft_is_closed_when_the_role_has_ended(client, coordinator, school, today):
    draft = ImportDraftFactory(owner=coordinator, municipality=school.municipality)
    coordinator.memberships.update(end_date=today.replace(day=1))
    client.force_login(coordinator)
    answer = client.post(reverse("programmes:import_preview", args=[draft.pk]), {"import": "1"})
    assert (answer.status_code, SchoolClass.objects.count()) == (403, 0)


def test_coordinator_cannot_write_about_another_school_by_file_or_choice(client, coordinator, school, municipality):
    other = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjork", unit_code="99000022")
    client.force_login(coordinator)
    content = text([["Skola", "Klass", "Årskurs", "Antal elever"], ["Björkskolan", "3A", "3", "20"]])
    address = send(client, content, kind="classes", name="lista.csv", school=other.pk)["Location"]
    assert shown(client.get(address)) == [
        (
            2,
            "fel",
            "Björkskolan",
            "",
            "3A",
            "3",
            "20",
            "Skolan finns inte i Stins, eller så importerar du inte för den. Import skapar inga skolor.",
        )
    ]


def test_centre_takes_in_a_schools_own_log(client, centre, school_class, sessions):
    client.force_login(centre)
    address = send(client, workbook(LOG_HEADER, ["3B", "Normer", "15/9", 20, 21, None]), school=school_class.school.pk)
    assert [row[1] for row in shown(client.get(address["Location"]))] == ["ny"]


def test_school_of_another_municipality_is_no_choice(client, centre):
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    client.force_login(centre)
    page = send(client, workbook(LOG_HEADER, ["3B", "Normer", "15/9", 20, 21, None]), school=elsewhere.pk)
    assert page.status_code == 403 or not ImportDraft.objects.exists()


def test_throwing_away_keeps_nothing(client, coordinator, school_class):
    client.force_login(coordinator)
    draft = ImportDraftFactory(owner=coordinator, municipality=school_class.school.municipality)
    page = client.post(reverse("programmes:import_remove", args=[draft.pk]), follow=True)
    assert "Filen är borttagen. Inget av den är kvar." in page.content.decode()
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("classes", ["Skola", "Klass", "Årskurs", "Antal elever"]),
        ("deliveries", ["Skola", "Klass", "Pass", "Datum", "Närvarande", "Antal elever", "Kommentar"]),
    ],
)
def test_template_has_text_columns_that_the_import_finds(client, coordinator, kind, headings):
    client.force_login(coordinator)
    sheet = load_workbook(io.BytesIO(client.get(f"/import/mall/{kind}.xlsx").content)).active
    assert [cell.value for cell in sheet[1]] == headings
    assert {cell.number_format for cell in sheet[2]} == {"@"}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_preview_asks_the_database_as_often_however_many_rows(
    client, coordinator, school, sessions, query_count, count
):
    for number in range(count):
        ClassFactory(school=school, name=f"3{number}", lowest_grade=3, enrolled=21)
    client.force_login(coordinator)
    rows = [[f"3{number}", "Normer", "15/9", 20, 21, None] for number in range(count)]
    address = send(client, workbook(LOG_HEADER, *rows))["Location"]
    with query_count(13):
        client.get(address)


def test_long_file_stands_on_several_pages_and_can_be_narrowed(client, coordinator, school):
    client.force_login(coordinator)
    rows = [[f"3 klass {number}", 3, 21] for number in range(120)] + [["", 3, 21]]
    address = send(client, workbook(["Klass", "Årskurs", "Antal elever"], *rows), kind="classes")["Location"]
    assert len(shown(client.get(address))) == 100
    assert [row[0] for row in shown(client.get(f"{address}?visa=error"))] == [122]
