"""What Ekbacka's people have begun to import: a school's own log, and schools out of Skolverket's register."""

from datetime import datetime, time
from typing import Any

from django.utils.timezone import make_aware

from programmes.actions.demo.accounts import CENTRE, COORDINATOR
from programmes.actions.demo.scene import Scene
from programmes.enums import ImportKind
from programmes.models import ImportDraft, School

LOG = (
    ["Klass", "Pass", "Datum", "Närvarande", "Kommentar"],
    ["3B", "Grupptryck", "6/10", 20, "lugnt och fint"],
    ["4A", "Mobbing", "13/10", 22, None],
    ["5C", "Vänskap", "14/10", 24, None],
)
LOG_FIELDS = ("class_name", "session", "date", "present", "note")
REGISTER_FIELDS = ("unit_code", "school", "grades", "status")
REGISTER_HEADINGS = ["Skolenhetskod", "Skola", "Årskurser", "Status"]
NEW_SCHOOLS = (["99000077", "Granskolan", "7-9", "AKTIV"], ["99000088", "Havets friskola", "F-9", "AKTIV"])


def create_imports(scene: Scene) -> None:
    """A log that asks one thing and has one error, and the register's schools: two that are new, and one renamed."""
    _begin(scene, COORDINATOR.email, ImportKind.DELIVERIES, list(LOG), LOG_FIELDS, first=1)
    rows: list[list[Any]] = [[school.unit_code, school.name, None, "AKTIV"] for school in _schools(scene)]
    rows[-1][1] = f"{rows[-1][1]} och fritidshem"
    rows += [list(row) for row in NEW_SCHOOLS]
    _begin(scene, CENTRE.email, ImportKind.SCHOOLS, [REGISTER_HEADINGS, *rows], REGISTER_FIELDS, first=0)


def _schools(scene: Scene) -> list[School]:
    return list(School.objects.filter(municipality=scene.municipality).in_order()[:6])


def _begin(
    scene: Scene, email: str, kind: ImportKind, rows: list[list[Any]], fields: tuple[str, ...], *, first: int
) -> None:
    draft = ImportDraft.objects.create(
        owner=scene.users[email],
        municipality=scene.municipality,
        kind=kind,
        start_year=scene.now.start_year,
        sheets=[{"name": "", "hidden": False, "rows": [[first + place, row] for place, row in enumerate(rows)]}],
        headers={"0": {"row": first, "fields": {str(place): field for place, field in enumerate(fields)}}},
    )
    ImportDraft.objects.filter(pk=draft.pk).update(started_at=make_aware(datetime.combine(scene.today, time(8, 15))))
