"""Loading the demo municipality: what the command says, refuses and repeats."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from curriculum.actions import load_catalogue
from curriculum.imports import read_catalogue
from programmes.actions.demo.calendar import easter_day
from programmes.actions.demo.schools import demo_schools
from programmes.models import (
    Delivery,
    DeliveryLeader,
    Event,
    Membership,
    Municipality,
    NotHeld,
    PlannedSession,
    School,
    SchoolClass,
    SchoolYear,
)
from tests.factories import MunicipalityFactory

CLASS = ("school__slug", "start_year", "name")
PLANNED = (*(f"school_class__{column}" for column in CLASS), "session__code")
DELIVERY = (*(f"planned_session__{column}" for column in PLANNED), "group")
ROWS = {
    School: ("name", "slug", "unit_code", "area__name"),
    SchoolClass: (*CLASS, "enrolled", "lowest_grade", "highest_grade"),
    Membership: ("user__email", "user__first_name", "user__last_name", "role", "school__slug", "start_date"),
    PlannedSession: (*PLANNED, "due_date"),
    Delivery: (*DELIVERY, "date", "group_size", "present", "minutes", "engagement", "is_adapted", "note"),
    DeliveryLeader: (*(f"delivery__{column}" for column in DELIVERY), "role", "organisation", "is_trained"),
    Event: ("kind", "at", "actor__email", "person__email", "about"),
    NotHeld: (*(f"planned_session__{column}" for column in PLANNED), "reason", "reported_by__email", "reported_at"),
}


@pytest.fixture
def catalogue(db):
    load_catalogue(programmes=read_catalogue())


@pytest.fixture
def demo(catalogue, settings):
    """Loads Ekbacka with the options given and returns what the command said."""
    settings.DEMO = True

    def load(**options):
        out = StringIO()
        call_command("load_demo", stdout=out, **options)
        return out.getvalue()

    return load


def every_row():
    """What was loaded, by model and without keys, in an order that depends on the values alone."""
    return {model.__name__: sorted(map(repr, model.objects.values_list(*columns))) for model, columns in ROWS.items()}


def rows_of(demo, **options):
    """What one loading makes, taken back again."""
    with transaction.atomic():
        demo(**options)
        rows = every_row()
        transaction.set_rollback(True)
    return rows


def states_of(school, *, on):
    """The expected sessions of a school's current classes, by state."""
    rows = PlannedSession.objects.filter(
        school_class__school__name=school, school_class__start_year=2026, due_date__lte=on
    )
    return Counter(str(state) for state in rows.with_state(on=on).values_list("state", flat=True))


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_easter_day_is_that_of_the_almanac(year, easter):
    assert easter_day(year) == easter


@pytest.mark.parametrize("day", [19, 22])
def test_almskolan_has_held_13_of_17_in_week_47(demo, day):
    demo(today=date(2026, 11, day))

    assert states_of("Almskolan", on=date(2026, 11, day)) == {"held": 13, "not_held": 1, "not_reported": 3}


@pytest.mark.parametrize("today", [date(2024, 8, 18), date(2027, 7, 3), date(2029, 2, 15), date(2027, 6, 30)])
def test_demo_keeps_to_the_calendar_on_any_day(demo, today):
    demo(today=today)

    assert not Delivery.objects.filter(date__gte=today).exists()
    assert not [row for row in Delivery.objects.all() if row.date.isoweekday() > 5]
    for school_year in SchoolYear.objects.all():
        of_year = Delivery.objects.filter(planned_session__school_class__start_year=school_year.start_year)
        due = PlannedSession.objects.planned().filter(school_class__start_year=school_year.start_year)
        assert (
            not of_year.exclude(date__range=(school_year.autumn_first_day, school_year.autumn_last_day))
            .exclude(date__range=(school_year.spring_first_day, school_year.spring_last_day))
            .exists()
        )
        assert not [
            span.name
            for span in school_year.breaks.all()
            if of_year.filter(date__range=(span.first_day, span.last_day)).exists()
        ]
        assert due.exists()
        assert not due.exclude(due_date__range=(school_year.first_day, school_year.last_day)).exists()
        school_year.full_clean()


def test_day_and_seed_decide_the_rows(demo):
    november = rows_of(demo, today=date(2026, 11, 22))
    again = rows_of(demo, today=date(2026, 11, 22))
    december = rows_of(demo, today=date(2026, 12, 22))
    other = rows_of(demo, today=date(2026, 11, 22), seed=2)

    assert [len(november[name]) > 0 for name in november] == [True] * len(ROWS)
    assert again == november
    assert set(november["Delivery"]) < set(december["Delivery"])
    assert other["Delivery"] != november["Delivery"]
    assert november["SchoolClass"] == december["SchoolClass"] == other["SchoolClass"]


def test_second_run_changes_nothing_and_says_so(demo):
    demo(today=date(2026, 11, 22))
    before = every_row()

    assert demo(today=date(2027, 3, 1), schools=8) == "Ekbacka finns redan. Inget har ändrats.\n"
    assert every_row() == before


def test_refuses_where_demo_is_not_set(catalogue, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match=r"^Demokommunen laddas bara där DEMO är satt\.$") as refusal:
        call_command("load_demo")
    assert refusal.value.returncode == 1
    assert not Municipality.objects.exists()


def test_refuses_before_the_catalogue_is_loaded(db, settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match=r"^Kör load_curriculum först\.$"):
        call_command("load_demo")
    assert not Municipality.objects.exists()


def test_refuses_to_take_another_municipalitys_site(demo):
    MunicipalityFactory(name="Granby kommun", code="9902")

    with pytest.raises(CommandError, match=r"^En annan kommun finns redan på standardwebbplatsen\.$"):
        demo()
    assert not School.objects.exists()


@pytest.mark.parametrize("option", ["--schools=5", "--schools=många", "--today=22/11", "--seed=x"])
def test_wrong_usage_is_refused(demo, option):
    with pytest.raises(CommandError, match="Error: argument"):
        call_command("load_demo", option)


def test_load_demo_makes_as_many_schools_as_asked(demo):
    said = demo(today=date(2026, 11, 22), schools=8)
    extra = School.objects.filter(unit_code__gte="99010000").order_by("unit_code")

    assert said.startswith("Ekbacka är laddat: 8 skolor, ")
    assert School.objects.count() == 8
    assert [(school.unit_code, school.area is not None, school.classes.count() > 10) for school in extra] == [
        ("99010000", True, True),
        ("99010001", True, True),
    ]
    assert not SchoolClass.objects.filter(school__in=extra, planned_sessions__isnull=True, highest_grade=5).exists()
    assert states_of("Almskolan", on=date(2026, 11, 22)) == {"held": 13, "not_held": 1, "not_reported": 3}


def test_no_history_is_made_of_very_many_schools(demo, monkeypatch):
    monkeypatch.setattr("programmes.actions.demo.load.MOST_SCHOOLS_WITH_HISTORY", 5)

    assert demo(today=date(2026, 9, 22)).endswith(" Ingen historik gjordes för så många.\n")
    assert not Delivery.history.exists()


def test_invented_schools_never_share_a_name_an_address_or_a_code():
    schools = list(demo_schools(count=2000, seed=1))

    assert len(schools) == 2000
    for values in zip(*((school.name, school.slug, school.unit_code) for school in schools), strict=True):
        assert len(set(values)) == 2000


def test_list_accounts_prints_them_and_touches_nothing(demo):
    said = demo(list_accounts=True).splitlines()

    assert said[0] == "Prova Stins som (lösenord stins-demo):"
    assert said[1].split() == ["samordnare@ekbacka.example", "Samordnare,", "VPC"]
    assert len(said) == 8
    assert not Municipality.objects.exists()


def test_list_accounts_is_refused_where_demo_is_not_set(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match=r"^Demokontona finns bara där DEMO är satt\.$"):
        call_command("load_demo", list_accounts=True)
