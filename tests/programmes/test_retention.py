"""Deletion by decision: what is due, what is left, who is taken out of the history, and the record of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.leaving import anonymise_person, people_who_left
from programmes.actions.retention import delete_technical_traces
from programmes.actions.sessions import DeliveryReport, Leader, report_deliveries
from programmes.enums import EventKind, Role, StaffMeetingKind
from programmes.exports.privacy_words import AFTER, HEADINGS
from programmes.imports.retention import RetentionError, read_decisions
from programmes.models import (
    Deletion,
    Delivery,
    DeliveryLeader,
    Event,
    ListedPupil,
    Membership,
    NotHeld,
    SchoolAdult,
    SecureBase,
    StaffMeeting,
    Survey,
    SurveyAnswer,
)
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    ListedPupilFactory,
    MembershipFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SecureBaseFactory,
    UserFactory,
)
from tests.factories.surveys import answered

DNR = "KS 2026/117"


@pytest.fixture
def decided(settings, tmp_path):
    """Write the municipality's decisions, as its own file of them."""

    def decide(**days):
        path = tmp_path / "beslut.yaml"
        path.write_text(yaml.safe_dump({name: {"days": number, "reference": DNR} for name, number in days.items()}))
        settings.RETENTION_DECISIONS = str(path)

    return decide


def report(school_class, user, *, note="Bra samtal", present=18):
    planned = PlannedSessionFactory(school_class=school_class)
    leaders = (Leader("teacher", "school", True),)
    values = {"date": date(2026, 9, 15), "group_size": 20, "present": present, "note": note}
    return report_deliveries(
        reports=[
            DeliveryReport(school_class=school_class, session=planned.session, group=0, values=values, leaders=leaders)
        ],
        user=user,
        client_id=None,
    )[0].entry


# What is due


def test_without_decisions_nothing_but_technical_traces_goes(coordinator, school_class, capsys):
    report(school_class, coordinator)

    call_command("retention")

    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("Inte beslutat")] == [
        f"Inte beslutat, så det finns kvar: {name}."
        for name in ("account", "session_data", "secure_bases", "editorial", "log")
    ]
    with pytest.raises(CommandError) as refused:
        call_command("retention", apply=True, decision=DNR)
    assert (str(refused.value), refused.value.returncode) == (
        f"Inget beslut har diarienumret {DNR}. Ingenting gallrades.",
        1,
    )
    assert Delivery.objects.get().note == "Bra samtal"


@pytest.mark.parametrize("options", [{"apply": True}, {"decision": DNR}])
def test_apply_and_decision_go_together(db, options):
    with pytest.raises(CommandError) as refused:
        call_command("retention", **options)

    assert refused.value.returncode == 2


@pytest.mark.parametrize(("days", "left"), [(145, ("", None)), (146, ("Bra samtal", "coordinator@ekbacka.example"))])
def test_words_and_names_go_a_number_of_days_after_the_school_year_and_figures_stay(
    coordinator, school, decided, days, left
):
    """The school year 2025/26 ended on 30 June; today, 22 November, is 145 days later."""
    delivery = report(ClassFactory(school=school, start_year=2025, name="2A"), coordinator)
    this_year = report(ClassFactory(school=school, name="3A"), coordinator)
    decided(session_data=days)

    call_command("retention", apply=True, decision=DNR)

    delivery.refresh_from_db()
    this_year.refresh_from_db()
    assert (delivery.note, delivery.reported_by and delivery.reported_by.email) == left
    assert (delivery.present, delivery.group_size, delivery.leaders.count()) == (18, 20, 1)
    assert this_year.note == "Bra samtal"


def test_deletion_leaves_a_record_and_an_event_in_every_municipality(coordinator, school, decided, municipality):
    report(ClassFactory(school=school, start_year=2024, name="2A"), coordinator)
    decided(session_data=30)

    call_command("retention", apply=True, decision=DNR)

    deletion, event = Deletion.objects.get(), Event.objects.get()
    assert (deletion.decision, deletion.counts) == (DNR, {"programmes.Delivery": 1})
    assert deletion.finished_at is not None
    assert (event.kind, event.municipality, event.about) == (
        "deleted",
        municipality,
        {"decision": DNR, "rows": 1, "programmes.Delivery": 1},
    )


def test_class_lists_go_with_the_class_and_adults_after_their_last_day(school, decided):
    """This year's list stays, and so do the figures of the closed round."""
    check_round = CheckRoundFactory(school=school)
    gone = SchoolAdultFactory(school=school, start_date=date(2023, 8, 10), end_date=date(2025, 6, 10))
    here = SchoolAdultFactory(school=school, name="K.")
    for year, name in ((2024, "5A"), (2026, "3A")):
        pupil = ListedPupilFactory(school_class=ClassFactory(school=school, start_year=year, name=name), number=1)
        for adult in (gone, here):
            SecureBaseFactory(pupil=pupil, adult=adult, round=check_round)
    figures = dict.fromkeys(("asked", "named", "named_nobody", "by_adults", "covered", "mismatches"), 0)
    check_round.class_checks.create(school_class=pupil.school_class, pupils=1, **figures)
    decided(secure_bases=365)

    call_command("retention", apply=True, decision=DNR)

    assert list(ListedPupil.objects.values_list("school_class__name", flat=True)) == ["3A"]
    assert list(SecureBase.objects.values_list("adult__name", flat=True)) == ["K."]
    assert (SchoolAdult.objects.get(), check_round.class_checks.count()) == (here, 1)


def test_same_deletion_again_finds_nothing(coordinator, school, decided, capsys):
    report(ClassFactory(school=school, start_year=2024, name="2A"), coordinator)
    decided(session_data=30)
    call_command("retention", apply=True, decision=DNR)
    capsys.readouterr()

    call_command("retention", apply=True, decision=DNR)

    assert "Inget behövde gallras." in capsys.readouterr().out


def test_topic_that_may_not_be_empty_becomes_a_dash(coordinator, school, decided):
    meeting = StaffMeeting.objects.create(
        school=school,
        kind=StaffMeetingKind.WORKPLACE_MEETING,
        topic="Om NN",
        date=date(2025, 1, 7),
        reported_by=coordinator,
    )
    decided(session_data=30)

    call_command("retention", apply=True, decision=DNR)
    call_command("retention", apply=True, decision=DNR)

    meeting.refresh_from_db()
    assert (meeting.topic, meeting.reported_by) == ("–", None)
    assert [row.counts for row in Deletion.objects.order_by("pk")] == [{"programmes.StaffMeeting": 1}, {}]


def test_events_go_when_the_log_is_old_enough_and_not_before(municipality, decided):
    old = Event(kind=EventKind.SIGNED_IN, at=datetime(2024, 1, 1, tzinfo=UTC), municipality=municipality)
    new = Event(kind=EventKind.SIGNED_OUT, at=datetime(2026, 11, 1, tzinfo=UTC), municipality=municipality)
    Event.objects.bulk_create([old, new])
    decided(log=365)

    call_command("retention", apply=True, decision=DNR)

    assert sorted(Event.objects.values_list("kind", flat=True)) == ["deleted", "signed_out"]


# People who have left


def leaver(school, *, last_day, **fields):
    user = UserFactory(first_name="Karin", last_name="Försvinner", **fields)
    MembershipFactory(user=user, role=Role.COORDINATOR, school=school, end_date=last_day)
    return user


def test_people_who_left_are_those_without_any_role_left(school, municipality):
    gone = leaver(school, last_day=date(2025, 6, 1))
    returned = leaver(school, last_day=date(2025, 6, 1))
    MembershipFactory(user=returned, role=Role.EDITOR, municipality=municipality)
    leaver(school, last_day=date(2026, 11, 1))
    UserFactory(is_superuser=True, date_joined=datetime(2020, 1, 1, tzinfo=UTC))
    never = UserFactory(date_joined=datetime(2020, 1, 1, tzinfo=UTC))

    assert list(people_who_left(before=date(2026, 1, 1))) == [gone, never]


def test_person_who_left_is_taken_out_of_reports_and_their_history(school, school_class, decided):
    person = leaver(school, last_day=date(2025, 6, 1))
    delivery = report(school_class, person)
    NotHeld.objects.create(planned_session=PlannedSessionFactory(), reason="illness", reported_by=person)
    decided(account=365)

    call_command("retention", apply=True, decision=DNR)

    assert list(User.objects.filter(pk=person.pk)) == []
    assert list(Membership.objects.all()) == []
    assert Delivery.objects.get(pk=delivery.pk).reported_by is None
    assert set(Delivery.history.values_list("reported_by", "history_user")) == {(None, None)}
    assert set(DeliveryLeader.history.values_list("history_user", flat=True)) == {None}
    assert Delivery.objects.get().present == 18


def test_account_that_the_log_names_is_emptied_and_closed_until_the_log_goes(school, municipality):
    person = leaver(school, last_day=date(2025, 6, 1), email="karin@ekbacka.example")
    log_event(kind=EventKind.SIGNED_IN, actor=person, municipality=municipality)

    assert anonymise_person(person=person) is False

    person.refresh_from_db()
    assert person.email == f"borttagen-{person.pk}@stins.invalid"
    assert (person.first_name, person.last_name, person.is_active) == ("", "", False)
    assert person.has_usable_password() is False
    assert Event.objects.get().actor == person


# What goes by itself


def test_technical_traces_go_without_a_decision(db):
    for key, day in (("old", datetime(2026, 11, 1, tzinfo=UTC)), ("new", datetime(2026, 11, 20, tzinfo=UTC))):
        Session.objects.create(session_key=key, session_data="x", expire_date=day)

    call_command("retention", technical=True, verbosity=0)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(Deletion.objects.all()) == []


def test_technical_traces_are_not_applied_under_a_decision(db):
    reference = next(row.reference for row in read_decisions() if row.name == "technical")

    with pytest.raises(CommandError):
        call_command("retention", apply=True, decision=reference)


# The file of decisions


@pytest.mark.parametrize(
    "text",
    ["account: {days: -1, reference: x}", "account: {days: 10, reference: null}", "coffee: {days: 1}", "a: [", ""],
)
def test_decisions_that_make_no_sense_are_refused(settings, tmp_path, text):
    path = tmp_path / "beslut.yaml"
    path.write_text(text)
    settings.RETENTION_DECISIONS = str(path)

    if text:
        with pytest.raises(RetentionError):
            read_decisions()
    else:
        assert [row.days for row in read_decisions() if not row.goes_by_itself] == [None] * 5


def test_every_rule_names_a_model_a_date_and_fields_that_exist():
    for decision in read_decisions():
        for rule in decision.rules:
            model = apps.get_model(rule.model)
            assert rule.deed in {"empty", "remove", "anonymise"}
            if rule.by:
                model._base_manager.filter(**{f"{rule.by}__isnull": True})
            assert bool(rule.fields) or rule.deed != "empty", rule.model


def test_every_personal_row_is_reached_by_a_rule_or_goes_with_its_owner():
    """A new model with a decision of its own needs a line under `rows`, or a reason here."""
    policy = yaml.safe_load(django_settings.RETENTION_FILE.read_text())
    goes_along = {
        "account": "deleted with the account",
        "editorial": "goes when the page goes, or when its author is taken out",
        "log": "records of deletions are kept",
    }
    missing = {
        f"{model}: {line['keep']}"
        for model, fields in policy["personal"].items()
        for line in fields.values()
        if line["keep"] not in goes_along and model not in policy["rows"].get(line["keep"], {})
    }

    assert missing == {
        "wagtailcore.UploadedFile: technical",
    }


def test_pupils_own_codes_go_by_the_decision_and_their_answers_stay(school, decided):
    last_year = ClassFactory(school=school, name="2B", lowest_grade=2, start_year=2025)
    answered(last_year, [3] * 5, matches=["a" * 64] * 5)
    Survey.objects.update(salt_until=date(2026, 6, 30))
    decided(session_data=100)

    call_command("retention", apply=True, decision=DNR)

    assert list(SurveyAnswer.objects.values_list("match", "answer_1").distinct()) == [("", 3)]
    assert SurveyAnswer.objects.count() == 5


def test_what_codes_were_made_with_goes_by_itself(school_class, today):
    answered(school_class, [3] * 5)
    Survey.objects.update(salt_until=today - timedelta(days=15))

    delete_technical_traces(read_decisions(), today=today)

    assert Survey.objects.get().salt == ""


def test_every_decision_has_its_words_on_the_page_about_personal_data(db):
    names = {decision.name for decision in read_decisions()}

    assert (names - set(HEADINGS), names - set(AFTER)) == (set(), set())
