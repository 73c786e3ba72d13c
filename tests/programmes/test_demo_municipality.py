"""What is true of Ekbacka as it is loaded for 22 November 2026; nothing here changes it."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction
from django.db.models import F
from django.test import override_settings
from wagtail.models import Site

from accounts.models import User
from accounts.rules import find_personal_identity_number
from cms.models import SiteSettings
from curriculum.actions import load_catalogue
from curriculum.imports import read_catalogue
from programmes.actions.demo import DEMO_ACCOUNTS
from programmes.models import (
    Break,
    CauseAnalysis,
    Delivery,
    DeliveryLeader,
    ImportDraft,
    ListedPupil,
    Measure,
    Membership,
    MentorCohort,
    MovingUp,
    Municipality,
    NotHeld,
    ParentGroup,
    ParentMeeting,
    Participation,
    Partner,
    PlannedSession,
    SchoolClass,
    SchoolYear,
    SelfAssessment,
    StaffMeeting,
)
from programmes.reports.secure_bases import rounds_of, standings
from programmes.reports.self_assessments import trend_of


@pytest.fixture(scope="module", autouse=True)
def _loaded_once(django_db_setup, django_db_blocker):
    """Loading takes about a second, so all tests of this file read the same rows."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        load_catalogue(programmes=read_catalogue())
        call_command("load_demo", today=date(2026, 11, 22), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ekbacka(db):
    return Municipality.objects.get(code="9901")


def states_of(school, *, on):
    """The expected sessions of a school's current classes, by state."""
    rows = PlannedSession.objects.filter(
        school_class__school__name=school, school_class__start_year=2026, due_date__lte=on
    )
    return Counter(str(state) for state in rows.with_state(on=on).values_list("state", flat=True))


def test_load_demo_makes_the_municipality_on_the_default_site(ekbacka):
    site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))

    assert (ekbacka.name, ekbacka.code, ekbacka.site.is_default_site) == ("Ekbacka kommun", "9901", True)
    assert (site_settings.owner_name, site_settings.contact_phone) == ("Ekbacka kommun", "08-465 004 00")
    assert list(ekbacka.areas.values_list("name", flat=True).order_by("pk")) == ["Norra", "Centrum", "Södra"]
    assert sorted(
        ekbacka.targets.values_list("programme__code", "lowest_grade", "highest_grade", "sessions_per_year")
    ) == [("mvp", 6, 6, 11), ("taget", 0, 5, 8)]


def test_load_demo_makes_six_schools(ekbacka):
    assert list(ekbacka.schools.in_order().values_list("slug", "unit_code", "area__name")) == [
        ("almskolan", "99000011", "Norra"),
        ("bjorkskolan", "99000022", "Centrum"),
        ("cedergrensskolan", "99000033", "Södra"),
        ("djupviks-skola", "99000044", "Norra"),
        ("ekbackaskolan", "99000055", "Centrum"),
        ("furuskolan", "99000066", "Södra"),
    ]


def test_load_demo_makes_almskolan_as_it_is_drawn(ekbacka):
    classes = SchoolClass.objects.filter(school__slug="almskolan", start_year=2026).in_order()

    assert list(classes.values_list("name", "enrolled")) == [
        ("FA", 19),
        ("1A", 22),
        ("2A", 24),
        ("3A", 23),
        ("3B", 21),
        ("4A", 25),
        ("5A", 26),
    ]


def test_almskolan_waits_for_these_reports(ekbacka, today):
    rows = PlannedSession.objects.filter(school_class__school__slug="almskolan", school_class__start_year=2026)
    by_state = {
        state: sorted(
            rows.with_state(on=today).filter(state=state).values_list("school_class__name", "session__code", "due_date")
        )
        for state in ("not_reported", "not_held", "due_now")
    }

    assert by_state == {
        "not_reported": [
            ("3A", "T-B1", date(2026, 9, 30)),
            ("3B", "T-T03", date(2026, 10, 31)),
            ("5A", "T-T04", date(2026, 11, 15)),
        ],
        "not_held": [("2A", "T-T05", date(2026, 11, 13))],
        "due_now": [("3A", "T-T05", date(2026, 11, 30)), ("3B", "T-T04", date(2026, 11, 30))],
    }


def test_one_school_does_nearly_everything_and_one_struggles(ekbacka, today):
    assert states_of("Djupviks skola", on=today) == {"held": 14}
    assert states_of("Cedergrensskolan", on=today) == {"held": 8, "not_held": 4, "not_reported": 3}


def test_schools_run_their_programmes_since_different_years_and_one_has_rested(ekbacka):
    rows = Participation.objects.exclude(programme__code="abc")
    rows = rows.order_by("school__sort_key", "programme__order", "start_date")

    assert list(rows.values_list("school__slug", "programme__code", "status", "start_date", "end_date")) == [
        ("almskolan", "taget", "active", date(2019, 8, 1), None),
        ("bjorkskolan", "taget", "active", date(2019, 8, 1), date(2022, 6, 30)),
        ("bjorkskolan", "taget", "paused", date(2022, 7, 1), date(2023, 6, 30)),
        ("bjorkskolan", "taget", "active", date(2023, 7, 1), None),
        ("cedergrensskolan", "taget", "active", date(2024, 8, 1), None),
        ("cedergrensskolan", "mvp", "active", date(2025, 8, 1), None),
        ("djupviks-skola", "taget", "active", date(2021, 8, 1), None),
        ("ekbackaskolan", "taget", "active", date(2025, 8, 1), None),
        ("ekbackaskolan", "mvp", "active", date(2022, 8, 1), None),
        ("furuskolan", "mvp", "active", date(2024, 8, 1), None),
    ]


def test_schools_with_groups_for_parents_run_abc(ekbacka):
    groups = ParentGroup.objects.filter(school__isnull=False).values_list("school__slug", flat=True)
    joined = Participation.objects.filter(programme__code="abc").values_list("school__slug", flat=True)

    assert sorted(joined) == sorted(set(groups))


def test_staff_and_parents_meet_when_a_school_is_open(ekbacka):
    """Nobody has a staff session on Christmas Eve, or a parents' evening on a Sunday."""
    breaks = list(Break.objects.values_list("first_day", "last_day"))
    themes = StaffMeeting.objects.filter(theme__isnull=False).values_list("date", flat=True)
    evenings = ParentMeeting.objects.values_list("date", flat=True)

    assert [day for day in themes if any(first <= day <= last for first, last in breaks)] == []
    assert [day for day in [*themes, *evenings] if day.isoweekday() > 5] == []


def test_school_years_have_their_terms_and_breaks(ekbacka):
    now = SchoolYear.objects.get(start_year=2026)

    assert sorted(ekbacka.school_years.values_list("start_year", flat=True)) == [2025, 2026]
    assert (now.autumn_first_day, now.autumn_last_day) == (date(2026, 8, 18), date(2026, 12, 18))
    assert (now.spring_first_day, now.spring_last_day) == (date(2027, 1, 11), date(2027, 6, 11))
    assert list(now.breaks.order_by("first_day").values_list("name", "first_day", "last_day")) == [
        ("Höstlov", date(2026, 10, 26), date(2026, 10, 30)),
        ("Jullov", date(2026, 12, 19), date(2027, 1, 10)),
        ("Sportlov", date(2027, 3, 1), date(2027, 3, 5)),
        ("Påsklov", date(2027, 3, 26), date(2027, 4, 2)),
        ("Kristi himmelsfärd", date(2027, 5, 6), date(2027, 5, 7)),
    ]


def test_demo_accounts_have_their_roles_and_the_open_password(ekbacka):
    memberships = Membership.objects.filter(user__email__in=[account.email for account in DEMO_ACCOUNTS])

    assert sorted(memberships.values_list("user__email", "role", "school__slug", "end_date")) == [
        ("admin@ekbacka.example", "administrator", None, None),
        ("handledare@ekbacka.example", "supervisor", "ekbackaskolan", None),
        ("koordinator@ekbacka.example", "coordinator", "almskolan", None),
        ("ledare@ekbacka.example", "leader", "almskolan", None),
        ("redaktor@ekbacka.example", "editor", None, None),
        ("samordnare@ekbacka.example", "centre_older", None, None),
        ("samordnare@ekbacka.example", "centre_younger", None, None),
        ("utvarderare@ekbacka.example", "evaluator", None, date(2027, 8, 31)),
    ]
    assert all(User.objects.get(email=account.email).check_password("stins-demo") for account in DEMO_ACCOUNTS)


def test_leader_leads_3b_of_both_years(ekbacka):
    classes = SchoolClass.objects.filter(memberships__user__email="ledare@ekbacka.example")

    assert sorted(classes.values_list("school__slug", "start_year", "name")) == [
        ("almskolan", 2025, "3B"),
        ("almskolan", 2026, "3B"),
    ]


def test_only_the_administrator_is_staff_and_few_come_to_the_administration(ekbacka):
    assert list(User.objects.filter(is_staff=True).values_list("email", flat=True)) == ["admin@ekbacka.example"]
    assert {user.email for user in User.objects.all() if user.has_perm("wagtailadmin.access_admin")} == {
        "admin@ekbacka.example",
        "redaktor@ekbacka.example",
        "samordnare@ekbacka.example",  # to the registers alone
    }


def test_editor_may_write_and_publish_on_the_site(ekbacka):
    editor = User.objects.get(email="redaktor@ekbacka.example")
    allowed = ekbacka.site.root_page.permissions_for_user(editor)

    assert (allowed.can_add_subpage(), allowed.can_edit(), allowed.can_publish()) == (True, True, True)
    assert editor.has_perm("cms.change_supportcontact")


def test_every_school_has_a_coordinator_and_the_invented_ones_cannot_sign_in(ekbacka):
    coordinators = Membership.objects.filter(role="coordinator", end_date=None).order_by("school__sort_key")

    assert [(row.school.slug, row.user.email, row.user.has_usable_password()) for row in coordinators] == [
        ("almskolan", "koordinator@ekbacka.example", True),
        ("bjorkskolan", "bjorkskolan@ekbacka.example", False),
        ("cedergrensskolan", "cedergrensskolan@ekbacka.example", False),
        ("djupviks-skola", "djupviks-skola@ekbacka.example", False),
        ("ekbackaskolan", "ekbackaskolan@ekbacka.example", False),
        ("furuskolan", "furuskolan@ekbacka.example", False),
    ]


def test_mentor_cohorts_have_their_codes(ekbacka):
    assert sorted(MentorCohort.objects.values_list("school__slug", "start_year", "name", "door_code")) == [
        ("ekbackaskolan", 2025, "Mentorer 2025/26", "EKBA-25MV"),
        ("ekbackaskolan", 2026, "Mentorer 2026/27", "EKBA-9MVP"),
        ("furuskolan", 2025, "Mentorer 2025/26", "FURU-25MV"),
        ("furuskolan", 2026, "Mentorer 2026/27", "FURU-9MVP"),
    ]


def test_mentee_groups_have_eleven_mentor_sessions_every_second_week(ekbacka):
    rows = PlannedSession.objects.filter(school_class__start_year=2026, session__programme__code="mvp")
    days = list(
        rows.filter(school_class__name="6A grupp 1", school_class__school__slug="ekbackaskolan")
        .order_by("session__order")
        .values_list("due_date", flat=True)
    )

    assert Counter(rows.values_list("school_class__school__slug", "school_class__name")) == {
        ("ekbackaskolan", "6A grupp 1"): 11,
        ("ekbackaskolan", "6A grupp 2"): 11,
        ("ekbackaskolan", "6B grupp 1"): 11,
        ("ekbackaskolan", "6B grupp 2"): 11,
        ("furuskolan", "6A Cedergrensskolan grupp 1"): 11,
        ("furuskolan", "6A Cedergrensskolan grupp 2"): 11,
    }
    assert days[:4] == [date(2026, 9, 25), date(2026, 10, 9), date(2026, 10, 23), date(2026, 11, 13)]


def test_classes_of_taget_have_three_base_and_three_to_six_additional_sessions(ekbacka):
    rows = PlannedSession.objects.planned().filter(session__programme__code="taget")
    base = Counter(rows.filter(session__kind="base").values_list("school_class", flat=True))
    additional = Counter(rows.filter(session__kind="additional").values_list("school_class", flat=True))
    young = SchoolClass.objects.filter(highest_grade__lte=5).values_list("pk", flat=True)

    assert sorted(base) == sorted(additional) == sorted(young)
    assert set(base.values()) == {3}
    assert set(additional.values()) == {3, 4, 5, 6}


def test_demo_shows_every_kind_of_report(ekbacka):
    deliveries = Delivery.objects.all()

    assert deliveries.filter(group=2).exists()
    assert deliveries.filter(is_adapted=True).exclude(adaptation_what="").exists()
    assert deliveries.filter(planned_session__due_date__isnull=True).exists()
    assert deliveries.filter(date__gt=F("planned_session__due_date")).exists()
    assert deliveries.filter(present__isnull=True).exists()
    assert deliveries.exclude(note="").exists()
    assert set(deliveries.values_list("engagement", flat=True)) == {None, 1, 2, 3, 4}
    assert not DeliveryLeader.objects.exclude(delivery__in=deliveries).exists()
    assert not deliveries.filter(leaders__isnull=True).exists()


def test_nobody_reports_for_more_pupils_than_the_group_has(ekbacka):
    assert not Delivery.objects.filter(present__gt=F("group_size")).exists()
    assert not Delivery.objects.filter(group_size__gt=F("planned_session__school_class__enrolled")).exists()


def test_demo_has_no_session_without_a_due_date_that_was_not_held(ekbacka):
    assert not PlannedSession.objects.filter(due_date__isnull=True, deliveries__isnull=True).exists()


def test_reports_were_sent_on_the_day_and_have_a_first_line_of_history(ekbacka):
    delivery = Delivery.objects.select_related("reported_by").earliest("date", "pk")
    not_held = NotHeld.objects.select_related("planned_session").earliest("reported_at", "pk")

    assert delivery.reported_at.date() == delivery.date
    assert delivery.history.get().history_date == delivery.reported_at
    assert delivery.history.get().history_user == delivery.reported_by
    assert not_held.planned_session.due_date - not_held.reported_at.date() <= timedelta(days=20)
    assert Delivery.history.filter(history_type="+").count() == Delivery.objects.count()
    assert DeliveryLeader.history.count() == DeliveryLeader.objects.count()
    assert NotHeld.history.count() == NotHeld.objects.count()


def test_leader_reports_for_3b_and_the_supervisor_for_the_mentors(ekbacka):
    of_3b = Delivery.objects.filter(
        planned_session__school_class__name="3B", planned_session__school_class__school__slug="almskolan"
    )
    of_mentors = Delivery.objects.filter(
        planned_session__session__programme__code="mvp", planned_session__school_class__school__slug="ekbackaskolan"
    )

    assert set(of_3b.values_list("reported_by__email", flat=True)) == {"ledare@ekbacka.example"}
    assert set(of_mentors.values_list("reported_by__email", flat=True)) == {"handledare@ekbacka.example"}


def test_first_seed_tells_the_same_year_on_every_machine(ekbacka):
    counted = Delivery.objects.filter(present__isnull=False)

    assert (Delivery.objects.count(), sum(counted.values_list("present", flat=True))) == (463, 7757)


def test_no_text_of_the_demo_holds_a_personal_identity_number(ekbacka):
    texts = [
        (model.__name__, field.name, value)
        for room in ("accounts", "cms", "programmes")
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and field.name != "password"
        for value in model.objects.values_list(field.name, flat=True)
        if find_personal_identity_number(value)
    ]

    assert texts == []


def test_classes_know_what_they_were_last_year(ekbacka):
    now = SchoolClass.objects.filter(school__name="Almskolan", start_year=2026).in_order()
    moving = MovingUp.objects.get(school__name="Almskolan")

    assert [(row.name, [old.name for old in row.follows.in_order()]) for row in now] == [
        ("FA", []),
        ("1A", ["FA"]),
        ("2A", ["1A"]),
        ("3A", ["2A"]),
        ("3B", ["2B"]),
        ("4A", ["3A", "3B"]),
        ("5A", ["4A"]),
    ]
    assert (moving.start_year, moving.moved_by.email, moving.moved_at.date(), moving.classes.count()) == (
        2026,
        "koordinator@ekbacka.example",
        date(2026, 8, 10),
        7,
    )


def test_two_reports_were_put_right(ekbacka):
    corrected = Delivery.history.filter(history_type="~").order_by("planned_session__school_class__name")

    assert list(corrected.values_list("planned_session__school_class__name", "history_user__email")) == [
        ("3B", "koordinator@ekbacka.example"),
        ("4A", "koordinator@ekbacka.example"),
    ]


def test_trygg_bas_of_3b_is_as_drawn_and_the_school_has_something_to_do(ekbacka):
    today = date(2026, 11, 22)
    classes = SchoolClass.objects.filter(school__name="Almskolan", start_year=2026).in_order()
    rounds = rounds_of(classes[0].school)
    rows = {
        row.school_class.name: row
        for row in standings(pupils=ListedPupil.objects.all(), classes=classes, rounds=rounds, today=today)
    }

    assert [row.pupil.number for row in rows["3B"].uncovered] == [4, 17]
    assert [[str(adult) for adult in row.adults] for row in rows["3B"].pupils[:3]] == [
        ["Lärare K.", "Fritidsledare S."],
        ["Lärare K."],
        ["Kurator M."],
    ]
    assert (rounds.current.label, str(rounds.current.due_date)) == ("HT 2026", "2026-12-11")
    assert {row.figures.pupils == row.school_class.enrolled for row in rows.values()} == {True}
    assert 0 < sum(row.unconfirmed for row in rows.values()) < 60


def test_protected_pupils_of_the_demo_have_no_short_name(ekbacka):
    assert list(ListedPupil.objects.filter(is_protected=True).values_list("number", "short_name")) == [(9, "")]
    assert ListedPupil.objects.exclude(short_name="").count() == 5


def test_two_imports_have_been_begun(client, ekbacka):
    told = {}
    for draft in ImportDraft.objects.select_related("owner"):
        client.force_login(draft.owner)
        rows = client.get(f"/import/{draft.pk}/").context["rows"]
        told[draft.owner.email] = [row["row"].result.label for row in rows]

    assert told == {
        "koordinator@ekbacka.example": ["ny", "fråga", "fel"],
        "samordnare@ekbacka.example": [*5 * ["oförändrad"], "ändrad", "ny", "ny"],
    }


def test_registers_of_the_centre_are_alive(ekbacka, today):
    assert [partner.name for partner in Partner.objects.filter(organisation="housing")] == ["Ekbackahem"]
    assert {row.state_on(today) for row in Measure.objects.all()} == {"running", "to_follow_up", "followed_up"}
    assert CauseAnalysis.objects.filter(start_year=2026).count() == 1
    terms = SelfAssessment.objects.filter(school__slug="almskolan").order_by("first_day")
    assert [row.term for row in terms] == ["HT2025", "VT2026", "HT2026"]
    totals = [result.total for result in trend_of(terms)]
    assert totals == sorted(totals)
