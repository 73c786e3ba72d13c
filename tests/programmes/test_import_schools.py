"""Schools out of Skolverket's register: by command and in the browser, from a server that answers as it does."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from programmes.enums import ParticipationStatus
from programmes.exports.event_words import event_sentence
from programmes.imports.rest import RegisterError, Server
from programmes.imports.school_registry import read_school_units
from programmes.models import Area, Event, ImportDraft, Participation, School
from tests.factories import ClassFactory, MunicipalityFactory, SchoolFactory
from tests.factories.files import workbook
from tests.factories.servers import answering

HEAD = "Rektor Rut Rektorsson"


def unit(code, name, *, status="AKTIV", kind="SKOLENHET", kinds=("GR",), grades=(), **more):
    """What the register says of one unit."""
    attributes = {
        "schoolUnitCode": code,
        "displayName": name,
        "status": status,
        "schoolUnitType": kind,
        "municipalityCode": "9901",
        "schoolTypes": list(kinds),
        "schoolTypeProperties": {"gr": {"grades": list(grades)}},
        "headMaster": HEAD,
    }
    return {"data": {"type": "schoolunit", "attributes": attributes | more}}


UNITS = {
    "99000011": unit("99000011", "Almskolan", kinds=("FKLASS", "GR", "FTH"), grades=("1", "2", "3", "4", "5")),
    "99000012": unit("99000012", "Björkskolan", kinds=("FKLASS",)),
    "99000013": unit("99000013", "Nya Furuskolan", grades=(7, 8, 9), schoolTypes=["GR", "NYKOD"]),
    "99000014": unit("99000014", "Centralt elevstöd", kind="CENTRAL"),
    "99000015": unit("99000015", "Ekbacka gymnasium", kinds=("GY", "VUX")),
    "99000016": unit("99000016", "Gamla skolan", status="UPPHORT"),
}


@pytest.fixture
def register():
    listed = [code for code, said in UNITS.items() if said["data"]["attributes"]["status"] == "AKTIV"]
    items = [{"schoolUnitCode": code, "name": "?", "status": "AKTIV"} for code in listed]
    answers = {f"/school-units/{code}": said for code, said in UNITS.items()}
    answers["/school-units"] = {"meta": {}, "data": {"type": "schoolunit", "attributes": items}}
    with answering(answers) as server:
        server.answers = answers
        yield server


@pytest.fixture
def old_school(school):
    """A school that the register says has closed, and one whose name and grades have changed."""
    gone = SchoolFactory(municipality=school.municipality, name="Gamla skolan", unit_code="99000016")
    ClassFactory(school=gone, name="3A", start_year=2025)
    SchoolFactory(municipality=school.municipality, name="Furuskolan", slug="furuskolan", unit_code="99000013")
    return gone


def server(register):
    return Server(register.address, pause=register.pauses.append)


def read(register, known=()):
    return read_school_units(server(register), municipality_code="9901", known_codes=set(known))


def told(reading):
    return [tuple(row.cells.values()) for row in reading.rows]


def test_units_with_their_grades_are_read_and_no_others(register):
    assert told(read(register)) == [
        ("99000011", "Almskolan", "F-5", None, "AKTIV"),
        ("99000012", "Björkskolan", "F", None, "AKTIV"),
        ("99000013", "Nya Furuskolan", "7-9", None, "AKTIV"),
    ]
    assert register.asked[0] == ("/school-units", {"municipality_code": "9901", "status": "AKTIV"})
    assert HEAD not in str(read(register).rows)


def test_known_units_are_asked_for_by_name_even_when_they_are_not_on_the_list(register):
    assert told(read(register, known=["99000016", "99000099"]))[-2:] == [
        ("99000016", "Gamla skolan", None, None, "UPPHORT"),
        ("99000099", None, None, None, "SAKNAS"),
    ]


def test_list_in_pages_is_read_to_its_end(register):
    whole = register.answers["/school-units"]["data"]["attributes"]

    def page(query):
        part = whole[:2] if "pageToken" not in query else whole[2:]
        return {"data": {"attributes": part}, "pageToken": None if "pageToken" in query else "p2"}

    register.answers["/school-units"] = page
    assert [row[0] for row in told(read(register))] == ["99000011", "99000012", "99000013"]


def test_busy_register_is_waited_for_as_long_as_it_asks(register):
    register.faults = [(429, b"", [("Retry-After", "7")]), (500, b"", [])]
    assert len(read(register).rows) == 3
    assert register.pauses == [7.0, 2.0]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((200, b"<html>", ()), "Registret svarade med något som inte är JSON."),
        ((200, b"[]", ()), "Registret svarade inte så som det beskriver sig självt."),
        ((200, b'{"data": {"attributes": {}}}', ()), "Registret svarade inte så som det beskriver sig självt."),
        ((302, b"", [("Location", "https://elsewhere.example")]), "Registret leder till en annan adress."),
        ((400, b"", ()), "Registret svarade med ett fel (400)."),
    ],
)
def test_odd_answer_gets_a_sentence(register, answer, sentence):
    register.faults = [answer]
    with pytest.raises(RegisterError) as refused:
        read(register)
    assert sentence in str(refused.value)


def test_page_that_comes_again_is_refused(register):
    register.answers["/school-units"] = {"data": {"attributes": []}, "pageToken": "p1"}
    with pytest.raises(RegisterError, match="samma sida två gånger"):
        read(register)


def test_slow_register_is_not_waited_for_longer_than_a_person_does(register):
    register.faults = [(503, b"", [("Retry-After", "60")])]
    impatient = Server(register.address, pause=register.pauses.append, seconds=20)
    with pytest.raises(RegisterError, match="Det tar för lång tid"):
        read_school_units(impatient, municipality_code="9901", known_codes=set())
    assert register.pauses == []


# The command


def run(*arguments):
    printed = io.StringIO()
    call_command("import_schools", *arguments, stdout=printed)
    return printed.getvalue().splitlines()


def test_command_asks_about_what_has_closed_and_saves_nothing_meanwhile(register, old_school):
    with pytest.raises(CommandError, match="Inget importerades: 1 rad har ett fel eller en fråga") as refused:
        run(register.address)
    assert (refused.value.returncode, School.objects.count()) == (1, 3)


def test_command_takes_in_schools_and_closes_one_and_nothing_the_second_time(register, old_school):
    printed = run(register.address, "--answer", "99000016=2026-06-30")
    assert printed[-2:] == [
        "4 rader: ny 1, ändrad 3, oförändrad 0, fråga 0, fel 0",
        "Importerat. Nya skolor: 1. Ändrade: 3. Oförändrade: 0.",
    ]
    columns = ("name", "slug", "lowest_grade", "highest_grade", "closed_date")
    assert list(School.objects.in_order().values_list(*columns)) == [
        ("Almskolan", "almskolan", 0, 5, None),
        ("Björkskolan", "bjorkskolan", 0, 0, None),
        ("Gamla skolan", old_school.slug, None, None, date(2026, 6, 30)),
        ("Nya Furuskolan", "furuskolan", 7, 9, None),
    ]
    ended = Participation.objects.get(school=old_school, programme__code="taget")
    assert (ended.status, ended.end_date, ended.end_reason) == (
        ParticipationStatus.ACTIVE,
        date(2026, 6, 30),
        "Skolenheten har upphört.",
    )
    assert old_school.classes.count() == 1
    assert event_sentence(Event.objects.get(kind="imported")) == (
        "importerade skolor: 1 nya, 3 ändrade, 0 avvisade rader"
    )
    assert run(register.address)[-1] == "Importerat. Nya skolor: 0. Ändrade: 0. Oförändrade: 4."


def test_code_of_another_municipality_is_an_error(register, municipality):
    SchoolFactory(municipality=MunicipalityFactory(), unit_code="99000012", name="Annan")
    with pytest.raises(CommandError, match="Inget importerades"):
        run(register.address, "--municipality", "9901")
    printed = run(register.address, "--municipality", "9901", "--skip-errors")
    assert "Skolenhetskoden hör till en skola i en annan kommun." in "\n".join(printed)
    assert School.objects.get(unit_code="99000012").name == "Annan"


def test_register_that_is_not_told_of_is_not_asked(settings, municipality):
    settings.SCHOOL_REGISTER_URL = ""
    with pytest.raises(CommandError, match="säger inte var registret finns"):
        run()


# In the browser


def test_centre_fetches_schools_chooses_and_takes_them_in(client, centre, old_school, register, settings):
    settings.SCHOOL_REGISTER_URL = register.address
    client.force_login(centre)
    assert "Hämta skolor" in client.get("/import/").content.decode()
    address = client.post("/import/hamta/skolor/")["Location"]
    page = client.get(address)
    assert [(row["row"].result.label, row["row"].written["school"]) for row in page.context["rows"]] == [
        ("ändrad", "Almskolan"),
        ("ny", "Björkskolan"),
        ("ändrad", "Nya Furuskolan"),
        ("fråga", "Gamla skolan"),
    ]
    assert School.objects.count() == 3

    client.post(address, {"answer": "1", "answer_0": "2026-06-30", "asked_0": "99000016"})
    client.post(address, {"choose": "1", "schools": ["99000011", "99000012", "99000016"]})
    done = client.post(address, {"import": "1"}, follow=True)
    assert "Importerat: 1 nya och 2 ändrade." in done.content.decode()
    assert set(School.objects.values_list("name", "closed_date")) == {
        ("Almskolan", None),
        ("Björkskolan", None),
        ("Furuskolan", None),
        ("Gamla skolan", date(2026, 6, 30)),
    }
    assert Event.objects.get(kind="imported").actor == centre


def test_register_that_does_not_answer_leaves_a_sentence_and_nothing_else(client, centre, register, settings):
    settings.SCHOOL_REGISTER_URL = register.address
    register.answers.clear()
    client.force_login(centre)
    page = client.post("/import/hamta/skolor/", follow=True)

    assert "Det finns inget register på den adressen." in page.content.decode()
    assert not ImportDraft.objects.exists()


def test_coordinator_may_not_fetch_schools(client, coordinator, register, settings):
    settings.SCHOOL_REGISTER_URL = register.address
    client.force_login(coordinator)

    assert client.post("/import/hamta/skolor/").status_code == 403
    assert "Hämta skolor" not in client.get("/import/").content.decode()
    assert register.asked == []


def test_there_is_no_other_register(client, centre):
    client.force_login(centre)
    assert client.post("/import/hamta/elever/").status_code == 404


# From a file, in Django's admin


def test_schools_go_out_and_come_in_again(admin_client, school):
    Area.objects.create(municipality=school.municipality, name="Norra")
    head = ["Skolenhetskod", "Skola", "Område", "Årskurser", "Upphörde"]
    rows = [["99000011", "Almskolan", "norra", "F-5", None], ["99000021", "Nya skolan", None, "F–6", "2027-06-11"]]
    file = io.BytesIO(workbook(head, *rows))
    file.name = "skolor.xlsx"
    page = admin_client.post("/django-admin/programmes/school/import/", {"import_file": file})
    assert [(str(row["result"].label), row["reason"]) for row in page.context["rows"]] == [
        ("ändrad", "Område – → Norra. Årskurser – → F–5."),
        ("ny", ""),
    ]
    admin_client.post("/django-admin/programmes/school/process_import/", {"file": page.context["file"].pk})
    assert School.objects.get(unit_code="99000021").slug == "nya-skolan"

    exported = io.BytesIO(admin_client.post("/django-admin/programmes/school/export/", {"format": "0"}).content)
    exported.name = "skolor.xlsx"
    again = admin_client.post("/django-admin/programmes/school/import/", {"import_file": exported})
    assert [str(row["result"].label) for row in again.context["rows"]] == ["oförändrad", "oförändrad"]
