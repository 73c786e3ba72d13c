"""Opens and closes private calendar addresses; each leaves its trace."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import CalendarFeed, Municipality
from programmes.models.calendars import new_token
from programmes.models.invitations import hash_token


@transaction.atomic
def open_feed(*, user: User, municipality: Municipality, now: datetime) -> str:
    """Give a person a new address, whose secret is returned and kept nowhere; the old one stops working."""
    close_feed(user=user, municipality=municipality, now=now)
    token = new_token()
    CalendarFeed.objects.create(user=user, municipality=municipality, token_hash=hash_token(token), made_at=now)
    log_event(kind=EventKind.CALENDAR_OPENED, actor=user, municipality=municipality)
    return token


@transaction.atomic
def close_feed(*, user: User, municipality: Municipality, now: datetime) -> bool:
    """End a person's address; whether there was one."""
    own = CalendarFeed.objects.open().filter(user=user, municipality=municipality)
    was_open = bool(own.update(closed_at=now))
    if was_open:
        log_event(kind=EventKind.CALENDAR_CLOSED, actor=user, municipality=municipality)
    return was_open


def note_fetch(*, feed: CalendarFeed, today: date) -> None:
    """Remember the day on which an address was last asked for, so that the person sees whether it is used."""
    if feed.fetched_date != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(fetched_date=today)
