"""Makes what the programmes room stores, and the small part of the catalogue that it points at."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from accounts.models import User
from cms.models import SiteSettings
from curriculum.enums import SessionKind
from curriculum.models import Programme, Session
from programmes.enums import (
    LIMITED_ROLES,
    AdultRole,
    ChildAge,
    ParentMeetingKind,
    Role,
    SignUpState,
    StaffMeetingKind,
    Word,
)
from programmes.models import (
    CheckRound,
    Delivery,
    Invitation,
    ListedPupil,
    Membership,
    Municipality,
    ParentGroup,
    ParentGroupMeeting,
    ParentMeeting,
    ParentSignUp,
    Participation,
    PlannedSession,
    School,
    SchoolAdult,
    SchoolClass,
    SchoolYear,
    SecureBase,
    StaffMeeting,
)
from programmes.models.invitations import hash_token

PASSWORD = "en-lang-fras-for-proven"


def programme(code="taget"):
    """The programme of a code, made when it is not there."""
    return Programme.objects.get_or_create(
        code=code, defaults={"name": code.title(), "lowest_grade": 0, "highest_grade": 5}
    )[0]


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@ekbacka.example")
    password = factory.django.Password(PASSWORD)


class MunicipalityFactory(DjangoModelFactory):
    """The first municipality stands on the default site, as in a fresh installation; others get their own."""

    class Meta:
        model = Municipality
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Kommun {n}")
    # 9901 and on are those that the checks name themselves.
    code = factory.Sequence(lambda n: f"{9910 + n % 90}")

    @factory.lazy_attribute
    def site(self):
        default = Site.objects.get(is_default_site=True)
        if not Municipality.objects.filter(site=default).exists():
            return default
        number = Site.objects.count()
        return Site.objects.create(hostname=f"kommun{number}.example", root_page=Page.objects.get(depth=1))

    @factory.post_generation
    def settings(self, create, extracted, **kwargs):
        if create:
            SiteSettings.objects.update_or_create(site=self.site, defaults={"owner_name": self.name})


class SchoolYearFactory(DjangoModelFactory):
    class Meta:
        model = SchoolYear
        django_get_or_create = ("municipality", "start_year")

    municipality = factory.SubFactory(MunicipalityFactory)
    start_year = 2026
    autumn_first_day = factory.LazyAttribute(lambda o: date(o.start_year, 8, 18))
    autumn_last_day = factory.LazyAttribute(lambda o: date(o.start_year, 12, 18))
    spring_first_day = factory.LazyAttribute(lambda o: date(o.start_year + 1, 1, 11))
    spring_last_day = factory.LazyAttribute(lambda o: date(o.start_year + 1, 6, 11))


class SchoolFactory(DjangoModelFactory):
    """A school that has run Tåget since 2020, unless `participation=False`."""

    class Meta:
        model = School
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Skola {n}")
    slug = factory.Sequence(lambda n: f"skola-{n}")
    unit_code = factory.Sequence(lambda n: f"{99000100 + n}")

    @factory.post_generation
    def participation(self, create, extracted, **kwargs):
        if create and extracted is not False:
            Participation.objects.create(school=self, programme=programme(), start_date=date(2020, 8, 1))


class ClassFactory(DjangoModelFactory):
    class Meta:
        model = SchoolClass

    school = factory.SubFactory(SchoolFactory)
    start_year = 2026
    name = factory.Sequence(lambda n: f"{n % 5 + 1}{chr(70 + n % 21)}")  # F to Z: A to E are named by hand
    lowest_grade = 3
    highest_grade = factory.SelfAttribute("lowest_grade")
    enrolled = 20


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session
        django_get_or_create = ("code",)

    programme = factory.LazyFunction(programme)
    code = "T-B1"
    title = "Normer och dess konsekvenser"
    kind = SessionKind.BASE
    month = factory.LazyAttribute(lambda o: 9 if o.kind == SessionKind.BASE else None)
    lowest_grade = 0
    highest_grade = 5
    planned_minutes = 40


class PlannedSessionFactory(DjangoModelFactory):
    class Meta:
        model = PlannedSession

    school_class = factory.SubFactory(ClassFactory)
    session = factory.SubFactory(SessionFactory)
    due_date = date(2026, 9, 30)


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    planned_session = factory.SubFactory(PlannedSessionFactory)
    date = date(2026, 9, 15)
    group_size = 20
    present = 18


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    school = None
    municipality = None
    start_date = date(2020, 1, 1)
    end_date = factory.LazyAttribute(lambda o: date(2027, 6, 30) if o.role in LIMITED_ROLES else None)

    @factory.post_generation
    def classes(self, create, extracted, **kwargs):
        if create and extracted:
            self.classes.set(extracted)


class InvitationFactory(DjangoModelFactory):
    """An invitation whose link holds the secret `token`, sent on the day when everything happens."""

    class Meta:
        model = Invitation
        exclude = ("token",)

    token = factory.Sequence(lambda n: f"hemlig-lank-{n}")
    email = factory.Sequence(lambda n: f"ny{n}@ekbacka.example")
    role = Role.LEADER
    school = None
    municipality = factory.LazyAttribute(lambda o: o.school.municipality)
    token_hash = factory.LazyAttribute(lambda o: hash_token(o.token))
    created_at = factory.LazyFunction(timezone.now)
    sent_at = factory.SelfAttribute("created_at")
    end_date = factory.LazyAttribute(lambda o: date(2027, 6, 30) if o.role in LIMITED_ROLES else None)
    expires_at = factory.LazyAttribute(lambda o: o.sent_at + timedelta(days=14))


class CheckRoundFactory(DjangoModelFactory):
    """The autumn's round, open."""

    class Meta:
        model = CheckRound

    school = factory.SubFactory(SchoolFactory)
    term = "HT2026"
    opened_date = date(2026, 9, 1)


class SchoolAdultFactory(DjangoModelFactory):
    class Meta:
        model = SchoolAdult

    school = factory.SubFactory(SchoolFactory)
    role = AdultRole.TEACHER
    name = factory.Sequence(lambda n: f"{chr(65 + n % 26)}{n}.")
    start_date = date(2025, 8, 10)


class ListedPupilFactory(DjangoModelFactory):
    class Meta:
        model = ListedPupil

    school_class = factory.SubFactory(ClassFactory)
    number = factory.Sequence(lambda n: n % 60 + 1)


class SecureBaseFactory(DjangoModelFactory):
    class Meta:
        model = SecureBase

    pupil = factory.SubFactory(ListedPupilFactory)
    adult = factory.SubFactory(SchoolAdultFactory)
    word = Word.ADULTS
    round = factory.SubFactory(CheckRoundFactory)


class StaffMeetingFactory(DjangoModelFactory):
    """A staff session on the theme of a pupil session, held, unless `theme=None` and a topic say otherwise."""

    class Meta:
        model = StaffMeeting

    school = factory.SubFactory(SchoolFactory)
    kind = factory.LazyAttribute(
        lambda o: StaffMeetingKind.STAFF_SESSION if o.theme else StaffMeetingKind.WORKPLACE_MEETING
    )
    theme = factory.LazyFunction(lambda: staff_session())
    topic = factory.LazyAttribute(lambda o: "" if o.theme else "Jämställda lekar")
    date = date(2026, 9, 4)
    is_held = True
    present = None
    total = None


def staff_session(code="T-B1"):
    """The staff session that prepares a pupil session, both made when they are not there."""
    pupils = SessionFactory(code=code)
    title = f"Personalpass: {pupils.title}"
    return SessionFactory(code=f"P-{code}", title=title, kind=SessionKind.STAFF, prepares=pupils)


class ParentGroupFactory(DjangoModelFactory):
    """An ABC group of a school with its four meetings, two weeks apart; `counts` says how many came to each."""

    class Meta:
        model = ParentGroup
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    municipality = factory.LazyAttribute(lambda group: group.school.municipality)
    age = ChildAge.CHILDREN

    @factory.post_generation
    def first_day(self, _create, extracted, **_kwargs):
        first = extracted or date(2026, 9, 7)
        for number in range(1, 5):
            ParentGroupMeeting.objects.create(group=self, number=number, date=first + timedelta(days=14 * (number - 1)))

    @factory.post_generation
    def counts(self, _create, extracted, **_kwargs):
        for number, parents in enumerate(extracted or (), start=1):
            self.meetings.filter(number=number).update(parents=parents)


class ParentSignUpFactory(DjangoModelFactory):
    """A parent with a seat in a group, reached by e-mail."""

    class Meta:
        model = ParentSignUp

    group = factory.SubFactory(ParentGroupFactory, takes_sign_ups=True, first_day=date(2026, 12, 1))
    first_name = "Amina"
    email = factory.Sequence(lambda number: f"parent{number}@example.com")
    state = SignUpState.PLACED
    reference = "ABC-234"
    nonce = factory.Sequence(lambda number: f"nonce{number}")
    last_day = factory.LazyAttribute(lambda sign_up: sign_up.group.meetings.get(number=4).date)


class ParentMeetingFactory(DjangoModelFactory):
    """A single parent meeting that was held."""

    class Meta:
        model = ParentMeeting

    school = factory.SubFactory(SchoolFactory)
    kind = ParentMeetingKind.TRAIN
    theme = "Normer hemma och i skolan"
    date = date(2026, 10, 14)
    parents = 24
