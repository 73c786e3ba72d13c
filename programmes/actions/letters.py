"""Moves letters along: planned once a week, taken by a worker, sent, and tried again when the mail server is down.

Never twice: a letter is marked as being sent before it is handed over, and as sent after. What was being sent when a
worker ended may have gone, so it is told about and not sent again; what was only taken goes back to wait.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from programmes.enums import LetterState, Role
from programmes.models import Break, DigestRefusal, Letter, Membership, Municipality, SchoolYear
from programmes.models.terms import monday_of

AT_A_TIME = 50
TRIES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
A_WORKER_IS_GONE = timedelta(minutes=15)
# Whom the weekly digest may have something for; it says nothing to others.
DIGEST_ROLES = (
    Role.LEADER,
    Role.COORDINATOR,
    Role.SUPERVISOR,
    Role.CENTRE_YOUNGER,
    Role.CENTRE_OLDER,
    Role.EDITOR,
    Role.ADMINISTRATOR,
)


def is_time_for_digests(municipality: Municipality, *, today: date, hour: int) -> bool:
    """Whether a municipality's hour of the week has come; later in the week it has, so that a stop loses no letter."""
    weekday = municipality.digest_weekday
    return weekday is not None and (today.weekday(), hour) >= (weekday, municipality.digest_hour)


def has_lessons(municipality: Municipality, *, week: date) -> bool:
    """Whether a week has a day within the terms and outside the breaks; True where nobody has set up the calendar."""
    year = SchoolYear.objects.current(municipality, today=week)
    if year is None:
        return True
    breaks = list(Break.objects.filter(school_year=year))
    days = [week + timedelta(days=number) for number in range(5)]
    terms = ((year.autumn_first_day, year.autumn_last_day), (year.spring_first_day, year.spring_last_day))
    return any(
        any(first <= day <= last for first, last in terms)
        and not any(row.first_day <= day <= row.last_day for row in breaks)
        for day in days
    )


@transaction.atomic
def plan_digests(*, municipality: Municipality, today: date, now: datetime) -> int:
    """Give everybody who may be told something one letter this week; returns how many are new."""
    week = monday_of(today)
    if not has_lessons(municipality, week=week):
        return 0
    people = readers(municipality, today=today).exclude(
        pk__in=Letter.objects.filter(municipality=municipality, week=week).values("user")
    )
    letters = [
        Letter(user=user, municipality=municipality, week=week, next_try_at=now) for user in people.order_by("pk")
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def readers(municipality: Municipality, *, today: date) -> QuerySet[User]:
    """Everybody in a municipality who may be told something, and has not turned it off."""
    roles = Membership.objects.in_municipality(municipality).active(on=today).filter(role__in=DIGEST_ROLES)
    return User.objects.filter(is_active=True, pk__in=roles.values("user")).exclude(
        pk__in=DigestRefusal.objects.values("user")
    )


@transaction.atomic
def take_letters(*, now: datetime, number: int = AT_A_TIME) -> list[Letter]:
    """Take some letters whose time has come, for this worker alone."""
    rows = Letter.objects.to_send(at=now).order_by("next_try_at", "pk")
    taken = list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:number])
    mark = uuid4()
    Letter.objects.filter(pk__in=taken).update(state=LetterState.TAKEN, taken_by=mark, taken_at=now)
    letters = Letter.objects.filter(taken_by=mark).order_by("pk")
    return list(letters.select_related("user", "municipality__site", "reminder__programme", "reminder__sent_by"))


def put_back(*, now: datetime) -> None:
    """What a worker that is gone had taken waits again; what it was sending may have gone, and nobody knows."""
    gone = Letter.objects.filter(taken_at__lt=now - A_WORKER_IS_GONE)
    gone.filter(state=LetterState.TAKEN).update(state=LetterState.WAITING, taken_by=None, taken_at=None)
    gone.filter(state=LetterState.SENDING).update(state=LetterState.UNSURE, done_at=now)


def begin_sending(*, letter: Letter) -> bool:
    """Say that a letter is about to be handed over; no when another worker has it, or has sent it, by now."""
    mine = Letter.objects.filter(pk=letter.pk, taken_by=letter.taken_by, state=LetterState.TAKEN)
    return bool(mine.update(state=LetterState.SENDING))


def settle(*, letters: Iterable[Letter], state: LetterState, now: datetime) -> None:
    """Say what became of letters."""
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
        state=state, done_at=now, taken_by=None, taken_at=None
    )


def try_later(*, letters: Sequence[Letter], now: datetime) -> None:
    """The mail server took none of these: they wait longer each time, and fail when it has been down for long."""
    by_attempts: dict[int, list[int]] = {}
    for letter in letters:
        by_attempts.setdefault(letter.attempts, []).append(letter.pk)
    for attempts, pks in by_attempts.items():
        rows = Letter.objects.filter(pk__in=pks)
        rows.update(attempts=F("attempts") + 1, taken_by=None, taken_at=None)
        if attempts < len(TRIES):
            rows.update(state=LetterState.WAITING, next_try_at=now + TRIES[attempts])
        else:
            rows.update(state=LetterState.FAILED, done_at=now)


def is_too_late(letter: Letter, *, today: date) -> bool:
    """Whether the week that a digest is about has gone."""
    return letter.week is not None and letter.week != monday_of(today)


def refuse_digest(*, user: User, today: date) -> None:
    """No weekly digest to this person from now on; those that wait are not sent."""
    DigestRefusal.objects.get_or_create(user=user, defaults={"since": today})


def accept_digest(*, user: User) -> None:
    """The weekly digest comes again."""
    DigestRefusal.objects.filter(user=user).delete()
