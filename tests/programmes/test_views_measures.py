"""The municipality's action plan: written, followed up, printed and taken away."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from programmes.models import Area, Event, Measure
from tests.factories import MeasureFactory, MunicipalityFactory

PAGE = "/oversikt/atgardsplan/"
TYPED = {
    "problem": "Otrygga vägar",
    "area": "",
    "goal": "Fler går själva",
    "measure": "Vuxna vid övergångsstället",
    "responsible": "trygghetssamordnaren",
    "start_date": "2026-08-01",
    "end_date": "2027-06-01",
    "indicator": "Elevenkäten",
    "follow_up": "",
}


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def test_measure_is_added_changed_followed_up_and_removed(as_centre, municipality):
    page = as_centre.post(f"{PAGE}ny/", TYPED, follow=True)
    measure = Measure.objects.get()
    assert "”Vuxna vid övergångsstället” är sparad i åtgärdsplanen." in page.text
    assert (measure.municipality, measure.end_date) == (municipality, date(2027, 6, 1))

    changed = {**TYPED, "follow_up": "Färre olyckor.", "seen": measure.written_at.isoformat()}
    page = as_centre.post(f"{PAGE}{measure.pk}/andra/", changed, follow=True)
    assert "1 åtgärd, 1 uppföljd" in page.text

    as_centre.post(f"{PAGE}{measure.pk}/ta-bort/")
    assert Measure.objects.count() == 0
    assert [event.kind for event in Event.objects.order_by("pk")] == [
        "register_added",
        "register_changed",
        "register_removed",
    ]


def test_two_who_change_the_same_measure_do_not_overwrite_each_other(as_centre, municipality):
    measure = MeasureFactory(municipality=municipality)
    seen = measure.written_at.isoformat()
    as_centre.post(f"{PAGE}{measure.pk}/andra/", {**TYPED, "goal": "Mitt", "seen": seen})

    page = as_centre.post(f"{PAGE}{measure.pk}/andra/", {**TYPED, "goal": "Ditt", "seen": seen})

    assert "Någon annan har ändrat det här under tiden." in page.text
    assert "Ditt" in page.text
    assert Measure.objects.get().goal == "Mitt"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"end_date": "2026-07-01"}, "Sista dagen kommer före den första."),
        ({"responsible": "Åsa 19800101-1234"}, "personnummer"),
        ({"problem": ""}, "fältet är obligatoriskt"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(as_centre, municipality, typed, message):
    page = as_centre.post(f"{PAGE}ny/", {**TYPED, **typed})

    assert message in page.text
    assert "Vuxna vid övergångsstället" in page.text
    assert Measure.objects.count() == 0


def test_area_of_another_municipality_is_no_choice(as_centre, municipality):
    area = Area.objects.create(municipality=MunicipalityFactory(code="9902"), name="Granby norra")

    page = as_centre.post(f"{PAGE}ny/", {**TYPED, "area": area.pk})

    assert Measure.objects.count() == 0
    assert "Granby norra" not in page.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start_date": date(2026, 12, 1)}, "Kommer"),
        ({}, "Pågår"),
        ({"end_date": date(2026, 11, 21)}, "att följa upp"),
        ({"end_date": date(2026, 11, 21), "follow_up": "Bra."}, "Uppföljd: Bra."),
    ],
)
def test_measure_says_how_far_it_has_come(as_centre, municipality, values, words):
    MeasureFactory(municipality=municipality, **values)

    assert words in as_centre.get(PAGE).text


def test_files_and_print_hold_the_municipalitys_measures_alone(as_centre, municipality):
    MeasureFactory(municipality=municipality, measure="Våra vuxna", follow_up="=1+1")
    MeasureFactory(municipality=MunicipalityFactory(code="9902"), measure="Granbys vuxna")

    printed = as_centre.get(reverse("programmes:measure_print")).text
    csv = b"".join(as_centre.get("/oversikt/atgardsplan.csv").streaming_content).decode("utf-8-sig")
    book = load_workbook(BytesIO(b"".join(as_centre.get("/oversikt/atgardsplan.xlsx").streaming_content)))
    cells = [cell.value for row in book["Åtgärder"].iter_rows() for cell in row]

    assert [text.count("Våra vuxna") for text in (printed, csv)] == [1, 1]
    assert cells.count("Våra vuxna") == 1
    assert [place for place in (printed, csv, str(cells)) if "Granbys" in place] == []
    assert [event.about["what"] for event in Event.objects.all()] == ["action_plan", "action_plan"]


@pytest.mark.parametrize("name", ["measure_change", "measure_remove"])
def test_measure_of_another_municipality_is_not_found(as_centre, name):
    measure = MeasureFactory(municipality=MunicipalityFactory(code="9902"))

    assert as_centre.post(reverse(f"programmes:{name}", args=[measure.pk]), TYPED).status_code == 404
    assert Measure.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3, 30])
def test_plan_asks_the_same_number_of_questions(as_centre, municipality, query_count, count):
    area = Area.objects.create(municipality=municipality, name="Norra")
    MeasureFactory.create_batch(count, municipality=municipality, area=area)
    as_centre.get(PAGE)

    with query_count(7):
        as_centre.get(PAGE)
