"""Coverage on the screen and as files: who may, what is asked for, and what is answered."""

import csv
import hashlib
import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from programmes.enums import ParticipationStatus, Role
from programmes.models import Event, Membership, Participation, ProgrammeTarget
from tests.factories import (
    ClassFactory,
    DeliveryFactory,
    MembershipFactory,
    MunicipalityFactory,
    PlannedSessionFactory,
    SchoolFactory,
    UserFactory,
    programme,
)
from tests.factories.coverage import worked_example

PAGE, OVERVIEW = "programmes:reports", "programmes:overview"
XLSX, CSV, PDF = "programmes:coverage_xlsx", "programmes:coverage_csv", "programmes:coverage_pdf"
FILES = (XLSX, CSV)


@pytest.fixture
def today():
    """The last day of the worked example's term."""
    return date(2026, 12, 31)


@pytest.fixture
def example(municipality):
    return worked_example(municipality)


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def words(response):
    """What is read on the page, without its tags."""
    main = re.sub(r"</?strong>", "", re.search(r"<main.*</main>", response.text, re.DOTALL)[0])
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def read(response):
    """The answer, read to its end, as a browser does."""
    response.body = b"".join(response)
    return response


def table_rows(response, caption):
    table = re.search(rf"<table[^>]*>\s*<caption[^>]*>{caption}.*?</table>", response.text, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def schools_in(response):
    """The schools of a downloaded file, whichever kind it is."""
    content = read(response).body
    if response["Content-Type"].startswith("text/csv"):
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        return {row["Skola"] for row in rows}
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Pass"]
    return {row[2] for row in sheet.iter_rows(min_row=2, values_only=True)}


# Who may


def person(role, *, school=None, municipality=None, **dates):
    user = UserFactory()
    MembershipFactory(user=user, role=role, school=school, municipality=municipality, **dates)
    return user


@pytest.fixture
def people(municipality, school, school_class, coordinator, leader, centre, stranger):
    """Everyone of the cast, and whoever else there is, by name."""
    left = {"end_date": date(2026, 12, 30)}
    other = MunicipalityFactory(name="Lillby kommun", code="9903")
    both = person(Role.LEADER, school=SchoolFactory(municipality=other))
    MembershipFactory(user=both, role=Role.COORDINATOR, school=SchoolFactory(municipality=other))
    return {
        "coordinator": coordinator,
        "leader": leader,
        "centre": centre,
        "stranger": stranger,
        "older": person(Role.CENTRE_OLDER, municipality=municipality),
        "administrator": person(Role.ADMINISTRATOR, municipality=municipality),
        "supervisor": person(Role.SUPERVISOR, school=school),
        "editor": person(Role.EDITOR, municipality=municipality),
        "evaluator": person(Role.EVALUATOR, municipality=municipality),
        "nobody": UserFactory(),
        "left yesterday": person(Role.CENTRE_YOUNGER, municipality=municipality, **left),
        "coordinator who left": person(Role.COORDINATOR, school=school, **left),
        "starts tomorrow": person(Role.CENTRE_YOUNGER, municipality=municipality, start_date=date(2027, 1, 1)),
        "other centre": person(Role.CENTRE_YOUNGER, municipality=other),
        "elsewhere": both,
    }


READERS = {"centre", "older", "administrator"}


@pytest.mark.parametrize("route", [PAGE, XLSX, CSV, OVERVIEW])
def test_routes_are_open_to_their_roles_and_to_nobody_else(client, people, route):
    programme_with_sessions(people)
    answers = {}
    for name, user in people.items():
        client.force_login(user)
        answers[name] = read(client.get(reverse(route))).status_code
    may = READERS if route == OVERVIEW else READERS | {"coordinator"}
    assert answers == {name: 200 if name in may else 403 for name in people}


def programme_with_sessions(people):
    """Something to see for whoever may, and to leak to whoever may not."""
    school_class = people["leader"].memberships.get().classes.get()
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=school_class))


@pytest.mark.parametrize("route", [PAGE, XLSX, CSV, OVERVIEW])
def test_routes_ask_a_stranger_to_sign_in(client, example, route):
    address = reverse(route)
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/konto/logga-in/?next={address}")


@pytest.mark.parametrize("route", [PAGE, XLSX, CSV, OVERVIEW])
def test_routes_are_closed_where_no_municipality_stands(client, db, route):
    client.force_login(UserFactory())
    assert client.get(reverse(route)).status_code == 403


def test_coordinator_sees_the_own_school_alone(client, example):
    client.force_login(person(Role.COORDINATOR, school=example["Almskolan"]))
    page = client.get(reverse(PAGE))
    assert "HT 2026: 4 av 5 förväntade pass är genomförda, 1 blev inte av." in words(page)
    assert "Björkskolan" not in page.text
    assert [schools_in(client.get(reverse(route))) for route in FILES] == [{"Almskolan"}] * 2


@pytest.mark.parametrize("choice", ["skola=bjorkskolan", "omrade=Centrum"])
def test_nothing_outside_what_one_sees_can_be_asked_for(client, example, choice):
    client.force_login(person(Role.COORDINATOR, school=example["Almskolan"]))
    page = client.get(f"{reverse(PAGE)}?{choice}")
    assert "finns inte bland dina skolor" in words(page)
    assert "Björkskolan" not in page.text
    for route in FILES:
        response = client.get(f"{reverse(route)}?{choice}")
        assert (response.status_code, "finns inte bland dina skolor" in response.text) == (400, True)


def test_coordinator_who_leads_elsewhere_gets_no_report_from_there(client, example):
    user = person(Role.COORDINATOR, school=example["Almskolan"])
    elsewhere = MembershipFactory(user=user, role=Role.LEADER, school=example["Björkskolan"])
    elsewhere.classes.set(example["Björkskolan"].classes.all())
    client.force_login(user)
    assert schools_in(client.get(reverse(CSV))) == {"Almskolan"}


def test_other_municipality_is_not_in_the_report(as_centre, example):
    theirs = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=ClassFactory(school=theirs)))
    assert schools_in(as_centre.get(reverse(CSV))) == {"Almskolan", "Björkskolan"}
    assert "Granskolan" not in as_centre.get(reverse(PAGE)).text
    assert "Granskolan" not in as_centre.get(reverse(OVERVIEW)).text


def test_rights_in_two_municipalities_stay_apart(client, example, municipality):
    other = MunicipalityFactory(name="Granby kommun", code="9902")
    theirs = SchoolFactory(municipality=other, name="Granskolan")
    DeliveryFactory(planned_session=PlannedSessionFactory(school_class=ClassFactory(school=theirs)))
    user = person(Role.CENTRE_YOUNGER, municipality=other)
    MembershipFactory(user=user, role=Role.COORDINATOR, school=example["Almskolan"])
    client.force_login(user)
    assert schools_in(client.get(reverse(CSV))) == {"Almskolan"}


# What is asked for


def test_page_answers_first_and_then_by_school(as_centre, example):
    page = as_centre.get(f"{reverse(PAGE)}?period=HT2026&program=taget")
    assert (
        "HT 2026: 6 av 10 förväntade pass är genomförda, 3 är inte rapporterade, 1 blev inte av. "
        "I 2 av 4 klasser är alla baspass hittills gjorda."
    ) in words(page)
    assert table_rows(page, "Förväntade pass per skola") == [
        [
            "Skola",
            "Genomfört, ej hållet, ej rapporterat",
            "Genomförda",
            "Andel",
            "Ej hållna",
            "Ej rapporterade",
            "Alla baspass",
        ],
        ["Almskolan", "", "4 av 5", "80,0 %", "1", "0", "1 av 2"],
        ["Björkskolan", "", "2 av 5", "40,0 %", "0", "3", "1 av 2"],
        ["Tillsammans", "", "6 av 10", "60,0 %", "1", "3", "2 av 4"],
    ]


def test_page_says_what_is_expected_by_the_day_and_draws_each_school_for_phones_too(as_centre, example):
    page = as_centre.get(f"{reverse(PAGE)}?period=HT2026")

    assert "Till och med 31 december 2026 är 10 av de 10 planerade passen förväntade." in words(page)
    assert [(bar.name, bar.words, bar.held) for bar in page.context["bars"].bars] == [
        ("Almskolan", "4 av 5", 0.8),
        ("Björkskolan", "2 av 5", 0.4),
    ]


def test_school_year_says_how_many_classes_reach_the_target_by_school_and_grade(as_centre, example):
    ProgrammeTarget.objects.create(
        municipality=example["Almskolan"].municipality, programme=programme(), sessions_per_year=2,
        lowest_grade=0, highest_grade=6,
    )  # fmt: skip

    page = as_centre.get(f"{reverse(PAGE)}?period=2026/27")

    assert [row[-1] for row in table_rows(page, "Förväntade pass per skola")] == [
        "Klasser som når målet", "1 av 2", "1 av 2", "2 av 4",
    ]  # fmt: skip
    assert [row[-1] for row in table_rows(page, "Årskurser, 2026/27")] == [
        "Klasser som når målet", "2 av 2", "0 av 1", "0 av 1",
    ]  # fmt: skip


def test_page_says_how_it_went(as_centre, example):
    said = words(as_centre.get(reverse(PAGE)))
    for figure in (
        "Förväntade hittills 10 av 10 planerade i perioden, till och med 31 december 2026",
        "Rapporteringsgrad 70,0 %",
        "Täckning, baspass 2 av 4 (50,0 %)",
        "I tid 5 av 6 (83,3 %)",
        "Dos 1,75 pass per klass",
        "Närvaro 116 av 127 (91,3 %)",
        "Följsamhet . inget att räkna på",
        "Nådda 4 klasser, 69 elever",
    ):
        assert figure in said


def test_choices_are_labelled_and_the_buttons_keep_them(as_centre, example):
    page = as_centre.get(f"{reverse(PAGE)}?period=2026/27&skola=almskolan")
    labels = re.findall(r"<label[^>]*>\s*(.*?)\s*</label>", page.text, re.DOTALL)
    assert labels == ["Period", "Program", "Område", "Skola"]
    assert re.findall(r'<option value="([^"]*)" selected', page.text) == ["2026/27", "taget", "", "almskolan"]
    links = re.findall(r'href="(/rapporter/tackning[^"]+)"[^>]*>([^<]+)<', page.text)
    query = "period=2026%2F27&amp;skola=almskolan&amp;program=taget"
    assert links == [
        (f"/rapporter/tackning.xlsx?{query}", "Ladda ner Excel"),
        (f"/rapporter/tackning.pdf?{query}", "Ladda ner PDF"),
        (f"/rapporter/tackning.csv?{query}", "Ladda ner CSV"),
    ]
    assert '<a class="link-strong" href="#sa-raknas">Så räknas siffrorna</a>' in page.text


@pytest.mark.parametrize("text", ["HT2026", "HT 2026", "ht26", "2026/2027", "T3-2026", ""])
def test_period_is_read_in_its_many_forms(as_centre, example, text):
    page = as_centre.get(reverse(PAGE), {"period": text})
    assert "6 av 10 förväntade pass är genomförda" in words(page)


@pytest.mark.parametrize("choice", ["omrade=Norra", "skola=almskolan", "omrade=Norra&skola=almskolan"])
def test_report_is_narrowed_to_area_and_school(as_centre, example, choice):
    page = as_centre.get(f"{reverse(PAGE)}?{choice}")
    assert "HT 2026: 4 av 5 förväntade pass är genomförda" in words(page)
    assert schools_in(as_centre.get(f"{reverse(CSV)}?{choice}")) == {"Almskolan"}


def test_area_is_found_by_its_number_too(as_centre, example):
    area = example["Björkskolan"].area
    assert schools_in(as_centre.get(f"{reverse(CSV)}?omrade={area.pk}")) == {"Björkskolan"}


def test_school_outside_the_chosen_area_gives_an_empty_report(as_centre, example):
    page = as_centre.get(f"{reverse(PAGE)}?omrade=Centrum&skola=almskolan")
    assert "Det finns inga klasser i urvalet" in words(page)
    assert schools_in(as_centre.get(f"{reverse(CSV)}?omrade=Centrum&skola=almskolan")) == set()


def test_period_to_come_is_told_as_such(as_centre, example):
    page = as_centre.get(f"{reverse(PAGE)}?period=VT2027")
    assert "VT 2027: inga pass är förväntade ännu, 4 är planerade." in words(page)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("period=våren", "Skriv perioden som HT2026, VT2027, 2026/27 eller T1-2027."),
        ("period=HT1850", "Skriv perioden som HT2026, VT2027, 2026/27 eller T1-2027."),
        ("program=finns-inte", "Det finns inget sådant program."),
        ("omrade=Västra", "Området finns inte bland dina skolor."),
        ("omrade=99999999999999999999", "Området finns inte bland dina skolor."),
        ("skola=finns-inte", "Skolan finns inte bland dina skolor."),
    ],
)
def test_what_does_not_exist_is_said_on_the_page_and_refused_as_a_file(as_centre, example, query, message):
    page = as_centre.get(f"{reverse(PAGE)}?{query}")
    assert (page.status_code, message in words(page), "genomförda" in words(page)) == (200, True, False)
    for route in FILES:
        response = as_centre.get(f"{reverse(route)}?{query}")
        assert (response.status_code, response.text) == (400, f"{message}\n")


def test_no_programme_yet_is_said(as_centre, municipality):
    assert "Det finns inget program ännu." in words(as_centre.get(reverse(PAGE)))


# Files


@pytest.mark.parametrize(
    ("route", "query", "name", "content_type"),
    [
        (XLSX, "", "tackning-taget-ht-2026.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (CSV, "?period=2026/27&skola=bjorkskolan", "tackning-taget-2026-27-bjorkskolan.csv", "text/csv; charset=utf-8"),
        (PDF, "?period=2026/27&skola=almskolan", "tackning-taget-2026-27-almskolan.pdf", "application/pdf"),
    ],
)
def test_files_are_downloaded_under_a_plain_name(as_centre, example, route, query, name, content_type):
    response = read(as_centre.get(reverse(route) + query))
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == content_type


@pytest.mark.parametrize(("route", "number"), [(PAGE, 16), (XLSX, 17), (CSV, 15), (PDF, 12), (OVERVIEW, 17)])
@pytest.mark.parametrize("schools", [3, 60])
def test_questions_do_not_grow_with_the_schools(as_centre, municipality, query_count, route, number, schools):
    for _n in range(schools):
        school = SchoolFactory(municipality=municipality)
        MembershipFactory(role=Role.COORDINATOR, school=school)
        DeliveryFactory(planned_session=PlannedSessionFactory(school_class=ClassFactory(school=school)))
    with query_count(number):
        assert read(as_centre.get(reverse(route))).status_code == 200


# The overview


def overview_rows(response):
    return [row[:1] + row[2:] for row in table_rows(response, "Alla skolor")[1:]]


def test_overview_shows_every_school_with_its_state_and_its_year(as_centre, example, municipality):
    for email, name in (("a@ekbacka.example", "Amir"), ("b@ekbacka.example", "Sara")):
        user = UserFactory(email=email, first_name=name, last_name="Lind")
        MembershipFactory(user=user, role=Role.COORDINATOR, school=example["Almskolan"])
    paused = SchoolFactory(municipality=municipality, name="Cedergrensskolan")
    Participation.objects.filter(school=paused).update(status=ParticipationStatus.PAUSED)
    ended = SchoolFactory(municipality=municipality, name="Djupviks skola")
    Participation.objects.filter(school=ended).update(end_date=date(2026, 6, 30))
    planned = SchoolFactory(municipality=municipality, name="Ekbackaskolan")
    Participation.objects.filter(school=planned).update(start_date=date(2027, 1, 11))
    SchoolFactory(municipality=municipality, name="Furuskolan", participation=False)
    nothing = ". inget att räkna på"
    assert overview_rows(as_centre.get(reverse(OVERVIEW))) == [
        ["Almskolan Norra", "4 av 5", "0", "1 av 2", "aktiv sedan 2020/21", "Amir Lind, Sara Lind"],
        ["Björkskolan Centrum", "2 av 5", "3", "1 av 2", "aktiv sedan 2020/21", "ingen ännu"],
        ["Cedergrensskolan", nothing, "0", nothing, "pausad sedan 2020/21", "ingen ännu"],
        ["Djupviks skola", nothing, "0", nothing, "avslutad sedan 2020/21", "ingen ännu"],
        ["Ekbackaskolan", nothing, "0", nothing, "planerad sedan 2026/27", "ingen ännu"],
        ["Furuskolan", nothing, "0", nothing, "inte med", "ingen ännu"],
    ]


def test_overview_marks_what_is_not_reported_and_leads_to_the_school(as_centre, example):
    page = as_centre.get(reverse(OVERVIEW))
    assert re.findall(r'<td class="num needs">(\d+)</td>', page.text) == ["3"]
    assert re.findall(r'<th scope="row"><a href="(/skolor/[^"]+)">', page.text) == [
        "/skolor/almskolan/",
        "/skolor/bjorkskolan/",
    ]
    assert "Läsåret 2026/27: 6 av 10 förväntade pass är genomförda" in words(page)


def test_overview_leaves_out_coordinators_who_have_left(as_centre, example):
    gone = MembershipFactory(role=Role.COORDINATOR, school=example["Almskolan"], end_date=date(2026, 12, 30))
    assert gone.user.email not in as_centre.get(reverse(OVERVIEW)).text
    Membership.objects.filter(pk=gone.pk).update(end_date=None)
    assert gone.user.email in as_centre.get(reverse(OVERVIEW)).text


def test_overview_without_schools_says_what_to_do(as_centre, municipality, school_year):
    PlannedSessionFactory(school_class__school__municipality=MunicipalityFactory(code="9902"))
    assert "Det finns inga skolor ännu" in words(as_centre.get(reverse(OVERVIEW)))


@pytest.mark.parametrize("route", FILES)
def test_export_leaves_a_trace_with_its_id_filter_profile_and_checksum(as_centre, centre, example, route):
    content = read(as_centre.get(reverse(route), {"period": "HT2026", "skola": "almskolan"})).body

    event = Event.objects.get()
    assert (event.kind, event.actor, event.municipality.name, event.school.name) == (
        "exported",
        centre,
        "Ekbacka kommun",
        "Almskolan",
    )
    export_id = event.about.pop("export_id")
    assert re.fullmatch(r"\d{8}-[0-9a-f]{8}", export_id)
    assert event.about == {
        "what": "coverage",
        "format": route[-4:].strip("_"),
        "selection": "Ekbacka kommun, Taget, Almskolan, HT 2026",
        "profile": "profil intern, inget är dolt för små tal",
        "checksum": hashlib.sha256(content).hexdigest(),
    }


def test_refused_export_leaves_no_trace(client, leader):
    client.force_login(leader)

    assert [client.get(reverse(route)).status_code for route in FILES] == [403, 403]
    assert list(Event.objects.all()) == []
