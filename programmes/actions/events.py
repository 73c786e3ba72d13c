"""Writes the event log; whoever does something that must leave a trace calls `log_event` in the same transaction.

What `about` may hold, by kind (all of it plain facts; never a pupil's name, number or answer):

    SIGNED_IN                method
    ACCOUNT_CHANGED          fields                       (with `person`)
    INVITATION_*             role
    ROLE_*                   role, classes, start, end   (with `person`)
    CLASSES_MOVED_UP         classes, year           (MOVING_UP_UNDONE the same)
    SECURE_BASE_*            class, year; OPENED, CLOSED and SHARES_SEEN: term
    EXPORTED                 what, format, selection, profile, export_id, checksum   (see `log_export`)
    IMPORTED                 what, created, changed, refused
    PERIOD_*, UNLOCKED       period, programme, reason; UNLOCKED: class, session
    REPORT_REMOVED           class, session, day
    DOOR_*                   cohort
    REMINDED                 programme, period, class, people (how many)
    COHORT_*                 cohort; SET_UP: mentors, groups; CHANGED: what
    SIGN_UP*                 group, day
    NOTICE_*                 heading; WRITTEN and PUBLISHED: until
    REGISTER_*               register (the name of its model), name
    PARTICIPATION_CHANGED    programme, status, day, reason
    ANALYSIS_WRITTEN         year
    SCHOOL_ASSESSED          term
    SURVEY_*                 class, moment (before, after); QUESTIONS_CHANGED: audience, question; ANSWERS_SEEN: term
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from accounts.models import User
from accounts.rules import find_personal_identity_number
from programmes.enums import EventKind
from programmes.models import Event, Municipality, School

LONGEST = 200
CHUNK = 1024 * 1024

Fact = str | int | float | bool | None | list[str]


def log_event(
    *,
    kind: EventKind,
    actor: User | None,
    municipality: Municipality | None,
    school: School | None = None,
    person: User | None = None,
    about: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Write down that something happened; `actor` did it (None: nobody signed in, or a command), to `person`.

    It happened now, or `at` the moment that stands in what was saved with it.
    """
    return Event.objects.create(
        kind=EventKind(kind),
        actor_id=actor.pk if actor else None,
        person_id=person.pk if person else None,
        municipality_id=municipality.pk if municipality else school.municipality_id if school else None,
        school_id=school.pk if school else None,
        about={name: plain_fact(value) for name, value in (about or {}).items()},
        **({"at": at} if at else {}),
    )


def log_export(
    *,
    actor: User | None,
    municipality: Municipality | None,
    school: School | None = None,
    what: str,
    file_format: str,
    selection: str,
    profile: str,
    export_id: str,
    stream: BinaryIO,
) -> Event:
    """Write down that a file was made, with its SHA-256; the stream is read from its beginning and wound back."""
    return log_event(
        kind=EventKind.EXPORTED,
        actor=actor,
        municipality=municipality,
        school=school,
        about={
            "what": what,
            "format": file_format,
            "selection": selection,
            "profile": profile,
            "export_id": export_id,
            "checksum": checksum(stream),
        },
    )


def checksum(stream: BinaryIO) -> str:
    """The SHA-256 of a file, in hexadecimal, as `sha256sum` prints it."""
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def plain_fact(value: Any) -> Fact:
    """A fact as the log keeps it: short, plain, and without anything written like a personal identity number."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain_text(str(item)) for item in value]
    return _plain_text(str(value))


def _plain_text(text: str) -> str:
    printable = "".join(sign for sign in text if sign.isprintable())
    return "…" if find_personal_identity_number(printable) else printable[:LONGEST]
