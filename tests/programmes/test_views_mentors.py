"""The mentors' door: who comes in, what they reach, and how they are shut out again."""

import re
from datetime import date

import pikepdf
import pytest
import segno
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, PageViewRestriction

from cms.enums import ReaderGroup
from cms.models import HandbookChapterPage, HandbookPage, HomePage, StandardPage, SupportPage
from curriculum.actions import load_catalogue
from curriculum.imports import read_catalogue
from curriculum.models import Programme, ProgrammeIndexPage, ProgrammePage
from programmes.actions.mentors import SIGNS, change_door_code, close_door, new_door_code
from programmes.enums import Role
from programmes.exports.door_sheet import qr_drawing
from programmes.models import Event
from tests.factories import (
    CohortFactory,
    ImportDraftFactory,
    MembershipFactory,
    MunicipalityFactory,
    SchoolFactory,
    UserFactory,
    mentor_plan,
)
from tests.pdf import assert_tagged, read_pdf, text_of
from tests.test_house import routes

DOOR = "/mentor/"
PLAN = "/program/mvp/mvp-05/"


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()


@pytest.fixture
def site(municipality, settings):
    """The few pages that a mentor meets, on the site of the requests."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    load_catalogue(programmes=[row for row in read_catalogue() if row.code == "mvp"])
    site = municipality.site
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=home)
    index = home.add_child(instance=ProgrammeIndexPage(title="Program", slug="program"))
    mvp = Programme.objects.get(code="mvp")
    index.add_child(instance=ProgrammePage(title="MVP", slug="mvp", programme=mvp, summary="Om MVP."))
    home.add_child(instance=StandardPage(title="Jag är orolig för någon", slug="orolig-for-nagon"))
    home.add_child(instance=SupportPage(title="Stöd", slug="stod"))
    site.root_page = home
    site.save()
    return site


@pytest.fixture
def cohort(site, school):
    return CohortFactory(school=school, door_code="EKBA-9MVP")


@pytest.fixture
def plan(site):
    return mentor_plan("MVP-05")


def knock(client, code, **more):
    return client.post(DOOR, {"kod": code, **more})


def error_in(response):
    return " ".join(re.findall(r'class="field__errors"[^>]*>(.*?)</', response.text, re.DOTALL)).strip()


@pytest.fixture
def mentor(client, cohort):
    """A browser that came in by the code."""
    assert knock(client, "EKBA-9MVP").status_code == 302
    return client


# Coming in


@pytest.mark.parametrize("typed", ["EKBA-9MVP", "ekba-9mvp", " ekba 9mvp ", "EKBA9MVP", "ekba–9mvp"])
def test_code_opens_the_door_however_it_is_typed(client, cohort, plan, typed):
    response = knock(client, typed)

    assert (response.status_code, response["Location"]) == (302, DOOR)
    assert "Dina elva pass" in client.get(DOOR).text
    assert client.get(PLAN).status_code == 200


def test_session_says_which_cohort_and_nothing_about_a_person(mentor, cohort):
    assert dict(mentor.session.items()) == {
        "mentor_door": {"cohort": cohort.pk, "code": "EKBA-9MVP", "held": []},
        "_session_expiry": "2027-06-30T23:59:59.999999+02:00",
    }


def test_session_is_a_fresh_one(client, cohort):
    knock(client, "EKBA-0000")
    before = client.session.session_key
    knock(client, "EKBA-9MVP")

    assert client.session.session_key not in (None, before)


def test_qr_link_opens_without_typing(client, cohort, plan):
    response = client.get(reverse("programmes:mentor_enter", args=["EKBA-9MVP", cohort.door_key]))

    assert (response.status_code, response["Location"]) == (302, DOOR)
    assert client.get(PLAN).status_code == 200


def test_qr_link_with_another_key_opens_nothing(client, cohort):
    client.get(reverse("programmes:mentor_enter", args=["EKBA-9MVP", "0" * 20]))

    assert "Är du MVP-mentor?" in client.get(DOOR).text


def test_door_leads_on_to_the_page_that_was_asked_for(client, cohort, plan):
    response = client.get(PLAN)
    assert (response.status_code, response["Location"]) == (302, "/mentor/?next=%2Fprogram%2Fmvp%2Fmvp-05%2F")
    assert 'name="next" value="/program/mvp/mvp-05/"' in client.get(response["Location"]).text

    assert knock(client, "EKBA-9MVP", next=PLAN)["Location"] == PLAN


def test_door_leads_nowhere_else(client, cohort):
    assert knock(client, "EKBA-9MVP", next="https://granby.example/")["Location"] == DOOR


@pytest.mark.parametrize("typed", ["", "EKBA", "EKBA-9MVPX", "åäö!", "x" * 10_000, "EKBA-9MV\x00"])
def test_what_is_no_code_is_said_to_be_none_and_is_not_counted(client, cohort, typed):
    for _try in range(10):
        response = knock(client, typed)

    assert response.status_code == 200
    assert error_in(response)
    assert knock(client, "EKBA-9MVP").status_code == 302


def test_wrong_code_gets_a_sentence_and_keeps_what_was_typed(client, cohort):
    response = knock(client, "EKBA-9MVQ")

    assert "Ingen dörr öppnas med den koden." in error_in(response)
    assert 'value="EKBA-9MVQ"' in response.text


def test_cohort_of_another_municipality_is_no_door_here(client, site):
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    CohortFactory(school=elsewhere, door_code="GRAN-1234")

    assert "Ingen dörr öppnas" in error_in(knock(client, "GRAN-1234"))


# Guessing


def test_one_browser_is_told_to_wait_and_the_next_one_comes_in(client, cohort, client_of):
    answers = [knock(client, f"EKBA-{number:04d}").status_code for number in range(9)]

    assert answers == [200] * 8 + [429]
    assert knock(client, "EKBA-9MVP").status_code == 429
    assert knock(client_of(), "EKBA-9MVP").status_code == 302


def test_guessing_without_a_session_is_stopped_per_school_and_not_for_others(cohort, client_of):
    other = CohortFactory(school=cohort.school, name="Andra", door_code="BJOR-4321")
    answers = {knock(client_of(), f"EKBA-{number:04d}").status_code for number in range(60)}

    assert answers == {200}
    assert "Det blev för många fel koder." in error_in(knock(client_of(), "EKBA-9MVP"))
    assert knock(client_of(), other.door_code).status_code == 302


def test_qr_link_and_those_inside_are_not_locked_out(mentor, cohort, plan, client_of):
    for number in range(61):
        knock(client_of(), f"EKBA-{number:04d}")

    assert mentor.get(PLAN).status_code == 200
    qr = client_of().get(reverse("programmes:mentor_enter", args=["EKBA-9MVP", cohort.door_key]))
    assert qr["Location"] == DOOR


def test_a_whole_school_comes_in_from_one_address(cohort, client_of):
    assert {knock(client_of(), "EKBA-9MVP").status_code for _pupil in range(210)} == {302}


@pytest.fixture
def client_of(client):
    return lambda: client.__class__()


# Being shut out


def test_new_code_shuts_everybody_out(mentor, cohort, plan, coordinator):
    change_door_code(cohort=cohort, by=coordinator)

    assert mentor.get(PLAN).status_code == 302
    assert "Ingen dörr öppnas" in error_in(knock(mentor, "EKBA-9MVP"))


def test_closed_door_shuts_everybody_out(mentor, cohort, plan, coordinator):
    close_door(cohort=cohort, by=coordinator)

    assert mentor.get(PLAN).status_code == 302
    assert "Ingen dörr öppnas" in error_in(knock(mentor, "EKBA-9MVP"))


def test_door_closes_with_the_school_year(mentor, cohort, plan, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2027, 6, 30))
    assert mentor.get(PLAN).status_code == 200
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: date(2027, 7, 1))
    assert mentor.get(PLAN).status_code == 302
    assert "Ingen dörr öppnas" in error_in(knock(mentor, "EKBA-9MVP"))


def test_leaving_clears_session_and_what_the_phone_kept(mentor, plan):
    response = mentor.post("/mentor/ut/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "mentor_door" not in mentor.session
    assert mentor.get(PLAN).status_code == 302


def test_new_codes_have_no_signs_that_are_mistaken_for_each_other():
    assert set(SIGNS) & set("01IO") == set()
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", new_door_code())


# What is behind the door


def arguments(pattern):
    """Something that fits every part of an address."""
    known = {"slug": "almskolan", "pk": 1, "token": "x", "kind": "genomfort", "code": "EKBA-9MVP", "key": "0" * 20}
    return {name: known.get(name, "1") for name in pattern.pattern.converters or pattern.pattern.regex.groupindex}


def addresses():
    """Every address of the product that can be written out."""
    for address, pattern in routes():
        if address.startswith(("admin/", "django-admin/")) or not pattern.name:
            continue
        for namespace in ("", "programmes:"):
            try:
                yield reverse(f"{namespace}{pattern.name}", kwargs=arguments(pattern))
                break
            except NoReverseMatch:
                continue
    yield from ["/admin/", "/admin/pages/", "/admin/komponenter/", "/django-admin/", "/django-admin/accounts/user/"]


OWN = {
    "/mentor/",
    "/mentor/hallet/",
    "/mentor/grupp/",
    "/mentor/logg/",
    "/mentor/scenario/",
    "/mentor/kalender.ics",
    "/mentor/ut/",
    f"/mentor/EKBA-9MVP/{'0' * 20}/",
}


def test_mentor_reaches_what_anyone_reaches_and_nothing_else(mentor, cohort, coordinator, client_of):
    """Tried against every route: the very answer that a passer-by gets, save on the own pages."""
    passer_by = client_of()
    different = {}
    tried = sorted(set(addresses()) - OWN)
    for address in tried:
        for method in ("get", "post"):
            answers = [getattr(browser, method)(address) for browser in (passer_by, mentor)]
            seen = [(answer.status_code, answer.get("Location", "")) for answer in answers]
            if seen[0] != seen[1]:
                different[f"{method} {address}"] = seen

    assert different == {}
    assert len(tried) > 30


@pytest.mark.parametrize(
    ("readers", "status"),
    [
        ((), 200),
        ((ReaderGroup.STAFF, ReaderGroup.MENTORS), 200),
        ((ReaderGroup.MENTORS,), 200),
        ((ReaderGroup.STAFF,), 403),
        ((ReaderGroup.CENTRE,), 403),
    ],
    ids=["public", "mentors and staff", "mentors", "staff", "centre"],
)
def test_mentor_reads_pages_by_their_access(mentor, site, readers, status):
    mentor_plan("MVP-02", readers=readers)

    assert mentor.get("/program/mvp/mvp-02/").status_code == status


def test_mentor_is_told_when_a_page_is_for_others(mentor, site):
    mentor_plan("MVP-02", readers=[ReaderGroup.CENTRE])
    response = mentor.get("/program/mvp/mvp-02/")

    assert "Du får inte se den här sidan" in response.text
    assert 'href="/mentor/"' in response.text.partition("<main")[2]
    assert "Om Vad är våld?" not in response.text


def test_signed_in_person_without_the_right_is_told_so(client, site):
    mentor_plan("MVP-02", readers=[ReaderGroup.CENTRE])
    client.force_login(UserFactory())

    assert client.get("/program/mvp/mvp-02/").status_code == 403


def test_passer_by_is_led_to_sign_in_where_only_staff_may_read(client, site):
    mentor_plan("MVP-02", readers=[ReaderGroup.STAFF])

    assert client.get("/program/mvp/mvp-02/")["Location"] == "/konto/logga-in/?next=/program/mvp/mvp-02/"


def test_mentors_plans_stand_in_no_public_list(client, site, plan):
    assert PLAN not in client.get("/program/mvp/").text


def test_programme_page_links_the_plans_that_the_reader_may_open(mentor, site, plan):
    mentor_plan("MVP-02", readers=[ReaderGroup.CENTRE])
    page = mentor.get("/program/mvp/").text

    assert PLAN in page
    assert "/program/mvp/mvp-02/" not in page


# The mentor's page


def test_page_opens_with_the_next_session(mentor, site):
    for number in range(1, 12):
        mentor_plan(f"MVP-{number:02d}")
    page = mentor.get(DOOR).text

    following = page.partition('id="nasta"')[2].partition("</section>")[0]
    assert "1. Vi lär känna varandra" in following
    assert 'href="/program/mvp/mvp-01/steg/"' in following
    assert len(re.findall(r'class="stations__stop', page)) == 11
    assert "Jag är orolig för någon" in page


def test_what_is_held_moves_the_next_session_on(mentor, plan):
    mentor.post("/mentor/hallet/", {"pass": ["MVP-01", "MVP-02", "T-B1", "nonsens"]})
    assert mentor.session["mentor_door"]["held"] == ["MVP-01", "MVP-02"]
    assert "3. Från skämt till slag" in mentor.get(DOOR).text.partition('id="nasta"')[2].partition("</section>")[0]

    mentor.post("/mentor/hallet/", {"pass": ["MVP-02"]})
    assert mentor.session["mentor_door"]["held"] == ["MVP-02"]


def test_all_held_is_said_with_thanks(mentor, site):
    mentor.post("/mentor/hallet/", {"pass": [f"MVP-{number:02d}" for number in range(1, 12)]})

    assert "Alla elva är hållna" in mentor.get(DOOR).text


def test_marking_is_for_mentors_only(client, cohort, coordinator):
    client.force_login(coordinator)
    client.post("/mentor/hallet/", {"pass": ["MVP-01"]})

    assert "mentor_door" not in client.session


@pytest.mark.parametrize("plans", [1, 3, 11])
def test_page_asks_as_little_for_eleven_plans_as_for_one(mentor, site, query_count, plans):
    for number in range(1, plans + 1):
        mentor_plan(f"MVP-{number:02d}")

    with query_count(13):
        mentor.get(DOOR)


def test_phone_keeps_the_chapters_that_mentors_read_and_no_others(mentor, site):
    book = HandbookPage(title="Handboken", slug="handbok")
    site.root_page.add_child(instance=book)
    for slug in ("om-mvp", "for-handledare"):
        book.add_child(instance=HandbookChapterPage(title=slug, slug=slug))
    restriction = PageViewRestriction.objects.create(
        page=HandbookChapterPage.objects.get(slug="for-handledare"), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=ReaderGroup.STAFF))

    [kept] = re.findall(r'data-keep="([^"]+)"', mentor.get(DOOR).text)

    assert [address for address in kept.split() if "handbok" in address] == ["/handbok/", "/handbok/om-mvp/"]


def test_plan_asks_little_of_the_database(mentor, plan, query_count):
    with query_count(13):  # three of them for what is kept between requests
        mentor.get(PLAN)


# The sheet


@pytest.fixture
def sheet(cohort):
    return reverse("programmes:mentor_door_sheet", args=[cohort.school.slug, cohort.pk])


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.SUPERVISOR, "school", 200),
        (Role.COORDINATOR, "school", 200),
        (Role.CENTRE_OLDER, "municipality", 200),
        (Role.CENTRE_YOUNGER, "municipality", 403),
        (Role.ADMINISTRATOR, "municipality", 403),
        (Role.LEADER, "school", 404),
        (Role.EDITOR, "municipality", 404),
        (Role.EVALUATOR, "municipality", 404),
    ],
)
def test_sheet_is_for_those_who_keep_the_door(client, cohort, sheet, role, place, status):
    user = UserFactory()
    where = cohort.school if place == "school" else cohort.school.municipality
    MembershipFactory(user=user, role=role, **{place: where})
    client.force_login(user)

    assert client.get(sheet).status_code == status
    assert client.post(sheet, {"action": "close"}).status_code == (302 if status == 200 else status)


@pytest.fixture
def sheet_on_paper(cohort):
    return reverse("programmes:mentor_door_file", args=[cohort.school.slug, cohort.pk])


def test_sheet_on_paper_is_a_poster_and_ten_cards(client, cohort, sheet_on_paper, coordinator):
    client.force_login(coordinator)

    response = client.get(sheet_on_paper)

    roles = assert_tagged(response.content)
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert (len(read_pdf(response.content).pages), roles.count("Figure"), roles.count("H1")) == (2, 11, 1)
    said = [words for _role, words in text_of(response.content)]
    assert said.count("EKBA-9MVP") == 11
    assert "Eller gå till testserver/mentor/ och skriv koden." in said
    assert said.count("Gäller till och med 30 juni 2027.") == 10
    assert "Gäller till och med 30 juni 2027. Ingen frågar efter konto eller namn." in said
    pdf = read_pdf(response.content)
    nodes = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
    assert {str(node.Alt) for node in nodes if str(node.get("/S", "")) == "/Figure"} == {
        "QR-kod till mentorernas dörr. Samma sak för hand: gå till testserver/mentor/ och skriv EKBA-9MVP."
    }


def test_square_on_paper_is_the_one_on_the_screen(client, cohort):
    drawn = qr_drawing("https://stins.example/mentor/in/EKBA-9MVP/key/", size=90)
    matrix = segno.make("https://stins.example/mentor/in/EKBA-9MVP/key/", error="m", micro=False).matrix
    module = 90 / (len(matrix) + 8)
    points = drawn.contents[0].points
    corners = list(zip(points[::2], points[1::2], strict=True))
    dark = set()
    for place in range(0, len(corners), 4):
        (left, top), (right, _top), _corner, _last = corners[place : place + 4]
        row = round((90 - top) / module) - 4
        dark |= {(row, column) for column in range(round(left / module) - 4, round(right / module) - 4)}

    assert dark == {(row, column) for row, line in enumerate(matrix) for column, is_dark in enumerate(line) if is_dark}


def test_closed_door_has_no_sheet_on_paper(client, cohort, sheet, sheet_on_paper, coordinator, stranger):
    client.force_login(stranger)
    assert client.get(sheet_on_paper).status_code == 404
    client.force_login(coordinator)
    assert sheet_on_paper in client.get(sheet).text

    client.post(sheet, {"action": "close"})

    assert client.get(sheet_on_paper).status_code == 404
    assert sheet_on_paper not in client.get(sheet).text


def test_sheet_is_not_for_the_neighbour(client, cohort, sheet, stranger):
    client.force_login(stranger)

    assert client.get(sheet).status_code == 404


def test_sheet_shows_code_and_qr_and_when_it_ends(client, cohort, sheet, coordinator):
    client.force_login(coordinator)
    page = client.get(sheet).text

    assert "EKBA-9MVP" in page
    assert "<title>QR-kod till mentorernas dörr</title>" in page
    assert "Koden gäller till och med 30 juni 2027." in page


def test_keeper_changes_and_closes(client, cohort, sheet, coordinator):
    client.force_login(coordinator)
    client.post(sheet, {"action": "change"})
    cohort.refresh_from_db()
    assert cohort.door_code != "EKBA-9MVP"

    client.post(sheet, {"action": "close"})
    page = client.get(sheet).text
    assert "Dörren är stängd: koden öppnar inte längre." in page
    assert "<title>QR-kod" not in page
    assert client.post(sheet, {"action": "nonsens"}).status_code == 404
    logged = Event.objects.filter(kind__startswith="door").order_by("pk")
    assert [(row.kind, row.actor, row.school, row.about) for row in logged] == [
        (kind, coordinator, cohort.school, {"cohort": cohort.name}) for kind in ("door_changed", "door_closed")
    ]


def test_staff_who_type_the_code_stay_themselves(client, cohort, coordinator):
    client.force_login(coordinator)

    assert knock(client, "EKBA-9MVP")["Location"] == DOOR
    assert "mentor_door" not in client.session
    assert "Dina elva pass" in client.get(DOOR).text


def test_page_fetched_to_be_kept_leaves_the_message_to_its_reader(client, coordinator, school):
    client.force_login(coordinator)
    draft = ImportDraftFactory(owner=coordinator, municipality=school.municipality)
    client.post(f"/import/{draft.pk}/ta-bort/")

    kept = client.get("/import/", headers={"X-Stins-Copy": "1"}).text
    read = client.get("/import/").text

    assert ("Filen är borttagen." in kept, "Filen är borttagen." in read) == (False, True)
