"""Brings the catalogue in step with its file."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from curriculum.actions.content import ContentError, LoadResult
from curriculum.enums import SessionKind
from curriculum.models import Programme, Session


@dataclass(frozen=True)
class SessionRow:
    """A session as the file has it; `prepares` is the code of the session that a staff session prepares."""

    code: str
    title: str
    short_title: str
    kind: SessionKind
    order: int
    lowest_grade: int
    highest_grade: int
    planned_minutes: int
    month: int | None = None
    principles: list[str] = field(default_factory=list)
    is_sensitive: bool = False
    prepares: str | None = None


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme as the file has it, with its sessions; a session stands before the one that prepares it."""

    code: str
    name: str
    order: int
    lowest_grade: int
    highest_grade: int
    sessions: list[SessionRow] = field(default_factory=list)


@transaction.atomic
def load_catalogue(*, programmes: Iterable[ProgrammeRow]) -> LoadResult:
    """Create and update programmes and sessions by code; what the file does not name stays as it is.

    Raises ContentError when a row breaks a rule of the catalogue; then nothing is saved.
    """
    result = LoadResult()
    for row in programmes:
        fields = {name: value for name, value in asdict(row).items() if name not in ("code", "sessions")}
        programme = _keep(Programme, row.code, fields, result)
        for session in row.sessions:
            _keep(Session, session.code, _session_fields(session, programme), result)
    return result


def _session_fields(row: SessionRow, programme: Programme) -> dict[str, Any]:
    prepares = Session.objects.get(code=row.prepares) if row.prepares else None
    fields = {name: value for name, value in asdict(row).items() if name != "code"}
    return {**fields, "programme": programme, "prepares": prepares}


def _keep(model: Any, code: str, fields: dict[str, Any], result: LoadResult) -> Any:
    row = model.objects.filter(code=code).first()
    is_new = row is None
    row = model(code=code) if is_new else row
    changed = [name for name, value in fields.items() if is_new or getattr(row, name) != value]
    if not changed:
        result.unchanged += 1
        return row
    for name in changed:
        setattr(row, name, fields[name])
    try:
        row.full_clean()
    except ValidationError as error:
        raise ContentError(f"{code}: {' '.join(error.messages)}") from error
    row.save()
    result.created += is_new
    result.updated += not is_new
    return row
