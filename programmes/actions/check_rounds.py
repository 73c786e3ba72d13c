"""Opens, closes and reopens a school's check rounds, and keeps its adults; each is written in the event log."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from programmes.actions.events import log_event
from programmes.enums import EventKind
from programmes.models import CheckRound, ClassCheck, ListedPupil, Period, School, SchoolAdult, SchoolClass, SecureBase


class RoundRefusedError(Exception):
    """The round cannot be opened, closed or reopened as things stand now."""


@transaction.atomic
def open_check_round(*, school: School, due_date: date | None, user: User, today: date) -> CheckRound:
    """Open the current term's round; refused while another is open, and the second time in a term.

    What was not confirmed in the last closed round counts for nobody any longer, and is removed here.
    """
    latest = CheckRound.objects.select_for_update().filter(school=school).order_by("-first_day").first()
    period = Period.term_of(today)
    if latest and (latest.is_open or latest.first_day >= period.first_day):
        raise RoundRefusedError
    try:
        with transaction.atomic():
            opened = CheckRound.objects.create(
                school=school, term=period.code, due_date=due_date, opened_date=today, opened_by=user
            )
    except IntegrityError as error:
        raise RoundRefusedError from error
    _forget_what_is_older_than(latest, school)
    log_event(
        kind=EventKind.SECURE_BASE_OPENED, actor=user, municipality=None, school=school, about={"term": opened.label}
    )
    return opened


def _forget_what_is_older_than(latest: CheckRound | None, school: School) -> None:
    if latest is None:
        return
    SecureBase.objects.filter(round__school=school, round__first_day__lt=latest.first_day).delete()
    ListedPupil.objects.filter(asked_round__school=school, asked_round__first_day__lt=latest.first_day).update(
        asked_round=None, names_nobody=False
    )


@transaction.atomic
def close_check_round(
    *,
    check_round: CheckRound,
    figures: Mapping[SchoolClass, Mapping[str, int]],
    load: Sequence[int] = (),
    user: User,
    today: date,
) -> None:
    """Close a round and keep each class's figures of this day; allowed while pupils have nobody.

    `load` is how many pupils turn to each adult, who is named nowhere.
    """
    locked = CheckRound.objects.select_for_update().get(pk=check_round.pk)
    if not locked.is_open:
        raise RoundRefusedError
    ClassCheck.objects.bulk_create(
        ClassCheck(round=locked, school_class=school_class, **values) for school_class, values in figures.items()
    )
    locked.closed_date, locked.closed_by = today, user
    locked.load_adults, locked.load_pairs = len(load), sum(load)
    locked.save()
    log_event(
        kind=EventKind.SECURE_BASE_CLOSED,
        actor=user,
        municipality=None,
        school=locked.school,
        about={"term": locked.label},
    )


@transaction.atomic
def reopen_check_round(*, check_round: CheckRound, user: User, today: date) -> None:
    """Open the latest round again, as if it had not been closed; refused when a later one has begun.

    Refused when its term is over, too: its figures have been told then, and another sum would tell by the difference.
    """
    locked = CheckRound.objects.select_for_update().get(pk=check_round.pk)
    later = CheckRound.objects.filter(school=locked.school_id, first_day__gt=locked.first_day)
    if locked.is_open or locked.period.last_day < today or later.exists():
        raise RoundRefusedError
    locked.class_checks.all().delete()
    locked.closed_date = locked.closed_by = locked.load_adults = locked.load_pairs = None
    locked.save()
    log_event(
        kind=EventKind.SECURE_BASE_OPENED,
        actor=user,
        municipality=None,
        school=locked.school,
        about={"term": locked.label},
    )


@transaction.atomic
def add_adult(*, school: School, role: str, name: str, today: date) -> SchoolAdult | None:
    """Add an adult of a school from today; None when the same role and name is there already."""
    try:
        with transaction.atomic():
            return SchoolAdult.objects.create(school=school, role=role, name=name, start_date=today)
    except IntegrityError:
        return None


@transaction.atomic
def change_adult(*, adult: SchoolAdult, role: str, name: str, end_date: date | None) -> bool:
    """Change an adult, or say which day was the last; False when another is called the same.

    The links stay, and count for nobody after the last day: a mistake is mended by taking the day away again.
    """
    adult.role, adult.name, adult.end_date = role, name, end_date
    try:
        with transaction.atomic():
            adult.save(update_fields=["role", "name", "end_date"])
    except IntegrityError:
        return False
    return True
