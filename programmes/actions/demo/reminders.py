"""What Stins has sent by itself in Ekbacka: some weeks of letters, a reminder, and a calendar that somebody reads."""

import hashlib
from datetime import UTC, datetime, time, timedelta

from programmes.actions.demo.accounts import CENTRE, COORDINATOR
from programmes.actions.demo.scene import Scene
from programmes.enums import LetterState, Role
from programmes.models import CalendarFeed, DigestRefusal, Letter, Membership, Period, Reminder, School
from programmes.models.terms import monday_of

WEEKS = 4
BEHIND = "cedergrensskolan"
WORDS = "Hej! Terminen går mot sitt slut. Rapportera gärna det som är gjort före fredag, så blir höstens siffror rätt."


def create_letters(scene: Scene) -> None:
    """A letter to everybody with something waiting, on the Mondays of the last weeks; this week's is sent."""
    roles = Membership.objects.in_municipality(scene.municipality).active(on=scene.today)
    told = [Role.LEADER, Role.COORDINATOR, Role.SUPERVISOR, Role.CENTRE_YOUNGER, Role.CENTRE_OLDER]
    people = list(roles.filter(role__in=[*told, Role.EDITOR]).values_list("user", "role").order_by("user", "pk"))
    refuses = max((user for user, role in people if role == Role.LEADER), default=None)
    letters: dict[tuple[int, int], Letter] = {}
    for ago in range(WEEKS):
        week = monday_of(scene.today) - timedelta(weeks=ago)
        sent_at = datetime.combine(week, time(6, 5), tzinfo=UTC)
        for user, role in people:
            if user == refuses:
                continue
            state = LetterState.SENT if role in told else LetterState.NOTHING
            letters[user, ago] = Letter(
                user_id=user,
                municipality=scene.municipality,
                week=week,
                state=state,
                next_try_at=sent_at,
                done_at=sent_at,
            )
    Letter.objects.bulk_create(letters.values())
    if refuses:
        DigestRefusal.objects.create(user_id=refuses, since=scene.today - timedelta(weeks=WEEKS))


def create_reminder(scene: Scene) -> None:
    """The centre has reminded the school that is behind, a week ago."""
    school = School.objects.filter(municipality=scene.municipality, slug=BEHIND).first()
    if school is None:
        return
    Reminder.objects.create(
        school=school,
        programme=scene.programmes["taget"],
        period=Period.term_of(scene.today).code,
        words=WORDS,
        sent_date=scene.today - timedelta(days=7),
        sent_by=scene.users[CENTRE.email],
        recipients=1,
    )


def create_calendar(scene: Scene) -> None:
    """The coordinator of Almskolan has the dates in a calendar; nobody knows the secret of the address."""
    CalendarFeed.objects.create(
        user=scene.users[COORDINATOR.email],
        municipality=scene.municipality,
        token_hash=hashlib.sha256(f"{scene.seed} demo calendar".encode()).hexdigest(),
        made_at=datetime.combine(scene.before.spring[0], time(9, 30), tzinfo=UTC),
        fetched_date=scene.today,
    )
