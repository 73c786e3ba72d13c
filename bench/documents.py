"""Tagged documents, a table of fifty pages and the handbook, and the same words set by reportlab alone."""

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from time import process_time

from django.test import RequestFactory
from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from accounts.models import User
from bench.client import HOST
from cms.models import HandbookPage
from cms.pdf import Document
from cms.pdf.typeface import printable, style
from curriculum.pdf.handbook import handbook_pdf, write_handbook
from curriculum.views.handbook import handbook_of

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
    return _measure(tagged_document, document_alone, pages=pages_of(document_alone()))


def measure_book() -> DocumentCost:
    """The whole handbook, as an administrator reads it."""
    request = RequestFactory().get("/handbok/pdf/", headers={"host": HOST})
    request.user = User.objects.filter(is_superuser=True).first() or User(is_superuser=True)
    handbook = handbook_of(request, HandbookPage.objects.first())
    about = {"owner": "Ekbacka kommun", "address": "https://stins.example/handbok/", "made_at": timezone.now()}
    words = list(words_in(write_handbook(handbook, **about)._story))
    whole = handbook_pdf(handbook, **about)
    return _measure(lambda: handbook_pdf(handbook, **about), lambda: words_alone(words), pages=pages_of(whole))


def _measure(tagged: Callable[[], object], alone: Callable[[], object], *, pages: int) -> DocumentCost:
    seconds = [(_seconds(tagged), _seconds(alone)) for _round in range(ROUNDS)]
    return DocumentCost(pages, tagged=min(one for one, _other in seconds), alone=min(other for _one, other in seconds))


Words = tuple[str, ParagraphStyle]


def words_in(flowables: Iterable[Flowable]) -> Iterator[Words | None]:
    """Every text of a story with its style, in order, however deep in lists and boxes; None where a page ends."""
    for flowable in flowables:
        if isinstance(flowable, Paragraph):
            yield printable("".join(frag.text for frag in flowable.frags)), flowable.style
        elif isinstance(flowable, PageBreak):
            yield None
        elif isinstance(flowable, Table):
            yield from words_in(cell for row in flowable._cellvalues for cell in row if isinstance(cell, Paragraph))
        else:
            parts = [getattr(flowable, name, None) for name in ("label", "text", "_content", "inside")]
            inner = [part if isinstance(part, list) else [part] for part in parts]
            yield from words_in(one for some in inner for one in some if isinstance(one, Flowable))
            for card, _node in getattr(flowable, "cards", ()):
                yield from [(printable(text), style("large")) for text in (card.title, card.text, *card.questions)]


def words_alone(words: Iterable[Words | None]) -> bytes:
    stream = BytesIO()
    template = SimpleDocTemplate(stream, pagesize=A4, initialFontName="Stins")
    template.build([Paragraph(*one) if one else PageBreak() for one in words])
    return stream.getvalue()


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
