"""The municipality's action plan as a file: one row for each measure, with where it stands today."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.enums import MeasureFigure
from programmes.exports import csv, xlsx
from programmes.exports.tables import Book, Column, Cover, Row, Stamp, Table, new_export_id
from programmes.models import Measure, Municipality

COLUMNS = (
    Column("problem", pgettext_lazy("column", "Problem"), "text", 40, gettext_lazy("What the measure is about.")),
    Column("area", pgettext_lazy("column", "Area"), "text", 18, gettext_lazy("Empty: the whole municipality.")),
    Column("goal", pgettext_lazy("column", "Goal"), "text", 40, gettext_lazy("What should have become better.")),
    Column("measure", pgettext_lazy("column", "Measure"), "text", 40, gettext_lazy("What is done.")),
    Column("responsible", pgettext_lazy("column", "Responsible"), "text", 24, gettext_lazy("A function, no person.")),
    Column("begins", pgettext_lazy("column", "Begins"), "date", 12, gettext_lazy("The first day.")),
    Column("ready", pgettext_lazy("column", "Ready"), "date", 12, gettext_lazy("The last day.")),
    Column("indicator", pgettext_lazy("column", "Indicator"), "text", 34, gettext_lazy("How it is seen to work.")),
    Column(
        "figure",
        pgettext_lazy("column", "Followed by"),
        "text",
        34,
        gettext_lazy("The figure in Stins that is chosen to follow up the measure, in its area. Empty: none."),
    ),
    Column("state", pgettext_lazy("column", "Status"), "text", 16, gettext_lazy("On the day of the file.")),
    Column("follow_up", pgettext_lazy("column", "Follow-up"), "text", 50, gettext_lazy("Empty: not followed up.")),
)
COUNT_COLUMNS = (
    Column("state", pgettext_lazy("column", "Status"), "text", 20, ""),
    Column("count", pgettext_lazy("column", "Number of measures"), "integer", 12, ""),
)


def write_action_plan(
    measures: Sequence[Measure],
    stream: BinaryIO,
    *,
    file_format: Literal["xlsx", "csv"],
    municipality: Municipality,
    today: date,
    now: datetime,
) -> Stamp:
    """Write the measures to a binary stream, in the order they come, and return the file's stamp."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Action plan, %(place)s") % {"place": municipality.name}
        stamp = Stamp(
            export_id=new_export_id(now=now),
            exported_at=now,
            version=settings.STINS_VERSION,
            period=title,
            selection=_("all measures"),
            profile=_("functions and measures, nothing about persons"),
        )
        table = Table(name=_("Measures"), title=title, columns=COLUMNS, rows=_rows(measures, today))
        if file_format == "csv":
            csv.write_table(table, stream)
        else:
            xlsx.write_book(Book(cover=_cover(measures, stamp, today), tables=[table], stamp=stamp), stream)
    return stamp


def _rows(measures: Sequence[Measure], today: date) -> Iterator[Row]:
    for row in measures:
        yield (
            row.problem,
            row.area.name if row.area else None,
            row.goal,
            row.measure,
            row.responsible,
            row.start_date,
            row.end_date,
            row.indicator,
            str(MeasureFigure(row.figure).label) if row.figure else None,
            str(row.state_on(today).label),
            row.follow_up or None,
        )


def _cover(measures: Sequence[Measure], stamp: Stamp, today: date) -> Cover:
    states = Counter(str(row.state_on(today).label) for row in measures)
    return Cover(
        name=pgettext("sheet", "Overview"),
        title=stamp.period,
        finding=_("%(number)s measures.") % {"number": len(measures)},
        facts=(
            (pgettext("column", "Profile"), stamp.profile),
            (pgettext("column", "Exported"), stamp.time),
            (pgettext("column", "Software"), f"Stins {stamp.version}"),
            (pgettext("column", "Export id"), stamp.export_id),
        ),
        tables=[Table(name="", title="", columns=COUNT_COLUMNS, rows=sorted(states.items()))],
    )
