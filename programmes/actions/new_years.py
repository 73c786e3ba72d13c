"""Turns the school year: classes move up, with plans and leaders, and move down again while nothing is reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError, Q

from accounts.models import User
from curriculum.models import Session
from programmes.actions.events import log_event
from programmes.actions.locks import outside_closed_periods, require_open_plan
from programmes.actions.plans import ReportedSessionError, lay_plan, plan_base_sessions
from programmes.enums import EventKind
from programmes.models import Membership, MovingUp, PlannedSession, School, SchoolClass
from programmes.models.schools import name_key
from programmes.models.terms import school_year_label


@dataclass(frozen=True, kw_only=True)
class ClassMove:
    """A class of the new year: from which old ones (several where they merge, none where it is new), and its plan."""

    name: str
    lowest_grade: int
    highest_grade: int
    enrolled: int | None
    olds: tuple[SchoolClass, ...] = ()
    choices: tuple[tuple[Session, date], ...] = ()


@dataclass(frozen=True)
class MovedUp:
    """What came of it: for each old class its new one, which were made, and how many sessions were planned."""

    mapping: dict[int, SchoolClass]
    created: list[SchoolClass]
    planned: int


@dataclass
class AlreadyMovedError(Exception):
    """The school's classes have moved up to that year before; nothing was changed."""

    moving: MovingUp = field(default_factory=MovingUp)


class ClassInUseError(Exception):
    """Something more than a plan hangs on the new classes, so they cannot be taken away."""


@transaction.atomic
def move_up_classes(
    *, school: School, start_year: int, moves: Sequence[ClassMove], leaders: Iterable[Membership], user: User
) -> MovedUp:
    """Make the classes of a new school year; the old ones stay as they are, with all that was reported.

    A class that is there already, as after an import, is kept and tied to its old ones. Leaders get the classes that
    theirs become. Who comes second is told (`AlreadyMovedError`), and nothing happens twice.
    """
    School.objects.select_for_update().get(pk=school.pk)
    before = MovingUp.objects.filter(school=school, start_year=start_year).select_related("moved_by").first()
    if before:
        raise AlreadyMovedError(before)
    existing = {row.name_key: row for row in school.classes.filter(start_year=start_year)}
    created = _create(school, start_year, [move for move in moves if name_key(move.name) not in existing])
    by_key = existing | {row.name_key: row for row in created}
    classes = [by_key[name_key(move.name)] for move in moves]
    mapping = {old.pk: new for move, new in zip(moves, classes, strict=True) for old in move.olds}
    _tie(mapping)
    _give_to_leaders(leaders, mapping)
    moving = MovingUp.objects.create(school=school, start_year=start_year, moved_by=user)
    moving.classes.set(created)
    for row in classes:
        row.school = school
    planned = plan_base_sessions(classes=classes)
    choices = [
        PlannedSession(school_class=new, session=session, due_date=due_date)
        for move, new in zip(moves, classes, strict=True)
        for session, due_date in move.choices
    ]
    planned += len(lay_plan(rows=outside_closed_periods(choices)).added)
    names = [row.name for row in created]
    _log(EventKind.CLASSES_MOVED_UP, school, user, classes=names, year=moving.start_year)
    return MovedUp(mapping=mapping, created=created, planned=planned)


def _create(school: School, start_year: int, moves: Sequence[ClassMove]) -> list[SchoolClass]:
    classes = [
        SchoolClass(
            school=school,
            start_year=start_year,
            name=move.name,
            lowest_grade=move.lowest_grade,
            highest_grade=move.highest_grade,
            enrolled=move.enrolled,
        )
        for move in moves
    ]
    for row in classes:
        row.set_keys()
    return SchoolClass.objects.bulk_create(classes)


def _tie(mapping: dict[int, SchoolClass]) -> None:
    through = SchoolClass.follows.through
    through.objects.bulk_create(
        [through(from_schoolclass_id=new.pk, to_schoolclass_id=old) for old, new in mapping.items()],
        ignore_conflicts=True,
    )


def _give_to_leaders(leaders: Iterable[Membership], mapping: dict[int, SchoolClass]) -> None:
    """Every leader keeps the old classes, whose reports they may correct, and gets the new ones."""
    through = Membership.classes.through
    led = through.objects.filter(membership__in=list(leaders), schoolclass__in=mapping)
    through.objects.bulk_create(
        [through(membership_id=row.membership_id, schoolclass_id=mapping[row.schoolclass_id].pk) for row in led],
        ignore_conflicts=True,
    )


@transaction.atomic
def undo_moving_up(*, moving: MovingUp, user: User) -> int:
    """Take away the classes that a moving up made, with their plans; returns how many.

    Refused once something is reported for the new year, or when more than a plan hangs on a class.
    """
    school = School.objects.select_for_update().get(pk=moving.school_id)
    classes = list(moving.classes.all())
    rows = PlannedSession.objects.filter(school_class__school=school, school_class__start_year=moving.start_year)
    if rows.filter(Q(deliveries__isnull=False) | Q(not_held__isnull=False)).exists():
        raise ReportedSessionError
    laid = rows.filter(school_class__in=classes).select_related("school_class", "session")
    require_open_plan((row.school_class, row.session, row.due_date) for row in laid)
    SchoolClass.follows.through.objects.filter(
        from_schoolclass__school=school, from_schoolclass__start_year=moving.start_year
    ).delete()
    laid.delete()
    names = [row.name for row in classes]
    moving.delete()
    try:
        with transaction.atomic():
            SchoolClass.objects.filter(pk__in=[row.pk for row in classes]).delete()
    except ProtectedError as error:
        raise ClassInUseError from error
    _log(EventKind.MOVING_UP_UNDONE, school, user, classes=names, year=moving.start_year)
    return len(names)


def _log(kind: EventKind, school: School, user: User, *, classes: list[str], year: int) -> None:
    log_event(
        kind=kind,
        actor=user,
        municipality=school.municipality,
        school=school,
        about={"classes": classes, "year": school_year_label(year)},
    )
