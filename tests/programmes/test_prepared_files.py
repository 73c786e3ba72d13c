"""Files too large to wait for: asked for, made with one's rights, resumed half-way, told of, and gone after a week."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import openpyxl
import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from programmes.actions.prepared_files import NoLongerWantedError, begin_making, tell_progress
from programmes.actions.retention import delete_technical_traces
from programmes.enums import FileState, Role
from programmes.imports.retention import read_decisions
from programmes.models import Event, Membership, PreparedFile, PreparedFilePart
from programmes.models.prepared_files import KEPT_DAYS
from programmes.tasks import make_prepared_file
from tests.factories import (
    DeliveryFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SchoolFactory,
    UserFactory,
)

XLSX, CSV = "/rapporter/tackning.xlsx", "/rapporter/tackning.csv"
WAITS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def _everything_is_large(settings):
    settings.BACKGROUND_ROWS = 2


@pytest.fixture
def delivered(school_class):
    """One more delivery than is written while the person waits."""
    return [
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class, session__code=code))
        for code in ("T-B1", "T-B2", "T-B3")
    ]


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def ready(as_coordinator, delivered):
    as_coordinator.get(XLSX)
    return PreparedFile.objects.get()


@pytest.fixture
def waiting(as_coordinator, delivered, settings):
    """A file that no worker has begun."""
    settings.TASKS = WAITS
    as_coordinator.get(XLSX)
    return PreparedFile.objects.get()


def page_of(file):
    return reverse("programmes:prepared_file", args=[file.reference])


def download_of(file):
    return reverse("programmes:prepared_file_download", args=[file.reference])


def content_of(file):
    return b"".join(bytes(part) for part in file.parts.values_list("content", flat=True))


def main_of(response):
    main = re.search(r"<main.*</main>", response.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# Asking


def test_large_selection_leads_to_a_file_with_its_rows(as_coordinator, delivered):
    answer = as_coordinator.get(XLSX, {"period": "HT2026"})

    file = PreparedFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(file))
    assert (file.title, file.file_name, file.state, file.asked) == (
        "Täckning, Taget, HT 2026, alla skolor",
        "tackning-taget-ht-2026.xlsx",
        FileState.READY,
        {"period": "HT2026", "program": "taget"},
    )
    book = openpyxl.load_workbook(BytesIO(content_of(file)))
    assert [book["Genomföranden"].max_row, book["Pass"].max_row] == [4, 4]
    rows = 3 + 3 + sum(book[name].max_row - 1 for name in ("Skolor", "Klasser", "Definitioner")) - 1
    assert (file.rows_done, file.rows_total) == (rows, rows)
    assert [school.name for school in file.schools.all()] == ["Almskolan"]


def test_selection_within_the_limit_is_answered_at_once(as_coordinator, delivered, settings):
    settings.BACKGROUND_ROWS = 3
    answer = as_coordinator.get(XLSX)
    assert answer["Content-Disposition"] == 'attachment; filename="tackning-taget-ht-2026.xlsx"'
    assert b"".join(answer)
    assert list(PreparedFile.objects.all()) == []


def test_document_is_never_left_to_the_worker(as_coordinator, delivered):
    answer = as_coordinator.get("/rapporter/tackning.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer)


def test_same_request_is_the_same_file_and_another_is_another(as_coordinator, waiting):
    answers = [as_coordinator.get(XLSX)["Location"], as_coordinator.get(CSV)["Location"]]
    assert answers[0] == page_of(waiting)
    assert answers[1] == page_of(PreparedFile.objects.get(file_format="csv"))
    assert PreparedFile.objects.count() == 2


def test_file_is_one_person_s_alone(client, ready, school, centre):
    for other in (centre, MembershipFactory(role=Role.COORDINATOR, school=school).user):
        client.force_login(other)
        assert [client.get(url).status_code for url in (page_of(ready), download_of(ready))] == [404, 404]
        assert ready.title not in client.get("/rapporter/filer/").text


# Making


def test_file_is_made_with_the_rights_of_the_moment_it_is_made(waiting, coordinator, municipality, today):
    other = SchoolFactory(municipality=municipality, name="Björkskolan")
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class__school=other))
    Membership.objects.filter(user=coordinator).update(school=other)

    make_prepared_file.func(waiting.pk)

    waiting.refresh_from_db()
    sheet = openpyxl.load_workbook(BytesIO(content_of(waiting)))["Genomföranden"]
    assert {row[2] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"Björkskolan"}


def test_nothing_is_made_for_who_has_lost_every_right(as_coordinator, waiting, coordinator, today):
    Membership.objects.filter(user=coordinator).update(end_date=today - timedelta(days=1))

    make_prepared_file.func(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, PreparedFilePart.objects.count(), mail.outbox) == (FileState.FAILED, 0, [])
    assert as_coordinator.get(page_of(waiting)).status_code == 403


def test_file_that_two_workers_are_told_of_is_made_once(waiting):
    now = timezone.now()
    assert [begin_making(pk=waiting.pk, now=now) == waiting, begin_making(pk=waiting.pk, now=now)] == [True, None]


def test_progress_stops_the_making_of_a_file_that_is_removed(as_coordinator, waiting):
    begun = begin_making(pk=waiting.pk, now=timezone.now())
    tell_progress(file=begun, rows_done=300, rows_total=1200, now=timezone.now())
    assert "25 procent av raderna är klara." in main_of(as_coordinator.get(page_of(waiting)))

    as_coordinator.post(page_of(waiting), {"gor": "ta-bort"})

    with pytest.raises(NoLongerWantedError):
        tell_progress(file=begun, rows_done=400, rows_total=1200, now=timezone.now())
    assert as_coordinator.get(page_of(waiting)).status_code == 404


def test_failure_is_said_and_can_be_tried_again(as_coordinator, delivered, settings):
    settings.TASKS = WAITS
    as_coordinator.get(XLSX)
    file = PreparedFile.objects.get()
    PreparedFile.objects.update(state=FileState.FAILED)
    assert "Filen kunde inte göras." in main_of(as_coordinator.get(page_of(file)))

    answer = as_coordinator.post(page_of(file), {"gor": "igen"})

    file.refresh_from_db()
    assert (answer["Location"], file.state) == (page_of(file), FileState.WAITING)


def test_ready_file_is_made_anew_with_what_has_been_reported_since(as_coordinator, ready, school_class):
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class, session__code="T-T01"))
    assert as_coordinator.get(XLSX)["Location"] == page_of(ready)
    assert "Det som har rapporterats sedan filen gjordes är inte med." in main_of(as_coordinator.get(page_of(ready)))

    answer = as_coordinator.post(page_of(ready), {"gor": "ny"})

    book = openpyxl.load_workbook(BytesIO(content_of(ready)))
    anew = PreparedFile.objects.get()
    assert (answer["Location"], book["Genomföranden"].max_row) == (page_of(ready), 5)
    assert (anew.state, anew.size, anew.export_id != ready.export_id) == (FileState.READY, len(content_of(anew)), True)


def test_file_that_waits_is_not_made_anew(as_coordinator, waiting):
    as_coordinator.post(page_of(waiting), {"gor": "ny"})
    assert PreparedFile.objects.get().asked_at == waiting.asked_at


def test_worker_that_does_not_run_is_told_of(as_coordinator, waiting):
    assert "Ingen har börjat" not in main_of(as_coordinator.get(page_of(waiting)))
    PreparedFile.objects.update(asked_at=timezone.now() - timedelta(minutes=3))
    assert "Ingen har börjat på filen ännu." in main_of(as_coordinator.get(page_of(waiting)))


def test_worker_that_stopped_half_way_is_told_of_and_begun_again(as_coordinator, waiting):
    begin_making(pk=waiting.pk, now=timezone.now() - timedelta(minutes=3))
    assert "Arbetet har stannat halvvägs." in main_of(as_coordinator.get(page_of(waiting)))
    as_coordinator.post(page_of(waiting), {"gor": "igen"})
    assert PreparedFile.objects.get().state == FileState.WAITING


def lost(file):
    """The file as a worker leaves it that is killed while it writes."""
    begin_making(pk=file.pk, now=timezone.now() - timedelta(minutes=30))
    file.refresh_from_db()
    return file


def test_file_whose_worker_was_killed_is_made_by_the_next_and_told_of(waiting, coordinator, settings):
    lost(waiting)
    settings.TASKS = IMMEDIATE

    call_command("send_reminders", verbosity=0)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.size) == (FileState.READY, len(content_of(waiting)))
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [([coordinator.email], "Stins: filen är klar")]


def test_file_that_is_being_made_is_left_to_its_worker(waiting):
    begin_making(pk=waiting.pk, now=timezone.now() - timedelta(minutes=19))
    call_command("send_reminders", verbosity=0)
    assert PreparedFile.objects.get().state == FileState.MAKING


def test_file_that_ends_its_worker_every_time_is_given_up_and_told_of(as_coordinator, waiting, coordinator):
    for _time in range(3):
        lost(waiting)
        call_command("send_reminders", verbosity=0)

    waiting.refresh_from_db()
    (letter,) = mail.outbox
    assert (waiting.state, letter.to) == (FileState.FAILED, [coordinator.email])
    assert (letter.subject, page_of(waiting) in letter.body) == ("Stins: filen kunde inte göras", True)
    as_coordinator.post(page_of(waiting), {"gor": "igen"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (FileState.WAITING, 0)


def test_failure_is_told_in_a_letter_too(waiting, coordinator, monkeypatch):
    monkeypatch.setattr("programmes.tasks.write_coverage", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_prepared_file.func(waiting.pk)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([coordinator.email], "Stins: filen kunde inte göras")
    assert not re.search(r"Almskolan|Taget|\b3B\b", letter.body + letter.subject)


def test_page_asks_again_by_itself_until_the_file_is_ready(as_coordinator, waiting):
    poll = as_coordinator.get(page_of(waiting), headers={"HX-Request": "true"})
    assert (poll.status_code, 'hx-trigger="every 2s"' in poll.text, "<main" in poll.text) == (200, True, False)
    make_prepared_file.func(waiting.pk)
    poll = as_coordinator.get(page_of(waiting), headers={"HX-Request": "true"})
    assert (poll.status_code, "hx-trigger" in poll.text, download_of(waiting) in poll.text) == (286, False, True)


# Telling


def test_letter_holds_a_link_and_no_figure(ready, coordinator):
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([coordinator.email], "Stins: filen är klar")
    assert f"http://127.0.0.1:8000{page_of(ready)}" in letter.body
    assert not re.search(r"Almskolan|Taget|\b3B\b", letter.body + letter.subject)


def test_making_leaves_the_trace_of_an_export(ready, coordinator):
    event = Event.objects.get(kind="exported")
    assert (event.actor, event.about["export_id"], event.about["checksum"]) == (
        coordinator,
        ready.export_id,
        hashlib.sha256(content_of(ready)).hexdigest(),
    )
    assert event.about["selection"] == "Ekbacka kommun, Taget, alla skolor, HT 2026"


# Fetching


def test_whole_file_comes_with_what_resuming_needs(as_coordinator, ready):
    answer = as_coordinator.get(download_of(ready), headers={"Accept-Encoding": "gzip"})
    assert b"".join(answer) == content_of(ready)
    assert {name: answer[name] for name in ("Content-Length", "ETag", "Accept-Ranges", "Content-Disposition")} == {
        "Content-Length": str(ready.size),
        "ETag": f'"{ready.checksum}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": 'attachment; filename="tackning-taget-ht-2026.xlsx"',
    }


RANGES = [("0-0", 0, 0), ("5-9", 5, 9), ("100-", 100, 127), ("-3", 125, 127), ("120-999", 120, 127), ("-500", 0, 127)]


@pytest.mark.parametrize("size", [1, 7, 64])
def test_range_is_answered_to_the_byte(as_coordinator, ready, size, monkeypatch):
    monkeypatch.setattr(PreparedFilePart, "SIZE", size)
    content = bytes(range(128))
    ready.parts.all().delete()
    for number in range(-(-128 // size)):
        ready.parts.create(number=number, content=content[number * size : (number + 1) * size])
    PreparedFile.objects.update(size=128)

    for asked, first, last in RANGES:
        answer = as_coordinator.get(download_of(ready), headers={"Range": f"bytes={asked}"})
        assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/128")
        assert b"".join(answer) == content[first : last + 1]


def test_range_outside_the_file_is_refused(as_coordinator, ready):
    for asked in ("bytes=99999999-", "bytes=-0"):
        answer = as_coordinator.get(download_of(ready), headers={"Range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{ready.size}")


def test_range_that_is_not_understood_gives_the_whole(as_coordinator, ready):
    for asked in ("bytes=9-3", "bytes=-", "rows=1-2", "bytes=0-1,4-5", "bytes=a-b"):
        answer = as_coordinator.get(download_of(ready), headers={"Range": asked})
        assert (answer.status_code, b"".join(answer)) == (200, content_of(ready))


def test_range_is_for_what_is_fetched_and_its_unit_in_any_letters(as_coordinator, ready):
    assert as_coordinator.get(download_of(ready), headers={"Range": "Bytes=0-0"}).status_code == 206
    head = as_coordinator.head(download_of(ready), headers={"Range": "bytes=0-0"})
    assert (head.status_code, head["Content-Length"]) == (200, str(ready.size))


def test_file_made_anew_during_a_download_is_not_mixed_with_the_old(as_coordinator, ready, monkeypatch):
    monkeypatch.setattr(PreparedFilePart, "SIZE", 1000)
    as_coordinator.post(page_of(ready), {"gor": "ny"})
    answer = iter(as_coordinator.get(download_of(ready)).streaming_content)
    next(answer)
    as_coordinator.post(page_of(ready), {"gor": "ny"})
    with pytest.raises(PreparedFilePart.DoesNotExist):
        next(answer)


def test_part_of_another_file_is_not_mended_with_this_one(as_coordinator, ready):
    whole = as_coordinator.get(download_of(ready))
    for condition, status in ((whole["ETag"], 206), (whole["Last-Modified"], 206), ('"another"', 200)):
        answer = as_coordinator.get(download_of(ready), headers={"Range": "bytes=10-", "If-Range": condition})
        assert (answer.status_code, b"".join(answer)) == (status, content_of(ready)[10 if status == 206 else 0 :])


def test_file_that_the_browser_has_is_not_sent_again(as_coordinator, ready):
    answer = as_coordinator.get(download_of(ready), headers={"If-None-Match": f'"{ready.checksum}"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_file_that_is_not_ready_cannot_be_fetched(as_coordinator, waiting):
    assert as_coordinator.get(download_of(waiting)).status_code == 404


def test_lost_school_closes_the_file(client, delivered, municipality):
    user = UserFactory()
    other = SchoolFactory(municipality=municipality, name="Björkskolan")
    own = [
        MembershipFactory(user=user, role=Role.COORDINATOR, school=school)
        for school in (other, delivered[0].planned_session.school_class.school)
    ]
    client.force_login(user)
    client.get(XLSX)
    file = PreparedFile.objects.get()
    assert client.get(download_of(file)).status_code == 200

    own[0].delete()

    assert client.get(download_of(file)).status_code == 403
    page = client.get(page_of(file))
    assert ("Du kan inte längre hämta filen." in main_of(page), download_of(file) in page.text) == (True, False)


# Keeping


def test_file_is_gone_after_its_days_also_before_it_is_removed(as_coordinator, ready):
    PreparedFile.objects.update(asked_at=timezone.now() - timedelta(days=KEPT_DAYS))
    assert [as_coordinator.get(url).status_code for url in (page_of(ready), download_of(ready))] == [404, 404]


def test_nightly_removal_takes_the_bytes_too(ready, today):
    decision = next(row for row in read_decisions() if row.name == "prepared_file")
    assert decision.days == KEPT_DAYS
    PreparedFile.objects.update(asked_at=timezone.now() - timedelta(days=3000))
    assert delete_technical_traces([decision], today=today) == {"programmes.PreparedFile": 1}
    assert [PreparedFile.objects.count(), PreparedFilePart.objects.count()] == [0, 0]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_shows_one_s_own_whatever_their_number(as_coordinator, coordinator, municipality, query_count, number):
    for place in range(number):
        PreparedFile.objects.create(
            owner=coordinator,
            municipality=municipality,
            file_format="xlsx",
            key=str(place),
            title=f"Fil {place}",
            asked_at=timezone.now() - timedelta(minutes=place),
        )
    with query_count(8):
        page = as_coordinator.get("/rapporter/filer/")
    shown = [int(name) for name in re.findall(r"<strong>Fil (\d+)</strong>", page.text)]
    assert (len(shown), all(a < b for a, b in pairwise(shown))) == (number, True)


def test_report_leads_to_one_s_own_files(client, as_coordinator, ready, centre):
    assert "Dina filer" in main_of(as_coordinator.get("/rapporter/"))
    client.force_login(centre)
    assert "Dina filer" not in main_of(client.get("/rapporter/"))


def test_empty_list_says_what_stands_there(as_coordinator):
    assert "Du har inga filer här" in main_of(as_coordinator.get("/rapporter/filer/"))
