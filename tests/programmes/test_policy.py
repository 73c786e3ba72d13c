"""The policy file is what happens: every line is tried against the rules and the lists, for every role and place."""

import inspect
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import yaml
from django.apps import apps

from curriculum.models import Programme
from programmes import rules
from programmes.enums import CENTRE_ROLES, INVITES, LIMITED_ROLES, SCHOOL_ROLES, Role
from programmes.models import (
    Delivery,
    Invitation,
    ListedPupil,
    Membership,
    MenteeGroup,
    MentorCohort,
    Municipality,
    ParentGroup,
    ParentMeeting,
    PlannedSession,
    School,
    SchoolClass,
    StaffMeeting,
)
from programmes.rules.policy import MENTOR, POLICY, Reach
from tests.factories import (
    ClassFactory,
    CohortFactory,
    DeliveryFactory,
    ListedPupilFactory,
    MembershipFactory,
    MenteeGroupFactory,
    MunicipalityFactory,
    ParentGroupFactory,
    ParentMeetingFactory,
    PlannedSessionFactory,
    SchoolFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)

# Where a thing stands, seen from the person: which places a reach takes in.
OWN_CLASS, OWN_SCHOOL, OWN_MUNICIPALITY, ELSEWHERE = "own class", "own school", "own municipality", "elsewhere"
WITHIN = {
    Reach.CLASS: {OWN_CLASS},
    Reach.SCHOOL: {OWN_CLASS, OWN_SCHOOL},
    Reach.MUNICIPALITY: {OWN_CLASS, OWN_SCHOOL, OWN_MUNICIPALITY},
}

# What a rule is asked about, by the type of its second argument, one for each place: a new type gets a line here.
SUBJECTS = {
    SchoolClass: lambda scene: scene.classes,
    School: lambda scene: {place: scene.schools[place] for place in (OWN_SCHOOL, OWN_MUNICIPALITY, ELSEWHERE)},
    MentorCohort: lambda scene: {
        place: CohortFactory(school=school) for place, school in SUBJECTS[School](scene).items()
    },
    Municipality: lambda scene: {OWN_MUNICIPALITY: scene.municipality, ELSEWHERE: scene.elsewhere},
}
# Rules about a place that is larger than the reach hold for the own one: a leader reports *at* the own school.
SMALLEST = {SchoolClass: OWN_CLASS, School: OWN_SCHOOL, MentorCohort: OWN_SCHOOL, Municipality: OWN_MUNICIPALITY}

# What a list shows, by its model: a row for each place. A new queryset with `visible_to` gets a line.
ROWS = {
    School: lambda scene: SUBJECTS[School](scene),
    SchoolClass: lambda scene: scene.classes,
    MentorCohort: lambda scene: SUBJECTS[MentorCohort](scene),
    MenteeGroup: lambda scene: {
        place: MenteeGroupFactory(cohort=cohort) for place, cohort in SUBJECTS[MentorCohort](scene).items()
    },
    PlannedSession: lambda scene: {place: planned(row) for place, row in scene.classes.items()},
    Delivery: lambda scene: {
        place: DeliveryFactory(planned_session=planned(row)) for place, row in scene.classes.items()
    },
    ListedPupil: lambda scene: {place: ListedPupilFactory(school_class=row) for place, row in scene.classes.items()},
    StaffMeeting: lambda scene: {
        place: StaffMeetingFactory(school=school) for place, school in SUBJECTS[School](scene).items()
    },
    ParentGroup: lambda scene: {
        place: ParentGroupFactory(school=school) for place, school in SUBJECTS[School](scene).items()
    },
    ParentMeeting: lambda scene: {
        place: ParentMeetingFactory(school=school) for place, school in SUBJECTS[School](scene).items()
    },
    Membership: lambda scene: {
        place: MembershipFactory(role=Role.LEADER, school=school) for place, school in SUBJECTS[School](scene).items()
    },
}


def planned(school_class):
    return school_class.planned_sessions.first() or PlannedSessionFactory(school_class=school_class)


@pytest.fixture
def scene(municipality, school, school_class):
    elsewhere = MunicipalityFactory(name="Granby kommun", code="9902")
    schools = {
        OWN_CLASS: school,
        OWN_SCHOOL: school,
        OWN_MUNICIPALITY: SchoolFactory(municipality=municipality, name="Björkskolan"),
        ELSEWHERE: SchoolFactory(municipality=elsewhere, name="Granskolan"),
    }
    classes = {
        place: school_class if place == OWN_CLASS else ClassFactory(school=row, name="4C")
        for place, row in schools.items()
    }
    return SimpleNamespace(
        municipality=municipality, elsewhere=elsewhere, school=school, schools=schools, classes=classes
    )


def person(role, scene, **dates):
    """Somebody who has one role, at Almskolan or in Ekbacka."""
    user = UserFactory()
    place = {"school": scene.school} if role in SCHOOL_ROLES else {"municipality": scene.municipality}
    classes = [scene.classes[OWN_CLASS]] if role == Role.LEADER else []
    MembershipFactory(user=user, role=role, classes=classes, **place, **dates)
    return user


def subject_of(rule):
    """The type that a rule is asked about: its second argument's."""
    annotation = list(inspect.signature(rule).parameters.values())[1].annotation
    return next(kind for kind in SUBJECTS if kind in {annotation, *getattr(annotation, "__args__", ())})


def within(reach, kind):
    return WITHIN[reach] | {SMALLEST[kind]} if reach else set()


def rules_of_the_house():
    return {name for name in rules.__all__ if name.startswith("can_")}


def querysets_of_the_house():
    return {model.__name__ for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")}


# Lines and rules, both ways


def test_every_rule_has_its_line_and_every_line_its_rule():
    assert set(rules.policy().may) == rules_of_the_house(), "programmes/policy.yaml and programmes/rules differ."


def test_every_gate_has_its_line_and_every_line_its_gate():
    assert set(rules.policy().sees) == querysets_of_the_house(), "programmes/policy.yaml and `visible_to` differ."


def test_every_line_says_what_it_is_or_whose_words_cover_it():
    told = yaml.safe_load(POLICY.read_text())
    lines = {**told["sees"], **told["may"]}

    assert [key for key, line in lines.items() if ("says" in line) == ("with" in line)] == []
    assert [line["with"] for line in lines.values() if "with" in line and "says" not in lines[line["with"]]] == []


def test_every_line_reaches_somebody():
    lines = [*rules.policy().sees.values(), *rules.policy().may.values()]

    assert [line.key for line in lines if not line.reach and line.by not in {"gives", "programmes"}] == []


# What each line gives, for every role and every place


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", [name for name, line in rules.policy().may.items() if not line.by])
def test_rule_answers_as_its_line_says(scene, today, name, role):
    rule, user = getattr(rules, name), person(role, scene)
    kind = subject_of(rule)
    subjects = SUBJECTS[kind](scene)

    allowed = {place for place, subject in subjects.items() if rule(user, subject, on=today)}

    assert allowed == within(rules.policy().may[name].reach.get(role), kind) & set(subjects)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_list_shows_as_its_line_says(scene, today, model, role):
    rows, user = ROWS[model](scene), person(role, scene)

    visible = set(model.objects.visible_to(user, on=today))

    shown = {place for place, row in rows.items() if row in visible}
    smallest = OWN_CLASS if OWN_CLASS in rows else OWN_SCHOOL
    reach = rules.policy().sees[model.__name__].reach.get(role)
    assert shown == ((WITHIN[reach] | {smallest}) & set(rows) if reach else set())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("days", [{"end_date": -1}, {"start_date": 1}], ids=["left yesterday", "starts tomorrow"])
def test_role_gives_nothing_outside_its_dates(scene, today, role, days):
    user = person(role, scene, **{name: today + timedelta(days=count) for name, count in days.items()})

    allowed = [
        name
        for name, line in rules.policy().may.items()
        if not line.by
        for subject in SUBJECTS[subject_of(getattr(rules, name))](scene).values()
        if getattr(rules, name)(user, subject, on=today)
    ]
    for model in ROWS:
        ROWS[model](scene)
    shown = [model.__name__ for model in ROWS if model.objects.visible_to(user, on=today).exists()]

    assert (allowed, shown) == ([], [])
    assert given(user, scene.municipality, scene.school, on=today) == set()
    assert given(user, scene.municipality, None, on=today) == set()


# What a role gives to others, and which programmes it changes


def given(user, municipality, school, *, on):
    """The roles that somebody may ask others in to at a place."""
    return {role for role in Role if rules.can_invite_to(user, municipality, school, role, on=on)}


@pytest.mark.parametrize("role", Role)
def test_roles_are_given_as_the_policy_says(scene, today, role):
    user = person(role, scene)
    gives = rules.policy().roles[role].gives
    at_school, in_municipality = gives & set(SCHOOL_ROLES), gives - set(SCHOOL_ROLES)

    assert given(user, scene.municipality, scene.school, on=today) == at_school
    assert given(user, scene.municipality, None, on=today) == in_municipality
    assert given(user, scene.municipality, scene.schools[OWN_MUNICIPALITY], on=today) == (
        set() if role in SCHOOL_ROLES else at_school
    )
    assert given(user, scene.elsewhere, scene.schools[ELSEWHERE], on=today) == set()
    assert given(user, scene.elsewhere, None, on=today) == set()
    assert rules.can_invite(user, scene.municipality, on=today) is bool(gives)
    assert rules.can_invite(user, scene.elsewhere, on=today) is False


@pytest.mark.parametrize("role", Role)
def test_invitations_are_seen_by_whoever_could_have_made_them(scene, today, role):
    user = person(role, scene)
    for number, name in enumerate(Role):
        for municipality, school in (
            (scene.municipality, scene.school),
            (scene.elsewhere, scene.schools[ELSEWHERE]),
        ):
            Invitation.objects.create(
                email="asked@ekbacka.example",
                role=name,
                municipality=municipality,
                school=school if name in SCHOOL_ROLES else None,
                token_hash=f"{number} {municipality}",
                end_date=date(2027, 6, 30) if name in LIMITED_ROLES else None,
                **dict.fromkeys(("created_at", "sent_at", "expires_at"), datetime(2026, 11, 1, tzinfo=UTC)),
            )

    seen = list(Invitation.objects.visible_to(user, on=today))

    assert {row.role for row in seen} == set(rules.policy().roles[role].gives)
    assert {row.municipality for row in seen} <= {scene.municipality}


@pytest.mark.parametrize("role", Role)
def test_memberships_are_changed_by_whoever_may_give_them(scene, today, role):
    user = person(role, scene)
    rows = {
        name: MembershipFactory(
            role=name,
            **({"school": scene.school} if name in SCHOOL_ROLES else {"municipality": scene.municipality}),
        )
        for name in Role
    }

    changed = {name for name, row in rows.items() if rules.can_change_membership(user, row, on=today)}

    assert changed == set(rules.policy().roles[role].gives)


def test_only_the_administrator_gives_roles_that_see_the_municipality():
    givers = {key for key, line in rules.policy().roles.items() if line.gives & {*CENTRE_ROLES, Role.ADMINISTRATOR}}

    assert givers == {Role.ADMINISTRATOR}


def test_roles_that_are_invited_to_are_those_that_the_policy_gives():
    gives = {key: set(line.gives) for key, line in rules.policy().roles.items() if line.gives}

    assert gives == {role: set(roles) for role, roles in INVITES.items()}


@pytest.mark.parametrize("role", Role)
def test_programmes_are_changed_as_the_policy_says(scene, today, role):
    user = person(role, scene)
    for code in ("taget", "mvp", "abc"):
        programme(code)

    def changed(municipality):
        return {
            row.code for row in Programme.objects.all() if rules.can_change_programme(user, municipality, row, on=today)
        }

    assert changed(scene.municipality) == set(rules.policy().roles[role].programmes)
    assert changed(scene.elsewhere) == set()


def test_younger_and_older_have_the_programmes_of_the_agreement():
    programmes = {key: set(line.programmes) for key, line in rules.policy().roles.items() if line.programmes}

    assert programmes == {Role.CENTRE_YOUNGER: {"taget", "abc"}, Role.CENTRE_OLDER: {"mvp"}}


def test_mentor_with_a_code_has_no_right_to_anything_about_schools_or_people():
    lines = [*rules.policy().sees.values(), *rules.policy().may.values()]

    assert [line.key for line in lines if MENTOR in line.reach] == []
