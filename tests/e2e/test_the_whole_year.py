"""One school's whole year, from the plan in August until the classes have moved up, with the figures of each season."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programmes.enums import Role
from programmes.models import (
    CheckRound,
    MentorCohort,
    MentorLog,
    ParentGroup,
    Participation,
    PlannedSession,
    SchoolClass,
)
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import (
    ClassFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SchoolYearFactory,
    SessionFactory,
    UserFactory,
    programme,
)

SCHOOL = "/skolor/almskolan/"
SIZES = {"FA": 18, "1A": 19, "2A": 20, "3A": 21, "4A": 22, "5A": 23}
NORMS, BYSTANDERS, AT_HOME = "Normer och dess konsekvenser", "Aktiva åskådare och förändring", "Våld i hemmet"
READ_FIGURES = """rows => Object.fromEntries(rows.map(row => [...row.children].map(
    cell => cell.textContent.replace(/\\s+/g, " ").trim())))"""


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


@pytest.fixture
def travel(monkeypatch):
    """Moves everybody to another day."""

    def travel(year, month, day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(year, month, day))

    return travel


@pytest.fixture
def almskolan(school):
    """Six classes of Tåget and one that meets mentors; last year's 2A talked about friendship in October."""
    SchoolYearFactory(municipality=school.municipality, start_year=2027)
    Participation.objects.create(school=school, programme=programme("mvp"), start_date=date(2026, 7, 1))
    for grade, (name, enrolled) in enumerate(SIZES.items()):
        ClassFactory(school=school, name=name, lowest_grade=grade, enrolled=enrolled)
    ClassFactory(school=school, name="6A", lowest_grade=6, enrolled=24)
    last_year = ClassFactory(school=school, name="2A", lowest_grade=2, start_year=2025)
    friendship = SessionFactory(code="T-T03")
    PlannedSessionFactory(school_class=last_year, session=friendship, due_date=date(2025, 10, 31))
    return school


@pytest.fixture
def supervisor(almskolan):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=almskolan)
    return user


def told(page, words):
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).click()


def figures(page, period, *names, of="taget"):
    """What the coverage page says under these headings, after how many sessions are expected."""
    page.goto(f"/rapporter/?period={period}&program={of}")
    said = page.locator("section[aria-labelledby=more-figures] dl > div").evaluate_all(READ_FIGURES)
    return [said["Förväntade hittills"].split(" planerade")[0], *(said[name] for name in names)]


def type_in(page, title, day, counts):
    """A row of the paper for each class that held the session."""
    for name, present in counts.items():
        page.get_by_label(f"{name} {title}, dag").fill(day)
        page.get_by_label(f"{name} {title}, närvarande").fill(str(present))


def test_year_of_a_school(new_page, coordinator, supervisor, almskolan, travel, sign_in, assert_accessible):
    """Each season says what it leaves behind; on a phone, but for the planning and a second window in June."""
    desk, phone = new_page(viewport=DESKTOP), new_page(viewport=PHONE, has_touch=True)
    travel(2026, 8, 17)
    sign_in(desk, coordinator)
    plan_in_august(desk)
    assert figures(desk, "HT2026", "Rapporteringsgrad") == ["0 av 14", ".inget att räkna på"]
    assert_accessible(desk)

    travel(2026, 9, 14)
    sign_in(phone, coordinator)
    staff_first(phone)
    assert_accessible(phone)

    travel(2026, 9, 22)
    base_session_in_six_classes(phone)
    assert_accessible(phone)
    travel(2026, 9, 30)
    assert figures(phone, "HT2026", "Täckning, baspass", "Närvaro") == [
        "6 av 14",
        "6 av 6 (100,0 %)",
        "123 av 123 (100,0 %)",
    ]

    travel(2026, 10, 20)
    additional_session_on_friendship(phone)
    trygg_bas_is_opened_and_closed(phone, SchoolAdultFactory(school=almskolan, name="A."))
    assert_accessible(phone)
    travel(2026, 11, 1)
    assert figures(phone, "HT2026", "Rapporteringsgrad", "Närvaro") == ["8 av 14", "87,5 %", "143 av 143 (100,0 %)"]

    travel(2026, 11, 20)
    mentors_are_set_up_and_report(new_page(viewport=PHONE), supervisor, sign_in)
    mentor_logs(new_page(viewport=PHONE, has_touch=True), MentorCohort.objects.get())
    assert figures(phone, "HT2026", "Rapporteringsgrad", of="mvp") == ["2 av 6", "50,0 %"]
    assert_accessible(phone)

    travel(2026, 12, 4)
    parents_are_counted(phone)
    assert_accessible(phone)

    travel(2026, 12, 15)
    december(phone)
    assert_accessible(phone)
    travel(2026, 12, 31)
    assert figures(phone, "HT2026", "Rapporteringsgrad", "Täckning, baspass", "I tid", "Närvaro") == [
        "14 av 14",
        "100,0 %",
        "6 av 6 (100,0 %)",
        "13 av 13 (100,0 %)",
        "260 av 266 (97,7 %)",
    ]

    travel(2027, 1, 12)
    new_term_confirms_trygg_bas(phone)
    assert_accessible(phone)

    travel(2027, 4, 27)
    april(phone)
    travel(2027, 4, 30)
    year = ["20 av 20", "100,0 %", "5 av 6 (83,3 %)", "365 av 371 (98,4 %)"]
    assert figures(phone, "2026/27", "Rapporteringsgrad", "Täckning, baspass", "Närvaro") == year
    assert_accessible(phone)

    travel(2027, 6, 14)
    classes_move_up_once(phone, desk)
    assert figures(phone, "2026/27", "Rapporteringsgrad", "Täckning, baspass", "Närvaro") == year

    travel(2027, 8, 16)
    trygg_bas_asks_to_be_confirmed(phone)
    assert_accessible(phone)
    travel(2027, 12, 31)
    assert figures(phone, "HT2027", "Rapporteringsgrad") == ["14 av 14", "0,0 %"]


# The seasons


def plan_in_august(page):
    """The base sessions stand, last year's choice is copied, and one is chosen anew."""
    page.goto(f"{SCHOOL}plan/")
    press(page, "Lägg till baspassen")
    told(page, "18 baspass lades till.")
    follow(page, "Kopiera fjolårets plan")
    expect(page.get_by_role("checkbox", name="2A")).to_be_checked()
    press(page, "Kopiera")
    page.goto(f"{SCHOOL}plan/ny/?pass=T-T04")
    page.get_by_role("checkbox", name="3A").check()
    page.get_by_label("Månad").select_option("oktober")
    press(page, "Lägg till i planen")
    told(page, "Grupptryck, i oktober, ligger nu på linjen för 3A.")
    additional = PlannedSession.objects.filter(school_class__start_year=2026, session__kind="additional")
    assert set(additional.values_list("school_class__name", "session__code", "due_date")) == {
        ("2A", "T-T03", date(2026, 10, 31)),
        ("3A", "T-T04", date(2026, 10, 31)),
    }


def staff_first(page):
    page.goto(f"{SCHOOL}personal/")
    follow(page, "Lägg till ett personalpass")
    page.get_by_label("Tema").select_option(NORMS)
    page.get_by_label("Närvarande personal").fill("22")
    page.get_by_label("Personal totalt").fill("24")
    press(page, "Spara")
    expect(page.locator("main")).to_contain_text("1 av 8 personalpass är genomförda")


def base_session_in_six_classes(page):
    """All of them in one go, and the adults had met the theme before."""
    page.goto(SCHOOL)
    follow(page, f"Rapportera FA {NORMS}")
    page.get_by_text("Rapportera fler klasser på en gång").tap()
    for name in list(SIZES)[1:]:
        page.get_by_role("checkbox", name=name, exact=True).check()
    press(page, "Lägg till klasserna")
    for name in SIZES:
        page.get_by_role("group", name=name, exact=True).get_by_role("button", name="Alla").tap()
    press(page, "Spara")
    told(page, f"5A {NORMS}: genomfört tisdag 22 september, 23 av 23")
    for name in SIZES:
        expect(page.get_by_role("link", name=f"{name} {NORMS}: genomfört", exact=True)).to_be_visible()
    page.goto(f"{SCHOOL}personal/")
    expect(page.get_by_text("Hölls innan personalen")).to_have_count(0)


def additional_session_on_friendship(page):
    page.goto(SCHOOL)
    follow(page, "Rapportera 2A Vad innebär vänskap")
    press(page, "Alla")
    press(page, "Spara")
    told(page, "2A Vad innebär vänskap: genomfört tisdag 20 oktober, 20 av 20")


def open_round(page, term, until):
    page.goto(f"{SCHOOL}trygg-bas/")
    follow(page, f"Öppna avstämningen för {term}")
    page.get_by_label("Öppen till").fill(until)
    press(page, "Öppna avstämningen")


def close_round(page):
    page.goto(f"{SCHOOL}trygg-bas/")
    follow(page, "Avsluta avstämningen")
    press(page, "Avsluta avstämningen")


def trygg_bas_is_opened_and_closed(page, adult):
    """3A goes through its list; one pupil has nobody yet when the round is closed."""
    open_round(page, "HT 2026", "2026-11-27")
    follow(page, "Gör listan 3A")
    press(page, "Gör en lista med 21 elever")
    page.goto(f"{SCHOOL}trygg-bas/3A/?vuxen={adult.pk}")
    page.evaluate("document.querySelectorAll('#lista li form').forEach(form => form.requestSubmit())")
    expect(page.locator("main")).to_contain_text("Alla 21 elever har en trygg vuxen.")
    press(page, "Ta bort lärare A. för elev 21")
    expect(page.locator("main")).to_contain_text("20 av 21 elever har en trygg vuxen. 1 saknar.")
    close_round(page)
    told(page, "1 elev saknar fortfarande en trygg vuxen")
    assert list(CheckRound.objects.values_list("class_checks__covered", flat=True)) == [20]


def mentors_are_set_up_and_report(page, supervisor, sign_in):
    sign_in(page, supervisor)
    page.goto(f"{SCHOOL}mvp/")
    follow(page, "Lägg upp mentorer och grupper")
    page.get_by_label("Mentorer, en på varje rad").fill("M1\nM2\nM3\nM4")
    page.get_by_label("6A", exact=True).check()
    page.get_by_label("Första passet").fill("2026-11-16")
    press(page, "Spara")
    follow(page, "Rapportera 6A grupp 1 Vi lär känna varandra")
    page.get_by_label("Närvarande elever").fill("11")
    press(page, "Spara")
    told(page, "6A grupp 1 Vi lär känna varandra: genomfört fredag 20 november, 11 av 12")


def mentor_logs(phone, cohort):
    phone.goto("/mentor/")
    phone.get_by_label("Kod").fill(cohort.door_code)
    phone.get_by_role("button", name="Öppna").tap()
    phone.get_by_role("button", name="6A grupp 1").tap()
    phone.get_by_label("Bra", exact=True).check()
    phone.get_by_label("Det mesta", exact=True).check()
    phone.get_by_role("button", name="På handledningen").tap()
    told(phone, "Din handledare ser det.")
    assert list(MentorLog.objects.values_list("planned_session__school_class__cohort", flat=True)) == [cohort.pk]


def parents_are_counted(page):
    page.goto(f"{SCHOOL}foraldrar/")
    follow(page, "Lägg upp en ABC-grupp")
    page.get_by_label("3–12 år").check()
    for number, day in enumerate(("2026-10-01", "2026-10-15", "2026-11-12", "2026-12-03"), start=1):
        page.get_by_label(f"Träff {number}", exact=True).fill(day)
    press(page, "Spara")
    for number, parents in enumerate((12, 13, 11, 11), start=1):
        page.get_by_label(f"Träff {number}", exact=True).fill(str(parents))
    page.get_by_label("Fullföljde").fill("11")
    press(page, "Spara")
    told(page, "Antalen är sparade.")
    page.goto(f"{SCHOOL}foraldrar/")
    expect(page.locator("main")).to_contain_text("13 föräldrar har börjat i en grupp i år, och 11 av 13 har fullföljt")
    assert ParentGroup.objects.get().completed == 11


def december(page):
    """The second base session is typed in from the paper, and what did not take place in October is said."""
    page.goto(f"{SCHOOL}rapportera/flera/")
    type_in(page, BYSTANDERS, "10/12", {name: size - 1 for name, size in SIZES.items()})
    page.get_by_label("3A Grupptryck, ej hållet").select_option("illness")
    press(page, "Spara alla")
    told(page, "7 rapporter är sparade.")


def new_term_confirms_trygg_bas(page):
    open_round(page, "VT 2027", "2027-05-28")
    page.goto(f"{SCHOOL}trygg-bas/3A/")
    expect(page.locator("main")).to_contain_text("20 elever att bekräfta för terminen.")
    press(page, "Bekräfta de vuxnas ord")
    told(page, "20 uppgifter är bekräftade.")


def april(page):
    page.goto(f"{SCHOOL}rapportera/flera/")
    type_in(page, AT_HOME, "22/4", {name: size for name, size in SIZES.items() if name != "FA"})
    page.get_by_label(f"FA {AT_HOME}, ej hållet").select_option("illness")
    press(page, "Spara alla")
    told(page, "6 rapporter är sparade.")


def classes_move_up_once(page, other_window):
    close_round(page)
    for window in (page, other_window):
        window.goto(f"{SCHOOL}nytt-lasar/?lasar=2027/28")
        expect(window.get_by_label("Namn, 5A")).to_have_value("6A")
    press(page, "Skapa klasserna")
    told(page, "7 klasser är klara för 2027/28, med 20 planerade pass.")
    press(other_window, "Skapa klasserna")
    told(other_window, "Inget ändrades nu.")
    classes = SchoolClass.objects.filter(start_year=2027).in_order()
    assert list(classes.values_list("name", "enrolled")) == [
        ("FA", None),
        ("1A", 18),
        ("2A", 19),
        ("3A", 20),
        ("4A", 21),
        ("5A", 22),
        ("6A", 23),
    ]


def trygg_bas_asks_to_be_confirmed(page):
    page.goto(f"{SCHOOL}trygg-bas/")
    expect(page.get_by_role("heading", name="1 klass har sin lista kvar i förra läsåret")).to_be_visible()
    press(page, "Hämta listorna")
    open_round(page, "HT 2027", "2027-12-10")
    page.goto(f"{SCHOOL}trygg-bas/4A/")
    expect(page.locator("main")).to_contain_text("20 elever att bekräfta för terminen.")
