"""The centre's registers in the admin: the municipality's own rows, checked, logged, and closed to editors."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from programmes.enums import Role
from programmes.models import Area, Break, Event, Indicator, Partner, ProgrammeTarget, School, SchoolYear
from programmes.reports.suppression import Profile, profile_of
from tests.factories import (
    ClassFactory,
    IndicatorFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerFactory,
    SchoolFactory,
    SchoolYearFactory,
    SessionFactory,
    UserFactory,
    programme,
)

REGISTERS = ("schools", "areas", "years", "breaks", "targets", "partners", "indicators")
YEAR = {
    "start_year": "2027",
    "autumn_first_day": "2027-08-17",
    "autumn_last_day": "2027-12-17",
    "spring_first_day": "2028-01-10",
    "spring_last_day": "2028-06-09",
}
PARTNER = {"name": "Polisen", "area": "fighting", "organisation": "police", "contact": "kommunpolis", "address": ""}


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def add(client, register, **typed):
    return client.post(reverse(f"registers_{register}:add"), typed)


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


@pytest.mark.parametrize("register", REGISTERS)
def test_lists_show_the_municipalitys_own_rows(as_centre, municipality, school, register):
    for here in (municipality, MunicipalityFactory(code="9902", name="Granby kommun")):
        own = here == municipality
        Area.objects.create(municipality=here, name="Norra" if own else "Granområdet")
        year = SchoolYearFactory(municipality=here)
        name = "Höstlov" if own else "Granlov"
        Break.objects.create(school_year=year, name=name, first_day=date(2026, 10, 26), last_day=date(2026, 10, 30))
        ProgrammeTarget.objects.create(
            municipality=here, programme=programme(), lowest_grade=0, highest_grade=5, sessions_per_year=7 + own
        )
        PartnerFactory(municipality=here, name="Jouren" if own else "Granjouren")
        IndicatorFactory(municipality=here, name="Närvaro" if own else "Granvaro")
        SchoolFactory(municipality=here, name="Björkskolan" if own else "Granskolan")

    rows = as_centre.get(reverse(f"registers_{register}:index")).context["object_list"]

    model = rows.model
    way = "school_year__municipality" if model is Break else "municipality"
    assert set(rows) == set(model.objects.filter(**{way: municipality})) != set()


def test_new_school_gets_an_address_and_goes_on_to_its_programmes(as_centre, municipality):
    area = Area.objects.create(municipality=municipality, name="Norra")

    response = add(as_centre, "schools", name="Åsö skola", unit_code="99000077", area=area.pk, slug="")

    school = School.objects.get()
    assert (school.municipality, school.slug, school.area) == (municipality, "aso-skola", area)
    assert response["Location"] == "/oversikt/skolor/aso-skola/"
    assert [event.about for event in Event.objects.all()] == [{"register": "school", "name": "Åsö skola"}]


def test_school_year_breaks_and_targets_are_added(as_centre, municipality, school_year):
    add(as_centre, "years", **YEAR)
    add(
        as_centre,
        "breaks",
        school_year=school_year.pk,
        name="Höstlov",
        first_day="26 oktober 2026",
        last_day="2026-10-30",
    )
    add(
        as_centre,
        "targets",
        programme=programme().pk,
        lowest_grade="0",
        highest_grade="5",
        sessions_per_year="8",
        staff_sessions_per_year="8",
        workplace_meetings_per_year="4",
    )

    assert [row.label for row in SchoolYear.objects.filter(municipality=municipality)] == ["2026/27", "2027/28"]
    assert [(row.name, row.first_day) for row in Break.objects.all()] == [("Höstlov", date(2026, 10, 26))]
    assert [row.municipality for row in ProgrammeTarget.objects.all()] == [municipality]


def test_partner_is_added_changed_and_removed(as_centre, municipality):
    add(as_centre, "partners", **PARTNER)
    partner = Partner.objects.get()
    as_centre.post(reverse("registers_partners:edit", args=[partner.pk]), {**PARTNER, "contact": "vakthavande"})
    partner.refresh_from_db()
    assert (partner.municipality, partner.contact) == (municipality, "vakthavande")

    as_centre.post(reverse("registers_partners:delete", args=[partner.pk]))

    assert Partner.objects.count() == 0
    assert [event.kind for event in Event.objects.order_by("pk")] == [
        "register_added",
        "register_changed",
        "register_removed",
    ]


@pytest.mark.parametrize(
    ("register", "typed", "field", "message"),
    [
        ("areas", {"name": "Norra"}, "__all__", "finns redan"),
        ("areas", {"name": "20121212-1212"}, "name", "personnummer"),
        ("schools", {"name": "Ny", "unit_code": "12", "slug": "ny"}, "unit_code", "åtta siffror"),
        ("schools", {"name": "Ny", "unit_code": "99000099", "slug": "almskolan"}, "__all__", "finns redan"),
        ("years", {**YEAR, "autumn_last_day": "2027-08-01"}, "__all__", "Dagarna ska komma i ordning"),
        ("years", {**YEAR, "spring_last_day": "2028-07-09"}, "__all__", "mellan 1 juli och 30 juni"),
        ("partners", {**PARTNER, "name": "Polis 2"}, "__all__", "En annan part har redan de ledarnas timmar."),
        (
            "partners",
            {**PARTNER, "name": "Jouren", "organisation": "other", "contact": "Bo 19800101-1234"},
            "contact",
            "personnummer",
        ),
        (
            "indicators",
            {"name": "Examen", "unit": "%", "year": "2019", "value": "91", "area": "", "source": "Kolada"},
            "year",
            "redan inskrivet",
        ),
        (
            "indicators",
            {"name": "Examen", "unit": "%", "year": "2020", "value": "mycket", "area": "", "source": "Kolada"},
            "value",
            "tal",
        ),
    ],
)
def test_what_cannot_be_is_said(as_centre, municipality, school, register, typed, field, message):
    Area.objects.create(municipality=municipality, name="Norra")
    PartnerFactory(municipality=municipality, name="Polisen", organisation="police")
    IndicatorFactory(municipality=municipality, name="Examen", year=2019)

    found = errors(add(as_centre, register, **typed))

    assert list(found) == [field]
    assert message in " ".join(found[field])


def test_area_and_school_year_of_another_municipality_are_no_choice(as_centre, municipality):
    elsewhere = MunicipalityFactory(code="9902")
    area = Area.objects.create(municipality=elsewhere, name="Granområdet")
    year = SchoolYearFactory(municipality=elsewhere)

    school = add(as_centre, "schools", name="Ny", unit_code="99000099", area=area.pk, slug="")
    a_break = add(as_centre, "breaks", school_year=year.pk, name="Lov", first_day="2026-10-26", last_day="2026-10-30")

    assert (list(errors(school)), list(errors(a_break))) == (["area"], ["school_year"])


@pytest.mark.parametrize("action", ["edit", "delete", "history", "usage"])
def test_row_of_another_municipality_is_not_found(as_centre, municipality, action):
    partner = PartnerFactory(municipality=MunicipalityFactory(code="9902"))

    address = reverse(f"registers_partners:{action}", args=[partner.pk])

    assert as_centre.get(address).status_code == 404
    assert Partner.objects.count() == 1


SMALL_NUMBERS = {"internal_threshold": "5", "open_threshold": "12", "smallest_group": "15"}


def test_centre_sets_how_much_is_hidden_in_its_own_municipality(as_centre, municipality):
    elsewhere = MunicipalityFactory(code="9902", name="Granby kommun")
    page = as_centre.get(reverse("registers_small_numbers:index"), follow=True)

    as_centre.post(page.request["PATH_INFO"], SMALL_NUMBERS)

    municipality.refresh_from_db()
    assert "Små tal, Ekbacka kommun" in page.text
    assert profile_of(municipality, "internal") == Profile("internal", 5, 15)
    assert profile_of(municipality, "open") == Profile("open", 12, 15, 3, Profile("internal", 5, 15))
    assert [event.about for event in Event.objects.all()] == [{"register": "municipality", "name": municipality.name}]
    foreign = reverse("registers_small_numbers:edit", args=[elsewhere.pk])
    assert as_centre.post(foreign, SMALL_NUMBERS).status_code == 404
    assert as_centre.get(reverse("registers_small_numbers:add")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"internal_threshold": "3"}, "internal_threshold", "lika med 4"),
        ({"internal_threshold": "9", "open_threshold": "8"}, "__all__", "får inte mer visas än inom den"),
        ({"smallest_group": "9"}, "smallest_group", "lika med 10"),
        ({"open_threshold": "50"}, "open_threshold", "lika med 49"),
    ],
)
def test_no_municipality_hides_less_than_the_rule(as_centre, municipality, typed, field, message):
    page = as_centre.post(reverse("registers_small_numbers:edit", args=[municipality.pk]), {**SMALL_NUMBERS, **typed})

    found = errors(page)
    assert list(found) == [field]
    assert message in " ".join(found[field])
    municipality.refresh_from_db()
    assert municipality.internal_threshold == 4


def test_what_is_in_use_stays(as_centre, municipality, school):
    area = Area.objects.create(municipality=municipality, name="Norra")
    School.objects.filter(pk=school.pk).update(area=area)
    ClassFactory(school=school)

    page = as_centre.post(reverse("registers_areas:delete", args=[area.pk]), follow=True)
    as_centre.post(reverse("registers_schools:delete", args=[school.pk]))

    assert "”Norra” används och kan inte tas bort." in page.text
    assert (Area.objects.count(), School.objects.count()) == (1, 1)
    assert Event.objects.count() == 0


@pytest.mark.parametrize("register", REGISTERS)
def test_editor_and_administrator_of_another_place_cannot_write(client, municipality, register):
    elsewhere = MunicipalityFactory(code="9902")
    for role, place in ((Role.EDITOR, municipality), (Role.ADMINISTRATOR, elsewhere)):
        user = UserFactory()
        MembershipFactory(user=user, role=role, municipality=place)
        client.force_login(user)
        assert client.post(reverse(f"registers_{register}:add"), {"name": "Ny"}).status_code in {302, 403}
    assert (Area.objects.count(), School.objects.count(), Partner.objects.count()) == (0, 0, 0)


def test_indicators_stand_beside_the_figures_with_their_source(as_centre, school, municipality):
    SessionFactory(code="T-B1")
    for year, value in ((2019, "91"), (2015, "77")):
        IndicatorFactory(municipality=municipality, name="Gymnasieexamen", year=year, value=Decimal(value))
    IndicatorFactory(municipality=MunicipalityFactory(code="9902"), name="Granvaro")

    page = as_centre.get("/oversikt/").text

    assert "77 % (2015) · 91 % (2019)" in page
    assert ("Källa: Kolada" in page, "Granvaro" in page) == (True, False)
    assert "De visar inte att programmen har orsakat något." in page
    assert Indicator.objects.count() == 3


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("register", "questions"), [("partners", 16), ("indicators", 16)])
def test_registers_ask_the_same_number_of_questions(as_centre, municipality, query_count, register, questions, count):
    area = Area.objects.create(municipality=municipality, name="Norra")
    for number in range(count):
        PartnerFactory(municipality=municipality, name=f"Part {number}")
        IndicatorFactory(municipality=municipality, name=f"Mått {number}", area=area)
    address = reverse(f"registers_{register}:index")
    as_centre.get(address)

    with query_count(questions):
        as_centre.get(address)
