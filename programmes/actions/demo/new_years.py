"""How Ekbacka's classes came to be what they are this year, and two reports that were put right afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from programmes.actions.demo.accounts import COORDINATOR
from programmes.actions.demo.scene import Scene
from programmes.actions.demo.schools import ALMSKOLAN, DemoSchool
from programmes.models import Delivery, MovingUp, SchoolClass

# Class, session, column, and by how much the first report was off.
CORRECTED = (("3B", "T-B1", "present", -2), ("4A", "T-T03", "minutes", -10))


def move_classes_up(
    scene: Scene, told: Sequence[tuple[DemoSchool, SchoolClass]], *, coordinators: dict[int, User]
) -> None:
    """Tie each class to what it was last year; the coordinators moved them up on the tenth of August."""
    by_school: dict[int, list[SchoolClass]] = {}
    for _demo_school, row in told:
        by_school.setdefault(row.school_id, []).append(row)
    follows, moving = SchoolClass.follows.through, MovingUp.classes.through
    moves = {pk: MovingUp(school_id=pk, start_year=scene.now.start_year, moved_by=coordinators[pk]) for pk in by_school}
    MovingUp.objects.bulk_create(moves.values())
    moment = datetime(scene.now.start_year, 8, 10, 7, 30, tzinfo=UTC)
    MovingUp.objects.filter(pk__in=[move.pk for move in moves.values()]).update(moved_at=moment)
    now = [(pk, row) for pk, rows in by_school.items() for row in rows if scene.is_now(row)]
    moving.objects.bulk_create(moving(movingup_id=moves[pk].pk, schoolclass_id=row.pk) for pk, row in now)
    follows.objects.bulk_create(
        follows(from_schoolclass_id=new.pk, to_schoolclass_id=old.pk)
        for rows in by_school.values()
        for old in rows
        if not scene.is_now(old) and (new := _after(old, [row for row in rows if scene.is_now(row)]))
    )


def _after(old: SchoolClass, rows: list[SchoolClass]) -> SchoolClass | None:
    """What a class is this year: the one a grade up with the same letter, or the only one there is."""
    above = [row for row in rows if row.lowest_grade == old.lowest_grade + 1]
    return next((row for row in above if row.name_key[-1] == old.name_key[-1]), above[0] if above else None)


def correct_reports(scene: Scene) -> None:
    """The day after, the coordinator of Almskolan put two reports right: the first versions are still to be read."""
    if not scene.with_history:
        return
    for name, code, column, off in CORRECTED:
        delivery: Any = Delivery.objects.filter(
            planned_session__school_class__school__municipality=scene.municipality,
            planned_session__school_class__school__name=ALMSKOLAN.name,
            planned_session__school_class__start_year=scene.now.start_year,
            planned_session__school_class__name=name,
            planned_session__session__code=code,
        ).first()
        if delivery is None or getattr(delivery, column) is None:
            continue
        first = delivery.history.get()
        setattr(first, column, getattr(delivery, column) + off)
        first.save()
        delivery.version += 1
        delivery._history_user = scene.users[COORDINATOR.email]
        delivery._history_date = first.history_date + timedelta(days=1)
        delivery.save()
