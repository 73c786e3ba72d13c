import os
import socket
import sqlite3

import pytest

from accounts.models import User
from config import run
from programmes.models import Municipality
from tests.factories import MunicipalityFactory, UserFactory

GOOD_PASSWORD = "en-lang-fras-for-administratoren"


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch):
    """Nobody sits at the keyboard, and nothing that is set outside reaches in."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    for name in ("ADMIN_EMAIL", "ADMIN_PASSWORD", "DATABASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)


def database_with(path, *codes):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE programmes_municipality (code)")
    connection.executemany("INSERT INTO programmes_municipality VALUES (?)", [[code] for code in codes])
    connection.commit()
    connection.close()
    return path


def test_demo_is_recognised_in_a_file(tmp_path):
    assert run.holds_demo(database_with(tmp_path / "demo.sqlite3", "0127", "9901")) is True
    assert run.holds_demo(database_with(tmp_path / "own.sqlite3", "0127")) is False
    assert run.holds_demo(tmp_path / "none.sqlite3") is False


def test_file_that_is_no_database_holds_no_demo(tmp_path):
    (tmp_path / "empty.sqlite3").touch()
    (tmp_path / "text.sqlite3").write_text("not a database" * 100)

    assert run.holds_demo(tmp_path / "empty.sqlite3") is False
    assert run.holds_demo(tmp_path / "text.sqlite3") is False


@pytest.mark.parametrize(("demo", "own_file"), [("0", True), ("1", False)])
def test_start_without_demo_leaves_the_demos_file_alone(monkeypatch, tmp_path, demo, own_file):
    monkeypatch.setattr(run, "DEFAULT_DATABASE", database_with(tmp_path / "stins.sqlite3", "9901"))
    monkeypatch.setattr(run, "OWN_DATABASE", tmp_path / "egen.sqlite3")
    monkeypatch.setenv("DEMO", demo)
    monkeypatch.setenv("DATABASE_URL", "removed again after the test")
    monkeypatch.delenv("DATABASE_URL")

    run.choose_surroundings()

    assert os.environ.get("DATABASE_URL") == (f"sqlite:///{tmp_path}/egen.sqlite3" if own_file else None)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_taken_port_is_refused_with_a_way_on(capsys):
    with socket.socket() as other:
        other.bind((run.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        assert run.refuse(port) == 1

    out = capsys.readouterr().out
    assert out == f"Port {port} används av ett annat program. Välj en annan: make run PORT={port + 1}\n"
    assert run.refuse(port) == 0


@pytest.mark.parametrize(("text", "port"), [("8080", 8080), ("", 8000), ("åttatusen", 8000)])
def test_port_is_read_from_the_environment(monkeypatch, text, port):
    monkeypatch.setenv("PORT", text)

    assert run.port_asked_for() == port


def test_first_administrator_is_made_from_the_environment(db, monkeypatch):
    monkeypatch.setenv("ADMIN_EMAIL", "anna@kommun.example")
    monkeypatch.setenv("ADMIN_PASSWORD", GOOD_PASSWORD)

    assert run.make_first_administrator() == 0

    user = User.objects.get()
    assert (user.email, user.is_superuser, user.check_password(GOOD_PASSWORD)) == ("anna@kommun.example", True, True)


def test_second_administrator_is_not_made(db, monkeypatch):
    UserFactory(email="first@kommun.example", is_superuser=True)
    monkeypatch.setenv("ADMIN_EMAIL", "anna@kommun.example")
    monkeypatch.setenv("ADMIN_PASSWORD", GOOD_PASSWORD)

    assert run.make_first_administrator() == 0
    assert list(User.objects.values_list("email", flat=True)) == ["first@kommun.example"]


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("anna@kommun.example", "kort", "Det här lösenordet är för kort. Det måste innehålla minst 10 tecken."),
        ("anna", GOOD_PASSWORD, "Fyll i en giltig e-postadress."),
        (
            "",
            "",
            "Det finns ingen administratör ännu. Ange ADMIN_EMAIL och ADMIN_PASSWORD, eller starta från en terminal.",
        ),
    ],
)
def test_first_administrator_is_refused_in_words(db, monkeypatch, capsys, email, password, sentence):
    monkeypatch.setenv("ADMIN_EMAIL", email)
    monkeypatch.setenv("ADMIN_PASSWORD", password)

    assert run.make_first_administrator() == 1
    assert capsys.readouterr().out.splitlines() == [sentence]
    assert User.objects.count() == 0


def test_demo_is_not_loaded_beside_own_data(db, monkeypatch, capsys):
    monkeypatch.setenv("DEMO", "1")
    MunicipalityFactory(name="Granby kommun", code="0127")

    assert run.load_demo() == 0

    assert capsys.readouterr().out == "Databasen har egna uppgifter, så demokommunen läses inte in.\n"
    assert os.environ["DEMO"] == "0"
    assert list(Municipality.objects.values_list("code", flat=True)) == ["0127"]
