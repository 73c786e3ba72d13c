"""Writes the rows that an import refused as a file that can be corrected in Excel and imported again."""

import csv
import io

from django.utils.translation import gettext as _

from programmes.actions.imports import ClassPreview
from programmes.enums import ImportResult
from programmes.imports.classes import CLASS_COLUMNS


def refused_classes_csv(preview: ClassPreview) -> bytes:
    """The refused rows of a class list, with row number and reason, as Swedish Excel opens it (`;`, UTF-8 with BOM).

    The columns are those that are read. A row with a personal identity number has its number and reason only.
    """
    fields = [field for field in CLASS_COLUMNS.names if any(field in row.written for row in preview.rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Row"), *(CLASS_COLUMNS.names[field][0] for field in fields), _("Reason")])
    for row in preview.with_result(ImportResult.ERROR):
        writer.writerow([row.number, *(_neutral(row.written.get(field, "")) for field in fields), row.reason])
    return text.getvalue().encode("utf-8-sig")


def _neutral(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes away again."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
