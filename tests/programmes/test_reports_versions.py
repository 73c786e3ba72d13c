"""What a report said before it was corrected."""

from datetime import date

import pytest

from programmes.actions.sessions import (
    DeliveryReport,
    Leader,
    NotHeldReport,
    remove_report,
    report_deliveries,
    report_not_held,
)
from programmes.models import Delivery, NotHeld, PlannedSession
from programmes.reports.versions import versions_of
from tests.factories import ClassFactory, PlannedSessionFactory

TEACHER, GUEST = Leader("teacher", "school", True), Leader("guest", "police", None)


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class)


def report(planned, user, *, leaders=(TEACHER,), group=0, **values):
    """Report the session, knowing what stands there already."""
    existing = Delivery.objects.filter(planned_session=planned, group=group).first()
    values = {"date": date(2026, 9, 15), "present": 18, "group_size": 21, "note": "", **values}
    return report_deliveries(
        reports=[
            DeliveryReport(
                school_class=planned.school_class,
                session=planned.session,
                group=group,
                values=values,
                leaders=leaders,
                seen=(existing.pk, existing.version) if existing else None,
            )
        ],
        user=user,
        client_id=None,
    )


def told(*rows):
    """Each version as (what was done, by whom, which fields changed or were said)."""
    return [
        (
            version.kind,
            version.who.email,
            [(change.label, change.old, change.new) for change in version.changes] or version.says,
        )
        for version in versions_of(PlannedSession.objects.filter(pk__in=[row.pk for row in rows]))
    ]


def test_report_that_nobody_changed_has_no_earlier_versions(planned, leader):
    report(planned, leader)
    report(planned, leader)

    assert told(planned) == []


def test_correction_names_what_changed_and_by_whom(planned, leader, coordinator):
    report(planned, leader)
    report(planned, coordinator, present=20, date=date(2026, 9, 14), note="Lugnt samtal", leaders=(TEACHER, GUEST))

    assert told(planned) == [
        (
            "~",
            coordinator.email,
            [
                ("Datum", "15 september 2026", "14 september 2026"),
                ("Närvarande elever", "18", "20"),
                ("Anteckning", "–", "Lugnt samtal"),
                ("Ledare", "lärare", "gäst, lärare"),
            ],
        ),
        ("+", leader.email, [("Datum", "15 september 2026"), ("Elever i gruppen", "21"), ("Närvarande elever", "18")]),
    ]


def test_removed_report_is_kept_with_what_it_said(planned, leader, coordinator):
    """The correction before it did not touch the leaders, and does not say so when they go with the report."""
    report(planned, leader)
    report(planned, leader, present=19)
    remove_report(entry=Delivery.objects.get(), user=coordinator)

    assert told(planned) == [
        (
            "-",
            coordinator.email,
            [("Datum", "15 september 2026"), ("Elever i gruppen", "21"), ("Närvarande elever", "19")],
        ),
        ("~", leader.email, [("Närvarande elever", "18", "19")]),
        ("+", leader.email, [("Datum", "15 september 2026"), ("Elever i gruppen", "21"), ("Närvarande elever", "18")]),
    ]


def test_leaders_that_were_taken_out_are_told(planned, leader):
    report(planned, leader)
    report(planned, leader, leaders=())

    assert told(planned)[0] == ("~", leader.email, [("Ledare", "lärare", "–")])


def test_groups_are_told_apart(planned, leader):
    report(planned, leader, group=1, present=9, group_size=10)
    report(planned, leader, group=2, present=8, group_size=11)
    report(planned, leader, group=2, present=7, group_size=11)

    assert [(row.group, row.kind) for row in versions_of([planned])] == [(2, "~"), (2, "+"), (1, "+")]


def test_reason_that_was_corrected_is_told(planned, leader):
    for reason in ("illness", "no_room"):
        existing = NotHeld.objects.first()
        report_not_held(
            reports=[
                NotHeldReport(
                    school_class=planned.school_class,
                    session=planned.session,
                    reason=reason,
                    seen=(existing.pk, existing.version) if existing else None,
                )
            ],
            user=leader,
            client_id=None,
        )

    assert told(planned)[0] == ("~", leader.email, [("Orsak", "sjukdom", "lokal saknas")])


def test_another_class_does_not_leak(planned, leader, school):
    other = PlannedSessionFactory(school_class=ClassFactory(school=school, name="3C"))
    report(other, leader)
    report(other, leader, present=1)
    report(planned, leader)

    assert told(planned) == []


def test_person_who_has_left_is_missing_and_the_rest_stays(planned, leader, coordinator):
    report(planned, leader)
    report(planned, coordinator, present=20)
    Delivery.history.update(history_user=None)

    assert [(version.who, version.kind) for version in versions_of([planned])] == [(None, "~"), (None, "+")]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_versions_ask_three_questions(school, leader, count, django_assert_num_queries):
    rows = [PlannedSessionFactory(school_class=ClassFactory(school=school, name=f"{n}A")) for n in range(count)]
    for row in rows:
        report(row, leader)
        report(row, leader, present=3)

    with django_assert_num_queries(3):
        versions_of(rows)
