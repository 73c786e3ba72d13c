"""The cast: one school and its people, and a stranger from elsewhere."""

import shutil
from datetime import date
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.models import Site

from curriculum.imports import CONTENT
from programmes.enums import Role
from tests.database import database_with_the_curriculum, flush_the_event_log_too, start_from_template
from tests.database_postgres import start_from_template_on_the_server
from tests.factories import (
    ClassFactory,
    MembershipFactory,
    MunicipalityFactory,
    SchoolFactory,
    SchoolYearFactory,
    UserFactory,
)

# What walks every address of the product, or loads the demo or the curriculum anew each time, and asks no question of
# its own of the database: on PostgreSQL only when everything is asked for (run.sh).
WALKS = (
    "every_link",
    "load_curriculum",
    "load_demo",
    "odd_input",
    "protected_identity",
    "rights_elsewhere",
    "rights_objects",
    "rights_routes",
    "views_report_kinds",
)
# What is about how pages look, read and weigh, beside those of the rooms below: on PostgreSQL likewise.
PAGES = ("headers", "views_mentor_group", "views_mentors", "weight")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem.removeprefix("test_") in WALKS:
            item.add_marker("walk")
        if item.path.parent.name in {"cms", "curriculum"} and not item.path.stem.endswith("search"):
            item.add_marker("page")
        if item.path.stem.removeprefix("test_") in PAGES:
            item.add_marker("page")
        if not item.get_closest_marker("django_db") and not {"db", "transactional_db"} & {*item.fixturenames}:
            item.add_marker("alike")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The migrated database is copied: to make it anew takes longer than most runs of the checks."""
    if connection.vendor == "sqlite":
        start_from_template()
        flush_the_event_log_too()
    else:
        start_from_template_on_the_server()


FEW_PLANS = {"T-B1.yaml", "T-B2.yaml", "T-B3.yaml", "T-T01.yaml", "P-T-T01.yaml", "MVP-01.yaml"}


@pytest.fixture(scope="session")
def few_plans(tmp_path_factory):
    """The content files with a few of the plans, each kind among them: to load them all takes seconds."""

    def others(folder, names):
        return set(names) - FEW_PLANS if folder.endswith(("taget", "mvp")) else set()

    return shutil.copytree(CONTENT, tmp_path_factory.mktemp("few") / "content", ignore=others)


@pytest.fixture
def _which_database(request, django_db_setup, django_db_blocker):
    """A test that asks for the curriculum meets a database that holds it already; the others a bare one."""
    if "curriculum" not in request.fixturenames:
        yield
        return
    with django_db_blocker.unblock(), database_with_the_curriculum(load_the_curriculum):
        Site.clear_site_root_paths_cache()
        ContentType.objects.clear_cache()
        yield
    Site.clear_site_root_paths_cache()
    ContentType.objects.clear_cache()


@pytest.fixture
def _django_db_helper(_which_database, _django_db_helper):
    """The plugin's own, after the database has been chosen."""


def load_the_curriculum():
    call_command("load_curriculum", municipality="Ekbacka kommun", stdout=StringIO())


@pytest.fixture
def curriculum(db):
    """Catalogue, contacts and pages of an invented municipality, as they ship; the site they stand on."""
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def today():
    """A Sunday in week 47: the autumn is half done, December lies ahead."""
    return date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _frozen_today(monkeypatch, today):
    """Every view asks `timezone.localdate()` for today, and gets the same one."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: today)


@pytest.fixture
def query_count(django_assert_num_queries):
    """Exactly so many questions to the database, whatever the number of rows; what is kept between requests is cold."""

    def assert_count(number):
        Site.clear_site_root_paths_cache()
        ContentType.objects.clear_cache()
        return django_assert_num_queries(number)

    return assert_count


@pytest.fixture
def municipality(db):
    return MunicipalityFactory(name="Ekbacka kommun", code="9901")


@pytest.fixture
def school_year(municipality):
    return SchoolYearFactory(municipality=municipality)


@pytest.fixture
def school(municipality, school_year):
    return SchoolFactory(municipality=municipality, name="Almskolan", slug="almskolan", unit_code="99000011")


@pytest.fixture
def school_class(school):
    return ClassFactory(school=school, name="3B", lowest_grade=3, enrolled=21)


@pytest.fixture
def coordinator(school):
    user = UserFactory(email="coordinator@ekbacka.example")
    MembershipFactory(user=user, role=Role.COORDINATOR, school=school)
    return user


@pytest.fixture
def leader(school, school_class):
    user = UserFactory(email="leader@ekbacka.example")
    MembershipFactory(user=user, role=Role.LEADER, school=school, classes=[school_class])
    return user


@pytest.fixture
def centre(municipality):
    user = UserFactory(email="centre@ekbacka.example")
    MembershipFactory(user=user, role=Role.CENTRE_YOUNGER, municipality=municipality)
    return user


@pytest.fixture
def stranger(municipality):
    """A coordinator of another school in another municipality."""
    elsewhere = SchoolFactory(municipality=MunicipalityFactory(name="Granby kommun", code="9902"), name="Granskolan")
    user = UserFactory(email="stranger@granby.example")
    MembershipFactory(user=user, role=Role.COORDINATOR, school=elsewhere)
    return user
