"""The registers of Django's admin as files: real types, nothing that runs as a formula, and each column explained."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.exports import csv, xlsx
from programmes.exports.tables import Book, Column, Cover, Kind, Row, Stamp, Table, Text, new_export_id
from programmes.models import Municipality

# By field of the files that come in: what the cells are, how wide, and what they mean. Headings are the import's own.
WRITTEN_AS: dict[str, tuple[Kind, int, Text]] = {
    "unit_code": ("text", 14, gettext_lazy("Eight digits, from Skolverket's register of school units.")),
    "school": ("text", 28, gettext_lazy("The school's name. The code decides where both stand.")),
    "area": ("text", 18, gettext_lazy("One of the municipality's areas. May be empty.")),
    "slug": ("text", 22, gettext_lazy("The end of the school's address in Stins. Made of the name where it is empty.")),
    "grades": ("text", 12, gettext_lazy("The grades that the school has, such as F-5. May be empty.")),
    "status": ("text", 10, gettext_lazy("What Skolverket's register says, such as AKTIV.")),
    "closed_date": ("date", 12, gettext_lazy("The last day of a school that is no more. Empty for all others.")),
    "school_year": ("text", 10, gettext_lazy("Such as 2026/27. The current one where the column is missing.")),
    "class_name": ("text", 16, gettext_lazy("As the school calls it.")),
    "grade": ("text", 10, gettext_lazy("Such as 3 or 1–2. Read from the class's name where it is empty.")),
    "enrolled": ("integer", 12, gettext_lazy("A head-count, never names. Empty: not known.")),
    "name": ("text", 24, gettext_lazy("The name of the area, once in the municipality.")),
    "programme": ("text", 12, gettext_lazy("The programme's code: taget, mvp or abc.")),
    "lowest_grade": ("text", 10, gettext_lazy("The lowest grade that the programme is for: F or 1 to 9.")),
    "highest_grade": ("text", 10, gettext_lazy("The highest grade that the programme is for.")),
    "sessions_per_year": ("integer", 12, gettext_lazy("How many pupil sessions a class has in a school year.")),
    "staff_sessions_per_year": ("integer", 12, gettext_lazy("How many staff sessions a school has in a school year.")),
    "workplace_meetings_per_year": ("integer", 12, gettext_lazy("How many APT on equality a school has in a year.")),
    "start_year": ("text", 10, gettext_lazy("Such as 2026/27.")),
    "autumn_first_day": ("date", 14, gettext_lazy("Between 1 July and 30 June of the school year, in order.")),
    "autumn_last_day": ("date", 14, gettext_lazy("As above.")),
    "spring_first_day": ("date", 14, gettext_lazy("As above.")),
    "spring_last_day": ("date", 14, gettext_lazy("As above.")),
}
EXPLAINED = (
    Column("heading", pgettext_lazy("column", "Column"), "text", 30, ""),
    Column("definition", pgettext_lazy("column", "What it means"), "text", 60, ""),
)


def write_register(
    stream: BinaryIO,
    *,
    name: str,
    headings: Sequence[tuple[str, str]],
    rows: Iterable[Row],
    file_format: Literal["xlsx", "csv"],
    municipality: Municipality,
    now: datetime,
) -> Stamp:
    """Write a register to a binary stream and return the file's stamp.

    `headings` are the fields and what the import calls them, so that the file can be changed and taken in again. The
    first sheet of the workbook is about the file, and is left out when it comes in.
    """
    with translation.override(settings.LANGUAGE_CODE):
        title = _("%(register)s, %(place)s") % {"register": name, "place": municipality.name}
        stamp = Stamp(
            export_id=new_export_id(now=now),
            exported_at=now,
            version=settings.STINS_VERSION,
            period=title,
            selection=_("as it stands in Stins"),
            profile=_("nothing about persons"),
        )
        columns = [Column(field, heading, *WRITTEN_AS[field]) for field, heading in headings]
        table = Table(name=name[:31], title=title, columns=columns, rows=list(rows))
        if file_format == "csv":
            csv.write_table(table, stream)
        else:
            xlsx.write_book(Book(cover=_cover(title, table, stamp), tables=[table], stamp=stamp), stream)
    return stamp


def _cover(title: str, table: Table, stamp: Stamp) -> Cover:
    facts = (
        (pgettext("column", "Exported"), stamp.time),
        (pgettext("column", "Software"), f"Stins {stamp.version}"),
        (pgettext("column", "Export id"), stamp.export_id),
    )
    explained: list[Row] = [(str(column.heading), str(column.definition)) for column in table.columns]
    return Cover(
        name=pgettext("sheet", "About the file"),
        title=title,
        finding=_("Change what is wrong, add rows below, and import the file again. A row that is taken away stays."),
        facts=facts,
        tables=[Table(name="", title="", columns=EXPLAINED, rows=explained)],
    )
