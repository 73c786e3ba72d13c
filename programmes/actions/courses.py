"""Writes down the centre's courses: that they were held, and how many came from each unit."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from programmes.actions.registers import log_register, save_register_row
from programmes.enums import EventKind
from programmes.models import Course, CourseAttendance, CourseOccasion, OtherUnit, School

Counts = Mapping[School | OtherUnit, tuple[int, int | None]]


class OccasionChangedError(Exception):
    """Somebody else has changed or removed this occasion meanwhile; nothing was saved now."""


@transaction.atomic
def save_occasion(
    *,
    course: Course,
    day: date,
    counts: Counts,
    user: User,
    occasion: CourseOccasion | None = None,
    seen: datetime | None = None,
) -> CourseOccasion:
    """Write down an occasion with (participants, staff in all) for each unit; `seen` is when it was last written."""
    if occasion:
        current = CourseOccasion.objects.select_for_update().filter(pk=occasion.pk).first()
        if current is None or current.reported_at != seen:
            raise OccasionChangedError
    saved = occasion or CourseOccasion(course=course)
    saved.date, saved.reported_by = day, user
    save_register_row(row=saved, by=user, municipality=course.municipality)
    saved.attendances.all().delete()
    CourseAttendance.objects.bulk_create(
        CourseAttendance(
            occasion=saved,
            school=unit if isinstance(unit, School) else None,
            unit=unit if isinstance(unit, OtherUnit) else None,
            participants=participants,
            staff=staff,
        )
        for unit, (participants, staff) in counts.items()
    )
    return saved


@transaction.atomic
def remove_occasion(*, occasion: CourseOccasion, by: User) -> None:
    """Take an occasion away that was written down by mistake."""
    log_register(kind=EventKind.REGISTER_REMOVED, row=occasion, by=by, municipality=occasion.course.municipality)
    occasion.delete()
