"""Reminds schools of what they have not reported: writes down who did it, and lays one letter to each person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from curriculum.models import Programme
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import Letter, Period, Reminder, School, SchoolClass


@dataclass(frozen=True)
class Addressee:
    """A school, or one class of it, and whom a reminder goes to there."""

    school: School
    school_class: SchoolClass | None
    people: Sequence[User]


@transaction.atomic
def remind(
    *,
    addressees: Iterable[Addressee],
    programme: Programme,
    period: Period,
    words: str,
    by: User,
    today: date,
    now: datetime,
) -> list[Reminder]:
    """Remind each once a day; returns the reminders made. One without people, or reminded already today, gets none.

    The letters wait for the background worker, which writes them as things stand then.
    """
    made = []
    for addressee in addressees:
        if not addressee.people:
            continue
        try:
            with transaction.atomic():
                reminder = Reminder.objects.create(
                    school=addressee.school,
                    school_class=addressee.school_class,
                    programme=programme,
                    period=period.code,
                    words=words,
                    sent_date=today,
                    sent_by=by,
                    recipients=len(addressee.people),
                )
        except IntegrityError:
            continue
        made.append(reminder)
        Letter.objects.bulk_create(
            Letter(user=user, municipality=addressee.school.municipality, reminder=reminder, next_try_at=now)
            for user in addressee.people
        )
        log_event(
            kind=EventKind.REMINDED,
            actor=by,
            municipality=addressee.school.municipality,
            school=addressee.school,
            about={
                "programme": programme.name,
                "period": period.label,
                "class": addressee.school_class.name if addressee.school_class else "",
                "people": len(addressee.people),
            },
        )
    return made
