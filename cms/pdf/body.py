"""Writes the body of a page into a document: the blocks that an editor chose, in their order."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.models import SupportContact
from cms.pdf.document import Document
from cms.pdf.drawings import ages_drawing, levels_drawing


def write_body(document: Document, body: Iterable[Any], *, level: int, contacts: Iterable[SupportContact] = ()) -> None:
    """Write every block; `level` is that of its headings, `contacts` what a block with the support list shows."""
    contacts = list(contacts)
    for block in body:
        write_block(document, block, level=level, contacts=contacts)


def write_block(document: Document, block: Any, *, level: int, contacts: Iterable[SupportContact] = ()) -> None:
    """Write one block; KeyError names a kind without a writer, which a test looks for in every body."""
    WRITERS[block.block_type](document, block, level, contacts)


def write_contacts(
    document: Document, contacts: Iterable[SupportContact], *, heading: str, level: int, is_short: bool = False
) -> None:
    """The support list under a heading: on paper there is no link to follow. In short: a line for each."""
    contacts = list(contacts)
    if not contacts:
        return
    document.heading(heading, level=level, look="h2", in_contents=False)
    if is_short:
        document.points(
            [f"{one.name}: {' · '.join(filter(None, (one.phone or one.url, one.hours)))}" for one in contacts]
        )
        return
    for one in contacts:
        where = " · ".join(filter(None, (one.phone, one.hours, one.url)))
        checked = _("checked %(day)s") % {"day": date_format(one.checked_date, "j F Y")}
        document.paragraph(f"{where} ({checked}). {one.description}".strip(), lead=one.name)


def _heading(document: Document, block: Any, level: int, contacts: Any) -> None:
    document.heading(block.value, level=level, look="h2", in_contents=False)


def _paragraph(document: Document, block: Any, level: int, contacts: Any) -> None:
    document.paragraph(block.value)


def _points(document: Document, block: Any, level: int, contacts: Any) -> None:
    document.points(block.value)


def _link(document: Document, block: Any, level: int, contacts: Any) -> None:
    document.paragraph(block.value["url"], lead=f"{block.value['text']}:")


def _picture(document: Document, block: Any, level: int, contacts: Any) -> None:
    """A picture that is only there to be pretty is left out of the book."""
    image = block.value
    if image is not None and not image.decorative:
        with image.get_rendition("max-1400x1400|format-jpeg").file.open("rb") as file:
            document.photograph(file.read(), alternative=image.contextual_alt_text)


def _film(document: Document, block: Any, level: int, contacts: Any) -> None:
    film = block.value
    document.paragraph(film["url"], lead=_("Film: %(title)s (%(minutes)s min)") % film)
    if film["description"]:
        document.paragraph(film["description"])
    if film["transcript"]:
        document.paragraph(_("All that is said stands as text beside the film, on the page."), muted=True)


def _worksheet(document: Document, block: Any, level: int, contacts: Any) -> None:
    """Where the sheet is found: a plan has its own sheets last, a document is printed from the page."""
    words = {"title": block.value["title"]}
    if block.value["text"]:
        document.paragraph(_("Worksheet: %(title)s") % words, look="label", is_kept=True)
        document.points(filter(None, map(str.strip, block.value["text"].splitlines())))
    if block.value["document"]:
        document.paragraph(_("Worksheet to print, on the page: %(title)s") % words)


def _support(document: Document, block: Any, level: int, contacts: Any) -> None:
    for one in contacts:
        where = " · ".join(filter(None, (one.phone or one.url, one.hours)))
        document.paragraph(where, lead=f"{one.name}:")


def _table(document: Document, block: Any, level: int, contacts: Any) -> None:
    """As wide a column as its longest text asks for, within bounds."""
    columns, rows = list(block.value["columns"]), [list(row) for row in block.value["rows"]]
    longest = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]
    document.paragraph(block.value["caption"], look="label", is_kept=True)
    document.table(columns, rows, widths=[min(max(length, 8), 40) for length in longest])


def _drawing(document: Document, block: Any, level: int, contacts: Any) -> None:
    context = block.block.get_context(block.value)
    document.figure(levels_drawing(context, colour=document.colour), alternative=block.value["caption"])
    for line in block.value["levels"]:
        document.paragraph(line["text"], lead=f"{line['label']}:")


def _ages(document: Document, block: Any, level: int, contacts: Any) -> None:
    grades = [str(grade or "F") for grade in range(10)]
    said = [f"{one['label']}: {grades[one['first_grade']]}–{grades[one['last_grade']]}" for one in block.value["spans"]]
    drawing = ages_drawing(block.block.get_context(block.value))
    document.figure(drawing, alternative=f"{block.value['caption']} {'. '.join(said)}.")


def _summary(document: Document, block: Any, level: int, contacts: Any) -> None:
    language = "" if block.value["language"] == "sv" else block.value["language"]
    document.paragraph(block.value["heading"], look="label", language=language, is_kept=True)
    for text in block.value["paragraphs"]:
        document.paragraph(text, language=language)


WRITERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "points": _points,
    "link": _link,
    "picture": _picture,
    "film": _film,
    "worksheet": _worksheet,
    "support": _support,
    "table": _table,
    "drawing": _drawing,
    "ages": _ages,
    "summary": _summary,
}
