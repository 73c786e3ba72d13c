"""Signs parents up for groups, keeps the waiting list moving, and takes sign-ups back; whom it concerns is told."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.mentors import SIGNS
from programmes.enums import EventKind, ParentLetterKind, SignUpState
from programmes.models import ParentGroup, ParentSignUp, SignUpLetter
from programmes.models.sign_ups import ONCE


class SignUpClosedError(Exception):
    """The group takes no sign-ups, or no longer; nothing was kept."""


def reference_of(group: ParentGroup, contact: str) -> str:
    """What somebody who is reached by phone says when they call: the same for the same contact, and tells nothing."""
    digest = salted_hmac("programmes.sign-up-reference", f"{group.pk} {contact}", algorithm="sha256").digest()
    signs = "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:6])
    return f"{signs[:3]}-{signs[3:]}"


@transaction.atomic
def sign_up_parent(
    *, group: ParentGroup, first_name: str, email: str = "", phone: str = "", today: date, now: datetime
) -> str:
    """Give a parent a seat, or a place in line where there is none; returns the reference.

    Who is on the list already stays as they are and gets their letter again: nobody can find out who has signed up.
    """
    row = _locked(group)
    if row is None or not ParentGroup.objects.open_for_sign_up(on=today).filter(pk=group.pk).exists():
        raise SignUpClosedError
    reference = reference_of(group, email or phone)
    active = list(row.sign_ups.active())
    known = [one for one in active if (email and one.email == email) or (phone and one.phone == phone)]
    if known:
        for one in known:
            _write(ParentLetterKind.STATE, one, now=now)
        return reference
    is_full = len([one for one in active if one.state == SignUpState.PLACED]) >= row.seats
    is_queued = any(one.state == SignUpState.WAITING for one in active)
    made = ParentSignUp.objects.create(
        group=row,
        first_name=first_name,
        email=email,
        phone=phone,
        state=SignUpState.WAITING if is_full or is_queued else SignUpState.PLACED,
        reference=reference,
        nonce=secrets.token_urlsafe(16),
        created_at=now,
        last_day=_last_day(row),
    )
    _write(ParentLetterKind.STATE, made, now=now)
    return reference


@transaction.atomic
def cancel_sign_up(*, sign_up: ParentSignUp, now: datetime, by: User | None = None) -> bool:
    """Take a sign-up back and give its seat to the next in line; False when it was taken back already."""
    group = _locked(sign_up.group)
    current = ParentSignUp.objects.filter(pk=sign_up.pk).active().first() if group else None
    if group is None or current is None:
        return False
    current.state = SignUpState.CANCELLED
    current.save(update_fields=["state"])
    current.letters.filter(sent_at=None).delete()
    _write(ParentLetterKind.CANCELLED, current, now=now)
    if by:
        _log(EventKind.SIGN_UP_CANCELLED, group, by)
    _move_up(group, now=now)
    return True


@transaction.atomic
def note_contact(*, sign_up: ParentSignUp, is_contacted: bool, now: datetime) -> None:
    """Note that somebody was called, or was not after all."""
    ParentSignUp.objects.filter(pk=sign_up.pk).update(contacted_at=now if is_contacted else None)


@transaction.atomic
def open_sign_up(*, group: ParentGroup, is_open: bool, by: User) -> None:
    """Show a group to parents and take their sign-ups, or stop; who has signed up keeps what they have."""
    ParentGroup.objects.filter(pk=group.pk).update(takes_sign_ups=is_open)
    _log(EventKind.SIGN_UPS_OPENED if is_open else EventKind.SIGN_UPS_CLOSED, group, by)


@transaction.atomic
def note_look(*, group: ParentGroup, by: User) -> None:
    """Write down that somebody has looked at who signed up."""
    _log(EventKind.SIGN_UPS_SEEN, group, by)


def tell_of_changes(*, group: ParentGroup, was: tuple[object, ...] | None, now: datetime) -> None:
    """Tell who has signed up that a group was cancelled or has new days, times or place; fill seats that were added.

    Runs inside the change of the group; `was` is what `told_of` said before it.
    """
    active = list(group.sign_ups.active())
    if not active:
        return
    group.sign_ups.update(last_day=_last_day(group))
    if group.is_cancelled:
        kind = ParentLetterKind.GROUP_CANCELLED
    elif was is not None and was != told_of(group):
        kind = ParentLetterKind.CHANGED
    else:
        _move_up(group, now=now)
        return
    group.sign_ups.active().update(contacted_at=None)
    for one in active:
        _write(kind, one, now=now)
    if not group.is_cancelled:
        _move_up(group, now=now)


def told_of(group: ParentGroup) -> tuple[object, ...]:
    """What parents were told when they signed up: days, times, place and form."""
    days = group.meetings.order_by("number").values_list("date", flat=True)
    return (tuple(days), group.start_time, group.end_time, group.place, group.format)


def _move_up(group: ParentGroup, *, now: datetime) -> None:
    """Give free seats to those who have waited the longest; who has only a phone is called anew."""
    placed = group.sign_ups.filter(state=SignUpState.PLACED).count()
    for one in group.sign_ups.filter(state=SignUpState.WAITING).in_order()[: max(group.seats - placed, 0)]:
        one.state, one.contacted_at = SignUpState.PLACED, None
        one.save(update_fields=["state", "contacted_at"])
        _write(ParentLetterKind.MOVED_UP, one, now=now)


def _write(kind: ParentLetterKind, sign_up: ParentSignUp, *, now: datetime) -> None:
    """Put a letter in the box; one of the same kind that still lies there is enough."""
    known = sign_up.letters.filter(kind=kind) if kind in ONCE else sign_up.letters.filter(kind=kind, sent_at=None)
    if sign_up.email and not known.exists():
        SignUpLetter.objects.create(sign_up=sign_up, kind=kind, created_at=now, next_try_at=now)


def _locked(group: ParentGroup) -> ParentGroup | None:
    """The group as it is, held until the seats are given: two who want the last one come after each other."""
    return ParentGroup.objects.select_for_update().filter(pk=group.pk).first()


def _last_day(group: ParentGroup) -> date:
    return max(group.meetings.values_list("date", flat=True))


def _log(kind: EventKind, group: ParentGroup, by: User) -> None:
    first = group.meetings.order_by("number").values_list("date", flat=True).first()
    log_event(
        kind=kind,
        actor=by,
        municipality=group.municipality,
        school=group.school,
        about={"group": f"{group}, {group.get_language_display()}", "day": first},
    )
