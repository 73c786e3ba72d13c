"""What lies in a closed period stands: nobody corrects, removes or replans it, unless the centre unlocks it."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.actions.closings import close_period, unlock_session
from programmes.actions.cohorts import move_cohort_days, remove_cohort
from programmes.actions.delivery_imports import import_deliveries
from programmes.actions.locks import PeriodClosedError, PlanClosedError, locked_entries
from programmes.actions.many_reports import ManyConflictsError, report_many
from programmes.actions.mentee_groups import keep_mentor_log
from programmes.actions.plans import plan_base_sessions, plan_session, reschedule_sessions, unplan_sessions
from programmes.actions.previews import ImportRefusedError
from programmes.actions.sessions import (
    DeliveryReport,
    NotHeldReport,
    ReportConflictError,
    remove_report,
    report_deliveries,
    report_not_held,
    undo_report,
)
from programmes.enums import ImportResult, Role
from programmes.exports.closing import closing_of
from programmes.imports.deliveries import preview_deliveries
from programmes.imports.log_columns import LOG_COLUMNS
from programmes.imports.sheets import read_rows
from programmes.models import Delivery, Event, NotHeld, Period, PlannedSession, SchoolClass, Unlocking
from tests.factories import (
    CohortFactory,
    DeliveryFactory,
    MembershipFactory,
    MenteeGroupFactory,
    PlannedSessionFactory,
    SessionFactory,
    UserFactory,
    programme,
)
from tests.factories.files import workbook

HT = Period.parse("HT2026")
IN, AFTER = date(2026, 10, 6), date(2027, 1, 12)


@pytest.fixture
def today():
    """A fortnight after the autumn."""
    return date(2027, 1, 14)


@pytest.fixture
def planned(school_class):
    return PlannedSessionFactory(school_class=school_class, due_date=date(2026, 10, 31))


@pytest.fixture
def delivery(planned):
    return DeliveryFactory(planned_session=planned, date=IN, present=20, group_size=21)


def close(municipality, *, period=HT, code="taget"):
    """Closed a moment ago, as the clock has it."""
    closing = closing_of(
        municipality=municipality,
        programme=programme(code),
        period=period,
        by=None,
        today=date(2027, 1, 14),
        now=timezone.now(),
        kinds=(),
    )
    return close_period(closing=closing)


def report(planned, *, day=IN, present=19, seen=None, group=0):
    return DeliveryReport(
        school_class=planned.school_class,
        session=planned.session,
        group=group,
        values={"date": day, "group_size": 21, "present": present},
        seen=seen,
    )


def correct(delivery, user, **values):
    asked = report(delivery.planned_session, seen=(delivery.pk, delivery.version), **values)
    return report_deliveries(reports=[asked], user=user, client_id=None)


# Entries


def test_correction_in_a_closed_period_is_refused_in_words(municipality, delivery, coordinator):
    close(municipality)

    with pytest.raises(PeriodClosedError) as refused:
        correct(delivery, coordinator)

    delivery.refresh_from_db()
    assert delivery.present == 20
    assert str(refused.value) == (
        f"HT 2026 är stängd, så det som är rapporterat om {delivery.planned_session.session.title} i 3B ligger fast. "
        "Be VPC låsa upp passet."
    )


def test_removal_and_undo_of_an_older_report_are_refused(municipality, delivery, coordinator):
    Delivery.objects.update(reported_at=datetime(2026, 10, 7, tzinfo=UTC))
    close(municipality)

    with pytest.raises(PeriodClosedError):
        remove_report(entry=delivery, user=coordinator)
    with pytest.raises(PeriodClosedError):
        undo_report(steps=[("created", Delivery, delivery.pk, delivery.version)], user=coordinator)

    assert Delivery.objects.get() == delivery
    assert not Event.objects.filter(kind="report_removed").exists()


def test_report_that_was_not_held_is_locked_too(municipality, planned, coordinator):
    entry = NotHeld.objects.create(planned_session=planned, reason="illness")
    close(municipality)
    again = NotHeldReport(
        school_class=planned.school_class, session=planned.session, reason="other", seen=(entry.pk, entry.version)
    )

    with pytest.raises(PeriodClosedError):
        report_not_held(reports=[again], user=coordinator, client_id=None)
    with pytest.raises(PeriodClosedError):
        remove_report(entry=entry, user=coordinator)


def test_new_report_is_taken_and_may_be_undone_at_once(municipality, planned, coordinator):
    close(municipality)

    [change] = report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)

    assert change.kind == "created"
    assert undo_report(steps=[("created", Delivery, change.entry.pk, 1)], user=coordinator)
    assert not Delivery.objects.exists()


def test_late_report_is_locked_once_it_stands(municipality, planned, coordinator):
    close(municipality)
    [change] = report_deliveries(reports=[report(planned)], user=coordinator, client_id=None)

    with pytest.raises(PeriodClosedError):
        correct(change.entry, coordinator, present=18)


@pytest.mark.parametrize(
    ("due", "day", "is_locked"),
    [
        (date(2026, 10, 31), IN, True),
        (date(2026, 10, 31), date(2026, 6, 10), True),
        (date(2027, 3, 31), IN, True),
        (None, IN, True),
        (date(2026, 12, 31), AFTER, False),
        (date(2027, 3, 31), AFTER, False),
        (None, AFTER, False),
    ],
)
def test_entry_lies_in_the_period_it_was_held_in_or_due_in(municipality, school_class, due, day, is_locked):
    planned = PlannedSessionFactory(school_class=school_class, due_date=due)
    delivery = DeliveryFactory(planned_session=planned, date=day)
    closed = close(municipality)

    assert locked_entries([delivery]) == ({delivery.pk: closed} if is_locked else {})


def test_other_programmes_and_municipalities_are_not_locked(municipality, delivery, stranger, coordinator):
    close(municipality, code="mvp")
    close(stranger.memberships.get().school.municipality)

    correct(delivery, coordinator)

    delivery.refresh_from_db()
    assert delivery.present == 19


def test_tertial_locks_what_the_open_term_would_not(municipality, delivery, coordinator):
    close(municipality, period=Period.parse("T3-2026"))

    with pytest.raises(PeriodClosedError, match="Tertial 3 2026"):
        correct(delivery, coordinator)


def test_paper_entry_says_which_rows_are_locked_and_saves_none(municipality, delivery, school_class, coordinator):
    other = PlannedSessionFactory(school_class=school_class, session=SessionFactory(code="T-T05"))
    close(municipality)
    locked = delivery.planned_session
    reports = {locked.pk: report(locked, seen=(delivery.pk, delivery.version)), other.pk: report(other)}

    with pytest.raises(ManyConflictsError) as refused:
        report_many(reports=reports, user=coordinator, client_id=None)

    assert list(refused.value.locked) == [locked.pk]
    assert Delivery.objects.get() == delivery


# Unlocking


def unlock(delivery, closed, user, *, now=None):
    return unlock_session(
        planned=delivery.planned_session,
        closed=closed,
        reason="Fel antal elever.",
        by=user,
        now=now or timezone.now(),
    )


def test_unlocked_session_is_corrected_once(municipality, delivery, coordinator, centre):
    closed = close(municipality)
    unlock(delivery, closed, centre)

    correct(delivery, coordinator)
    delivery.refresh_from_db()
    with pytest.raises(PeriodClosedError):
        correct(delivery, coordinator, present=18)

    assert delivery.present == 19
    assert Unlocking.objects.get().used_at is not None


def test_unlocking_ends_after_fourteen_days(municipality, delivery, coordinator, centre):
    unlock(delivery, close(municipality), centre, now=timezone.now() - timedelta(days=14, minutes=1))

    with pytest.raises(PeriodClosedError):
        correct(delivery, coordinator)


def test_unlocking_is_written_in_the_event_log(municipality, delivery, centre):
    unlock(delivery, close(municipality), centre)

    event = Event.objects.get(kind="unlocked")
    assert (event.actor, event.school, event.about) == (
        centre,
        delivery.planned_session.school_class.school,
        {
            "period": "HT 2026",
            "programme": "Taget",
            "class": "3B",
            "session": delivery.planned_session.session.title,
            "reason": "Fel antal elever.",
        },
    )


def test_refused_correction_leaves_the_unlocking_unused(municipality, delivery, coordinator, centre):
    unlock(delivery, close(municipality), centre)
    stale = report(delivery.planned_session, seen=(delivery.pk, 99))

    with pytest.raises(ReportConflictError):
        report_deliveries(reports=[stale], user=coordinator, client_id=None)

    assert Unlocking.objects.get().used_at is None


# Plans


def test_plan_of_a_closed_period_stands(municipality, school_class, planned):
    close(municipality)
    spring = PlannedSessionFactory(
        school_class=school_class, session=SessionFactory(code="T-T05"), due_date=date(2027, 3, 31)
    )

    with pytest.raises(PlanClosedError) as refused:
        reschedule_sessions(seen={planned.pk: planned.due_date}, due_date=date(2027, 2, 28))
    with pytest.raises(PlanClosedError):
        reschedule_sessions(seen={spring.pk: spring.due_date}, due_date=date(2026, 11, 30))
    with pytest.raises(PlanClosedError):
        unplan_sessions(ids=[planned.pk])
    with pytest.raises(PlanClosedError):
        plan_session(classes=[school_class], session=SessionFactory(code="T-T06"), due_date=date(2026, 11, 30))

    assert str(refused.value) == (
        "HT 2026 är stängd, så dess plan ligger fast. Be VPC öppna perioden igen, eller välj en annan dag."
    )
    assert sorted(PlannedSession.objects.values_list("due_date", flat=True)) == [
        date(2026, 10, 31),
        date(2027, 3, 31),
    ]


def test_class_that_comes_later_gets_the_base_sessions_that_are_left(municipality, school_class):
    for code, month in (("T-B1", 9), ("T-B3", 4)):
        SessionFactory(code=code, month=month)
    close(municipality)

    assert plan_base_sessions(classes=SchoolClass.objects.select_related("school")) == 1
    assert PlannedSession.objects.get().due_date == date(2027, 4, 30)


def test_days_of_mentors_in_a_closed_period_stand(municipality, school, coordinator):
    cohort = CohortFactory(school=school)
    group = MenteeGroupFactory(cohort=cohort)
    session = SessionFactory(code="MVP-01", kind="mentor", programme=programme("mvp"))
    PlannedSession.objects.create(school_class_id=group.pk, session=session, due_date=IN)
    close(municipality, code="mvp")

    with pytest.raises(PlanClosedError):
        move_cohort_days(cohort=cohort, sessions={session.pk: AFTER}, supervisions={}, seen=1, by=coordinator)
    with pytest.raises(PlanClosedError):
        remove_cohort(cohort=cohort, by=coordinator)

    assert PlannedSession.objects.get().due_date == IN


def test_what_mentors_said_stands_and_a_first_word_is_taken(municipality, school):
    group = MenteeGroupFactory(cohort=CohortFactory(school=school))
    session = SessionFactory(code="MVP-01", kind="mentor", programme=programme("mvp"))
    planned = PlannedSession.objects.create(school_class_id=group.pk, session=session, due_date=IN)
    close(municipality, code="mvp")
    words = {"feeling": "good", "reach": "most", "talk": "lively", "today": AFTER}

    log = keep_mentor_log(planned=planned, **words)

    with pytest.raises(PeriodClosedError):
        keep_mentor_log(planned=planned, **{**words, "feeling": "hard"})
    log.refresh_from_db()
    assert log.feeling == "good"


# In the browser


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def form_of(school_class, planned):
    return f"/skolor/almskolan/rapportera/?klass={school_class.name}&pass={planned.session.code}"


def test_form_says_that_the_report_stands_and_keeps_what_was_typed(
    municipality, as_coordinator, delivery, school_class
):
    close(municipality)
    address = form_of(school_class, delivery.planned_session)

    shown = as_coordinator.get(address)
    refused = as_coordinator.post(
        address,
        {
            "outcome": "held",
            "date": "2026-10-06",
            "group": 0,
            f"group_size_{school_class.pk}": 21,
            f"present_{school_class.pk}": 17,
            f"seen_{school_class.pk}": f"{delivery.pk}.1",
        },
    )

    assert "HT 2026 är stängd, så det som är rapporterat här ligger fast." in shown.text
    assert f"så det som är rapporterat om {delivery.planned_session.session.title} i 3B ligger fast." in refused.text
    assert 'value="17"' in refused.text
    delivery.refresh_from_db()
    assert delivery.present == 20


def test_late_report_says_so_before_and_after(municipality, as_coordinator, planned, school_class):
    close(municipality)
    address = form_of(school_class, planned)

    shown = as_coordinator.get(address)
    saved = as_coordinator.post(
        address,
        {
            "outcome": "held",
            "date": "2026-10-06",
            "group": 0,
            f"group_size_{school_class.pk}": 21,
            f"present_{school_class.pk}": 17,
        },
        follow=True,
    )

    assert "Det du rapporterar kommer efter stängning och räknas som sen uppgift." in shown.text
    assert "HT 2026: kommer efter stängning; räknas som sen uppgift." in saved.text


def test_removal_is_refused_in_words(municipality, as_coordinator, delivery):
    close(municipality)

    answer = as_coordinator.post(f"/skolor/almskolan/rapportera/genomfort/{delivery.pk}/ta-bort/", follow=True)

    assert "Be VPC låsa upp passet." in answer.text
    assert Delivery.objects.get() == delivery


def test_centre_unlocks_a_session_from_the_school_year(municipality, client, centre, delivery):
    close(municipality)
    client.force_login(centre)
    address = reverse("programmes:session_unlock", args=["almskolan", delivery.planned_session.pk])

    year = client.get("/skolor/almskolan/")
    page = client.get(address)
    empty = client.post(address, {"skal": ""})
    done = client.post(address, {"skal": "Fel antal elever."}, follow=True)

    assert address in year.text
    assert "ligger rapporten fast" in page.text
    assert "Skriv varför, med en mening." in empty.text
    assert "Upplåst: skolan kan rätta en gång, inom 14 dagar." in done.text
    assert Unlocking.objects.get().unlocked_by == centre


def test_page_of_an_open_session_has_nothing_to_unlock(client, centre, delivery):
    client.force_login(centre)
    address = reverse("programmes:session_unlock", args=["almskolan", delivery.planned_session.pk])

    answer = client.post(address, {"skal": "Fel antal elever."})

    assert "Inget är låst" in answer.text
    assert not Unlocking.objects.exists()
    assert address not in client.get("/skolor/almskolan/").text


def test_centre_for_older_children_unlocks_from_the_mentee_group(municipality, school, client):
    group = MenteeGroupFactory(cohort=CohortFactory(school=school))
    session = SessionFactory(code="MVP-01", kind="mentor", programme=programme("mvp"))
    planned = PlannedSession.objects.create(school_class_id=group.pk, session=session, due_date=IN)
    DeliveryFactory(planned_session=planned, date=IN)
    close(municipality, code="mvp")
    user = UserFactory()
    MembershipFactory(user=user, role=Role.CENTRE_OLDER, municipality=municipality)
    client.force_login(user)
    address = reverse("programmes:session_unlock", args=["almskolan", planned.pk])

    group_page = client.get(reverse("programmes:mentee_group", args=["almskolan", group.cohort_id, group.pk]))
    done = client.post(address, {"skal": "Fel antal elever."}, follow=True)

    assert address in group_page.text
    assert "Upplåst: skolan kan rätta en gång, inom 14 dagar." in done.text


@pytest.mark.parametrize("role", [Role.CENTRE_OLDER, Role.ADMINISTRATOR])
def test_others_may_not_unlock(municipality, client, delivery, role):
    close(municipality)
    user = UserFactory()
    MembershipFactory(user=user, role=role, municipality=municipality)
    client.force_login(user)
    address = reverse("programmes:session_unlock", args=["almskolan", delivery.planned_session.pk])

    assert client.post(address, {"skal": "Fel antal elever."}).status_code == 403
    assert not Unlocking.objects.exists()


def test_moving_a_locked_session_keeps_the_form(municipality, as_coordinator, planned):
    close(municipality)
    address = reverse("programmes:plan_change", args=["almskolan", planned.pk])
    page = as_coordinator.get(address)

    answer = as_coordinator.post(
        address, {"due": "month", "month": 2, "seen": page.context["form"]["seen"].value()}, follow=True
    )

    planned.refresh_from_db()
    assert planned.due_date == date(2026, 10, 31)
    assert "HT 2026 är stängd" in answer.text


# Imports


def preview_log(content, municipality):
    classes = SchoolClass.objects.filter(school__municipality=municipality).select_related("school")
    reading = read_rows(io.BytesIO(content), columns=LOG_COLUMNS)
    return preview_deliveries(
        reading, municipality=municipality, classes=classes, start_year=2026, today=date(2027, 1, 14)
    )


def test_row_that_would_correct_a_locked_report_is_an_error(municipality, school, delivery, coordinator):
    content = workbook(
        ["Klass", "Pass", "Datum", "Närvarande", "Antal elever"],
        ["3B", delivery.planned_session.session.title, "6/10", 15, 21],
    )
    before = preview_log(content, municipality)
    close(municipality)

    after = preview_log(content, municipality)

    assert [(row.result, row.reason) for row in after.rows] == [
        (
            ImportResult.ERROR,
            "HT 2026 är stängd, så det som är rapporterat om passet ligger fast. Be VPC låsa upp det.",
        )
    ]
    with pytest.raises(ImportRefusedError, match="HT 2026 är stängd"):
        import_deliveries(preview=before, skip_errors=False, user=coordinator)
    delivery.refresh_from_db()
    assert delivery.present == 20
