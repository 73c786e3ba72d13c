"""Writes, publishes and takes down the notice that stands on every page, each with its trace."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms.models import CrisisNotice, SiteSettings, SupportContact
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import Municipality
from programmes.rules import is_second_person


class NoticeError(Exception):
    """The notice is not what it was a moment ago; the text says what to do."""


@transaction.atomic
def write_notice(
    *,
    municipality: Municipality,
    by: User,
    heading: str,
    text: str,
    last_date: date,
    contacts: Iterable[SupportContact],
) -> CrisisNotice:
    """Keep a notice that waits for a second person; nobody else sees it."""
    notice = CrisisNotice.objects.create(
        site=municipality.site, written_by=by, heading=heading, text=text, last_date=last_date
    )
    notice.contacts.set(contacts)
    _log(EventKind.NOTICE_WRITTEN, notice, municipality, by, until=notice.last_date)
    return notice


@transaction.atomic
def publish_notice(*, notice: CrisisNotice, municipality: Municipality, by: User, today: date) -> CrisisNotice:
    """Show the notice on every page from now on, instead of the one that was shown.

    Raises PermissionError when it is the same person who wrote it, and NoticeError when it no longer waits.
    """
    waiting = CrisisNotice.objects.waiting(on=today).filter(site=municipality.site)
    found = waiting.select_for_update().filter(pk=notice.pk).first()
    if found is None:
        raise NoticeError
    if not is_second_person(by, found):
        raise PermissionError("A notice is published by somebody else than the one who wrote it.")
    now = timezone.now()
    CrisisNotice.objects.filter(site=municipality.site, published_at__isnull=False, ended_at__isnull=True).update(
        ended_at=now
    )
    found.published_by, found.published_at = by, now
    found.save(update_fields=["published_by", "published_at"])
    SiteSettings.for_site(municipality.site)
    SiteSettings.objects.filter(site=municipality.site).update(crisis_notice=found)
    _log(EventKind.NOTICE_PUBLISHED, found, municipality, by, until=found.last_date)
    return found


@transaction.atomic
def end_notice(*, notice: CrisisNotice, municipality: Municipality, by: User) -> None:
    """Take a notice down, or one that waits back; done twice it is done once."""
    ended = CrisisNotice.objects.filter(pk=notice.pk, site=municipality.site, ended_at__isnull=True)
    if ended.update(ended_at=timezone.now()):
        SiteSettings.objects.filter(site=municipality.site, crisis_notice=notice).update(crisis_notice=None)
        _log(EventKind.NOTICE_ENDED, notice, municipality, by)


def _log(kind: EventKind, notice: CrisisNotice, municipality: Municipality, by: User, **about: date) -> None:
    log_event(kind=kind, actor=by, municipality=municipality, about={"heading": notice.heading, **about})
