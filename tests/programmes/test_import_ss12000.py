"""`import_ss12000`: from a folder and from a server that answers as the standard says, or badly."""

import io
import json
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from programmes.enums import ImportResult, Role
from programmes.imports.classes import preview_classes
from programmes.imports.rest import RegisterError, Server, check_address
from programmes.imports.ss12000 import Folder, Service, read_classes, token_of
from programmes.models import ImportDraft, School, SchoolClass
from tests.factories import MembershipFactory, SchoolFactory

SAMPLE = Path(__file__).parent.parent / "samples" / "ss12000"
TODAY = date(2026, 11, 22)
CLASSES = [
    ("99900011", "FA", 3),
    ("99900011", "FB", 3),
    ("99900011", "1A", 3),
    ("99900011", "1B", 3),
    ("99900011", "2A", 3),
    ("99900011", "3A", 3),
    ("99900011", "3B", 3),
    ("99900011", "4A", 3),
    ("99900011", "5A", 3),
    ("99900012", "7A", 3),
    ("99900012", "7B", 3),
    ("99900012", "9A", 3),
    ("99900012", "9B", 3),
    ("99900012", "9C", 3),
    ("99900013", "Förskoleklass Ugglan", 3),
    ("99900013", "Åk 1", 3),
    ("99900013", "Åk 1-2", 3),
    ("99900013", "3a", 3),
    ("99900013", "Sär 4-6", 3),
]


@pytest.fixture
def schools(municipality):
    names = {"99900011": "Björkängens skola F-5", "99900012": "Östra skolan 6-9", "99900013": "Åsvallens skola"}
    return [SchoolFactory(municipality=municipality, name=name, unit_code=code) for code, name in names.items()]


@pytest.fixture
def register():
    """A server with the sample municipality; `faults` are answers given first, `asked` is what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            server.asked.append((parts.path, query, self.headers.get("Authorization")))
            if server.faults and server.faults[0][0] == "drip":
                return self.drip(server.faults.pop(0)[1])
            if server.faults:
                return self.answer(*server.faults.pop(0))
            if parts.path == "/groups" and query.get("pageToken") == "p2":
                return self.answer(200, (SAMPLE / "groups_page2.json").read_bytes())
            names = {
                "/groups": "groups_page1",
                "/organisations": "organisations",
                "/deletedEntities": "deletedEntities",
            }
            if parts.path not in names:
                return self.answer(404, b"{}")
            return self.answer(200, (SAMPLE / f"{names[parts.path]}.json").read_bytes())

        def do_POST(self):
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.asked.append((self.path, form, None))
            self.answer(200, json.dumps({"access_token": "opens-it"}).encode())

        def answer(self, status, content, headers=()):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def drip(self, content):
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):  # the one who asked has hung up
                for place in range(len(content)):
                    self.wfile.write(content[place : place + 1])
                    time.sleep(0.01)

        def log_message(self, *arguments):
            """Nothing is printed in the middle of the checks."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.faults, server.asked, server.pauses = [], [], []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def service(register):
    return Service(Server(register.address, headers={"Authorization": "Bearer t"}, pause=register.pauses.append))


def told(reading):
    return [(row.cells["unit_code"], row.cells["class_name"], row.cells["enrolled"]) for row in reading.rows]


def written(tmp_path, **lists):
    """A folder with a register's answers."""
    for name, data in lists.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"data": data, "pageToken": None}))
    return Folder(tmp_path)


UNIT = {"id": "u", "organisationType": "Skolenhet", "displayName": "Almskolan", "schoolUnitCode": "99000011"}


def group(name, *, members=(), **changes):
    return {
        "id": name,
        "displayName": name,
        "groupType": "Klass",
        "organisation": {"id": "u"},
        "startDate": "2026-08-17",
        "endDate": "2027-06-30",
        "groupMemberships": [{"person": {"id": "p", "securityMarking": mark}, **days} for mark, days in members],
    } | changes


def test_sample_folder_gives_every_class_of_the_year_and_nothing_else():
    assert told(read_classes(Folder(SAMPLE), start_year=2026, today=TODAY)) == CLASSES


def test_server_gives_the_same_by_pages(register):
    assert told(read_classes(service(register), start_year=2026, today=TODAY)) == CLASSES
    assert register.asked == [
        ("/organisations", {"limit": "200"}, "Bearer t"),
        ("/deletedEntities", {"after": "2026-09-23T00:00:00+00:00", "limit": "200"}, "Bearer t"),
        ("/groups", {"groupType": "Klass", "limit": "200"}, "Bearer t"),
        ("/groups", {"pageToken": "p2", "limit": "200"}, "Bearer t"),
    ]


def test_last_years_class_stands_under_its_own_year():
    assert told(read_classes(Folder(SAMPLE), start_year=2025, today=TODAY)) == [("99900011", "3B", None)]


def test_size_counts_who_belongs_today_protected_or_not(tmp_path):
    members = [
        ("Ingen", {"startDate": "2026-08-17"}),
        ("Sekretessmarkering", {}),
        ("Skyddad folkbokföring", {"startDate": "2026-08-17T00:00:00+02:00", "endDate": None}),
        ("Ingen", {"startDate": "2026-08-17", "endDate": "2026-10-01"}),
        ("Ingen", {"startDate": "2027-01-11"}),
    ]
    register = written(tmp_path, organisations=[UNIT], groups=[group("3B", members=members)])
    assert told(read_classes(register, start_year=2026, today=TODAY)) == [("99000011", "3B", 3)]
    assert told(read_classes(register, start_year=2026, today=date(2027, 2, 1))) == [("99000011", "3B", 4)]


def test_deleted_groups_and_other_groups_are_left_out(tmp_path):
    register = written(
        tmp_path,
        organisations=[UNIT, {"id": "h", "organisationType": "Huvudman", "displayName": "Ekbacka"}],
        groups=[
            group("3B"),
            group("3C"),
            group("MA3", groupType="Undervisning"),
            group("3D", groupType="ÖVRIGT-NY-KOD"),
        ],
    )
    (tmp_path / "deletedEntities.json").write_text(json.dumps({"data": {"groups": ["3C"]}, "pageToken": None}))
    assert told(read_classes(register, start_year=2026, today=TODAY)) == [("99000011", "3B", None)]


def test_grade_that_the_name_does_not_tell_is_asked_and_answered(tmp_path, school, municipality):
    register = written(tmp_path, organisations=[UNIT], groups=[group("3B"), group("Rosen")])

    def preview(**answers):
        reading = read_classes(register, start_year=2026, today=TODAY, grades=answers)
        return preview_classes(reading, municipality=municipality, start_year=2026, asks_grades=True).rows

    assert [(row.result, row.reason, row.asked) for row in preview()] == [
        (ImportResult.NEW, "", ""),
        (ImportResult.QUESTION, "Vilken årskurs går klassen i?", "99000011 rosen"),
    ]
    assert [row.values["lowest_grade"] for row in preview(ROSEN="4")] == [3, 4]


def test_unknown_codes_and_missing_parts_are_no_errors(tmp_path):
    odd = [{"id": "x"}, group("3B", schoolType="NYKOD", organisation=None), group("3C", startDate="snart"), "text"]
    register = written(tmp_path, organisations=[UNIT, {"id": "y", "schoolTypes": None}], groups=odd)
    assert told(read_classes(register, start_year=2026, today=TODAY)) == [(None, "3B", None), ("99000011", "3C", None)]


# A server that answers badly


def test_server_that_is_busy_is_asked_again_when_it_says(register):
    register.faults = [(429, b"", [("Retry-After", "7")]), (500, b"oops"), (503, b"")]
    assert told(read_classes(service(register), start_year=2026, today=TODAY)) == CLASSES
    assert register.pauses == [7.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ([(500, b"")] * 4, "Registret svarar inte. Försök igen senare."),
        ([(401, b"")], "Registret godtar inte nyckeln. Kontrollera i inställningarna vad som öppnar det."),
        ([(302, b"", [("Location", "http://elsewhere.example/")])], "Registret leder till en annan adress."),
        ([(404, b"")], "Det finns inget register på den adressen."),
        ([(400, b"")], "Registret svarade med ett fel (400)."),
        ([(200, b"<html>")], "Registret svarade med något som inte är JSON."),
        ([(200, b"[" * 100_000)], "Registret svarade med något som inte är JSON."),
        ([(200, b'{"data": "no list"}')], "Registret svarade inte som standarden säger."),
        ([(200, b'{"data": [], "pageToken": "a"}')] * 2, "Registret gav samma sida två gånger."),
    ],
)
def test_server_that_answers_badly_is_named(register, faults, sentence):
    register.faults = faults
    with pytest.raises(RegisterError) as error:
        read_classes(service(register), start_year=2026, today=TODAY)
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize(
    "patience",
    [{"seconds": 0.1}, {"clock": count(step=301).__next__}],
    ids=["a person waits", "a command waits"],
)
def test_answer_that_drips_is_given_up(register, patience):
    register.faults = [("drip", b" " * 300)]
    with pytest.raises(RegisterError, match="Det tar för lång tid"):
        read_classes(Service(Server(register.address, **patience)), start_year=2026, today=TODAY)


@pytest.mark.parametrize("status", [404, 501])
def test_register_without_a_list_of_what_was_deleted_is_read(register, status):
    organisations = (SAMPLE / "organisations.json").read_bytes()
    register.faults = [(200, organisations), (status, b"")]
    assert told(read_classes(service(register), start_year=2026, today=TODAY)) == CLASSES


def test_group_that_comes_on_two_pages_is_one_class(register):
    first = json.loads((SAMPLE / "groups_page1.json").read_text())
    again = {"data": [first["data"][0]], "pageToken": "p2"}
    organisations, deleted = ((SAMPLE / f"{name}.json").read_bytes() for name in ("organisations", "deletedEntities"))
    pages = (json.dumps({**first, "pageToken": "more"}).encode(), json.dumps(again).encode())
    register.faults = [(200, content) for content in (organisations, deleted, *pages)]
    assert told(read_classes(service(register), start_year=2026, today=TODAY)) == CLASSES


def test_server_that_is_gone_is_named(register):
    gone = Service(Server("http://127.0.0.1:9", pause=register.pauses.append))
    with pytest.raises(RegisterError, match="Registret svarar inte"):
        read_classes(gone, start_year=2026, today=TODAY)
    assert register.pauses == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("address", ["http://register.example", "ftp://x", "https://", "file:///etc/passwd"])
def test_address_without_encryption_is_refused(address):
    with pytest.raises(RegisterError, match="måste börja med https://"):
        check_address(address)


def test_client_credentials_give_a_token(register):
    server = Server(f"{register.address}/token", pause=register.pauses.append)
    assert token_of(server, client_id="stins", client_secret="hemlig") == "opens-it"
    assert register.asked == [
        ("/token", "grant_type=client_credentials&client_id=stins&client_secret=hemlig", None),
    ]


# In the browser


@pytest.fixture
def sampled(municipality, schools, register, settings):
    """The municipality of the sample, and the address of its register in the settings."""
    municipality.code = "9999"
    municipality.save()
    settings.SS12000_URL = register.address
    return schools


def test_coordinator_fetches_the_own_schools_classes_and_says_the_grade(client, coordinator, school, sampled):
    schools = sampled
    School.objects.filter(pk=school.pk).delete()
    MembershipFactory(user=coordinator, role=Role.COORDINATOR, school=schools[2])
    schools[2].name = "Skolan i Åsvallen"
    schools[2].save()
    client.force_login(coordinator)
    assert "Hämta klasser" in client.get("/import/").content.decode()
    address = client.post("/import/hamta/klasser/", {"start_year": "2026"})["Location"]
    page = client.get(address)
    rows = [(row["row"].written["class_name"], row["row"].result.label) for row in page.context["rows"]]
    assert rows == [
        ("Förskoleklass Ugglan", "ny"),
        ("Åk 1", "ny"),
        ("Åk 1-2", "ny"),
        ("3a", "ny"),
        ("Sär 4-6", "ny"),
    ]
    assert "Ändra kolumnerna" not in page.content.decode()
    client.post(address, {"import": "1"})
    assert set(SchoolClass.objects.values_list("school", flat=True)) == {schools[2].pk}
    assert not any("person" in str(draft.sheets).casefold() for draft in ImportDraft.objects.all())


def test_centre_is_told_of_classes_of_schools_that_are_not_in_stins(client, centre, sampled):
    sampled[1].delete()
    client.force_login(centre)
    page = client.post("/import/hamta/klasser/", {"start_year": "2026"}, follow=True)

    assert Counter(row["row"].result.label for row in page.context["rows"]) == {"ny": 14, "fel": 5}


def test_year_without_classes_and_a_register_that_is_busy_are_told(client, centre, register, sampled):
    client.force_login(centre)
    empty = client.post("/import/hamta/klasser/", {"start_year": "2024"}, follow=True)
    assert "Registret har inga klasser för läsåret." in empty.content.decode()
    register.faults = [(429, b"", [("Retry-After", "60")])]
    busy = client.post("/import/hamta/klasser/", {"start_year": "2026"}, follow=True)
    assert "Det tar för lång tid för registret att svara." in busy.content.decode()
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize("year", ["", "1066", "x"])
def test_school_year_must_be_one_of_those_to_choose(client, centre, register, sampled, year):
    client.force_login(centre)
    page = client.post("/import/hamta/klasser/", {"start_year": year}, follow=True)

    assert "Välj ett läsår." in page.content.decode()
    assert register.asked == []


def test_units_of_another_municipality_are_left_out(register):
    read = read_classes(service(register), start_year=2026, today=TODAY, municipality_code="0127")

    assert read.rows == []


# The command


def run(*arguments):
    printed = io.StringIO()
    call_command("import_ss12000", *map(str, arguments), stdout=printed)
    return printed.getvalue().splitlines()


def test_command_takes_in_the_sample_and_nothing_the_second_time(schools):
    printed = run(SAMPLE)
    assert printed[1].split() == ["1", "ny", "Björkängens", "skola", "F-5", "2026/27", "FA", "F", "3"]
    assert printed[-2:] == [
        "19 rader: ny 19, ändrad 0, oförändrad 0, fråga 0, fel 0",
        "Importerat. Nya klasser: 19. Ändrade: 0. Planerade baspass: 0.",
    ]
    before = list(SchoolClass.objects.order_by("pk").values())
    assert run(SAMPLE)[-1] == "Importerat. Nya klasser: 0. Ändrade: 0. Planerade baspass: 0."
    assert list(SchoolClass.objects.order_by("pk").values()) == before


def test_command_asks_a_server_with_the_token_of_the_settings(schools, register, settings):
    settings.SS12000_TOKEN_URL = f"{register.address}/token"
    settings.SS12000_CLIENT_ID, settings.SS12000_CLIENT_SECRET = "stins", "hemlig"
    run(register.address)
    assert SchoolClass.objects.count() == 19
    assert {authorization for path, _query, authorization in register.asked if path != "/token"} == {"Bearer opens-it"}


def test_class_of_a_school_that_is_not_in_stins_is_an_error(municipality, schools):
    schools[1].delete()
    with pytest.raises(CommandError, match=r"Inget importerades: 5 rader har fel\.") as refused:
        run(SAMPLE)
    assert (refused.value.returncode, SchoolClass.objects.count()) == (1, 0)
    run(SAMPLE, "--skip-errors")
    assert SchoolClass.objects.count() == 14


def test_no_person_is_printed_or_kept(schools, tmp_path):
    person = json.loads((SAMPLE / "groups_page1.json").read_text())["data"][0]["groupMemberships"][0]["person"]["id"]
    assert person not in "\n".join(run(SAMPLE))
    assert person not in str(list(SchoolClass.objects.values()))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("finns-inte", "Det finns ingen sådan mapp."),
        ("http://register.example", "Registrets adress måste börja med https://."),
    ],
)
def test_source_that_cannot_be_read_is_refused(schools, source, sentence):
    with pytest.raises(CommandError) as refused:
        run(source)
    assert (refused.value.returncode, str(refused.value)) == (1, sentence)


def test_empty_and_broken_folders_are_refused(schools, tmp_path):
    with pytest.raises(CommandError, match=r"Mappen saknar filen organisations.json."):
        run(tmp_path)
    (tmp_path / "organisations.json").write_text("{")
    with pytest.raises(CommandError, match=r"Filen organisations.json går inte att läsa."):
        run(tmp_path)
