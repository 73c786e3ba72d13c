"""Somebody with protected identity has an alias: the name is looked for in every page, file, letter and log."""

import logging
import zipfile
from io import BytesIO

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from programmes.actions.letters import plan_digests
from programmes.enums import LetterState
from programmes.models import (
    CheckRound,
    Delivery,
    Event,
    Letter,
    ListedPupil,
    Municipality,
    NotHeld,
    SchoolClass,
    StaffMeeting,
)
from programmes.tasks import send_letters
from tests import pdf
from tests.factories import InvitationFactory, ListedPupilFactory, SchoolAdultFactory, SecureBaseFactory
from tests.programmes.rights import LIBRARIES, all_routes, pages_of, rows, set_scene
from tests.programmes.test_rights_routes import address_of

FIRST, LAST = "Zefyrina", "Hemlund"
NAMES = (FIRST.casefold(), LAST.casefold())
# Who stands on a list of trygg bas: a pupil by a short name, an adult as the school wrote the name.
PUPIL, ADULT = "Tuvalisa", "Bengtolof Q."
LISTED = (PUPIL.casefold(), ADULT.casefold())
# A person's own pages show the own address, an extract is what is stored about the person, whole; the system
# administrator keeps the record that the alias stands in.
OWN = (
    "/personer/{person}/utdrag/",
    "/konto/",
    "/mina-uppgifter/",
    "/admin/account",
    "/admin/logout/",
    "/django-admin/logout/",
)
RECORD = ("/django-admin/accounts/user/", "/django-admin/account/emailaddress/", "/admin/users/")


@pytest.fixture
def scene(db):
    """Everybody in the scene has a name that must not be seen; what they have done stands under an alias."""
    scene = set_scene()
    for who, person in scene.people.items():
        person.first_name, person.last_name, person.alias = FIRST, f"{LAST}-{who}", f"Kollega {who}"
        person.email = f"{FIRST}.{LAST}.{who}@ekbacka.example".casefold()
        person.save()
    coordinator = scene.people["coordinator"]
    Delivery.objects.update(reported_by=coordinator)
    NotHeld.objects.update(reported_by=coordinator)
    StaffMeeting.objects.update(reported_by=coordinator)
    CheckRound.objects.update(opened_by=coordinator)
    school_class = SchoolClass.objects.get(name="3B")
    ListedPupil.objects.filter(school_class=school_class).update(is_protected=True)
    pupil = ListedPupilFactory(school_class=school_class, number=7, short_name=PUPIL)
    adult = SchoolAdultFactory(school=school_class.school, name=ADULT)
    SecureBaseFactory(pupil=pupil, adult=adult, round=CheckRound.objects.get())
    return scene


def text_of(response):
    """Everything that a reader could find in an answer: pages as they are, files opened."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return str(pdf.text_of(content))
    return content.decode("utf-8", "replace")


def reveals(text, names=NAMES):
    return any(name in text.casefold() for name in names)


def test_no_page_or_file_reveals_a_protected_name(scene):
    revealing, aliases, listed = [], 0, set()
    for who in next(rows()).expected:
        client = scene.client_of(who)
        for row in pages_of(who):
            if not row.address.startswith(OWN):
                response = client.get(row.address.format(**scene.keys))
                text = text_of(response)
                aliases += "Kollega " in text
                if reveals(text + str(response.headers)):
                    revealing.append(f"{who}: {row}")
                if reveals(text + str(response.headers), LISTED):
                    listed.add((who, "/skolor/almskolan/trygg-bas/" in row.address))

    assert revealing == []
    assert aliases > 100  # the walk has met people
    assert listed == {("leader", True), ("coordinator", True)}


def test_no_administration_reveals_a_protected_name_outside_the_record(scene):
    client = scene.client_of("administrator")
    # Wagtail greets its reader by name; it is the names of others that are looked for here.
    User.objects.filter(pk=scene.people["administrator"].pk).update(
        first_name="Samira", last_name="Norrby", alias="", email="admin@ekbacka.example"
    )
    client.raise_request_exception = False  # some addresses make no sense without what they are about
    addresses = [address_of(route) for route in sorted(all_routes()) if route.startswith(LIBRARIES)]
    walked = [address for address in addresses if not address.startswith((*OWN, *RECORD))]

    revealing = [address for address in walked if reveals(text_of(client.get(address)), NAMES + LISTED)]

    assert revealing == []


def test_register_of_people_lists_aliases(scene):
    """Only the person's own record holds the name: the list of people does not."""
    page = scene.client_of("administrator").get("/django-admin/accounts/user/").content.decode()

    assert not reveals(page)
    assert "Kollega leader" in page


def test_no_letter_reveals_a_protected_name(scene, client):
    client.force_login(scene.people["coordinator"])
    client.post("/inbjudningar/ny/", {"email": "ny@ekbacka.example", "role": "coordinator", "school": "almskolan"})

    letters = [f"{letter.subject} {letter.body} {letter.extra_headers}" for letter in mail.outbox]
    assert [letter.to for letter in mail.outbox] == [["ny@ekbacka.example"]]
    assert [letter for letter in letters if reveals(letter)] == []


def test_no_weekly_letter_or_reminder_reveals_a_protected_name(scene, client, today):
    client.force_login(scene.people["coordinator"])
    client.post("/paminnelser/", {"till": "alla", "ord": "Hej!"})
    plan_digests(municipality=Municipality.objects.get(), today=today, now=timezone.now())
    send_letters.call()

    sent = Letter.objects.filter(state=LetterState.SENT)
    assert {letter.user for letter in sent} >= {scene.people["coordinator"], scene.people["leader"]}
    letters = [f"{letter.subject} {letter.body} {letter.extra_headers} {letter.from_email}" for letter in mail.outbox]
    assert len(letters) == sent.count()
    assert [letter for letter in letters if reveals(letter, NAMES + LISTED)] == []
    assert any("Hej Kollega leader" in letter for letter in letters)


def test_no_letter_to_parents_reveals_a_protected_name(scene, client):
    cache.clear()
    group = scene.keys["own_group"]

    page = client.post(f"/program/abc/grupper/{group}/", {"first_name": "Amina", "email": "amina@example.com"})

    (letter,) = mail.outbox
    assert letter.to == ["amina@example.com"]
    assert not reveals(f"{letter.subject} {letter.body} {letter.from_email} {page.headers}", NAMES + LISTED)


def test_no_calendar_reveals_a_protected_name(scene):
    cache.clear()
    revealing, read = [], []
    for who in scene.people:
        client = scene.client_of(who)
        page = client.post("/konto/kalender/", {"adress": "ny"})
        address = (
            page.text.partition('value="http://testserver')[2].partition('"')[0] if page.status_code == 200 else ""
        )
        if not address:
            continue
        feed = scene.client_of("anyone").get(address)
        read.append(who)
        revealing += [who] if reveals(feed.text + str(feed.headers), NAMES + LISTED) else []

    assert revealing == []
    assert {"leader", "coordinator", "supervisor", "centre_younger"} <= set(read)


def test_no_file_of_a_command_reveals_a_protected_name(scene, tmp_path, capsys):
    call_command("export_archive", output=tmp_path / "arkiv.zip")
    call_command("export_evaluation", "--school-year=2026/27", output=tmp_path / "paket.zip")
    call_command("retention")

    texts = {}
    for name in ("arkiv.zip", "paket.zip"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            texts[name] = " ".join(archive.read(row).decode("utf-8", "replace") for row in archive.namelist())
    assert "Kollega coordinator" in texts["arkiv.zip"]
    assert "Kollega" not in texts["paket.zip"]
    assert [name for name, text in texts.items() if reveals(text, NAMES + LISTED)] == []
    assert not reveals(capsys.readouterr().out, NAMES + LISTED)


def test_no_log_reveals_a_protected_name(scene, client, caplog):
    caplog.set_level(logging.DEBUG)
    leader = scene.people["leader"]
    client.force_login(leader)
    role = leader.at
    client.get("/finns-inte/")
    client.get("/oversikt/")
    client.post("/konto/logga-ut/")
    client.post("/konto/logga-in/", {"login": leader.email, "password": "fel"})
    client.force_login(scene.people["coordinator"])
    client.post(f"/personer/{role.pk}/avsluta/", {"end_date": "2026-11-22"})
    client.get("/skolor/almskolan/trygg-bas/3B/")
    client.get("/skolor/almskolan/trygg-bas/3B/blankett/")
    client.post("/skolor/almskolan/trygg-bas/3B/elev/7/", {"short_name": f"{PUPIL} {LAST}"})
    client.post("/admin/images/add/", {"file": SimpleUploadedFile("bild.png", b"inte en bild")})

    told = [record.getMessage() for record in caplog.records]
    facts = [f"{event} {event.about}" for event in Event.objects.all()]
    assert [line for line in [*told, *facts] if reveals(line, NAMES + LISTED)] == []
    assert "secure_base_seen" in [event.kind for event in Event.objects.all()]


def test_message_names_the_alias(scene, client):
    client.force_login(scene.people["coordinator"])

    client.post(f"/personer/{scene.people['leader'].at.pk}/avsluta/", {"end_date": "2026-11-22"})

    assert (
        "Kollega leader har rollen till och med 22 november 2026."
        in client.get("/skolor/almskolan/personer/").content.decode()
    )


def test_alias_is_what_others_call_the_person():
    person = User(email="zefyrina@ekbacka.example", first_name=FIRST, last_name=LAST, alias="Kollega 7")
    other = User(email="nour@ekbacka.example", first_name="Nour", last_name="Halvarsson")

    assert (str(person), person.get_full_name(), person.get_short_name(), person.public_email) == (
        "Kollega 7",
        "Kollega 7",
        "Kollega 7",
        "",
    )
    assert (str(other), other.get_short_name(), other.public_email) == (
        "Nour Halvarsson",
        "Nour",
        "nour@ekbacka.example",
    )


def test_invitation_to_somebody_protected_is_listed_by_alias(scene, client):
    """The address was written by a colleague once; the list no longer shows it."""
    InvitationFactory(
        school=scene.people["leader"].at.school, email=scene.people["leader"].email, token="a" * 20, role="leader"
    )
    client.force_login(scene.people["coordinator"])

    page = client.get("/inbjudningar/").content.decode()

    assert not reveals(page)
    assert "Kollega leader" in page
