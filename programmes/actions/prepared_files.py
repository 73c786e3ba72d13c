"""Files that the background worker makes: asked for, begun, told how far, kept with their bytes, or given up."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from accounts.models import User
from programmes.actions.events import checksum, log_export
from programmes.enums import FileFormat, FileState
from programmes.models import Municipality, PreparedFile, PreparedFilePart, School
from programmes.models.prepared_files import SILENT

# One that has ended its worker so often is given up, or it would end it for ever.
MOST_TRIES = 3


class NoLongerWantedError(Exception):
    """The person has removed the file, or it was begun anew elsewhere, while it was being made."""


def ask_for_file(
    *,
    owner: User,
    municipality: Municipality,
    file_format: FileFormat,
    asked: Mapping[str, str],
    title: str,
    file_name: str,
    today: date,
    now: datetime,
) -> tuple[PreparedFile, bool]:
    """The person's file of this request, and whether the worker is to be told of it.

    The same request on the same day is the same file, unless it failed or the worker has fallen silent over it.
    """
    key = _key(municipality, file_format, asked, today)
    own = PreparedFile.objects.filter(owner=owner, key=key)
    known = own.exclude(state=FileState.FAILED).first()
    if known is not None:
        return known, known.state == FileState.MAKING and known.is_stuck(now=now) and begin_again(file=known, now=now)
    try:
        with transaction.atomic():
            own.delete()
            file = PreparedFile.objects.create(
                owner=owner,
                municipality=municipality,
                file_format=file_format,
                asked=dict(asked),
                key=key,
                title=title[:250],
                file_name=file_name,
                asked_at=now,
            )
    except IntegrityError:  # asked for twice at the same moment
        return own.get(), False
    return file, True


def _key(municipality: Municipality, file_format: str, asked: Mapping[str, str], today: date) -> str:
    what = json.dumps([municipality.pk, file_format, sorted(asked.items()), today.isoformat()])
    return hashlib.sha256(what.encode()).hexdigest()


def begin_again(*, file: PreparedFile, now: datetime) -> bool:
    """Put a file that failed, or that the worker stopped with, back in line; False when it is neither."""
    stopped = Q(state=FileState.FAILED) | Q(state=FileState.MAKING, seen_at__lt=now - SILENT)
    return bool(
        PreparedFile.objects.filter(stopped, pk=file.pk).update(
            state=FileState.WAITING, asked_at=now, started_at=None, seen_at=None, tries=0, rows_done=0, rows_total=0
        )
    )


def put_back_lost_files(*, now: datetime) -> tuple[list[PreparedFile], list[PreparedFile]]:
    """Put files whose worker has ended back in line, and give up those that end it every time: both, in that order."""
    waiting, given_up = [], []
    for file in PreparedFile.objects.lost(now=now).select_related("owner", "municipality"):
        if file.tries >= MOST_TRIES:
            given_up += [file] if give_up_file(file=file) else []
        elif _being_made(file).update(state=FileState.WAITING, started_at=None, seen_at=now, rows_done=0):
            waiting.append(file)
    return waiting, given_up


@transaction.atomic
def make_anew(*, file: PreparedFile, now: datetime) -> bool:
    """Put a ready file back in line, to be made of what is reported by now; its bytes go. False when not ready."""
    emptied: dict[str, Any] = dict.fromkeys(("started_at", "seen_at", "ready_at"))
    emptied |= dict.fromkeys(("tries", "rows_done", "rows_total", "size"), 0) | dict.fromkeys(
        ("checksum", "export_id"), ""
    )
    ready = PreparedFile.objects.filter(pk=file.pk, state=FileState.READY)
    if not ready.update(state=FileState.WAITING, asked_at=now, **emptied):
        return False
    parts: Any = PreparedFilePart.objects.filter(file=file.pk)
    parts._raw_delete(parts.db)
    return True


def begin_making(*, pk: int, now: datetime) -> PreparedFile | None:
    """Take a file that waits; None when it is gone or another worker has it."""
    waiting = PreparedFile.objects.filter(pk=pk, state=FileState.WAITING)
    if not waiting.update(state=FileState.MAKING, started_at=now, seen_at=now, tries=F("tries") + 1):
        return None
    return PreparedFile.objects.select_related("owner", "municipality").get(pk=pk)


def tell_progress(*, file: PreparedFile, rows_done: int, rows_total: int, now: datetime) -> None:
    """Say how far a file has come; raises NoLongerWantedError when nobody waits for it any more."""
    if not _being_made(file).update(rows_done=rows_done, rows_total=rows_total, seen_at=now):
        raise NoLongerWantedError


@transaction.atomic
def keep_file(
    *,
    file: PreparedFile,
    stream: BinaryIO,
    schools: QuerySet[School],
    export_id: str,
    selection: str,
    profile: str,
    now: datetime,
) -> None:
    """Keep the bytes of a file that has been made, and write down that it was, as for a file that is taken at once."""
    digest = checksum(stream)
    size = 0
    for number in count():
        content = stream.read(PreparedFilePart.SIZE)
        if not content:
            break
        PreparedFilePart.objects.create(file=file, number=number, content=content)
        size += len(content)
    file.schools.set(schools)
    if not _being_made(file).update(
        state=FileState.READY, ready_at=now, seen_at=now, export_id=export_id, size=size, checksum=digest
    ):
        raise NoLongerWantedError
    log_export(
        actor=file.owner,
        municipality=file.municipality,
        what="coverage",
        file_format=file.file_format,
        selection=selection,
        profile=profile,
        export_id=export_id,
        stream=stream,
    )
    file.refresh_from_db()


def give_up_file(*, file: PreparedFile) -> bool:
    """Say that a file could not be made, which can be asked for again; False when nobody waits for it any more."""
    return bool(_being_made(file).update(state=FileState.FAILED))


def _being_made(file: PreparedFile) -> QuerySet[PreparedFile]:
    """The file as this worker began it, and nobody after."""
    return PreparedFile.objects.filter(pk=file.pk, state=FileState.MAKING, started_at=file.started_at)


def remove_file(*, file: PreparedFile) -> None:
    """Remove a person's file with its bytes; a worker that is making it stops."""
    PreparedFile.objects.filter(pk=file.pk).delete()
