"""The event log as a file: what happened, when, who did it and to whom, with the facts as they were written down."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.exports import csv, xlsx
from programmes.exports.event_words import actor_name, event_kind_label, event_sentence, person_name
from programmes.exports.tables import Book, Column, Cover, Row, Stamp, Table, new_export_id
from programmes.models import Event, Municipality

BATCH = 2000
COLUMNS = (
    Column("at", pgettext_lazy("column", "Time"), "text", 20, gettext_lazy("When it happened, in Swedish time.")),
    Column("kind", pgettext_lazy("column", "Event"), "text", 24, gettext_lazy("The kind of event.")),
    Column("actor", pgettext_lazy("column", "Done by"), "text", 30, gettext_lazy("Who did it.")),
    Column("sentence", pgettext_lazy("column", "What happened"), "text", 60, gettext_lazy("The event in words.")),
    Column("person", pgettext_lazy("column", "Concerning"), "text", 30, gettext_lazy("Whom it was done to.")),
    Column("school", pgettext_lazy("column", "School"), "text", 24, gettext_lazy("At which school.")),
    Column("facts", pgettext_lazy("column", "Facts"), "text", 60, gettext_lazy("The facts as stored, as JSON.")),
)
COUNT_COLUMNS = (
    Column("kind", pgettext_lazy("column", "Event"), "text", 30, ""),
    Column("count", pgettext_lazy("column", "Number"), "integer", 12, ""),
)


def write_event_log(
    events: QuerySet[Event],
    stream: BinaryIO,
    *,
    file_format: Literal["xlsx", "csv"],
    municipality: Municipality,
    selection: str,
    now: datetime,
) -> Stamp:
    """Write the events to a binary stream, in the order they come, and return the file's stamp."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Event log, %(place)s") % {"place": municipality.name}
        stamp = Stamp(
            export_id=new_export_id(now=now),
            exported_at=now,
            version=settings.STINS_VERSION,
            period=title,
            selection=selection,
            profile=_("names of staff, nothing about pupils"),
        )
        table = Table(name=_("Events"), title=title, columns=COLUMNS, rows=_rows(events))
        if file_format == "csv":
            csv.write_table(table, stream)
        else:
            xlsx.write_book(Book(cover=_cover(events, stamp), tables=[table], stamp=stamp), stream)
    return stamp


def _rows(events: QuerySet[Event]) -> Iterator[Row]:
    for event in events.select_related("actor", "person", "school").iterator(chunk_size=BATCH):
        yield (
            f"{localtime(event.at):%Y-%m-%d %H:%M:%S}",
            event_kind_label(event),
            actor_name(event),
            event_sentence(event),
            person_name(event.person) if event.person_id else None,
            event.school.name if event.school else None,
            json.dumps(event.about, ensure_ascii=False, sort_keys=True) if event.about else None,
        )


def _cover(events: QuerySet[Event], stamp: Stamp) -> Cover:
    counts: Counter[str] = Counter()
    for kind in events.order_by().values_list("kind", flat=True).iterator():
        counts[event_kind_label(Event(kind=kind))] += 1
    rows = [(label, number) for label, number in sorted(counts.items())]
    facts = (
        (pgettext("column", "Selection"), stamp.selection),
        (pgettext("column", "Profile"), stamp.profile),
        (pgettext("column", "Exported"), stamp.time),
        (pgettext("column", "Software"), f"Stins {stamp.version}"),
        (pgettext("column", "Export id"), stamp.export_id),
    )
    return Cover(
        name=pgettext("sheet", "Overview"),
        title=stamp.period,
        finding=_("%(number)s events.") % {"number": sum(counts.values())},
        facts=facts,
        tables=[Table(name="", title="", columns=COUNT_COLUMNS, rows=rows)],
    )
