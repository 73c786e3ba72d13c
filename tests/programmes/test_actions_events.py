"""What is written in the event log: plain facts, with the place, and nothing about a pupil."""

import hashlib
import io
from datetime import date

import pytest

from programmes.actions.events import log_event, log_export
from programmes.enums import EventKind, Role
from programmes.exports.event_words import SENTENCES, actor_name, event_sentence
from programmes.models import Event


def test_event_at_a_school_is_its_municipalitys(school, coordinator):
    event = log_event(
        kind=EventKind.SECURE_BASE_SEEN, actor=coordinator, municipality=None, school=school, about={"class": "3B"}
    )

    assert (event.municipality, event.school, event.about) == (school.municipality, school, {"class": "3B"})
    assert event_sentence(event) == "såg trygg bas-listan för klass 3B"


def test_facts_are_kept_short_and_plain(municipality):
    about = {"day": date(2026, 11, 22), "classes": ["3B", 4], "note": "x" * 300, "file": "\x00=1+1", "n": 3, "no": None}

    event = log_event(kind=EventKind.IMPORTED, actor=None, municipality=municipality, about=about)

    assert Event.objects.get(pk=event.pk).about == {
        "day": "2026-11-22",
        "classes": ["3B", "4"],
        "note": "x" * 200,
        "file": "=1+1",
        "n": 3,
        "no": None,
    }


def test_personal_identity_number_never_reaches_the_log(municipality):
    event = log_event(
        kind=EventKind.IMPORTED, actor=None, municipality=municipality, about={"file": "20121212-1212.csv"}
    )

    assert event.about == {"file": "…"}


def test_export_is_logged_with_the_checksum_of_its_bytes(municipality, centre):
    stream = io.BytesIO(b"Skola;Klass\r\n")
    stream.seek(5)

    event = log_export(
        actor=centre,
        municipality=municipality,
        what="coverage",
        file_format="csv",
        selection="alla skolor, HT 2026",
        profile="profil intern",
        export_id="20261122-0a1b2c3d",
        stream=stream,
    )

    assert event.about["checksum"] == hashlib.sha256(b"Skola;Klass\r\n").hexdigest()
    assert stream.tell() == 0
    assert event_sentence(event) == (
        "exporterade täckning (csv): alla skolor, HT 2026, profil intern, id 20261122-0a1b2c3d"
    )


def test_moment_of_questions_to_pupils_is_told_in_words(municipality):
    about = {"class": "3B", "moment": "after"}
    event = log_event(kind="survey_opened", actor=None, municipality=municipality, about=about)

    assert event_sentence(event) == "öppnade elevfrågorna till 3B, efter"


def test_unknown_kind_is_refused(municipality):
    with pytest.raises(ValueError, match="coffee_made"):
        log_event(kind="coffee_made", actor=None, municipality=municipality)


def test_every_kind_has_its_sentence():
    assert set(SENTENCES) == set(EventKind)


@pytest.mark.parametrize("kind", EventKind)
def test_sentence_without_its_facts_is_still_one(kind, municipality):
    assert "%" not in event_sentence(log_event(kind=kind, actor=None, municipality=municipality))


def test_role_is_told_in_words_with_the_person(municipality, centre, coordinator):
    event = log_event(
        kind=EventKind.ROLE_GIVEN,
        actor=centre,
        municipality=municipality,
        person=coordinator,
        about={"role": Role.COORDINATOR},
    )

    assert event_sentence(event) == "gav coordinator@ekbacka.example rollen koordinator"
    assert actor_name(event) == "centre@ekbacka.example"
