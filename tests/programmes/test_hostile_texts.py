"""Formula, script, NUL and ten megabytes in the texts that people write: harmless wherever they are read again."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from icalendar import Calendar

from programmes.enums import Role
from programmes.models import Delivery, ParentMeeting
from tests import pdf
from tests.factories import DeliveryFactory, MembershipFactory, ParentMeetingFactory, PlannedSessionFactory, UserFactory
from tests.factories.programmes import PASSWORD

SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"=1+1{SCRIPT}"
FORMULAS = ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.fixture
def planted(school, school_class):
    """A school, a class and a note with a formula that is also a script."""
    school.name, school_class.name = HOSTILE, f"=3B{SCRIPT}"
    school.save()
    school_class.save()
    planned = PlannedSessionFactory(school_class=school_class)
    return DeliveryFactory(planned_session=planned, note=HOSTILE)


@pytest.mark.parametrize(
    "address",
    [
        "/start/",
        "/skolor/",
        "/skolor/almskolan/",
        "/skolor/almskolan/?vy=matris",
        "/skolor/almskolan/plan/",
        "/skolor/almskolan/rapportera/?klass=%3D3B%3Cscript%3Ealert(1)%3C/script%3E&pass=T-B1",
        "/rapporter/?period=HT2026",
        "/mina-uppgifter/",
        "/finns/inte/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/rapporter/?period=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_script_is_only_ever_text_on_a_page(client, coordinator, planted, address):
    client.force_login(coordinator)

    response = client.get(address, follow=True)

    assert response.status_code in {200, 404}
    assert SCRIPT not in response.text


def test_formula_stays_text_in_csv_and_workbook(client, coordinator, planted):
    client.force_login(coordinator)
    text = b"".join(client.get(reverse("programmes:coverage_csv"), {"period": "HT2026"})).decode("utf-8-sig")
    book = b"".join(client.get(reverse("programmes:coverage_xlsx"), {"period": "HT2026"}))

    row = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert (row["Skola"], row["Klass"]) == (f"'{HOSTILE}", f"'=3B{SCRIPT}")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(book))
        for line in sheet.iter_rows()
        for cell in line
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells} == {True}


def test_letter_holds_a_hostile_name_as_plain_text(client, coordinator, planted):
    client.force_login(coordinator)
    answer = {
        "email": "ny@ekbacka.example",
        "role": Role.LEADER,
        "school": planted.planned_session.school_class.school.slug,
    }

    client.post(reverse("programmes:invitation_new"), answer)

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ny@ekbacka.example"], f"Inbjudan till Stins, {HOSTILE}")
    assert (type(letter), letter.content_subtype) == (mail.EmailMessage, "plain")
    assert HOSTILE in letter.body


def test_report_as_a_pdf_holds_a_hostile_name_as_words_and_does_nothing(client, coordinator, planted):
    client.force_login(coordinator)

    content = b"".join(client.get(reverse("programmes:coverage_pdf"), {"period": "HT2026"}))

    pdf.assert_tagged(content)
    pdf.assert_inert(content)
    words = "".join(words for _role, words in pdf.text_of(content)).replace(" ", "")
    assert HOSTILE.replace(" ", "") in words


def test_calendar_holds_a_hostile_text_as_one_line_of_words(client, coordinator, school):
    """A theme with a line break and a property of its own would else become an alarm in every subscriber's phone."""
    theme = f"{HOSTILE}\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY"
    ParentMeeting.objects.filter(pk=ParentMeetingFactory(school=school, date=date(2026, 12, 3)).pk).update(theme=theme)
    cache.clear()
    client.force_login(coordinator)
    page = client.post("/konto/kalender/", {"adress": "ny"}).text
    address = page.partition('value="http://testserver')[2].partition('"')[0]

    calendar = Calendar.from_ical(client.get(address).content)

    assert calendar.walk("VALARM") == []
    assert [str(row["summary"]) for row in calendar.walk("VEVENT") if row.decoded("dtstart") == date(2026, 12, 3)] == [
        theme.replace("\r\n", "\n")
    ]


@pytest.mark.parametrize("start", FORMULAS)
def test_every_way_a_formula_begins_is_neutralised_in_the_log_as_csv(client, municipality, start):
    officer = UserFactory(first_name=f"{start}x", last_name="y")
    MembershipFactory(user=officer, role=Role.DATA_PROTECTION, municipality=municipality)
    client.force_login(officer)
    b"".join(client.get(reverse("programmes:event_log_csv")))

    text = b"".join(client.get(reverse("programmes:event_log_csv"))).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text), delimiter=";"))[1]

    assert not row[2].startswith(("=", "+", "-", "@", "\t", "\r"))


# What is too large or not text


def test_ten_megabytes_in_a_field_are_refused_and_nothing_is_saved(client, coordinator, school_class):
    client.force_login(coordinator)
    planned = PlannedSessionFactory(school_class=school_class)
    answer = {"state": "held", "date": "2026-11-20", "group_size": "20", "note": "x" * 10_000_000}

    response = client.post(f"/skolor/almskolan/rapportera/?klass=3B&pass={planned.session.code}", answer)

    assert response.status_code == 413
    assert list(Delivery.objects.all()) == []


@pytest.mark.parametrize("address", ["/konto/logga-in/", "/skolor/almskolan/rapportera/?klass=3B&pass=T-B1"])
def test_nul_in_a_field_is_an_error_at_the_field_and_no_crash(client, coordinator, school_class, address):
    PlannedSessionFactory(school_class=school_class)
    if "konto" not in address:
        client.force_login(coordinator)
    fields = {
        "login": "a\x00b@ekbacka.example",
        "password": "x\x00",
        "note": "a\x00",
        "date": "2026\x00",
        "klass": "3B\x00",
    }

    response = client.post(address, fields)

    assert response.status_code in {200, 400, 404, 422}
    assert list(Delivery.objects.all()) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-original-url": "/logg/"},
        {"x-rewrite-url": "/logg/"},
        {"x-http-method-override": "DELETE"},
        {"accept-language": "../../../etc/passwd"},
        {"referer": "https://evil.example/"},
    ],
)
def test_headers_do_not_open_or_redirect_anything(client, coordinator, headers):
    client.force_login(coordinator)

    assert client.get("/logg/", headers=headers).status_code == 403
    assert "evil.example" not in client.get("/konto/losenord/glomt/", headers=headers).text


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_leads_nowhere_else(client, coordinator, target):
    response = client.post(f"/konto/logga-in/?next={target}", {"login": coordinator.email, "password": PASSWORD})

    assert response["Location"] in {"/start/", reverse("programmes:start")}
