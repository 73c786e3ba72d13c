"""Every kind of report of a closed period says what it said when the period was closed, in its files to the byte."""

import gzip
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from programmes.actions.closings import close_period, reopen_period
from programmes.enums import AdaptationWhat, AdaptationWhy, PreparationBand, Role
from programmes.exports.closing import closing_of
from programmes.exports.reports.kept import packed, unpacked
from programmes.exports.reports.kinds import ALL, KINDS
from programmes.models import (
    Area,
    ClosedPeriodFile,
    ClosedReport,
    Delivery,
    Participation,
    Period,
    PlannedSession,
    School,
    SchoolClass,
    StaffMeeting,
)
from tests.factories import (
    DeliveryFactory,
    MembershipFactory,
    PlannedSessionFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)
from tests.factories.coverage import worked_example

NOW = datetime(2027, 1, 14, 9, 0, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
FORMATS = ["xlsx", "pdf", "csv"]
HT = {"period": "HT2026"}
WITH_FIGURES = ["foljsamhet", "personal", "persontimmar", "skolan"]


@pytest.fixture
def today():
    return date(2027, 1, 14)


@pytest.fixture
def example(municipality):
    schools = worked_example(municipality)
    for school in schools.values():
        StaffMeetingFactory(school=school, date=date(2026, 9, 8), present=15, total=20, minutes=60)
    return schools


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def close(municipality, *slugs, code="HT2026", of="taget"):
    closing = closing_of(
        municipality=municipality,
        programme=programme(of),
        period=Period.parse(code),
        by=None,
        today=date(2027, 1, 14),
        now=NOW,
        kinds=[KINDS[slug] for slug in slugs],
    )
    return close_period(closing=closing)


def everything_changes():
    """A class is renamed, a school leaves, moves and gets a new name, and a session and a staff meeting come late."""
    SchoolClass.objects.filter(name="1A").update(name="1X", enrolled=40)
    almskolan = School.objects.get(name="Almskolan")
    almskolan.area = Area.objects.get(name="Centrum")
    almskolan.name = "Nya Almskolan"
    almskolan.save()
    Participation.objects.filter(school=almskolan).delete()
    planned = PlannedSession.objects.get(school_class__name="3B", session__code="T-B1")
    late = DeliveryFactory(planned_session=planned, date=date(2026, 9, 20), present=9, group_size=9)
    Delivery.objects.filter(pk=late.pk).update(reported_at=LATER)
    Delivery.objects.exclude(pk=late.pk).update(engagement=1, preparation=PreparationBand.NONE)
    StaffMeeting.objects.all().delete()


def page_of(client, slug, **asked):
    page = client.get(reverse("programmes:report", args=[slug]), HT | asked)
    assert page.status_code == 200
    return page


def file_of(client, slug, file_format, **asked):
    answer = client.get(reverse("programmes:report_file", args=[slug, file_format]), HT | asked)
    assert answer.status_code == 200
    return b"".join(answer)


@pytest.mark.parametrize("slug", WITH_FIGURES)
def test_report_and_files_are_the_same_to_the_byte_whatever_happens(as_centre, municipality, example, slug):
    close(municipality, slug)
    places = [{"skola": "almskolan"}] if slug == "skolan" else [{}, {"omrade": "Centrum"}, {"skola": "almskolan"}]
    before = [packed(page_of(as_centre, slug, **place).context["report"]) for place in places]
    files = [file_of(as_centre, slug, each, **place) for each in FORMATS for place in places]

    everything_changes()

    page = page_of(as_centre, slug, **places[0])
    assert [packed(page_of(as_centre, slug, **place).context["report"]) for place in places] == before
    assert [file_of(as_centre, slug, each, **place) for each in FORMATS for place in places] == files
    assert "Rapporten är som den var när HT 2026 stängdes för Taget." in page.text


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_each_kind_is_read_back_as_it_was_put_away(municipality, example, kind):
    period = {"term": "HT2026", "school_year": "2026/27", "tertial": "T3-2026"}[kind.periods[0]]

    close(municipality, kind.slug, code=period, of="mvp" if kind.closes_with == "mvp" else "taget")

    kept = list(ClosedReport.objects.order_by("pk"))
    assert [packed(unpacked(row.content)) for row in kept] == [bytes(row.content) for row in kept]
    assert bool(kept) == (kind.slug != "jamforelse")
    for file in ClosedPeriodFile.objects.all():
        file.clean_fields()


def test_file_made_after_the_changes_says_the_names_of_then(as_centre, municipality, example):
    close(municipality, "personal")
    everything_changes()

    book = openpyxl.load_workbook(io.BytesIO(file_of(as_centre, "personal", "xlsx", skola="almskolan")))

    cover = dict(book["Översikt"].iter_rows(min_row=3, max_col=2, values_only=True))
    assert (cover["Skola"], cover["Definitioner"]) == ("Almskolan", "version 1")
    assert cover["Stängd"].date() == date(2027, 1, 14)
    assert book["Skolor"]["B2"].value == "Almskolan"


def test_files_of_the_whole_municipality_are_made_when_the_period_is_closed(as_centre, municipality, example):
    closed = close(municipality, "personal", "persontimmar")

    made = [
        (slug, each, bytes(closed.files.get(report__report=slug, file_format=each).content))
        for slug in ("personal", "persontimmar")
        for each in FORMATS
    ]

    assert [(slug, each, file_of(as_centre, slug, each)) for slug, each, _content in made] == made
    assert ClosedPeriodFile.objects.exclude(report=None).count() == 6


def test_late_entries_stand_beside_a_report_that_counts_sessions(as_centre, municipality, example):
    close(municipality, "foljsamhet", "kurser")
    everything_changes()

    page, courses = page_of(as_centre, "foljsamhet"), page_of(as_centre, "kurser")

    assert '<a href="#sena">1 sen uppgift</a>' in page.text
    assert "Björkskolan, 3B" in page.text
    assert "3B" not in strip_tags(courses.text)
    assert "Det som har skrivits in efteråt är inte med." in courses.text


def test_reports_of_no_programme_are_kept_with_taget_alone(as_centre, municipality, example):
    close(municipality, "personal", "mvp", of="mvp")
    assert list(ClosedReport.objects.values_list("report", flat=True).distinct()) == ["mvp"]
    before = page_of(as_centre, "personal")
    assert "closed" not in before.context

    StaffMeeting.objects.all().delete()
    assert packed(page_of(as_centre, "personal").context["report"]) != packed(before.context["report"])


def coordinator_of(client, *schools):
    user = UserFactory()
    for school in schools:
        MembershipFactory(user=user, role=Role.COORDINATOR, school=school)
    client.force_login(user)


def test_coordinator_reads_the_own_schools_kept_report(client, municipality, example):
    coordinator_of(client, example["Almskolan"])
    close(municipality, "personal")
    before = [file_of(client, "personal", each) for each in FORMATS]
    everything_changes()

    page = page_of(client, "personal")

    assert [file_of(client, "personal", each) for each in FORMATS] == before
    assert "Björkskolan" not in page.text
    assert [row[1] for row in page.context["report"].sections[0].table.rows] == ["Almskolan"]


def test_coordinator_of_several_schools_reads_them_together(client, municipality, example):
    coordinator_of(client, *example.values())
    close(municipality, "persontimmar")
    before = packed(page_of(client, "persontimmar").context["report"])
    everything_changes()

    assert packed(page_of(client, "persontimmar").context["report"]) == before


def test_schools_that_nobody_coordinated_together_are_counted_now_and_it_is_said(client, municipality, example):
    close(municipality, "personal")
    coordinator_of(client, *example.values())

    page = page_of(client, "personal")

    assert "men rapporten sparades inte för just de här skolorna." in page.text
    assert "Rapporten är som den var" not in page.text
    assert "closed" in page.context


@pytest.mark.parametrize("slug", ["foljsamhet", "skolan"])
def test_report_that_was_not_kept_counts_the_entries_that_were_there(as_centre, municipality, example, slug):
    """Coverage is frozen, and so is what stands beside it: corrected, late and removed entries change none of it."""
    delivery = Delivery.objects.get(planned_session__school_class__name="1A", planned_session__session__code="T-B1")
    Delivery.objects.filter(pk=delivery.pk).update(
        engagement=4,
        preparation=PreparationBand.UP_TO_15,
        is_adapted=True,
        adaptation_what=AdaptationWhat.SHORTENED,
        adaptation_why=AdaptationWhy.TIME,
        adaptation_planned=True,
    )
    place = {"skola": "almskolan"} if slug == "skolan" else {}
    before = told(page_of(as_centre, slug, **place).context["report"])
    assert len(before) >= 3
    close(municipality, "kurser")
    everything_changes()
    PlannedSession.objects.filter(school_class__name="2A").update(due_date=date(2027, 4, 30))
    School.objects.filter(slug="almskolan").update(name="Almskolan")

    after = page_of(as_centre, slug, **place)

    assert told(after.context["report"]) == before
    assert after.context["is_counted_now"]


def told(report):
    """The tables of coverage and of what stands beside it, each row without its area."""
    names = ("Fidelity", "Följsamhet", "Förberedelse", "Vad som", "Klasserna i", "Ej hållet", "Passen", "Klasser")
    return [
        (str(table.title), [list(row) for row in table.rows])
        for section in report.sections
        if (table := section.table) and str(table.title).startswith(names)
    ]


def test_own_report_says_of_trygg_bas_what_each_may_read(client, municipality, example, centre):
    administrator = UserFactory()
    MembershipFactory(user=administrator, role=Role.ADMINISTRATOR, municipality=municipality, school=None)
    close(municipality, "skolan")

    headings = []
    for user in (centre, administrator):
        client.force_login(user)
        page = page_of(client, "skolan", skola="almskolan")
        headings.append([str(section.heading) for section in page.context["report"].shown_sections])
        assert page.context["is_kept"]

    assert [("Trygg bas" in each) for each in headings] == [True, False]


def test_reopened_period_is_counted_anew_in_every_report(as_centre, municipality, example, centre):
    closed = close(municipality, "personal")
    before = packed(page_of(as_centre, "personal").context["report"])
    StaffMeeting.objects.all().delete()

    reopen_period(closed=closed, reason="En skola saknades.", by=centre, now=LATER)

    page = page_of(as_centre, "personal")
    assert packed(page.context["report"]) != before
    assert closed.reports.count() == 5


def test_a_field_that_is_no_more_is_passed_over(municipality, example):
    close(municipality, "personal")
    kept = unpacked(ClosedReport.objects.get(selection="").content)
    text = gzip.decompress(packed(kept)).decode().replace('"heading":', '"was_once":1,"heading":', 1)

    assert unpacked(gzip.compress(text.encode())) == kept


@pytest.mark.parametrize("number", [1, 3])
def test_kept_report_asks_the_same_for_any_number_of_schools(as_centre, municipality, query_count, number):
    for place in range(number):
        planned = PlannedSessionFactory(
            school_class__school__municipality=municipality,
            school_class__school__name=f"Skola {place}",
            due_date=date(2026, 10, 31),
        )
        StaffMeetingFactory(school=planned.school_class.school)
    close(municipality, "personal")

    with query_count(16):
        page_of(as_centre, "personal")
