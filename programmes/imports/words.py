"""What a previewed row says to the person who looks at it: what would be saved, or else what the file says."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from programmes.actions.delivery_imports import DeliveryRow
from programmes.actions.imports import ClassRow
from programmes.actions.school_imports import SchoolRow
from programmes.enums import DatePrecision, ImportResult
from programmes.models import Delivery, SchoolClass
from programmes.models.terms import school_year_label

_NOT_TAKEN_IN = {ImportResult.ERROR, ImportResult.QUESTION}
_CLASS_FIELDS = ("school", "school_year", "class_name", "grade", "enrolled")
_SCHOOL_FIELDS = ("unit_code", "school", "grades", "closed_date")
_DELIVERY_FIELDS = ("school", "class_name", "session", "date", "present", "group_size")


PreviewedRow = ClassRow | DeliveryRow | SchoolRow


def headings_of(row_type: type[PreviewedRow]) -> list[str]:
    """The headings above the cells of previewed rows of a kind."""
    if row_type is ClassRow:
        return [_("School"), _("School year"), _("Class"), _("Grade"), _("Pupils")]
    if row_type is SchoolRow:
        return [_("School unit code"), _("School"), _("Grades"), _("Closed")]
    return [_("School"), _("Class"), _("Session"), _("Date"), _("Present"), _("Pupils")]


def cells_of(row: PreviewedRow) -> list[str]:
    """A previewed row below its headings; a number that is not known, and a head-count not made, is empty."""
    if isinstance(row, SchoolRow):
        return _as_written(row, _SCHOOL_FIELDS)
    return _class_cells(row) if isinstance(row, ClassRow) else _delivery_cells(row)


def _class_cells(row: ClassRow) -> list[str]:
    if row.result in _NOT_TAKEN_IN:
        return _as_written(row, _CLASS_FIELDS)
    school_class = row.as_class()
    enrolled = "" if school_class.enrolled is None else str(school_class.enrolled)
    return [
        str(row.school),
        school_year_label(school_class.start_year),
        school_class.name,
        school_class.grades,
        enrolled,
    ]


def _delivery_cells(row: DeliveryRow) -> list[str]:
    if row.result in _NOT_TAKEN_IN or row.school_class is None or row.session is None:
        return _as_written(row, _DELIVERY_FIELDS)
    day = row.values["date"].isoformat()
    if row.values["date_precision"] == DatePrecision.WEEK:
        day = _("week %(number)s") % {"number": row.values["date"].isocalendar().week}
    present = row.values.get("present")
    return [
        row.school_class.school.name,
        _class_in_words(row.school_class, row.group),
        f"{row.session.code} {row.session.label}",
        day,
        "" if present is None else str(present),
        str(row.values["group_size"]),
    ]


def _class_in_words(school_class: SchoolClass, group: int) -> str:
    if group == Delivery.WHOLE_CLASS:
        return school_class.name
    return f"{school_class.name} {_('group %(number)s') % {'number': group}}"


def _as_written(row: PreviewedRow, fields: Sequence[str]) -> list[str]:
    return [row.written.get(field, "") or (row.written.get("week", "") if field == "date" else "") for field in fields]
