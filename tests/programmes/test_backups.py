"""Everything in one file, and back again: on a database of its own, since a backup is of what is saved."""

import io
import json
import stat
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from programmes.models import Delivery, Event, Municipality, PlannedSession, School, SchoolClass, SchoolYear
from tests.database import own_database
from tests.factories import DeliveryFactory, SchoolFactory, UserFactory


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


@pytest.fixture
def installation(db, tmp_path, settings):
    """A school with a report and an uploaded picture."""
    settings.MEDIA_ROOT = tmp_path / "media"
    UserFactory(email="samordnare@ekbacka.example")
    Event.objects.create(kind="role_given")
    DeliveryFactory(present=17, planned_session__school_class__school__name="Åsaskolan")
    (settings.MEDIA_ROOT / "images").mkdir(parents=True)
    (settings.MEDIA_ROOT / "images" / "blå.txt").write_text("blå")
    return settings.MEDIA_ROOT


def run(*words, **options):
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, **options)
    return out.getvalue()


def refusal(*words, **options):
    with pytest.raises(CommandError) as raised:
        run(*words, **options)
    assert raised.value.returncode == 1
    return str(raised.value)


def changed(path, *, about=None, database=None, more=()):
    """A copy of a backup in which something is otherwise."""
    target = path.with_name("changed.tar.gz")
    with tarfile.open(path) as source, tarfile.open(target, "w:gz") as archive:
        for member in source:
            content = source.extractfile(member).read() if member.isfile() else b""
            if member.name == "stins.json" and about:
                content = json.dumps({**json.loads(content), **about}).encode()
            if member.name == "database" and database is not None:
                content = database
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name in more:
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    return target


def state():
    return list(School.objects.values_list("name", flat=True)), list(Delivery.objects.values_list("present", flat=True))


def test_what_was_there_is_there_again(installation, tmp_path):
    file = tmp_path / "kopia.tar.gz"

    said = run("backup", file)
    School.objects.update(name="Någon annan skola")
    Delivery.objects.all().delete()
    (installation / "images" / "blå.txt").write_text("röd")
    (installation / "ny.txt").write_text("ny")
    back = run("restore", file, replace=True)

    assert said.startswith(f"Skriven: {file}, ")
    assert back.startswith("Återställd: säkerhetskopian från ")
    assert state() == (["Åsaskolan"], [17])
    assert User.objects.filter(email="samordnare@ekbacka.example").exists()
    assert [(path.name, path.read_text()) for path in installation.rglob("*.txt")] == [("blå.txt", "blå")]
    with pytest.raises(Exception, match="event log"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM programmes_event")


def test_backup_is_for_its_owner_only_and_never_written_over(installation, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    run("backup", file)
    before = file.read_bytes()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert refusal("backup", file) == "Filen finns redan. Inget har skrivits över."
    assert file.read_bytes() == before


def test_backup_that_fails_leaves_nothing_behind(installation, tmp_path, monkeypatch):
    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("programmes.actions.backups._copy_database", full)

    assert refusal("backup", tmp_path / "kopia.tar.gz") == "Filen kan inte skrivas."
    assert refusal("backup", tmp_path / "finns" / "inte.tar.gz") == "Filen kan inte skrivas."
    assert [path.name for path in tmp_path.iterdir() if "kopia" in path.name] == []


def test_nothing_is_replaced_unless_that_is_said(installation, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    run("backup", file)
    SchoolFactory(name="Nyskolan")

    assert "--replace" in refusal("restore", file)
    assert len(state()[0]) == 2


def test_empty_installation_takes_a_backup_without_asking(installation, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    run("backup", file)
    for model in (Delivery, PlannedSession, SchoolClass, School, SchoolYear, Municipality, User):
        model.objects.all().delete()

    run("restore", file)

    assert state() == (["Åsaskolan"], [17])


@pytest.mark.parametrize(
    ("otherwise", "said"),
    [
        ({"about": {"migrations": [["programmes", "9999_later"]], "version": "9.0"}}, "nyare Stins (9.0)"),
        ({"about": {"engine": "oracle"}}, "Säkerhetskopian är av oracle"),
        ({"about": {"migrations": 3}}, "inte en säkerhetskopia"),
        ({"more": ["../utanför.txt"]}, "inte en säkerhetskopia"),
        ({"more": ["media/../../utanför.txt"]}, "inte en säkerhetskopia"),
        ({"more": ["/etc/utanför.txt"]}, "inte en säkerhetskopia"),
    ],
)
def test_file_that_cannot_be_put_back_changes_nothing(installation, tmp_path, otherwise, said):
    file = tmp_path / "kopia.tar.gz"
    run("backup", file)
    School.objects.update(name="Nu")

    assert said in refusal("restore", changed(file, **otherwise), replace=True)
    assert state() == (["Nu"], [17])
    assert (installation / "images" / "blå.txt").read_text() == "blå"
    assert not list(tmp_path.parent.rglob("utanför.txt"))


def test_database_that_is_damaged_is_not_put_back(installation, tmp_path):
    file = tmp_path / "kopia.tar.gz"
    run("backup", file)
    School.objects.update(name="Nu")

    refusal("restore", changed(file, database=b"\0" * 5000), replace=True)
    assert state() == (["Nu"], [17])


@pytest.mark.parametrize("content", [b"", b"not a tar", "cut"])
def test_file_that_is_no_backup_is_told(installation, tmp_path, content):
    file = tmp_path / "kopia.tar.gz"
    run("backup", file)
    other = tmp_path / "annan.tar.gz"
    other.write_bytes(file.read_bytes()[:-200] if content == "cut" else content)

    assert "inte en säkerhetskopia" in refusal("restore", other, replace=True)
    assert refusal("restore", tmp_path / "saknas.tar.gz") == "Filen finns inte."
    assert state() == (["Åsaskolan"], [17])
