"""A tagged document of fifty pages, and the same flowables set by reportlab alone."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from time import process_time

from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from cms.pdf import Document
from cms.pdf.typeface import style

ROWS, COLUMNS, ROUNDS = 1500, 8, 3
HEAD = ["Skola", "Klass", *(f"Antal {number}" for number in range(COLUMNS - 2))]


@dataclass(frozen=True)
class DocumentCost:
    """Seconds of processor time, the best of several rounds that take turns."""

    pages: int
    tagged: float
    alone: float

    @property
    def ratio(self) -> float:
        return self.tagged / self.alone


def measure_document() -> DocumentCost:
    tagged, alone = [], []
    for _round in range(ROUNDS):
        tagged.append(_seconds(tagged_document))
        alone.append(_seconds(document_alone))
    return DocumentCost(pages_of(document_alone()), tagged=min(tagged), alone=min(alone))


def pages_of(content: bytes) -> int:
    return content.count(b"/Type /Page\n") + content.count(b"/Type /Page ")


def _rows() -> list[list[str]]:
    return [[f"Björkskolan {row}", f"{row % 9 + 1}A", *(str(row % 13) for _n in HEAD[2:])] for row in range(ROWS)]


def tagged_document() -> bytes:
    document = Document("Täckning", made_at=timezone.now(), owner="Ekbacka kommun", programme="taget")
    document.heading("Täckning")
    document.table(HEAD, _rows(), widths=[3, *(1 for _n in HEAD[1:])], numbers=range(2, COLUMNS))
    return document.build()


def document_alone() -> bytes:
    """The same words in the same styles with nothing but the library: no tree, no page numbers."""
    stream = BytesIO()
    width = A4[0] - 125
    titles = [Paragraph(title, style("label")) for title in HEAD]
    looks = [
        ("FONT", (0, 0), (-1, -1), "Stins", 9.5, 12.5),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, "#dcd8cf"),
        ("ALIGN", (2, 1), (-1, -1), "RIGHT"),
        ("FONT", (0, 1), (0, -1), "Stins-Bold", 9.5, 12.5),
    ]
    share = width / (COLUMNS + 2)
    widths = [3 * share, *(share for _n in HEAD[1:])]
    table = Table([titles, *_rows()], colWidths=widths, repeatRows=1, style=looks)
    template = SimpleDocTemplate(stream, pagesize=A4, initialFontName="Stins")
    template.build([Paragraph("Täckning", style("h1")), table])
    return stream.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start
