"""Diplomas: one page for each name that was typed, and the names are nowhere afterwards."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from programmes.exports.diplomas import Diploma, write_diplomas
from programmes.models import Event, Mentor, PlannedSession
from tests.factories import CohortFactory, DeliveryFactory, MenteeGroupFactory, SessionFactory
from tests.pdf import assert_inert, assert_tagged, read_pdf, text_of


@pytest.fixture
def cohort(school):
    cohort = CohortFactory(school=school)
    group = MenteeGroupFactory(cohort=cohort)
    planned = PlannedSession.objects.create(
        school_class_id=group.pk, session=SessionFactory(code="MVP-01"), due_date=date(2026, 9, 7)
    )
    DeliveryFactory(planned_session=planned)
    for alias, left in (("Alma", ""), ("Bilal", ""), ("Oskar W", "moved")):
        Mentor.objects.create(cohort=cohort, alias=alias, group_id=group.pk, left=left)
    return cohort


@pytest.fixture
def address(client, coordinator, cohort):
    client.force_login(coordinator)
    return f"/skolor/almskolan/mvp/{cohort.pk}/diplom/"


def fields_of(client, address):
    return list(client.get(address).context["form"].fields)


def test_all_diplomas_come_in_one_file_with_a_page_each(client, address):
    alma, bilal = fields_of(client, address)
    response = client.post(address, {alma: "Alma Bergström", bilal: "Bilal Åhlén"})

    assert response["Content-Disposition"] == 'attachment; filename="diplom-almskolan-2026.pdf"'
    roles = assert_tagged(response.content)
    assert_inert(response.content)
    assert (len(read_pdf(response.content).pages), roles.count("H1")) == (2, 2)
    words = text_of(response.content)
    assert [text for role, text in words if role == "P" and text in ("Alma Bergström", "Bilal Åhlén")] == [
        "Alma Bergström",
        "Bilal Åhlén",
    ]
    said = next(text for _role, text in words if "mentor i MVP" in text)
    assert said == (
        "för ett år som mentor i MVP på Almskolan, läsåret 2026/27. Du har tränat, planerat och hållit 1 pass för "
        "elever i årskurs 6, och visat dem att det går att säga ifrån och att bry sig."
    )


def test_names_are_kept_nowhere(client, address, caplog):
    alma, _bilal = fields_of(client, address)
    events = Event.objects.count()
    client.post(address, {alma: "Almalisa Testsson"})

    rows = [
        str(row)
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        if model._meta.managed and "Almalisa" in str(row)
    ]
    assert rows == []
    assert Event.objects.count() == events
    assert "Almalisa" not in caplog.text
    assert "Almalisa" not in str(dict(client.session))


def test_nothing_typed_or_a_personal_identity_number_is_told(client, address):
    alma, bilal = fields_of(client, address)

    assert client.post(address, {}).context["form"].non_field_errors() == ["Skriv minst ett namn."]
    page = client.post(address, {alma: "20110312-1239", bilal: "Bilal Åhlén"})
    assert list(page.context["form"].errors) == [alma]
    assert page.context["form"][bilal].value() == "Bilal Åhlén"


@pytest.mark.parametrize("name", ["<b>A</b> & Co", "A" * 60, "محمد", "Ö"])
def test_any_name_fits_and_is_only_words(name):
    made_at = datetime(2027, 6, 1, tzinfo=UTC)
    content = write_diplomas([Diploma(name, 0)], school="Almskolan", owner="", school_year="2026/27", made_at=made_at)

    assert_tagged(content)
    assert len(read_pdf(content).pages) == 1
