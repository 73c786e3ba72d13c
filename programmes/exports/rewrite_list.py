"""The list of what to rewrite as a file: one row for each session and version of its plan."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.exports import csv, xlsx
from programmes.exports.session_columns import CODE, PROGRAMME, SESSION
from programmes.exports.tables import Book, Column, Cover, Row, Stamp, Table, new_export_id
from programmes.models import Municipality
from programmes.reports.rewrite_list import SessionUse

COLUMNS = (
    PROGRAMME,
    CODE,
    SESSION,
    Column(
        "version",
        pgettext_lazy("column", "Plan version of"),
        "date",
        14,
        gettext_lazy("The day the version was saved. Empty: not known."),
    ),
    Column(
        "held",
        pgettext_lazy("column", "Times held"),
        "integer",
        10,
        gettext_lazy("Deliveries with this version, each group of a split class by itself."),
    ),
    Column(
        "adapted",
        pgettext_lazy("column", "Times adapted"),
        "integer",
        10,
        gettext_lazy("Of those, the ones that were adapted."),
    ),
    Column(
        "answered",
        pgettext_lazy("column", "Adaptation answered"),
        "integer",
        12,
        gettext_lazy("Of those, the ones where the question was answered."),
    ),
    Column(
        "engagement",
        pgettext_lazy("column", "Mean engagement"),
        "decimal",
        12,
        gettext_lazy("The mean of what the leaders saw, 1 to 4. Empty: nobody answered."),
    ),
    Column(
        "not_held",
        pgettext_lazy("column", "Times not held"),
        "integer",
        10,
        gettext_lazy("Planned sessions that were not held, nor later, of the session in whichever version."),
    ),
    Column(
        "what",
        pgettext_lazy("column", "What was adapted"),
        "text",
        40,
        gettext_lazy("Of the session in whichever version, the most common first."),
    ),
    Column(
        "why",
        pgettext_lazy("column", "Why adapted"),
        "text",
        40,
        gettext_lazy("Of the session in whichever version, the most common first."),
    ),
    Column(
        "reasons",
        pgettext_lazy("column", "Why not held"),
        "text",
        40,
        gettext_lazy("Of the session in whichever version, the most common first."),
    ),
)


COUNT_COLUMNS = (PROGRAMME, Column("count", pgettext_lazy("column", "Number of sessions"), "integer", 12, ""))


def write_rewrite_list(
    uses: Sequence[SessionUse],
    stream: BinaryIO,
    *,
    file_format: Literal["xlsx", "csv"],
    municipality: Municipality,
    now: datetime,
) -> Stamp:
    """Write the list to a binary stream, in its own order, and return the file's stamp."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("What to rewrite, %(place)s") % {"place": municipality.name}
        stamp = Stamp(
            export_id=new_export_id(now=now),
            exported_at=now,
            version=settings.STINS_VERSION,
            period=title,
            selection=_("everything reported"),
            profile=_("counts of sessions, nothing about persons"),
        )
        table = Table(name=_("Session plans"), title=title, columns=COLUMNS, rows=_rows(uses))
        if file_format == "csv":
            csv.write_table(table, stream)
        else:
            facts = (
                (pgettext("column", "Profile"), stamp.profile),
                (pgettext("column", "Exported"), stamp.time),
                (pgettext("column", "Software"), f"Stins {stamp.version}"),
                (pgettext("column", "Export id"), stamp.export_id),
            )
            programmes = Counter(use.session.programme.name for use in uses)
            counts = Table(name="", title="", columns=COUNT_COLUMNS, rows=sorted(programmes.items()))
            finding = _("%(number)s sessions, those most often adapted or not held first.") % {"number": len(uses)}
            cover = Cover(
                name=pgettext("sheet", "Overview"), title=title, finding=finding, facts=facts, tables=[counts]
            )
            xlsx.write_book(Book(cover=cover, tables=[table], stamp=stamp), stream)
    return stamp


def _rows(uses: Sequence[SessionUse]) -> Iterator[Row]:
    for use in uses:
        session = (use.session.programme.name, use.session.code, use.session.title)
        words = [_words(found) for found in (use.what, use.why, use.reasons)]
        for version in use.versions:
            day = localdate(version.published) if version.published else None
            engagement = None if version.engagement is None else round(float(version.engagement), 2)
            yield (*session, day, version.held, version.adapted, version.answered, engagement, use.not_held, *words)
        if not use.versions:
            yield (*session, None, 0, 0, 0, None, use.not_held, *words)


def _words(found: list[tuple[str, int]]) -> str | None:
    return ", ".join(f"{label} {number}" for label, number in found) or None
