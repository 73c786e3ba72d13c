"""What the background worker does: sends the letters that wait, makes the files that take long, closes periods."""

import logging
from collections.abc import Callable
from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from tempfile import TemporaryFile
from time import monotonic

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from django_tasks import task

from programmes import rules
from programmes.actions.closings import (
    AlreadyClosedError,
    begin_closing,
    close_period,
    give_up_closing,
    leave_line,
    put_back_lost_closings,
)
from programmes.actions.letters import begin_sending, is_too_late, put_back, settle, take_letters, try_later
from programmes.actions.parent_letters import send_waiting
from programmes.actions.prepared_files import (
    NoLongerWantedError,
    begin_making,
    give_up_file,
    keep_file,
    put_back_lost_files,
    tell_progress,
)
from programmes.enums import LetterState
from programmes.exports.closing import closing_of
from programmes.exports.coverage import write_coverage
from programmes.exports.digests import digest_letter
from programmes.exports.prepared_files import failed_letter, ready_letter
from programmes.exports.reminders import reminder_letter
from programmes.exports.selections import Selection, reported_schools
from programmes.forms.reports import CoverageForm
from programmes.models import DigestRefusal, Period, PlannedSession, PreparedFile
from programmes.reports.digests import digests_for
from programmes.reports.missing import missing_in

logger = logging.getLogger(__name__)

PERMANENT = range(500, 600)


@task()
def send_letters() -> None:
    """Send what waits. Run again after a stop, it goes on where it was; two at once share the letters."""
    put_back(now=timezone.now())
    while letters := take_letters(now=timezone.now()):
        if not _send(letters, today=timezone.localdate()):
            return


@task()
def send_parent_letters() -> None:
    """Send what waits for parents who have signed up; what the mail server does not take waits for the timer."""
    send_waiting(now=timezone.now())


@task()
def close_asked_period(pk: int) -> None:
    """Close a period that somebody has asked for, if they still may: all its reports and files are made and kept."""
    line = begin_closing(pk=pk, now=timezone.now())
    if line is None:
        return
    today = timezone.localdate()
    try:
        if rules.can_close_periods(line.asked_by, line.municipality, line.programme, on=today):
            closing = closing_of(
                municipality=line.municipality,
                programme=line.programme,
                period=Period.parse(line.period),
                by=line.asked_by,
                today=today,
                now=timezone.now(),
            )
            with suppress(AlreadyClosedError):
                close_period(closing=closing)
    except Exception:
        give_up_closing(line=line)
        raise
    leave_line(line=line)


SECONDS_BETWEEN_WORDS = 1.0


@task()
def make_prepared_file(pk: int) -> None:
    """Make a file that somebody asked for, with the rights that they have now, and tell them when it is ready."""
    file = begin_making(pk=pk, now=timezone.now())
    if file is None:
        return
    try:
        is_made = _make(file)
    except NoLongerWantedError:
        return
    except Exception:
        if give_up_file(file=file):
            _tell(failed_letter(file), to=file.owner.email)
        raise
    if is_made:
        _tell(ready_letter(file), to=file.owner.email)


def take_up_lost_work() -> None:
    """Have the worker do again what it was doing when it ended, and tell whoever waits for what cannot be made."""
    for line in put_back_lost_closings(now=timezone.now()):
        close_asked_period.enqueue(line.pk)
    waiting, given_up = put_back_lost_files(now=timezone.now())
    for file in waiting:
        make_prepared_file.enqueue(file.pk)
    for file in given_up:
        logger.error("A file was given up: its worker has ended each time. %s", file.reference)
        _tell(failed_letter(file), to=file.owner.email)


def _make(file: PreparedFile) -> bool:
    """Write a file and keep it; False when the person may no longer see what was asked for."""
    selection = _selection_of(file, today=timezone.localdate())
    if selection is None:
        give_up_file(file=file)
        return False
    with TemporaryFile() as stream:
        stamp = write_coverage(
            selection,
            stream,
            file_format=file.file_format,
            today=timezone.localdate(),
            now=timezone.now(),
            progress=_progress_of(file),
        )
        keep_file(
            file=file,
            stream=stream,
            schools=selection.covered,
            export_id=stamp.export_id,
            selection=f"{stamp.selection}, {stamp.period}",
            profile=stamp.profile,
            now=timezone.now(),
        )
    return True


def _selection_of(file: PreparedFile, *, today) -> Selection | None:
    """What was asked for, asked again by the same person today."""
    if not file.owner.is_active or not rules.can_export_coverage(file.owner, file.municipality, on=today):
        return None
    schools = reported_schools(file.owner, file.municipality, today=today)
    form = CoverageForm(file.asked, schools=schools, today=today)
    if not form.is_valid():
        return None
    return Selection.made_for(
        file.owner, municipality=file.municipality, schools=schools, asked=form.cleaned_data, today=today
    )


def _progress_of(file: PreparedFile) -> Callable[[int, int], None]:
    last = monotonic() - SECONDS_BETWEEN_WORDS

    def progress(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= SECONDS_BETWEEN_WORDS or done == total:
            last = monotonic()
            tell_progress(file=file, rows_done=done, rows_total=total, now=timezone.now())

    return progress


def _tell(text, *, to):
    """A letter beside what was done: it is a help, and what was done stands without it."""
    try:
        EmailMessage(subject=text.subject, body=text.body, to=[to], headers=text.headers).send()
    except (SMTPException, OSError) as error:
        logger.error("A letter about a file was not sent: %s", type(error).__name__)


def _send(letters, *, today):
    """Send what some letters say; False when the mail server cannot be reached, and the others have to wait too."""
    texts = texts_of(letters, today=today)
    silent = [letter for letter in letters if letter.pk not in texts]
    late = [letter for letter in silent if is_too_late(letter, today=today)]
    settle(letters=[letter for letter in silent if letter not in late], state=LetterState.NOTHING, now=timezone.now())
    settle(letters=late, state=LetterState.FAILED, now=timezone.now())
    waiting = [letter for letter in letters if letter.pk in texts]
    while waiting:
        connection = get_connection()
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            logger.error("The mail server could not be reached: %s", type(error).__name__)
            try_later(letters=waiting, now=timezone.now())
            return False
        try:
            while waiting and _hand_over(waiting.pop(0), texts, connection):
                pass
        finally:
            _close(connection)
    return True


def _hand_over(letter, texts, connection):
    """Hand one letter over; False when the line broke and a new one is needed. Only the kind of error is logged."""
    text = texts[letter.pk]
    message = EmailMessage(
        subject=text.subject, body=text.body, to=[letter.user.email], headers=text.headers, connection=connection
    )
    if not begin_sending(letter=letter):
        return True
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        _refused(letter, code=min(code for code, _words in error.recipients.values()))
    except SMTPServerDisconnected as error:
        return _broken(letter, error)
    except SMTPResponseException as error:
        _refused(letter, code=error.smtp_code)
    except (SMTPException, OSError) as error:
        return _broken(letter, error)
    else:
        settle(letters=[letter], state=LetterState.SENT, now=timezone.now())
    return True


def _refused(letter, *, code):
    """The mail server said no: for good, or for now."""
    logger.error("A letter was refused by the mail server: %s", code)
    if code in PERMANENT:
        settle(letters=[letter], state=LetterState.FAILED, now=timezone.now())
    else:
        try_later(letters=[letter], now=timezone.now())


def _broken(letter, error):
    """The line broke while the letter was handed over: it may have gone, so it is not sent again."""
    logger.error("The line to the mail server broke: %s", type(error).__name__)
    settle(letters=[letter], state=LetterState.UNSURE, now=timezone.now())
    return False


def _close(connection):
    try:
        connection.close()
    except (SMTPException, OSError) as error:
        logger.warning("The line to the mail server could not be closed: %s", type(error).__name__)


def texts_of(letters, *, today):
    """What each letter says, by its number; one that has nothing to say is not there."""
    return _digests(letters, today=today) | _reminders(letters, today=today)


def _digests(letters, *, today):
    """Those of this week, to who has not turned them off meanwhile."""
    own = [letter for letter in letters if letter.week is not None and not is_too_late(letter, today=today)]
    users = {letter.user_id for letter in own}
    refused = set(DigestRefusal.objects.filter(user__in=users).values_list("user", flat=True))
    own = [letter for letter in own if letter.user_id not in refused]
    digests = digests_for([(letter.user_id, letter.municipality_id) for letter in own], today=today)
    said = ((letter, digests[letter.user_id, letter.municipality_id]) for letter in own)
    return {
        letter.pk: digest_letter(digest, user=letter.user, municipality=letter.municipality)
        for letter, digest in said
        if digest.parts
    }


def _reminders(letters, *, today):
    """Those whose sessions still have not been reported, to who still can report them."""
    own = [letter for letter in letters if letter.reminder]
    missing = _still_missing({letter.reminder for letter in own}, today=today)
    return {
        letter.pk: reminder_letter(
            letter.reminder, missing[letter.reminder], user=letter.user, municipality=letter.municipality
        )
        for letter in own
        if letter.reminder in missing and letter.user in missing[letter.reminder].people
    }


def _still_missing(reminders, *, today):
    """What each reminder is about, as it stands now; those that were sent together are read together."""
    together = {}
    for reminder in reminders:
        key = (reminder.programme, reminder.period, reminder.school_class_id is not None)
        together.setdefault(key, []).append(reminder)
    found = {}
    for (programme, period, by_class), own in together.items():
        sessions = PlannedSession.objects.filter(school_class__school__in={row.school_id for row in own})
        rows = missing_in(sessions, programme=programme, period=Period.parse(period), by_class=by_class, today=today)
        by_place = {(row.school.pk, row.school_class and row.school_class.pk): row for row in rows}
        for reminder in own:
            if row := by_place.get((reminder.school_id, reminder.school_class_id)):
                found[reminder] = row
    return found
