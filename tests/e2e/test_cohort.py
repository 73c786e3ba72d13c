"""Journey 7: a supervisor sets up mentors and groups, reports, writes down supervision; a mentor logs; diplomas."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programmes.enums import Role
from programmes.models import MenteeGroup, MentorCohort, Participation
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import ClassFactory, MembershipFactory, SchoolYearFactory, SessionFactory, UserFactory, programme

MENTORS = "\n".join(f"M{number}" for number in range(1, 14))
ADDRESS = "/skolor/almskolan/mvp/"


@pytest.fixture
def supervisor(school):
    """Almskolan runs MVP, and has two classes of year 6."""
    mvp = programme("mvp")
    SchoolYearFactory(municipality=school.municipality)
    Participation.objects.create(school=school, programme=mvp, start_date=date(2026, 7, 1))
    for number in range(1, 12):
        SessionFactory(code=f"MVP-{number:02d}", kind="mentor", title=f"Pass {number}", order=number, programme=mvp)
    for name in ("6A", "6B"):
        ClassFactory(school=school, name=name, lowest_grade=6, highest_grade=6, enrolled=24)
    user = UserFactory()
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=school)
    return user


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_cohort_from_the_form_to_the_diploma(new_page, supervisor, sign_in, assert_accessible, size):
    page = new_page(viewport=size)
    sign_in(page, supervisor)

    # Thirteen mentors and four groups in one form
    page.goto(ADDRESS)
    page.get_by_role("link", name="Lägg upp mentorer och grupper").click()
    page.get_by_label("Mentorer, en på varje rad").fill(MENTORS)
    page.get_by_label("Hur många sökte?").fill("26")
    for name in ("6A", "6B"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Första passet").fill("2026-11-16")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("är upplagd")
    assert MenteeGroup.objects.count() == 4
    assert_accessible(page)

    # What waits comes first, and is reported with the ordinary form
    page.get_by_role("link", name="Rapportera 6A grupp 1 Pass 1").click()
    page.get_by_label("Närvarande elever").fill("11")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("6A grupp 1 Pass 1: genomfört söndag 22 november, 11 av 12")).to_be_visible()

    # The group's own page, with a room for one session
    page.get_by_role("link", name="6A grupp 1", exact=True).click()
    expect(page.get_by_role("list", name="De elva passen").get_by_role("listitem")).to_have_count(11)
    assert_accessible(page)
    page.get_by_role("link", name="Ändra gruppen").click()
    page.get_by_role("group", name="Pass 2").get_by_label("Annan lokal").fill("Aulan")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Aulan")).to_be_visible()

    # A day of training
    page.goto(ADDRESS)
    page.get_by_role("link", name="Lägg till utbildning").click()
    page.get_by_label("Datum").fill("2026-11-10")
    page.get_by_label("Den har hållits").check()
    page.get_by_label("M1", exact=True).check()
    page.get_by_label("Polisen").fill("1")
    assert_accessible(page)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("1 av 13 mentorer, 1 polisen")).to_be_visible()

    # The mentor says in three taps how it went
    cohort = MentorCohort.objects.get()
    phone = new_page(viewport=PHONE, has_touch=True)
    phone.goto("/mentor/")
    phone.get_by_label("Kod").fill(cohort.door_code)
    phone.get_by_role("button", name="Öppna").tap()
    phone.get_by_role("button", name="6A grupp 1").tap()
    phone.get_by_label("Sådär", exact=True).check()
    phone.get_by_label("Det mesta", exact=True).check()
    phone.get_by_role("button", name="På handledningen").tap()
    expect(phone.get_by_role("status").first).to_contain_text("Din handledare ser det.")
    assert_accessible(phone)

    # The supervisor sees it, and prints the diplomas
    page.get_by_role("link", name="6A grupp 1", exact=True).click()
    expect(page.get_by_role("row", name="Pass 1 Sådär Det mesta På handledningen")).to_be_visible()
    page.goto(f"{ADDRESS}{cohort.pk}/diplom/")
    page.get_by_label("M1", exact=True).fill("Alma Bergström")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Gör diplomen").click()
    assert download.value.suggested_filename == "diplom-almskolan-2026.pdf"
