"""Previews a school's own log: which deliveries it would make and correct, what it asks, and what cannot be read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE
from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.delivery_imports import DeliveryPreview, DeliveryRow
from programmes.actions.locks import locked_entries, locked_in_words
from programmes.enums import DatePrecision, ImportResult
from programmes.imports.cells import BadCell, CellValue, as_text
from programmes.imports.days import read_day, year_of_sheet
from programmes.imports.log_columns import LOG_COLUMNS
from programmes.imports.schools import Schools
from programmes.imports.session_names import SessionMatch, SessionNames
from programmes.imports.sheets import Reading, Row, loosely
from programmes.imports.values import (
    CellError,
    bad_cells,
    changes_in_words,
    is_sum,
    read_class_name,
    read_count,
    read_start_year,
    told_in_words,
)
from programmes.models import ClosedPeriod, Delivery, Municipality, Period, School, SchoolClass
from programmes.models.schools import name_key
from programmes.models.sessions import LARGEST_GROUP
from programmes.models.terms import school_year_label, start_year_of

LONGEST_NOTE = 300
LONGEST_SESSION = 600
_GROUP = re.compile(r"(?:grupp|gr)?\s*\.?\s*([1-9])")
_WHOLE_CLASS = {"", "0", "helaklassen", "hela", "helklass"}

Value = TypeVar("Value")
_Key = tuple[int, int, int]


def preview_deliveries(
    reading: Reading,
    *,
    municipality: Municipality,
    classes: Iterable[SchoolClass],
    start_year: int,
    today: date,
    school: School | None = None,
    answers: Mapping[str, str] | None = None,
) -> DeliveryPreview:
    """Tell what would become of every row of a log.

    `classes` are those that may be reported for; `school` holds where a row names none; `start_year` where neither the
    row nor its sheet (`HT 26`) says. `answers` tell which code a text means that is no session's name (empty: none).
    An empty head-count means not counted, and leaves what is known; an empty group size is taken from the class.
    Saves nothing and raises nothing: what cannot be read is a row with the result ERROR, what is only near a session's
    name a row with the result QUESTION, a correction in a closed period is an ERROR. Five queries at most.
    """
    known = _Known.of(classes, default=school)
    names = SessionNames.of(
        Session.objects.on_offer().filter(kind__in=[SessionKind.BASE, SessionKind.ADDITIONAL]).in_order(),
        answers=answers,
    )
    drafts = [_Draft.of(row, known, names, start_year=start_year, today=today) for row in reading.rows]
    existing = _existing(drafts)
    locked = locked_entries(list(existing.values()))
    seen: dict[tuple[int, int, int], _Draft] = {}
    return DeliveryPreview(
        municipality=municipality,
        rows=[draft.judged(existing, seen, locked) for draft in drafts],
        skipped_sheets=reading.skipped_sheets,
        unread_columns=reading.unread_columns,
    )


@dataclass
class _Known:
    """The classes that a log may speak of, by school, school year and name, and their schools."""

    schools: Schools
    classes: dict[tuple[int, int, str], SchoolClass]

    @classmethod
    def of(cls, classes: Iterable[SchoolClass], *, default: School | None) -> "_Known":
        rows = list(classes)
        schools = {row.school_id: row.school for row in rows} | ({default.pk: default} if default else {})
        if default is None and len(schools) == 1:
            default = next(iter(schools.values()))
        by_key = {(row.school_id, row.start_year, row.name_key): row for row in rows}
        return cls(Schools.among(schools.values(), default=default), by_key)


def _existing(drafts: Iterable["_Draft"]) -> dict[tuple[int, int, int], Delivery]:
    classes = {draft.school_class.pk for draft in drafts if draft.school_class}
    deliveries = Delivery.objects.filter(planned_session__school_class__in=classes).select_related("planned_session")
    return {
        (delivery.planned_session.school_class_id, delivery.planned_session.session_id, delivery.group): delivery
        for delivery in deliveries
    }


@dataclass
class _Draft:
    """A row while it is read: what could be, and what could not."""

    row: Row
    problems: list[str] = field(default_factory=list)
    school_class: SchoolClass | None = None
    match: SessionMatch = field(default_factory=SessionMatch)
    group: int | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Row, known: _Known, names: SessionNames, *, start_year: int, today: date) -> "_Draft":
        draft = cls(row)
        cells = row.cells
        if row.has_personal_identity_number:
            draft.problems.append(str(PERSONAL_IDENTITY_NUMBER_MESSAGE))
        elif is_sum(cells.get("class_name"), cells.get("session")):
            draft.problems.append(_("The row is a sum, no session."))
        else:
            draft.problems += bad_cells(cells, headings=LOG_COLUMNS.headings)
            given = year_of_sheet(row.sheet) or start_year
            year = draft.read(lambda: read_start_year(cells.get("school_year"), default=given))
            day = draft.read(lambda: read_day(_when(cells), start_year=start_year if year is None else year))
            draft.school_class = draft.read(
                lambda: _class(cells, known, start_year_of(day[0]) if day else (start_year if year is None else year))
            )
            draft.match = draft.read(lambda: _match(cells.get("session"), names)) or SessionMatch()
            draft.group = draft.read(lambda: _group(cells.get("group")))
            if day:
                draft.values |= {"date": day[0], "date_precision": day[1]}
                draft.read(lambda: _check_day(day, draft.school_class, today))
            draft.read_counts(cells)
        return draft

    def read(self, reader: Callable[[], Value]) -> Value | None:
        try:
            return reader()
        except CellError as error:
            if str(error) and str(error) not in self.problems:
                self.problems.append(str(error))
            return None

    def read_counts(self, cells: Mapping[str, CellValue]) -> None:
        size = self.read(lambda: _count(cells.get("group_size"), LARGEST_GROUP, _("Pupils in the group"), least=1))
        present = self.read(lambda: _count(cells.get("present"), LARGEST_GROUP, _("Pupils present")))
        minutes = self.read(lambda: _count(cells.get("minutes"), LONGEST_SESSION, _("Minutes"), least=1))
        note = self.read(lambda: _note(cells.get("note")))
        told = {"group_size": size, "present": present, "minutes": minutes, "note": note}
        self.values |= {column: value for column, value in told.items() if value not in (None, "")}

    def judged(
        self, existing: Mapping[_Key, Delivery], seen: dict[_Key, "_Draft"], locked: Mapping[int, ClosedPeriod]
    ) -> DeliveryRow:
        session, delivery, twin = self.match.session, None, None
        if self.school_class and session and self.group is not None:
            key = self.school_class.pk, session.pk, self.group
            delivery, twin = existing.get(key), seen.get(key)
            self._complete(delivery)
            if twin is None:
                seen[key] = self
            elif self._facts != twin._facts:
                self.problems.append(_("Row %(number)s says something else of the same session.") % twin.place)
        result = self._result(delivery, twin)
        if not self.problems and twin is not None:
            self.problems.append(_("The same as row %(number)s.") % twin.place)
        if result == ImportResult.CHANGED and delivery and (closed := locked.get(delivery.pk)):
            result = ImportResult.ERROR
            self.problems.append(locked_in_words(closed))
        if result == ImportResult.CHANGED and delivery:
            self.problems.append(changes_in_words(delivery, self.values))
        if result == ImportResult.NEW and (told := told_in_words(Delivery, self.values, columns=("minutes", "note"))):
            self.problems.append(told)
        if result == ImportResult.QUESTION:
            self.problems.append(_question(self.match.choices))
        return DeliveryRow(
            sheet=self.row.sheet,
            number=self.row.number,
            written={} if self.row.has_personal_identity_number else self._written,
            result=result,
            problems=tuple(self.problems),
            school_class=self.school_class,
            session=session,
            group=self.group or Delivery.WHOLE_CLASS,
            values=self.values,
            seen=delivery.version if delivery else None,
            asked=loosely(as_text(self.row.cells.get("session"))) if result == ImportResult.QUESTION else "",
            choices=self.match.choices,
        )

    @property
    def _written(self) -> dict[str, str]:
        """What the row says, with the school year that its sheet is named after: by itself it might be another."""
        told = {name: as_text(value) for name, value in self.row.cells.items()}
        if (named := year_of_sheet(self.row.sheet)) and not told.get("school_year"):
            told["school_year"] = school_year_label(named)
        return told

    @property
    def _facts(self) -> dict[str, Any]:
        """What two rows about one session must agree on; the comment of the first is the one that is kept."""
        return {column: value for column, value in self.values.items() if column != "note"}

    @property
    def place(self) -> dict[str, str]:
        return {"number": f"{self.row.sheet} {self.row.number}".strip()}

    def _complete(self, delivery: Delivery | None) -> None:
        """What the row leaves open: the size of the group is the class's, or what has been reported."""
        if delivery is not None:
            size = self.values.setdefault("group_size", delivery.group_size)
            present = self.values.get("present", delivery.present)
        else:
            size = self.values.get("group_size", self.school_class.enrolled if self.school_class else None)
            present = self.values.get("present")
            if size is not None:
                self.values["group_size"] = size
            elif not self.problems:
                self.problems.append(_("The number of pupils in the group is missing."))
        if size is not None and present is not None and present > size:
            self.problems.append(_("More pupils are present than there are in the group."))

    def _result(self, delivery: Delivery | None, twin: "_Draft | None") -> ImportResult:
        if self.problems:
            return ImportResult.ERROR
        if self.match.session is None:
            return ImportResult.QUESTION
        if twin is not None:
            return ImportResult.UNCHANGED
        if delivery is None:
            return ImportResult.NEW
        differing = [column for column, value in self.values.items() if getattr(delivery, column) != value]
        return ImportResult.CHANGED if differing else ImportResult.UNCHANGED


def _question(choices: Sequence[Session]) -> str:
    titles = [session.title for session in choices]
    last = titles.pop()
    listed = _("%(first)s or %(last)s") % {"first": ", ".join(titles), "last": last} if titles else last
    return _("Is it %(titles)s?") % {"titles": listed}


def _when(cells: Mapping[str, CellValue]) -> CellValue:
    """The day, or else the week: `38` in a column of its own is `v. 38`."""
    week = cells.get("week")
    if cells.get("date") is None and isinstance(week, int | str):
        text = str(week).strip()
        return f"v. {text}" if text.isdecimal() else text
    return cells.get("date")


def _class(cells: Mapping[str, CellValue], known: _Known, start_year: int) -> SchoolClass:
    name = read_class_name(cells.get("class_name"))
    school = known.schools.find(cells)
    found = known.classes.get((school.pk, start_year, name_key(name)))
    if found is None:
        raise CellError(
            _("%(school)s has no such class in the school year %(year)s.")
            % {"school": school.name, "year": Period.school_year(start_year).label}
        )
    return found


def _match(value: CellValue, names: SessionNames) -> SessionMatch:
    if isinstance(value, BadCell):
        raise CellError
    text = as_text(value)
    if not loosely(text):
        raise CellError(_("The session is missing."))
    match = names.find(text)
    if match.session is None and not match.choices:
        raise CellError(_("There is no session of that name."))
    return match


def _group(value: CellValue) -> int:
    if isinstance(value, BadCell):
        raise CellError
    text = as_text(value).casefold().strip()
    if loosely(text) in _WHOLE_CLASS:
        return Delivery.WHOLE_CLASS
    match = _GROUP.fullmatch(text)
    if match is None:
        raise CellError(_("The group cannot be read. Write it as 1 or grupp 1."))
    return int(match[1])


def _check_day(day: tuple[date, DatePrecision], school_class: SchoolClass | None, today: date) -> None:
    first_of_week = date.fromisocalendar(*day[0].isocalendar()[:2], 1)
    if (first_of_week if day[1] == DatePrecision.WEEK else day[0]) > today:
        raise CellError(_("The date lies ahead: only what has been held can be imported."))
    if school_class and school_class.start_date and day[0] < school_class.start_date:
        raise CellError(
            _("Class %(name)s did not exist before %(date)s.")
            % {"name": school_class.name, "date": date_format(school_class.start_date)}
        )


def _count(value: CellValue, most: int, name: str, *, least: int = 0) -> int | None:
    try:
        count = read_count(value)
    except CellError:
        raise CellError(_("%(column)s: write a whole number.") % {"column": name}) from None
    if count is not None and not least <= count <= most:
        raise CellError(
            _("%(column)s: the number is not between %(least)s and %(most)s.")
            % {"column": name, "least": least, "most": most}
        )
    return count


def _note(value: CellValue) -> str:
    text = as_text(value)
    if len(text) > LONGEST_NOTE:
        raise CellError(_("The comment is longer than %(number)s characters.") % {"number": LONGEST_NOTE})
    try:
        Delivery._meta.get_field("note").run_validators(text)
    except ValidationError as error:
        raise CellError(error.messages[0]) from None
    return text
