"""Saved selections: found again, shared by their address, and never a way to see more."""

import pytest
from django.urls import reverse

from programmes.models import SavedReport
from programmes.models.saved_reports import MOST_SAVED
from tests.factories import SchoolFactory, SessionFactory

ADD = "/rapporter/urval/ny/"


@pytest.fixture(autouse=True)
def _catalogue(db):
    """A programme to report on."""
    SessionFactory(code="T-B1")


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def kept(user, **values):
    values = {"kind": "kedjan", "query": "period=HT2026", "name": "Kedjan i höst"} | values
    return SavedReport.objects.create(user=user, municipality=values.pop("municipality"), **values)


def test_selection_is_named_and_found_again(as_coordinator, coordinator, school):
    asked = f"{ADD}?rapport=nadda&period=ht+2026&skola=almskolan&annat=1"
    form = as_coordinator.get(asked)
    assert form.context["form"].initial["name"] == "Räckvidd, Taget, HT 2026, Almskolan"

    saved = as_coordinator.post(asked, {"name": "Räckvidden i höst"}, follow=True)

    row = SavedReport.objects.get()
    assert (row.user, row.kind, row.name) == (coordinator, "nadda", "Räckvidden i höst")
    assert row.query == "period=HT2026&skola=almskolan&program=taget"
    assert "Räckvidden i höst är sparat. Du hittar det igen under Rapporter." in saved.text
    page = as_coordinator.get("/rapporter/")
    [listed] = page.context["saved_reports"]
    assert listed["url"] == f"/rapporter/nadda/?{row.query}"
    assert "Räckvidden i höst" in page.text


def test_coverage_is_saved_too(as_coordinator, school):
    as_coordinator.post(f"{ADD}?rapport=tackning&period=2026/27", {"name": "Året"})

    page = as_coordinator.get("/rapporter/")
    [row] = page.context["saved_reports"]
    assert row["url"].startswith("/rapporter/?period=2026%2F27")
    assert as_coordinator.get(row["url"]).context["report"].period.code == "2026/27"


def test_selection_gets_another_name_and_is_removed(as_coordinator, coordinator, municipality):
    saved = kept(coordinator, municipality=municipality)

    as_coordinator.post(f"/rapporter/urval/{saved.pk}/andra/", {"name": "Kedjan"})
    saved.refresh_from_db()
    assert saved.name == "Kedjan"

    as_coordinator.post(f"/rapporter/urval/{saved.pk}/ta-bort/")
    assert not SavedReport.objects.exists()


def test_selection_of_another_is_not_found(client, coordinator, centre, municipality):
    saved = kept(coordinator, municipality=municipality)
    client.force_login(centre)

    answers = [client.post(f"/rapporter/urval/{saved.pk}/{what}/", {"name": "Min"}) for what in ("andra", "ta-bort")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert SavedReport.objects.get().name == "Kedjan i höst"
    assert "Kedjan i höst" not in client.get("/rapporter/").text


def test_shared_address_shows_what_the_colleague_may_see(client, coordinator, centre, leader, municipality, school):
    """The centre's selection of another school is, for a coordinator elsewhere, a school that is not there."""
    SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan")
    of_all, of_one = "/rapporter/nadda/?period=HT2026", "/rapporter/nadda/?period=HT2026&skola=bjorkskolan"

    client.force_login(centre)
    assert [row[1] for row in client.get(of_all).context["report"].main.rows] == ["Almskolan", "Björkskolan"]
    client.force_login(coordinator)
    assert [row[1] for row in client.get(of_all).context["report"].main.rows] == ["Almskolan"]
    assert "Skolan finns inte bland dina skolor." in client.get(of_one).text
    client.force_login(leader)
    assert client.get(of_all).status_code == 403


def test_selection_of_a_report_that_one_may_no_longer_read_is_not_listed(as_coordinator, coordinator, municipality):
    kept(coordinator, municipality=municipality, kind="trygg-bas", name="Andelarna")
    kept(coordinator, municipality=municipality, kind="finns-inte", name="Borta")

    assert as_coordinator.get("/rapporter/").context["saved_reports"] == []
    assert as_coordinator.get(f"{ADD}?rapport=trygg-bas").status_code == 403
    assert as_coordinator.get(f"{ADD}?rapport=finns-inte").status_code == 404
    assert as_coordinator.get(f"{ADD}?rapport=nadda&period=i+fjol").status_code == 404


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("", "Ge urvalet ett namn.", ""),
        ("Elev 20130112-2387", "personnummer", "Elev …"),
        ("Kedjan i höst", "Du har redan ett urval med det namnet. Kalla det något annat.", "Kedjan i höst"),
    ],
)
def test_bad_name_is_told_and_kept(as_coordinator, coordinator, municipality, name, said, shown):
    kept(coordinator, municipality=municipality)

    answer = as_coordinator.post(f"{ADD}?rapport=nadda", {"name": name})

    assert said in answer.text
    assert answer.context["form"]["name"].value() == shown
    assert "20130112-2387" not in answer.text
    assert SavedReport.objects.count() == 1


def test_no_more_than_thirty_each(as_coordinator, coordinator, municipality):
    for number in range(MOST_SAVED):
        kept(coordinator, municipality=municipality, name=f"Urval {number}")

    answer = as_coordinator.post(f"{ADD}?rapport=nadda", {"name": "Ett till"})

    assert "Du har 30 urval, och det är det mesta. Ta bort ett först." in answer.text
    assert SavedReport.objects.count() == MOST_SAVED


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_of_selections_is_one_question(as_coordinator, coordinator, municipality, school, count, query_count):
    for number in range(count):
        kept(coordinator, municipality=municipality, name=f"Urval {number}")

    with query_count(16):
        as_coordinator.get(reverse("programmes:reports"))
