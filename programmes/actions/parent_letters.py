"""Sends the letters to parents who have signed up: each once, tried again while the mail server is down."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from programmes.actions.addresses import address_of
from programmes.enums import ParentLetterKind, SignUpState
from programmes.models import ParentSignUp, SignUpLetter

logger = logging.getLogger(__name__)

WORDS = {
    ParentLetterKind.STATE: "programmes/parent_letters/state.txt",
    ParentLetterKind.MOVED_UP: "programmes/parent_letters/moved_up.txt",
    ParentLetterKind.CHANGED: "programmes/parent_letters/changed.txt",
    ParentLetterKind.REMINDER: "programmes/parent_letters/reminder.txt",
    ParentLetterKind.CANCELLED: "programmes/parent_letters/cancelled.txt",
    ParentLetterKind.GROUP_CANCELLED: "programmes/parent_letters/group_cancelled.txt",
}

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
REMIND_DAYS = 2
SUBJECTS = {
    ParentLetterKind.MOVED_UP: gettext_lazy("You have a seat now: %(group)s"),
    ParentLetterKind.CHANGED: gettext_lazy("New days or place: %(group)s"),
    ParentLetterKind.REMINDER: gettext_lazy("Soon we meet: %(group)s"),
    ParentLetterKind.CANCELLED: gettext_lazy("Your sign-up is cancelled: %(group)s"),
    ParentLetterKind.GROUP_CANCELLED: gettext_lazy("The group will not be held: %(group)s"),
}
SEAT, LINE = gettext_lazy("You have a seat: %(group)s"), gettext_lazy("You are on the waiting list: %(group)s")


@dataclass(frozen=True)
class Sent:
    """How many letters went, and how many the mail server did not take."""

    sent: int
    failed: int


def write_reminders(*, today: date, now: datetime) -> int:
    """Put a reminder in the box of each who has a seat in a group that begins within two days; once for each."""
    due = ParentSignUp.objects.filter(
        state=SignUpState.PLACED,
        created_at__lt=now - timedelta(days=1),
        group__is_cancelled=False,
        group__meetings__number=1,
        group__meetings__date__range=(today, today + timedelta(days=REMIND_DAYS)),
    ).exclude(email="")
    due = due.exclude(letters__kind=ParentLetterKind.REMINDER)
    letters = [
        SignUpLetter(sign_up=one, kind=ParentLetterKind.REMINDER, created_at=now, next_try_at=now) for one in due
    ]
    return len(SignUpLetter.objects.bulk_create(letters, ignore_conflicts=True))


def send_waiting(*, now: datetime) -> Sent:
    """Send what is due. A letter that fails stays and waits longer each time; the others go on.

    Each is claimed before it is sent, so that two workers never send the same one.
    """
    waiting = SignUpLetter.objects.waiting(at=now).order_by("created_at", "pk")
    waiting = waiting.select_related("sign_up__group__school", "sign_up__group__municipality__site")
    sent = failed = 0
    for letter in waiting.prefetch_related("sign_up__group__meetings"):
        if not _claim(letter, now=now):
            continue
        if _send(letter):
            SignUpLetter.objects.filter(pk=letter.pk).update(sent_at=now)
            sent += 1
        else:
            failed += 1
    return Sent(sent, failed)


def _claim(letter: SignUpLetter, *, now: datetime) -> bool:
    """Whether this letter is ours to try: whoever was first has put the next try off."""
    wait = min(FIRST_WAIT * 2**letter.tries, LONGEST_WAIT)
    mine = SignUpLetter.objects.filter(pk=letter.pk, sent_at=None, tries=letter.tries)
    return bool(mine.update(tries=letter.tries + 1, next_try_at=now + wait))


def _subject(letter: SignUpLetter) -> str:
    kind = ParentLetterKind(letter.kind)
    if kind == ParentLetterKind.STATE:
        return str(SEAT if letter.sign_up.state == SignUpState.PLACED else LINE)
    return str(SUBJECTS[kind])


def _send(letter: SignUpLetter) -> bool:
    sign_up = letter.sign_up
    group = sign_up.group
    words = {
        "sign_up": sign_up,
        "group": group,
        "title": f"{group}, {group.get_language_display()}",
        "meetings": sorted(group.meetings.all(), key=lambda meeting: meeting.number),
        "place": group.school or group.municipality,
        "link": address_of(group.municipality, reverse("programmes:own_sign_up", args=[sign_up.link_token])),
    }
    subject = _subject(letter) % {"group": words["title"]}
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string(WORDS[ParentLetterKind(letter.kind)], words),
        to=[sign_up.email],
    )
    try:
        return bool(message.send())
    except (SMTPException, OSError) as error:
        # The address stays out of the log: the class of the error says what the mail server had against it
        logger.error("A letter to a parent could not be sent (%s).", type(error).__name__)
        return False
