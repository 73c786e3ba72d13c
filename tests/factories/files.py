"""Makes the files that people send: workbooks, text in the forms of Swedish Excel, and files that mean harm."""

import csv
import io
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook


def workbook(*rows, sheet="Klasser", **more_sheets):
    """The bytes of an .xlsx file with one sheet, or with one for each further name."""
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name, sheet_rows in more_sheets.items():
        another = book.create_sheet(name)
        for row in sheet_rows:
            another.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(rows, *, delimiter=";", encoding="cp1252", first_line=""):
    """The bytes of a text file as Excel writes it."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return (first_line + file.getvalue()).encode(encoding)


def with_part(content, name, part):
    """A workbook with one part more, or another in its place."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return file.getvalue()
