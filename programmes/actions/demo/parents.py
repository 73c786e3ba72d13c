"""Ekbacka's parents: ABC groups at some schools and in the library, and here and there an evening of Tåget."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random

from django.db.models import Min

from curriculum.models import Programme
from programmes.actions.demo.scene import Scene
from programmes.enums import ChildAge, GroupFormat, GroupLanguage, LeaderRole, Organisation, ParentMeetingKind
from programmes.models import (
    ParentGroup,
    ParentGroupLeader,
    ParentGroupMeeting,
    ParentMeeting,
    Participation,
    School,
)
from programmes.models.meetings import EARLY, MEETINGS
from programmes.models.terms import start_year_of

ABC = "abc"
WITH_GROUPS = 0.6
WITH_EVENINGS = 0.75
EVENINGS = ("Så pratar vi om normer hemma", "Nätet, mobilen och våra barn", "Vad gör vi när barn bråkar?")
LANGUAGES = (GroupLanguage.SWEDISH, GroupLanguage.SWEDISH, GroupLanguage.ARABIC, GroupLanguage.SOMALI)
EVENING_LANGUAGES = (*[GroupLanguage.SWEDISH] * 5, GroupLanguage.ARABIC)
STARTS = ((9, 8), (10, 13), (1, 26))
OWN = (
    (ChildAge.YOUNGEST, GroupLanguage.SWEDISH, GroupFormat.ON_SITE, "Familjecentralen", (9, 15)),
    (ChildAge.CHILDREN, GroupLanguage.SPANISH, GroupFormat.ON_SITE, "Biblioteket i Centrum", (10, 6)),
    (ChildAge.TEENAGERS, GroupLanguage.SWEDISH, GroupFormat.DIGITAL, "", (1, 19)),
)


def create_parents(scene: Scene, schools: Sequence[School]) -> None:
    """Give most schools a group or two a year and an evening with the parents."""
    for school in schools:
        random = Random(f"{scene.seed} parents {school.unit_code}")  # noqa: S311 -- invented data, the same every time
        for calendar in scene.calendars if scene.with_history else (scene.now,):
            start_year = calendar.start_year
            for start in STARTS:
                if random.random() < WITH_GROUPS / 2:
                    group = ParentGroup(
                        municipality=scene.municipality,
                        school=school,
                        age=ChildAge.CHILDREN,
                        language=random.choice(LANGUAGES),
                        format=GroupFormat.ON_SITE,
                        place="Skolans bibliotek",
                    )
                    _meet(scene, group, _day(start_year, start), random)
            if random.random() < WITH_EVENINGS:
                day = _weekday(_day(start_year, (10, 7)) + timedelta(days=random.randint(0, 30)))
                ParentMeeting.objects.create(
                    school=school,
                    kind=ParentMeetingKind.TRAIN,
                    language=random.choice(EVENING_LANGUAGES),
                    theme=random.choice(EVENINGS),
                    date=day,
                    parents=random.randint(14, 46) if day <= scene.today else None,
                )


def create_own_parent_groups(scene: Scene) -> None:
    """The municipality's own groups, one for each age."""
    random = Random(f"{scene.seed} own parents")  # noqa: S311 -- invented data, the same every time
    for calendar in scene.calendars if scene.with_history else (scene.now,):
        for age, language, form, place, start in OWN:
            group = ParentGroup(
                municipality=scene.municipality, age=age, language=language, format=form, place=place, seats=14
            )
            _meet(scene, group, _day(calendar.start_year, start), random)


def _meet(scene: Scene, group: ParentGroup, first: date, random: Random) -> None:
    """Four meetings, two weeks apart; those who came are counted up to today, a few fall away on the way."""
    days = [first + timedelta(days=14 * step) for step in range(MEETINGS)]
    started = random.randint(8, group.seats)
    counts = [max(started - random.choice((0, 0, 1, 2)) - (number > 2), 5) for number in range(1, MEETINGS + 1)]
    if days[-1] <= scene.today:
        group.completed = max(counts[number - 1] for number in EARLY) - random.choice((0, 1, 2))
    if group.format == GroupFormat.ON_SITE:
        group.start_time, group.end_time = time(17, 30), time(20)
    group.save()
    ParentGroupMeeting.objects.bulk_create(
        ParentGroupMeeting(group=group, number=number, date=day, parents=count if day <= scene.today else None)
        for number, (day, count) in enumerate(zip(days, counts, strict=True), start=1)
    )
    lead_group(group)


def lead_group(group: ParentGroup) -> None:
    """Two trained leaders: one of the school's pupil health, one of the social services."""
    ParentGroupLeader.objects.bulk_create(
        ParentGroupLeader(group=group, role=role, organisation=organisation, is_trained=True)
        for role, organisation in (
            (LeaderRole.HEALTH, Organisation.SCHOOL),
            (LeaderRole.GUEST, Organisation.SOCIAL_SERVICES),
        )
    )


def _day(start_year: int, start: tuple[int, int]) -> date:
    """The weekday nearest after a day of a school year."""
    month, day = start
    return _weekday(date(start_year if month >= 7 else start_year + 1, month, day))


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def join_programme_for_parents(scene: Scene) -> None:
    """A school runs ABC since the August before its first group."""
    first_days = ParentGroupMeeting.objects.filter(group__school__municipality=scene.municipality)
    joined = first_days.values_list("group__school").annotate(first=Min("date")).order_by("group__school")
    abc = Programme.objects.get(code=ABC)
    Participation.objects.bulk_create(
        Participation(school_id=school, programme=abc, start_date=date(start_year_of(first), 8, 1))
        for school, first in joined
    )
