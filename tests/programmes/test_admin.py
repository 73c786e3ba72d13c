"""The registers, as a system administrator fills them in an empty installation."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse
from wagtail.models import Site

from cms.models import SiteSettings
from programmes.exports.event_words import event_sentence
from programmes.models import Event, Membership, Municipality, PlannedSession, School, SchoolClass
from tests.factories import ClassFactory, SchoolFactory, SessionFactory, UserFactory, programme


@pytest.fixture
def administrator(client, db):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def without_inlines(*prefixes):
    return {
        f"{prefix}-{name}": value for prefix in prefixes for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
    }


@pytest.mark.parametrize("model", [model._meta.label_lower for model in admin.site._registry])
def test_every_register_opens(client, administrator, model):
    name = model.replace(".", "_")

    statuses = [client.get(reverse(f"admin:{name}_{page}")).status_code for page in ("changelist", "add")]

    assert statuses[0] == 200
    assert statuses[1] in {200, 403}


def test_empty_installation_is_filled_in_the_admin(client, administrator):
    site = Site.objects.get(is_default_site=True)
    base = SessionFactory()

    client.post(
        reverse("admin:programmes_municipality_add"),
        {"name": "Granby kommun", "code": "9903", "site": site.pk, "parent_meetings_to_complete": 3, "digest_hour": 7}
        | {"internal_threshold": 4, "open_threshold": 9, "smallest_group": 10}
        | without_inlines("areas", "targets")
        | {"areas-TOTAL_FORMS": 1, "areas-0-name": "Norra"},
    )
    municipality = Municipality.objects.get()
    client.post(
        reverse("admin:programmes_school_add"),
        {
            "municipality": municipality.pk,
            "area": municipality.areas.get().pk,
            "name": "Almskolan",
            "slug": "almskolan",
            "unit_code": "99000011",
            "participations-TOTAL_FORMS": 1,
            "participations-INITIAL_FORMS": 0,
            "participations-0-programme": programme().pk,
            "participations-0-status": "active",
            "participations-0-start_date": "2020-08-01",
        },
    )
    school = School.objects.get()
    client.post(
        reverse("admin:programmes_schoolclass_add"),
        {"school": school.pk, "start_year": 2026, "name": "3 B", "lowest_grade": 3, "highest_grade": 3, "enrolled": 21},
    )
    client.post(
        reverse("admin:programmes_membership_add"),
        {"user": administrator.pk, "role": "coordinator", "school": school.pk, "start_date": "2026-08-01"},
    )

    assert list(PlannedSession.objects.values_list("school_class__name", "session", "due_date")) == [
        ("3 B", base.pk, date(2026, 9, 30))
    ]
    assert list(Membership.objects.order_by("pk").values_list("role", "school", "municipality", "start_date")) == [
        ("administrator", None, municipality.pk, date(2026, 11, 22)),
        ("coordinator", school.pk, None, date(2026, 8, 1)),
    ]
    assert SiteSettings.for_site(site).owner_name == "Granby kommun"


def test_first_municipality_takes_the_site_that_is_there(client, administrator):
    form = client.get(reverse("admin:programmes_municipality_add")).context["adminform"].form

    assert form.get_initial_for_field(form.fields["site"], "site") == Site.objects.get(is_default_site=True).pk


def test_new_school_and_school_year_belong_to_the_only_municipality(client, administrator, municipality):
    for register in ("school", "schoolyear"):
        form = client.get(reverse(f"admin:programmes_{register}_add")).context["adminform"].form

        assert form.initial["municipality"] == municipality.pk


def test_grades_are_chosen_by_name(client, administrator):
    form = client.get(reverse("admin:programmes_schoolclass_add")).context["adminform"].form

    assert list(form.fields["lowest_grade"].choices) == [(0, "F"), *((grade, str(grade)) for grade in range(1, 10))]
    assert form.initial["start_year"] == 2026


def test_programme_that_a_school_begins_gives_its_classes_base_sessions(client, administrator, municipality):
    base = SessionFactory()
    school = SchoolFactory(municipality=municipality)
    school.participations.all().delete()
    for start_year in (2025, 2026):
        ClassFactory(school=school, name="3B", start_year=start_year)

    client.post(
        reverse("admin:programmes_school_change", args=[school.pk]),
        {
            "municipality": municipality.pk,
            "name": school.name,
            "slug": school.slug,
            "unit_code": school.unit_code,
            "participations-TOTAL_FORMS": 1,
            "participations-INITIAL_FORMS": 0,
            "participations-0-school": school.pk,
            "participations-0-programme": programme().pk,
            "participations-0-status": "active",
            "participations-0-start_date": "1 augusti 2020",
        },
    )

    assert list(PlannedSession.objects.values_list("school_class__start_year", "session", "due_date")) == [
        (2026, base.pk, date(2026, 9, 30))
    ]


def test_overlapping_programme_is_refused(client, administrator, school):
    participation = school.participations.get()

    response = client.post(
        reverse("admin:programmes_school_change", args=[school.pk]),
        {
            "municipality": school.municipality_id,
            "name": school.name,
            "slug": school.slug,
            "unit_code": school.unit_code,
            "participations-TOTAL_FORMS": 2,
            "participations-INITIAL_FORMS": 1,
            "participations-0-id": participation.pk,
            "participations-0-school": school.pk,
            "participations-0-programme": participation.programme_id,
            "participations-0-status": "active",
            "participations-0-start_date": "2020-08-01",
            "participations-1-school": school.pk,
            "participations-1-programme": participation.programme_id,
            "participations-1-status": "paused",
            "participations-1-start_date": "2026-08-01",
        },
    )

    assert "Skolan har redan det här programmet några av de dagarna." in response.text
    assert school.participations.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "leader", "centre", "stranger"])
def test_registers_are_closed_to_everybody_else(request, client, who):
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("admin:programmes_municipality_changelist"))

    assert response.status_code in {302, 403}
    assert "Granby" not in response.text


def test_class_written_with_other_spaces_is_the_same_class(client, administrator, school):
    SchoolClass.objects.create(school=school, start_year=2026, name="3B", lowest_grade=3, highest_grade=3)

    response = client.post(
        reverse("admin:programmes_schoolclass_add"),
        {"school": school.pk, "start_year": 2026, "name": "3 b", "lowest_grade": 3, "highest_grade": 3},
    )

    assert "Skolan har redan en klass med det namnet det läsåret." in response.text
    assert SchoolClass.objects.count() == 1


def account_of(user, **changes):
    """What the form of an account sends."""
    fields = {"email": user.email, "first_name": user.first_name, "last_name": user.last_name, "alias": ""}
    return {**fields, "is_active": "on", **changes}


def test_all_rights_given_to_an_account_stand_in_the_log(client, administrator, municipality):
    person = UserFactory(first_name="Nour", last_name="Halvarsson")

    client.post(
        f"/django-admin/accounts/user/{person.pk}/change/", account_of(person, is_superuser="on", is_staff="on")
    )

    person.refresh_from_db()
    event = Event.objects.get(kind="account_changed")
    assert person.is_superuser
    assert (event.actor, event.person, event.municipality) == (administrator, person, municipality)
    assert event_sentence(event) == "ändrade kontot för Nour Halvarsson: systemadministration, alla rättigheter"


def test_password_set_by_an_administrator_stands_in_the_log_and_never_what_it_is(client, administrator):
    person = UserFactory()
    chosen = {"usable_password": "true", "password1": "helt-nya-ord-i-rad", "password2": "helt-nya-ord-i-rad"}

    client.post(f"/django-admin/accounts/user/{person.pk}/password/", chosen)

    person.refresh_from_db()
    assert person.check_password("helt-nya-ord-i-rad")
    assert Event.objects.get(kind="account_changed").about == {"fields": ["password"]}
