"""Five thousand rows through the import wizard: a class list and a log, sent, looked at, taken in, and taken back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from curriculum.models import Session
from programmes.actions.demo import DEMO_ACCOUNTS
from programmes.enums import ImportKind
from programmes.imports.wizard import columns_of, fill_draft, import_draft, preview_draft
from programmes.models import ImportDraft, School
from programmes.models.terms import start_year_of

ROWS = 5_000
MOST_QUERIES = 60 + ROWS // 500


@dataclass(frozen=True)
class ImportCost:
    """Questions to the database and seconds for one file, its preview among them."""

    name: str
    queries: int
    seconds: float

    @property
    def is_kept(self) -> bool:
        return self.queries <= MOST_QUERIES


def measure_imports(school: School) -> list[ImportCost]:
    names = [f"3{number:04}x" for number in range(ROWS)]
    with transaction.atomic():
        classes = _cost(
            "Class list", school, ImportKind.CLASSES, ["Klass;Åk;Antal"] + [f"{name};3;21" for name in names]
        )
        sessions = Session.objects.on_offer().taught_to_classes().filter(programme__code="taget")
        codes = list(sessions.values_list("code", flat=True))
        places = [(name, code) for name in names for code in codes][:ROWS]
        lines = [f"{name};{code};v. 38;20;21" for name, code in places]
        log = _cost(
            "Log of sessions", school, ImportKind.DELIVERIES, ["Klass;Pass;Datum;Närvarande;Antal elever", *lines]
        )
        transaction.set_rollback(True)
    return [classes, log]


def _cost(name: str, school: School, kind: ImportKind, lines: Sequence[str]) -> ImportCost:
    owner = User.objects.get(email=DEMO_ACCOUNTS[0].email)
    today = timezone.localdate()
    draft = ImportDraft(owner=owner, municipality=school.municipality, kind=kind, start_year=start_year_of(today))
    columns = columns_of(kind, one_school=True)
    scope: dict[str, Any] = {"schools": [school], "columns": columns, "today": today}
    start = perf_counter()
    with CaptureQueriesContext(connection) as asked:
        fill_draft(draft, io.BytesIO("\r\n".join(lines).encode("utf-8-sig")), columns=columns, remembered={})
        draft.save()
        preview_draft(draft, **scope)
        import_draft(draft, **scope, skip_errors=False, user=owner, now=timezone.now())
    return ImportCost(name, len(asked), perf_counter() - start)
