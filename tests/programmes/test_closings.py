"""Closed periods: figures and files stand as they were, whatever happens afterwards."""

import csv
import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from programmes.actions.closings import (
    AlreadyClosedError,
    ask_to_close,
    begin_closing,
    close_period,
    give_up_closing,
    put_back_lost_closings,
    reopen_period,
)
from programmes.enums import Role
from programmes.exports import definitions
from programmes.exports.closing import closing_of
from programmes.exports.coverage import write_coverage
from programmes.exports.figure_columns import EXPECTED
from programmes.exports.frozen import meanings_of, named_then
from programmes.exports.selections import Selection
from programmes.models import (
    Area,
    ClosedPeriod,
    ClosedPeriodFile,
    ClosingInLine,
    Delivery,
    Event,
    NotHeld,
    Participation,
    Period,
    PlannedSession,
    School,
    SchoolClass,
)
from programmes.reports.closings import late_entries
from programmes.tasks import close_asked_period
from tests.factories import (
    DeliveryFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SchoolFactory,
    UserFactory,
    programme,
)
from tests.factories.coverage import worked_example
from tests.pdf import text_of

HT = Period.parse("HT2026")
NOW = datetime(2027, 1, 14, 9, 0, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def today():
    """A fortnight after the worked example's term."""
    return date(2027, 1, 14)


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


def close(municipality, *, period=HT, by=None, today=date(2027, 1, 14), now=NOW, kinds=()):
    closing = closing_of(
        municipality=municipality, programme=programme(), period=period, by=by, today=today, now=now, kinds=kinds
    )
    return close_period(closing=closing)


def selection(municipality, *, period=HT, **narrowed):
    schools = narrowed.pop("schools", School.objects.filter(municipality=municipality))
    return Selection(
        municipality=municipality,
        programme=programme(),
        period=period,
        schools=schools,
        classes=SchoolClass.objects.filter(school__in=schools),
        **narrowed,
    )


def file_of(asked, file_format="xlsx"):
    stream = io.BytesIO()
    stamp = write_coverage(asked, stream, file_format=file_format, today=date(2027, 3, 1), now=LATER)
    return stamp, stream.getvalue()


def everything_changes():
    """A class is renamed and grows, a school leaves and moves to another area, and a session is reported late."""
    SchoolClass.objects.filter(name="1A").update(name="1X", enrolled=40)
    almskolan = School.objects.get(name="Almskolan")
    almskolan.area = Area.objects.get(name="Centrum")
    almskolan.name = "Nya Almskolan"
    almskolan.save()
    Participation.objects.filter(school=almskolan).delete()
    planned = PlannedSession.objects.get(school_class__name="3B", session__code="T-B1")
    late = DeliveryFactory(planned_session=planned, date=date(2026, 9, 20), present=9, group_size=9)
    Delivery.objects.filter(pk=late.pk).update(reported_at=LATER)


def figures_of(report):
    return {row.school.name: row.figures for row in report.schools}, report.total


def test_frozen_figures_are_those_of_the_day(municipality, example):
    counted = selection(municipality).report(today=date(2027, 1, 14))
    close(municipality)

    frozen = selection(municipality).report(today=date(2027, 1, 14))

    assert figures_of(frozen) == figures_of(counted)
    assert [(row.grades, row.figures) for row in frozen.grades] == [(row.grades, row.figures) for row in counted.grades]
    assert [(row.area.name, row.figures) for row in frozen.areas] == [
        (row.area.name, row.figures) for row in counted.areas
    ]
    assert frozen.day == date(2026, 12, 31)


def test_frozen_figures_stand_whatever_happens_afterwards(municipality, example):
    close(municipality)
    before = selection(municipality).report(today=date(2027, 1, 14))

    everything_changes()

    after = selection(municipality).report(today=date(2027, 3, 1))
    assert figures_of(after) == figures_of(before)
    assert [row.school_class.name for row in after.classes] == ["1A", "2A", "1B", "3B"]
    assert [(row.area.name, row.figures) for row in after.areas] == [
        (row.area.name, row.figures) for row in before.areas
    ]


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "pdf"])
def test_municipality_files_are_the_same_to_the_byte(municipality, example, file_format, monkeypatch):
    closed = close(municipality)
    kept = closed.files.get(file_format=file_format)

    everything_changes()
    monkeypatch.setattr(definitions, "GENERAL", (("0", "Något annat."),))
    stamp, content = file_of(selection(municipality), file_format)

    assert content == bytes(kept.content)
    assert (stamp.export_id, stamp.exported_at) == (kept.export_id, NOW)
    assert hashlib.sha256(content).hexdigest() == kept.checksum


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "pdf"])
def test_file_of_a_school_is_made_once_and_kept(municipality, example, file_format):
    close(municipality)
    asked = {"school": example["Almskolan"]}

    first = file_of(selection(municipality, **asked), file_format)
    everything_changes()
    again = file_of(selection(municipality, **asked), file_format)

    assert again == first
    assert ClosedPeriodFile.objects.exclude(selection="").count() == 1


def test_file_made_after_the_changes_holds_the_frozen_figures(municipality, example):
    close(municipality)
    everything_changes()
    almskolan = School.objects.get(name="Nya Almskolan")

    book = openpyxl.load_workbook(io.BytesIO(file_of(selection(municipality, school=almskolan))[1]))
    rows = list(
        csv.reader(
            io.StringIO(file_of(selection(municipality, school=almskolan), "csv")[1].decode("utf-8-sig")), delimiter=";"
        )
    )
    words = text_of(file_of(selection(municipality, school=almskolan), "pdf")[1])

    schools = list(book["Skolor"].iter_rows(values_only=True))
    assert dict(zip(schools[0], schools[1], strict=True))["Genomförda av förväntade"] == 4
    assert [row[2] for row in schools[1:-1]] == ["Almskolan"]
    assert {row[6] for row in rows[1:]} == {"1A", "2A"}
    assert ("P", "Stängd 14 januari 2027, definitioner version 1.") in words
    assert dict(book["Översikt"].iter_rows(min_row=3, max_col=2, values_only=True))["Definitioner"] == "version 1"


def test_definitions_in_a_later_file_are_those_of_the_closing(municipality, example, monkeypatch):
    closed = close(municipality)
    whole = openpyxl.load_workbook(io.BytesIO(bytes(closed.files.get(file_format="xlsx").content)))

    monkeypatch.setattr(definitions, "GENERAL", (("0", "Något annat."),))
    later = openpyxl.load_workbook(io.BytesIO(file_of(selection(municipality, school=example["Almskolan"]))[1]))

    definitions_of = [list(book["Definitioner"].iter_rows(values_only=True)) for book in (whole, later)]
    assert definitions_of[0] == definitions_of[1]


def test_places_bear_the_names_that_they_had(municipality, example):
    closed = close(municipality)
    School.objects.filter(name="Björkskolan").update(name="Nya Björkskolan")
    everything_changes()
    SchoolFactory(municipality=municipality, name="Ekskolan", unit_code="99000077")
    norra = Area.objects.get(name="Norra")
    Area.objects.filter(pk=norra.pk).update(name="Norr om ån")

    names = [named_then(closed, school=school) for school in School.objects.order_by("pk")]
    assert names == ["Almskolan", "Björkskolan", "Ekskolan"]
    assert named_then(closed, area=Area.objects.get(pk=norra.pk)) == "Norra"


def test_meanings_of_a_closing_are_those_of_its_columns(municipality, example):
    meanings = meanings_of(close(municipality))

    assert meanings["Förväntade"] == str(EXPECTED.definition)
    assert "0" not in meanings  # a word of all sheets is no column


def test_area_is_answered_by_where_the_schools_lay_then(municipality, example):
    close(municipality)
    everything_changes()
    norra, everybody = Area.objects.get(name="Norra"), School.objects.filter(municipality=municipality)

    asked = selection(municipality, area=norra, schools=everybody.filter(area=norra), visible=everybody)

    assert list(figures_of(asked.report(today=date(2027, 3, 1)))[0]) == ["Almskolan"]


def test_selection_never_holds_more_schools_than_one_may_see(municipality, example):
    close(municipality)
    own = School.objects.filter(name="Björkskolan")

    report = selection(municipality, schools=own).report(today=date(2027, 3, 1))
    content = file_of(selection(municipality, schools=own), "csv")[1].decode("utf-8-sig")

    assert [row.school.name for row in report.schools] == ["Björkskolan"]
    assert "Almskolan" not in content


def test_tertial_and_years_are_closed_beside_the_term(municipality, example):
    closings = [
        close(municipality, period=Period.parse(code), today=date(2027, 8, 1))
        for code in ("HT2026", "T3-2026", "2026/27", "AR2026")
    ]

    term, tertial, year, calendar_year = (
        selection(municipality, period=Period.parse(row.period)).report(today=date(2027, 8, 1)).total
        for row in closings
    )

    assert (term.expected, term.held_of_expected) == (10, 6)
    assert (tertial.expected, tertial.held_of_expected) == (10, 6)
    assert (year.expected, year.held_of_expected) == (14, 7)
    assert (calendar_year.expected, calendar_year.held_of_expected) == (10, 6)


def test_second_closing_is_refused_and_saves_nothing(municipality, example, centre):
    first = close(municipality)

    with pytest.raises(AlreadyClosedError):
        close(municipality)

    assert ClosedPeriod.objects.get() == first
    assert ClosedPeriodFile.objects.count() == 3


def test_reopened_period_is_counted_anew_and_keeps_its_old_figures(municipality, example, centre):
    closed = close(municipality, by=centre)
    everything_changes()

    assert reopen_period(closed=closed, reason="En skola saknades.", by=centre, now=LATER)

    assert selection(municipality).report(today=date(2027, 3, 1)).total.held_of_expected == 3
    closed.refresh_from_db()
    assert (closed.reopened_by, closed.reopen_reason) == (centre, "En skola saknades.")
    assert closed.files.count() == 3
    assert not reopen_period(closed=closed, reason="Igen.", by=centre, now=LATER)


def test_closing_and_reopening_stand_in_the_event_log(municipality, example, centre):
    closed = close(municipality, by=centre)
    reopen_period(closed=closed, reason="En skola saknades.", by=centre, now=LATER)

    events = [(row.kind, row.actor, row.about) for row in Event.objects.order_by("pk")]
    words = {"period": "HT 2026", "programme": "Taget"}
    assert events == [
        ("period_closed", centre, words),
        ("period_reopened", centre, {**words, "reason": "En skola saknades."}),
    ]


# The pages


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


PAGE = reverse("programmes:period", args=["HT2026"])


def test_period_is_closed_and_reopened_in_the_browser(as_centre, municipality, example, centre):
    confirm = as_centre.get(f"{PAGE}stang/")
    closed = as_centre.post(f"{PAGE}stang/", follow=True)
    refused = as_centre.post(f"{PAGE}oppna/", {"skal": " "})
    reopened = as_centre.post(f"{PAGE}oppna/", {"skal": "En skola saknades."}, follow=True)

    assert "3 pass är inte rapporterade</strong>, på 1 skola." in confirm.text
    assert "HT 2026 är stängd. Siffrorna ligger fast." in closed.text
    assert "Skriv varför, med en mening." in refused.text
    assert "HT 2026 är öppen igen och räknas om." in reopened.text
    assert "En skola saknades." in reopened.text
    assert [row.reopened_by for row in ClosedPeriod.objects.all()] == [centre]


def test_personal_number_in_a_reason_is_refused(as_centre, municipality, example):
    close(municipality)

    answer = as_centre.post(f"{PAGE}oppna/", {"skal": "Gäller 121212-1212."})

    assert "personnummer" in answer.text
    assert ClosedPeriod.objects.standing().count() == 1


def test_running_period_is_not_closed(as_centre, municipality, example):
    answer = as_centre.post("/rapporter/perioder/VT2027/stang/", follow=True)

    assert "VT 2027 pågår till och med 30 juni 2027 och går att stänga dagen efter." in answer.text
    assert not ClosedPeriod.objects.exists()


def test_second_of_two_who_close_is_told_politely(as_centre, municipality, example):
    close(municipality)

    answer = as_centre.post(f"{PAGE}stang/", follow=True)

    assert "HT 2026 är redan stängd." in answer.text
    assert ClosedPeriod.objects.count() == 1


def test_report_of_a_closed_period_shows_when_and_what_came_late(as_centre, municipality, example, centre):
    close(municipality, by=centre)
    everything_changes()

    page = as_centre.get("/rapporter/?period=HT2026")

    assert f"Stängd 14 januari 2027 av {centre}, definitioner version 1" in page.text
    assert '<a href="#sena">1 sen uppgift</a>' in page.text
    assert "Björkskolan, 3B" in page.text
    assert "genomfört 20 september 2026" in page.text
    assert page.context["report"].total.held_of_expected == 6


def test_coordinator_gets_the_own_schools_frozen_figures(client, municipality, example):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.COORDINATOR, school=example["Almskolan"])
    client.force_login(user)
    close(municipality)
    everything_changes()

    page = client.get("/rapporter/?period=HT2026")

    assert [row.school.name for row in page.context["report"].schools] == ["Almskolan"]
    assert page.context["report"].total.held_of_expected == 4
    assert page.context["late_count"] == 0
    assert "3B" not in strip_tags(page.text)


def test_corrected_and_removed_entries_stand_beside_the_figures(municipality, example, centre):
    closed = close(municipality)
    corrected, removed = Delivery.objects.filter(planned_session__school_class__name="1A").order_by("date")[:2]
    not_held = NotHeld.objects.get()
    for entry in (corrected, removed, not_held):
        entry._history_date = LATER
    corrected.present, corrected.version = 19, 2
    corrected.save()
    removed.delete()
    not_held.delete()

    late = late_entries(closed, schools=School.objects.values_list("pk", flat=True))

    assert [(row.planned.school_class.name, row.planned.session.code, row.kind) for row in late] == [
        ("1A", "T-B1", "corrected"),
        ("1A", "T-T03", "removed"),
        ("2A", "T-B2", "removed"),
    ]


@pytest.mark.parametrize("slug", ["nadda", "foljsamhet"])
def test_other_reports_of_a_closed_period_are_of_the_frozen_figures(as_centre, municipality, example, slug):
    close(municipality)
    before = as_centre.get(f"/rapporter/{slug}/?period=HT2026")
    everything_changes()

    after = as_centre.get(f"/rapporter/{slug}/?period=HT2026")

    tables = [
        [(section.table.columns, list(section.table.rows)) for section in page.context["report"].sections]
        for page in (before, after)
    ]
    assert tables[0] == tables[1]
    assert "Stängd 14 januari 2027, definitioner version 1." in after.text


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_much_for_many_schools_as_for_few(as_centre, municipality, number, query_count):
    planned = [
        PlannedSessionFactory(school_class__school__municipality=municipality, due_date=date(2026, 10, 31))
        for _number in range(2 * number)
    ]
    closed = close(municipality)
    for row in planned[::2]:
        DeliveryFactory(planned_session=row, date=date(2026, 10, 1))
    Delivery.objects.update(reported_at=LATER)

    with query_count(17):
        page = as_centre.get("/rapporter/?period=HT2026")
    with query_count(9):
        as_centre.get("/rapporter/perioder/")
    with query_count(16):
        as_centre.get(PAGE)
    reopen_period(closed=closed, reason="En skola saknades.", by=page.wsgi_request.user, now=LATER)
    with query_count(13):
        as_centre.get(PAGE)
    assert page.context["late_count"] == number


# The worker


@pytest.fixture
def no_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_period_waits_in_line_until_the_worker_has_closed_it(as_centre, municipality, example, no_worker):
    as_centre.post(f"{PAGE}stang/")
    again = as_centre.post(f"{PAGE}stang/", follow=True)
    line = ClosingInLine.objects.get()

    assert "HT 2026 väntar på sin tur att stängas." in again.text
    assert as_centre.get(PAGE, headers={"HX-Request": "true"}).text.lstrip().startswith('<div id="stangs" hx-get=')
    close_asked_period.func(line.pk)

    polled = as_centre.get(PAGE, headers={"HX-Request": "true"})
    assert (polled["HX-Refresh"], ClosingInLine.objects.count()) == ("true", 0)
    page = as_centre.get(PAGE)
    assert ClosedPeriod.objects.get().closed_by == line.asked_by
    assert "Vid sidan av täckningen är 10 rapporter sparade med stängningen" in page.text
    assert f"/rapporter/foljsamhet/?{urlencode({'period': 'HT2026', 'program': 'taget'})}" in unescape(page.text)


def test_closing_that_failed_is_told_and_can_be_asked_for_again(as_centre, municipality, example, no_worker):
    as_centre.post(f"{PAGE}stang/")
    line = begin_closing(pk=ClosingInLine.objects.get().pk, now=NOW)
    give_up_closing(line=line)

    page = as_centre.get(PAGE)
    assert "HT 2026 kunde inte stängas." in page.text
    assert "hx-get" not in page.text
    as_centre.post(f"{PAGE}stang/")

    line.refresh_from_db()
    assert (line.has_failed, line.started_at) == (False, None)


@pytest.mark.parametrize("deed", ["leaves", "is closed by somebody else"])
def test_worker_leaves_what_is_not_to_be_closed(as_centre, municipality, example, centre, no_worker, deed):
    as_centre.post(f"{PAGE}stang/")
    if deed == "leaves":
        centre.memberships.all().delete()
    else:
        close(municipality)

    close_asked_period.func(ClosingInLine.objects.get().pk)

    assert ClosingInLine.objects.count() == 0
    assert ClosedPeriod.objects.count() == (0 if deed == "leaves" else 1)


@pytest.mark.parametrize(
    ("minutes", "is_put_back", "has_failed"), [(19, False, False), (21, True, False), (130, False, True)]
)
def test_period_whose_worker_was_killed_is_put_back_for_a_while(
    municipality, centre, db, minutes, is_put_back, has_failed
):
    line, _is_new = ask_to_close(municipality=municipality, programme=programme(), period=HT, by=centre, now=NOW)
    begin_closing(pk=line.pk, now=NOW)

    put_back = put_back_lost_closings(now=NOW + timedelta(minutes=minutes))

    line.refresh_from_db()
    assert (put_back, line.started_at is None, line.has_failed) == ([line] * is_put_back, is_put_back, has_failed)


def test_period_that_was_put_back_is_closed(as_centre, municipality, example, no_worker, settings):
    as_centre.post(f"{PAGE}stang/")
    begin_closing(pk=ClosingInLine.objects.get().pk, now=timezone.now() - timedelta(minutes=30))
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    call_command("send_reminders", verbosity=0)

    assert (ClosedPeriod.objects.count(), ClosingInLine.objects.count()) == (1, 0)


def test_work_that_stopped_may_begin_again_and_only_then(municipality, centre, db):
    whose = {"municipality": municipality, "programme": programme(), "period": HT, "by": centre}
    line, is_new = ask_to_close(**whose, now=NOW)
    begin_closing(pk=line.pk, now=NOW)

    assert is_new
    assert begin_closing(pk=line.pk, now=NOW) is None
    assert ask_to_close(**whose, now=NOW + timedelta(minutes=19))[1] is False
    assert ask_to_close(**whose, now=NOW + timedelta(minutes=21))[1] is True
    assert begin_closing(pk=line.pk, now=NOW) is not None
