"""The table of rights: a scene with somebody of every kind in it, and the reading of `rights.txt`."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from programmes.actions.invitations import invite_person
from programmes.actions.surveys import open_survey_round
from programmes.enums import SCHOOL_ROLES, Role, SurveyAudience, SurveyDevices, SurveyMoment
from programmes.models import (
    EvaluationPackage,
    FeedbackRound,
    Mentor,
    MentorMeeting,
    NotHeld,
    PreparedFile,
    SavedReport,
    Supervision,
    SurveyRound,
)
from tests.factories import (
    AssessmentFactory,
    CheckRoundFactory,
    ClassFactory,
    CohortFactory,
    CourseOccasionFactory,
    DeliveryFactory,
    ImportDraftFactory,
    ListedPupilFactory,
    MeasureFactory,
    MembershipFactory,
    MenteeGroupFactory,
    MunicipalityFactory,
    OtherUnitFactory,
    ParentGroupFactory,
    ParentMeetingFactory,
    ParentSignUpFactory,
    PlannedSessionFactory,
    SchoolAdultFactory,
    SchoolFactory,
    SchoolYearFactory,
    SessionFactory,
    StaffMeetingFactory,
    UserFactory,
    programme,
)

TABLE = Path(__file__).with_name("rights.txt")
LIBRARIES = ("admin/", "django-admin/")
DOOR, DOORS = "door", ("/konto/logga-in/", "/admin/login/", "/django-admin/login/")


@dataclass(frozen=True)
class Row:
    """A line of the table: what is asked for, and what each one gets."""

    method: str
    address: str
    expected: dict[str, str]

    def __str__(self):
        return f"{self.method} {self.address}"

    @property
    def route(self):
        """The route that the address leads to; a `{name}` in it stands for a key of the scene."""
        return plain(resolve(re.sub(r"\{\w+\}", "1", self.address.split("?")[0])).route)


def rows(path=TABLE):
    """The lines of a table: `METHOD /address/ | one word for each column, or a single one for all of them`."""
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].partition("|")[2].split()
    for line in lines[1:]:
        asked, _bar, words = line.partition("|")
        method, address = asked.split()
        words = words.split()
        words *= len(columns) if len(words) == 1 else 1
        yield Row(method, address, dict(zip(columns, words, strict=True)))


def pages_of(who):
    """The lines that this one may open, and the first of each way to be refused: the rest are answered alike."""
    refusals = set()
    for row in rows():
        answer = row.expected[who]
        if row.method == "GET" and answer not in refusals:
            if answer != "200":
                refusals.add(answer)
            yield row


def plain(route):
    """A route as both the resolver and its patterns write it."""
    return route.replace("^", "").replace("$", "")


def all_routes(resolver=None, prefix=""):
    """Every route, however deep it is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from all_routes(pattern, address)
        else:
            yield plain(address)


def own_routes():
    """Every route that stands in the table."""
    return {route for route in all_routes() if not route.startswith(LIBRARIES)}


def library_routes():
    """The routes of the libraries' administrations."""
    return {route for route in all_routes() if route.startswith(LIBRARIES)}


def answer_of(response):
    """What a table says of an answer: its number, or that it leads to the door; a file is read to its end."""
    for _part in response.streaming_content if response.streaming else ():
        pass
    if response.status_code == 302 and response["Location"].startswith(DOORS):
        return DOOR
    return str(response.status_code)


def somebody(role, *, school=None, classes=(), **dates):
    """A person with one role: at a school, or in the school's municipality."""
    is_administrator = role == Role.ADMINISTRATOR
    user = UserFactory(is_staff=is_administrator, is_superuser=is_administrator)
    place = {"school": school} if role in SCHOOL_ROLES else {"municipality": school.municipality}
    membership = MembershipFactory(user=user, role=role, classes=classes, **place, **dates)
    user.at = membership
    return user


@dataclass
class Scene:
    """Almskolan in Ekbacka with its people, and what addresses point at."""

    people: dict
    keys: dict
    # What the browser of each one holds after coming in, where many questions are asked.
    cookies: dict = field(default_factory=dict)

    def client_of(self, who, **headers):
        """A browser in which this one is signed in, or came in by the mentors' code; `anyone` is nobody."""
        client = Client(**headers)
        if who == "mentor":
            client.post("/mentor/", {"kod": "ALMS-2345"})
        elif user := self.people.get(who):
            client.force_login(user)
        return client


def prepared_file(owner, municipality):
    """A file of one byte that the worker has made for a person, of no school in particular."""
    file = PreparedFile.objects.create(
        reference="00000000-0000-4000-8000-000000000001",
        owner=owner,
        municipality=municipality,
        file_format="csv",
        state="ready",
        asked_at=timezone.now(),
        ready_at=timezone.now(),
        size=1,
    )
    file.parts.create(number=0, content=b"0")


def set_scene():
    """One of every role at Almskolan in Ekbacka, somebody without a role, and a report of every kind in class 3B."""
    municipality = MunicipalityFactory(name="Ekbacka kommun", code="9901")
    SchoolYearFactory(municipality=municipality)
    school = SchoolFactory(municipality=municipality, name="Almskolan", slug="almskolan", unit_code="99000011")
    school_class = ClassFactory(school=school, name="3B", lowest_grade=3)
    people = {
        role.value: somebody(role, school=school, classes=[school_class] if role == Role.LEADER else [])
        for role in Role
    }
    people["nobody"] = UserFactory()
    base, mobbing, pressure = (
        PlannedSessionFactory(school_class=school_class, session=SessionFactory(code=code, kind=kind, title=code))
        for code, kind in (("T-B1", "base"), ("T-T05", "additional"), ("T-T04", "additional"))
    )
    not_held = NotHeld.objects.create(planned_session=pressure, reason="illness")
    CheckRoundFactory(school=school)
    ListedPupilFactory(school_class=school_class, number=4)
    invitation, _token = invite_person(
        by=people["coordinator"],
        email="asked@ekbacka.example",
        role=Role.LEADER,
        municipality=municipality,
        school=school,
        now=timezone.now(),
    )
    sign_up = ParentSignUpFactory(group__school=school)
    cohort = CohortFactory(school=school, door_code="ALMS-2345")
    group = MenteeGroupFactory(cohort=cohort, name="6A grupp 1")
    SessionFactory(code="MVP-01", kind="mentor", title="MVP-01")
    EvaluationPackage.objects.create(
        municipality=municipality,
        export_id="20261122-aaaa0000",
        start_year=2026,
        counted_to=date(2026, 11, 22),
        content=b"PK",
    )
    prepared_file(people["coordinator"], municipality)
    occasion = CourseOccasionFactory(course__municipality=municipality)
    AssessmentFactory(school=school)
    programme("mvp")
    keys = {
        "cohort": cohort.pk,
        "mentee_group": group.pk,
        "mentor": Mentor.objects.create(cohort=cohort, alias="MK", group_id=group.pk).pk,
        "mentor_meeting": MentorMeeting.objects.create(cohort=cohort, date=date(2026, 9, 11)).pk,
        "draft": ImportDraftFactory(owner=people["coordinator"], municipality=municipality).pk,
        "supervision": Supervision.objects.create(cohort=cohort, date=date(2026, 9, 14)).pk,
        "person": people["leader"].pk,
        "invitation": invitation.pk,
        "delivery": DeliveryFactory(planned_session=base).pk,
        "not_held": not_held.pk,
        "adult": SchoolAdultFactory(school=school).pk,
        "planned": mobbing.pk,
        "school_class": school_class.pk,
        "membership": people["leader"].at.pk,
        "course": occasion.course.pk,
        "occasion": occasion.pk,
        "unit": OtherUnitFactory(municipality=municipality).pk,
        "staff_meeting": StaffMeetingFactory(school=school).pk,
        "parent_group": sign_up.group.pk,
        "sign_up": sign_up.pk,
        "feedback": FeedbackRound.objects.create(
            parent_meeting=ParentMeetingFactory(school=school), code="FRAG-2345", last_day=date(2026, 12, 1)
        ).pk,
        "sign_up_link": sign_up.link_token,
        "own_group": ParentGroupFactory(
            school=None, municipality=municipality, takes_sign_ups=True, first_day=date(2026, 12, 1)
        ).pk,
        "parent_meeting": ParentMeetingFactory(school=school).pk,
        "survey": open_survey_round(
            group=school_class,
            audience=SurveyAudience.YOUNGER,
            moment=SurveyMoment.BEFORE,
            pupils=20,
            last_day=date(2026, 12, 1),
            devices=SurveyDevices.OWN,
            by=people["coordinator"],
            today=date(2026, 11, 22),
        ).pk,
        "measure": MeasureFactory(municipality=municipality).pk,
        "saved_report": SavedReport.objects.create(
            user=people["coordinator"], municipality=municipality, kind="nadda", name="Räckvidd"
        ).pk,
    }
    SurveyRound.objects.filter(pk=keys["survey"]).update(code="SVAR-2345")
    return Scene(people=people, keys=keys)
