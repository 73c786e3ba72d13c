"""Ekbacka's coming groups: open for sign-up, one full with people in line. Names, numbers and addresses invented."""

from datetime import UTC, date, datetime, time, timedelta

from programmes.actions.demo.outcomes import seeded
from programmes.actions.demo.parents import lead_group
from programmes.actions.demo.scene import Scene
from programmes.actions.sign_ups import reference_of
from programmes.enums import ChildAge, GroupFormat, GroupLanguage, SignUpState
from programmes.models import ParentGroup, ParentGroupMeeting, ParentSignUp, School
from programmes.models.meetings import MEETINGS

NAMES = (
    "Amina", "Björn", "Carolina", "Dawit", "Elif", "Farid", "Gunilla", "Hodan", "Ivana", "Jonas", "Khadija", "Lena",
    "Miguel", "Nadia", "Olof", "Parisa", "Rania", "Samuel", "Tove", "Yusuf",
)  # fmt: skip
# School (its place among the demo's), age, language, interpreter, format, place, days ahead, hour, seats, signed up.
COMING = (
    (0, ChildAge.CHILDREN, GroupLanguage.SWEDISH, False, GroupFormat.ON_SITE, "Skolans bibliotek", 8, 18, 12, 9),
    (None, ChildAge.YOUNGEST, GroupLanguage.ARABIC, False, GroupFormat.ON_SITE, "Familjecentralen", 15, 10, 10, 13),
    (2, ChildAge.CHILDREN, GroupLanguage.SOMALI, False, GroupFormat.ON_SITE, "Matsalen", 22, 17, 14, 4),
    (None, ChildAge.TEENAGERS, GroupLanguage.SWEDISH, True, GroupFormat.DIGITAL, "", 57, 18, 14, 6),
    (4, ChildAge.CHILDREN, GroupLanguage.SWEDISH, False, GroupFormat.MIXED, "Hemkunskapen", 64, 17, 12, 0),
)


def create_coming_groups(scene: Scene) -> None:
    """Groups that begin in the weeks ahead, with those who have signed up for them."""
    schools = list(School.objects.filter(municipality=scene.municipality).in_order()[:6])
    for number, (place_of_school, age, language, interpreter, form, place, days, hour, seats, parents) in enumerate(
        COMING
    ):
        group = ParentGroup.objects.create(
            municipality=scene.municipality,
            school=schools[place_of_school % len(schools)] if place_of_school is not None and schools else None,
            age=age,
            language=language,
            has_interpreter=interpreter,
            format=form,
            place=place,
            seats=seats,
            start_time=time(hour),
            end_time=time(hour + 2, 30),
            takes_sign_ups=True,
        )
        first = _weekday(scene.today + timedelta(days=days))
        meetings = [
            ParentGroupMeeting(group=group, number=step + 1, date=first + timedelta(days=14 * step))
            for step in range(MEETINGS)
        ]
        ParentGroupMeeting.objects.bulk_create(meetings)
        lead_group(group)
        _sign_up(scene, group, number, parents, last_day=meetings[-1].date)


def _sign_up(scene: Scene, group: ParentGroup, number: int, parents: int, *, last_day: date) -> None:
    """Some by e-mail, some by phone, in the order of the waiting list; most of the first have been called."""
    random = seeded(scene.seed, number, "sign-ups")
    names = random.sample(NAMES, k=len(NAMES))
    rows = []
    for place in range(parents):
        by_phone = place % 3 == 1
        phone = f"0701740{605 + 15 * number + place}" if by_phone else ""  # of the series that is kept for fiction
        email = "" if phone else f"foralder{number}{place:02}@ekbacka.example"
        made = datetime.combine(scene.today - timedelta(days=20 - place), time(8 + place % 10, 12), tzinfo=UTC)
        rows.append(
            ParentSignUp(
                group=group,
                first_name=names[place % len(names)],
                email=email,
                phone=phone,
                state=SignUpState.PLACED if place < group.seats else SignUpState.WAITING,
                reference=reference_of(group, email or phone),
                nonce=f"{random.getrandbits(96):024x}",
                created_at=made,
                contacted_at=made + timedelta(days=1) if phone and place < parents - 3 else None,
                last_day=last_day,
            )
        )
    ParentSignUp.objects.bulk_create(rows)


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
