"""Long files: five thousand rows are read, judged and taken in with few questions to the database.

Every further five hundred rows cost the same, so what five thousand would cost is told from fifty and five
hundred and fifty; `make bench` takes in the five thousand.
"""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curriculum.enums import SessionKind
from programmes.enums import ImportKind
from programmes.imports.wizard import columns_of, fill_draft, import_draft, preview_draft
from programmes.models import Delivery, ImportDraft, PlannedSession, SchoolClass
from tests.factories import SessionFactory
from tests.factories.files import text

FEW, MORE = 50, 550
MOST = 60 + 5_000 // 500


def questions(owner, school, today, kind, rows):
    """How often the database is asked while a file is sent, looked at and taken in."""
    draft = ImportDraft(owner=owner, municipality=school.municipality, kind=kind, start_year=2026)
    scope = {"schools": [school], "columns": columns_of(kind, one_school=True), "today": today}
    with CaptureQueriesContext(connection) as asked:
        fill_draft(draft, io.BytesIO(text(rows)), columns=scope["columns"], remembered={})
        draft.save()
        preview_draft(draft, **scope)
        import_draft(draft, **scope, skip_errors=False, user=owner, now=timezone.now())
    return len(asked)


def of_five_thousand(few, more):
    return few + (5_000 - FEW) // (MORE - FEW) * (more - few)


@pytest.fixture
def catalogue(db):
    for number in range(1, 4):
        SessionFactory(code=f"T-B{number}", title=f"Baspass {number}", order=number, month=9)
    for number in range(1, 26):
        SessionFactory(code=f"T-T{number:02}", title=f"Tema {number}", kind=SessionKind.ADDITIONAL, order=9 + number)


def test_long_class_list_asks_the_database_little(coordinator, school, today, catalogue):
    def taken_in(prefix, count, enrolled):
        rows = [[f"{prefix}{number:04}x", 3, enrolled] for number in range(count)]
        return questions(coordinator, school, today, ImportKind.CLASSES, [["Klass", "Årskurs", "Antal elever"], *rows])

    new = taken_in("1", FEW, 20), taken_in("2", MORE, 20)
    changed = taken_in("1", FEW, 21), taken_in("2", MORE, 21)

    assert (SchoolClass.objects.count(), PlannedSession.objects.count()) == (FEW + MORE, 3 * (FEW + MORE))
    assert (of_five_thousand(*new) <= MOST, of_five_thousand(*changed) <= MOST) == (True, True), (new, changed)


def test_long_log_asks_the_database_little_and_keeps_its_history(coordinator, school, today, catalogue):
    classes = [
        SchoolClass(school=school, start_year=2026, name=f"3{number:02}x", lowest_grade=3) for number in range(36)
    ]
    for school_class in classes:
        school_class.highest_grade, school_class.enrolled = 3, 21
        school_class.set_keys()
    SchoolClass.objects.bulk_create(classes)
    places = [(row.name, f"T-T{number:02}") for row in classes for number in range(1, 26)]

    def taken_in(start, count, present):
        rows = [[name, code, "2026-09-15", present] for name, code in places[start : start + count]]
        return questions(
            coordinator, school, today, ImportKind.DELIVERIES, [["Klass", "Pass", "Datum", "Närvarande"], *rows]
        )

    new = taken_in(0, FEW, 20), taken_in(FEW, MORE, 20)
    corrected = taken_in(0, FEW, 19), taken_in(FEW, MORE, 19)

    assert (Delivery.objects.count(), Delivery.history.count()) == (FEW + MORE, 2 * (FEW + MORE))
    assert (of_five_thousand(*new) <= MOST, of_five_thousand(*corrected) <= MOST) == (True, True), (new, corrected)
