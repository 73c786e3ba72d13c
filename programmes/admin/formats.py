"""The project's own file formats for the import library: what comes in is read with suspicion, what goes out is safe.

The library's own read the first sheet alone, fail on `;`, keep a byte-order mark in the first heading, and write text
that a spreadsheet runs. Its escape (`IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT`) takes away one `=`, leaves the other
signs, and makes text of every number. See docs/adr-0011.
"""

import io

from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format

from programmes.exports.registers import write_register
from programmes.imports.datasets import SheetDataset
from programmes.imports.drafts import kept_headers, opened_sheets, read_draft
from programmes.imports.sheets import find_header


class StinsFormat(Format):
    """A file of a register: told apart by what it holds when it comes in, and written as one kind."""

    extension = ""
    content_type = ""
    title = ""

    def __init__(self, encoding=None, *, columns=None, scope=None):
        self.columns, self.scope, self.stamp = columns, scope, None

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.extension

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return True

    def can_export(self):
        return True

    def create_dataset(self, in_stream):
        """The rows of the sheets of a file, as they are kept; raises SheetError where no headings are found."""
        opened = enumerate(opened_sheets(in_stream))
        found = {place: find_header(sheet, columns=self.columns) for place, sheet in opened}
        headers = kept_headers({place: header for place, header in found.items() if header})
        return SheetDataset(read_draft(in_stream, headers, columns=self.columns), columns=self.columns)

    def export_data(self, dataset, **kwargs):
        fields = {heading: field for field, heading in self.columns.headings.items()}
        stream = io.BytesIO()
        self.stamp = write_register(
            stream,
            headings=[(fields[heading], heading) for heading in dataset.headers],
            rows=dataset,
            file_format=self.extension,
            **self.scope,
        )
        return stream.getvalue()


class Workbook(StinsFormat):
    title = _("Excel workbook (.xlsx)")
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Semicolons(StinsFormat):
    title = _("CSV for Swedish Excel (.csv)")
    extension = "csv"
    content_type = "text/csv; charset=utf-8"
