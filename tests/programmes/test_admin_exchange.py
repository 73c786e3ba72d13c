"""Django's admin takes the registers out as files and in again: safely, in Swedish, and with a trace."""

import io
from datetime import date
from pathlib import Path

import import_export
import polib
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from openpyxl import load_workbook

from programmes.exports.event_words import event_sentence
from programmes.models import Area, Event, ProgrammeTarget, RegisterFile, SchoolClass, SchoolYear
from tests.factories import ClassFactory, MunicipalityFactory, SchoolFactory, SessionFactory, UserFactory, programme
from tests.factories.files import text, workbook

REGISTERS = ("area", "programmetarget", "schoolyear", "schoolclass")
PERSONAL = "20121212-1212"


@pytest.fixture
def administrator(client, municipality):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def address(register, page):
    return reverse(f"admin:programmes_{register}_{page}")


def look(client, register, content, name="fil.xlsx"):
    return client.post(address(register, "import"), {"import_file": SimpleUploadedFile(name, content)})


def take_in(client, register, page):
    return client.post(address(register, "process_import"), {"file": page.context["file"].pk}, follow=True)


def shown(page):
    return [(row["number"], str(row["result"].label), *row["cells"], row["reason"]) for row in page.context["rows"]]


def download(client, register, kind="0"):
    return client.post(address(register, "export"), {"format": kind})


def sheet(response):
    return load_workbook(io.BytesIO(response.content)).worksheets[-1]


# Words


def test_every_word_of_the_library_has_its_swedish():
    catalogue = polib.pofile(str(Path(import_export.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"))
    words = [(entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete]

    with override("sv"):
        missing = [one for one, many in words if (ngettext(one, many, 2) if many else gettext(one)) in {one, many}]

    assert [word for word in missing if word not in {"Import", "Format"}] == []  # the same in both languages


@pytest.mark.parametrize("register", REGISTERS)
def test_no_english_is_left_on_the_pages(client, administrator, register):
    english = (
        "Submit",
        "This importer",
        "This exporter",
        "Select all",
        "---------",
        "Download",
        "Every row",
        "Kind of",
    )
    for page, button in (("changelist", "Exportera"), ("import", "Granska raderna"), ("export", "Ladda ner")):
        shown_page = client.get(address(register, page)).content.decode()
        assert [word for word in english if word in shown_page] == [], page
        assert button in shown_page, page


@pytest.mark.parametrize("page", ["import", "export"])
def test_pages_hold_no_code_of_their_own(client, administrator, page):
    html = client.get(address("area", page)).content.decode()

    assert "onchange" not in html
    assert " style=" not in html


# In


def test_areas_are_looked_at_and_then_taken_in_once(client, administrator, municipality):
    Area.objects.create(municipality=municipality, name="Norra")
    page = look(client, "area", workbook(["Områden i kommunen"], ["OMRÅDE"], ["Norra"], ["Södra"]))
    assert shown(page) == [(3, "oförändrad", "Norra", ""), (4, "ny", "Södra", "")]
    assert Area.objects.count() == 1

    done = take_in(client, "area", page)
    assert "Importerat: 1 nya och 0 ändrade." in done.content.decode()
    assert set(Area.objects.values_list("name", "municipality")) == {
        ("Norra", municipality.pk),
        ("Södra", municipality.pk),
    }
    assert event_sentence(Event.objects.get(kind="imported")) == (
        "importerade registret över områden: 1 nya, 0 ändrade, 0 avvisade rader"
    )
    assert not RegisterFile.objects.exists()
    again = client.post(address("area", "process_import"), {"file": page.context["file"].pk})
    assert again.status_code == 404


def test_the_same_file_again_has_nothing_to_import(client, administrator, municipality):
    Area.objects.create(municipality=municipality, name="Norra")
    page = look(client, "area", workbook(["Område"], ["Norra"]))

    assert page.context["file"] is None
    assert "Det finns inget att importera." in page.content.decode()


def test_target_tells_what_it_changes_and_what_is_wrong(client, administrator, municipality):
    taget = programme()
    ProgrammeTarget.objects.create(municipality=municipality, programme=taget, lowest_grade=0, highest_grade=5)
    head = ["Program", "Lägsta årskurs", "Högsta årskurs", "Elevpass per läsår"]
    assert shown(look(client, "programmetarget", workbook(head, ["Tåget", "F", 6, "10 st"]))) == [
        (2, "ändrad", "Tåget", "F", "6", "10 st", "Högsta årskurs 5 → 6. Elevpass per läsår 8 → 10.")
    ]
    wrong = look(client, "programmetarget", workbook(head, ["taget", 6, "F", "=1+1"], ["rymden", "x", 3, None]))
    assert [row["reason"] for row in wrong.context["rows"]] == [
        "Elevpass per läsår: Här står en formel i stället för ett värde. Den högsta årskursen kommer före den lägsta.",
        "Det finns inget sådant program.",
    ]
    assert wrong.context["file"] is None


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";", "encoding": "cp1252"},
        {"delimiter": ";", "encoding": "utf-8-sig"},
        {"delimiter": ";", "encoding": "utf-8-sig", "first_line": "sep=;\r\n"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ",", "encoding": "utf-8"},
    ],
)
def test_school_years_come_from_every_form_of_text(client, administrator, form):
    head = ["Läsår", "HT börjar", "HT slutar", "VT börjar", "VT slutar"]
    rows = [head, ["27/28", "2027-08-17", "20271221", "10.1.2028", "2028-06-09"]]
    take_in(client, "schoolyear", look(client, "schoolyear", text(rows, **form), name="lasar.csv"))

    year = SchoolYear.objects.get(start_year=2027)
    assert (year.autumn_first_day, year.autumn_last_day) == (date(2027, 8, 17), date(2027, 12, 21))
    assert (year.spring_first_day, year.spring_last_day) == (date(2028, 1, 10), date(2028, 6, 9))


def test_class_list_means_in_the_admin_what_it_means_in_the_wizard(client, administrator, school):
    SessionFactory()
    page = look(client, "schoolclass", workbook(["Skola", "Klass", "Åk", "Antal"], ["almskolan", "3C", 3, 22]))
    assert shown(page) == [(2, "ny", "almskolan", "3C", "3", "22", "")]
    take_in(client, "schoolclass", page)

    school_class = SchoolClass.objects.get(name="3C")
    assert (school_class.school, school_class.lowest_grade, school_class.enrolled) == (school, 3, 22)
    assert Event.objects.get(kind="imported").about == {"what": "classes", "created": 1, "changed": 0, "refused": 0}


def test_class_without_a_grade_is_an_error_where_nothing_can_be_asked(client, administrator, school):
    page = look(client, "schoolclass", workbook(["Skola", "Klass"], ["Almskolan", "Ugglan"]))

    assert shown(page) == [
        (2, "fel", "Almskolan", "Ugglan", "Årskursen saknas och går inte att läsa ut ur klassens namn.")
    ]
    assert page.context["file"] is None


def test_personal_number_is_refused_and_nothing_of_the_row_is_shown_or_kept(client, administrator):
    page = look(client, "area", workbook(["Område", "Kontakt"], ["Norra", PERSONAL], [f"Söder {PERSONAL}", None]))

    assert [(row["number"], row["cells"]) for row in page.context["rows"]] == [(2, [""]), (3, [""])]
    assert page.content.decode().count("Texten ser ut att innehålla ett personnummer.") == 2
    assert PERSONAL not in page.content.decode()
    assert not RegisterFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"PK\x03\x04rubbish", "Filen är trasig eller avklippt."),
        (workbook(["Något annat"], ["x"]), "Ingen rad med rubrikerna Område hittades."),
        (workbook(["Område"]), "Det finns inga rader under rubrikraden."),
    ],
)
def test_file_that_cannot_be_read_gets_a_sentence(client, administrator, content, sentence):
    page = look(client, "area", content)

    assert sentence in page.content.decode()
    assert not RegisterFile.objects.exists()


def test_register_that_changed_meanwhile_is_not_written_over(client, administrator, school):
    page = look(client, "schoolclass", workbook(["Skola", "Klass", "Åk"], ["Almskolan", "3C", 3]))
    ClassFactory(school=school, name="3C", enrolled=19)
    client.post(address("schoolclass", "process_import"), {"file": page.context["file"].pk})

    assert SchoolClass.objects.get(name="3C").enrolled == 19


# Out


def test_exported_classes_have_real_types_and_come_in_again_unchanged(client, administrator, school):
    ClassFactory(school=school, name="3B", enrolled=21)
    ClassFactory(school=school, name="=1+1", enrolled=None)
    ClassFactory(school=SchoolFactory(municipality=MunicipalityFactory(), name="Annanskolan"))
    file = download(client, "schoolclass")

    assert [[cell.value for cell in row] for row in sheet(file)] == [
        ["Skola", "Skolenhetskod", "Läsår", "Klass", "Årskurs", "Antal elever"],
        ["Almskolan", school.unit_code, "2026/27", "3B", "3", 21],
        ["Almskolan", school.unit_code, "2026/27", "=1+1", "3", None],
    ]
    assert [cell.data_type for cell in sheet(file)["D"]] == ["s", "s", "s"]
    page = look(client, "schoolclass", file.content)
    assert {result for _number, result, *_ in shown(page)} == {"oförändrad"}


def test_exported_text_is_for_swedish_excel_and_runs_nothing(client, administrator, school):
    ClassFactory(school=school, name="=1+1", enrolled=21)
    file = download(client, "schoolclass", kind="1")

    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file.content.decode("utf-8-sig").split("\r\n")[1] == f"Almskolan;{school.unit_code};2026/27;'=1+1;3;21"
    assert file["Content-Disposition"].startswith('attachment; filename="klasser-')
    page = look(client, "schoolclass", file.content, name="klasser.csv")
    assert {result for _number, result, *_ in shown(page)} == {"oförändrad"}


def test_export_leaves_its_trace(client, administrator, school):
    file = download(client, "schoolyear")

    event = Event.objects.get(kind="exported")
    assert (event.actor, event.about["what"], event.about["format"]) == (administrator, "schoolyear", "xlsx")
    assert event.about["export_id"] in str(
        [cell.value for row in load_workbook(io.BytesIO(file.content))["Om filen"] for cell in row]
    )


# Who


@pytest.mark.parametrize("page", ["import", "export"])
def test_who_may_only_look_may_only_export(client, municipality, page):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_area"))
    client.force_login(user)

    assert client.get(address("area", page)).status_code == {"import": 403, "export": 200}[page]
    assert client.post(address("area", "process_import")).status_code == 403


def test_what_waits_is_its_owners_alone(client, administrator):
    page = look(client, "area", workbook(["Område"], ["Södra"]))
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    answer = client.post(address("area", "process_import"), {"file": page.context["file"].pk})
    assert (answer.status_code, Area.objects.count()) == (404, 0)


def test_without_a_municipality_there_is_nothing_to_import_into(client, db):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert client.get(address("area", "import")).status_code == 403
