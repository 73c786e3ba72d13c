"""What a PDF says about itself to those who listen: the tree of headings, paragraphs, tables and figures.

Source: ISO 14289-1 (PDF/UA-1) and ISO 32000-1 section 14.8. reportlab draws, and knows nothing of this.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

# Streams are kept as they are: smaller and quicker than as letters.
rl_config.useA85 = 0
# A page tells which row of the parent tree is its own, and that one tabs through it in reading order.
pdfdoc.PDFPage.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


@dataclass(eq=False)
class Element:
    """One node of the tree: its role (`H1`, `P`, `TD` …), its attributes, and what it holds in reading order."""

    role: str
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list["Element | Marked | Pointer"] = field(default_factory=list)

    def add(self, role: str, **attributes: Any) -> "Element":
        child = Element(role, attributes)
        self.kids.append(child)
        return child

    def adopt(self, child: "Element") -> "Element":
        self.kids.append(child)
        return child

    def is_empty(self) -> bool:
        """Whether nothing was drawn for it: such a node would promise something that is not there."""
        return all(isinstance(kid, Element) and kid.is_empty() for kid in self.kids)


@dataclass(frozen=True)
class Marked:
    """A stretch of a page's drawing."""

    page: int
    number: int


@dataclass(frozen=True)
class Pointer:
    """A link on a page."""

    page: int
    annotation: "Link"


class _Node(pdfdoc.PDFObject):
    """A node as it stands in the file. Written by hand: a table has thousands, each of which reportlab's own
    dictionaries would take ten objects for."""

    __RefOnly__ = 1

    def __init__(self, element: Element, parent: Any) -> None:
        self.element, self.parent = element, parent
        # Each is (reference, page, number): a node; a stretch of a page; or, with page and reference, a link.
        self.kids: list[tuple[Any, Any, int | None]] = []

    def format(self, document: Any) -> bytes:
        parts = [f"<< /Type /StructElem /S /{self.element.role} /P ".encode(), self.parent.format(document)]
        for name, value in self.element.attributes.items():
            parts += [f" /{name} ".encode(), pdfdoc.format(value, document)]
        if len(self.kids) == 1 and self.kids[0][2] is not None:
            _none, page, number = self.kids[0]
            parts += [b" /Pg ", page.format(document), b" /K %d >>" % number]
            return b"".join(parts)
        parts.append(b" /K [")
        for reference, page, number in self.kids:
            if number is not None:
                parts += [b" << /Type /MCR /Pg ", page.format(document), b" /MCID %d >>" % number]
            elif page is not None:
                parts += [b" << /Type /OBJR /Pg ", page.format(document), b" /Obj ", reference.format(document), b" >>"]
            else:
                parts += [b" ", reference.format(document)]
        parts.append(b" ] >>")
        return b"".join(parts)


class Link(pdfdoc.LinkAnnotation):
    """A link that knows its place in the tree."""

    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")


class _Lines(PDFTextObject):
    """The lines of a paragraph: a space ends each, or the words around a line's end are read out as one."""

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 -- reportlab's words
        super()._textOut(f"{text} " if TStar and text else text, TStar)


class TaggedCanvas(Canvas):
    """Draws as reportlab does, keeps the pages until the last is known, and writes the tree at the end."""

    def __init__(self, *args: Any, structure: Element, language: str, made_at: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.structure = structure
        self.language = language
        self._pages: list[dict[str, Any]] = []
        self._late: dict[int, list[Any]] = {}
        self._marked: dict[int, list[Element]] = {}
        self._links: list[tuple[Element, Link, int]] = []
        if made_at is not None:
            self._doc._timeStamp = _stamp(made_at)

    # Drawing

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:  # noqa: N802 -- as above
        return _Lines(self, x, y, direction=direction)

    @contextmanager
    def marked(self, element: Element):
        """What is drawn inside is the content of a node."""
        nodes = self._marked.setdefault(self.getPageNumber(), [])
        element.kids.append(Marked(self.getPageNumber(), len(nodes)))
        self._code.append(f"/{element.role} <</MCID {len(nodes)}>> BDC")
        nodes.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self):
        """What is drawn inside is decoration: lines, washes, page numbers."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def point(self, element: Element, *, to: str, rect: tuple[float, float, float, float], words: str) -> None:
        """Make a rectangle a link to a bookmark, as part of a `Link` node."""
        link = Link(
            Rect=self._absRect(rect, 1),
            Contents=words,
            Destination=self._bookmarkReference(to),
            Border="[0 0 0]",
            F=4,
        )
        page = self.getPageNumber()
        self._addAnnotation(link, f"link{len(self._links)}")
        self._links.append((element, link, page))
        element.kids.append(Pointer(page, link))

    def later(self, draw: Any) -> None:
        """Draw on this page once every page is laid out: `draw(canvas, total)`."""
        self._late.setdefault(self.getPageNumber(), []).append((draw, self.absolutePosition(0, 0)))

    # Pages

    def showPage(self) -> None:  # noqa: N802 -- as above
        """Keep the page as it is; what is drawn late is added when all are known."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        if self._code:
            self.showPage()
        pages, late = self._pages, self._late
        for page in pages:
            self.__dict__.update(page)
            for draw, (x, y) in late.get(self.getPageNumber(), []):
                self.saveState()
                self.translate(x, y)
                draw(self, len(pages))
                self.restoreState()
            Canvas.showPage(self)
        self._write_structure()
        self._doc.SaveToFile(self._filename, self)

    # The tree

    def _write_structure(self) -> None:
        document, pages = self._doc, list(self._doc.Pages.pages)
        references = [document.Reference(page) for page in pages]
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = document.Reference(root, "StructTreeRoot")
        written: dict[int, Any] = {}

        targets = {id(link): document.refAnnotation(f"link{n}") for n, (_e, link, _p) in enumerate(self._links)}

        def write(element: Element, parent: Any) -> Any:
            node = _Node(element, parent)
            reference = written[id(element)] = document.Reference(node, f"Element{len(written)}")
            for kid in element.kids:
                if isinstance(kid, Element):
                    if not kid.is_empty():
                        node.kids.append((write(kid, reference), None, None))
                elif isinstance(kid, Marked):
                    node.kids.append((None, references[kid.page - 1], kid.number))
                else:
                    node.kids.append((targets[id(kid.annotation)], references[kid.page - 1], None))
            return reference

        root["K"] = PDFArray([write(self.structure, root_reference)])
        rows: list[Any] = []
        for index, page in enumerate(pages):
            page.StructParents, page.Tabs = index, PDFName("S")
            nodes = self._marked.get(index + 1, [])
            rows += [index, PDFArray([written[id(element)] for element in nodes])]
        for number, (element, link, _page) in enumerate(self._links, start=len(pages)):
            link.otherkw["StructParent"] = number
            rows += [number, written[id(element)]]
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(rows)}), "ParentTree")
        root["ParentTreeNextKey"] = len(pages) + len(self._links)

        catalogue = document.Catalog
        catalogue.StructTreeRoot = root
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        catalogue.Lang = PDFString(self.language)
        catalogue.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalogue.Metadata = _metadata(title=document.info.title, author=document.info.author, language=self.language)


def _stamp(made_at: Any) -> TimeStamp:
    """The moment that a file says it was made: given, so that the same data give the same bytes."""
    stamp = TimeStamp(invariant=1)
    stamp.t = made_at.timestamp()
    stamp.lt = made_at.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]
    offset = made_at.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    stamp.dhh, stamp.dmm = divmod(minutes, 60)
    return stamp


def _metadata(*, title: str, author: str, language: str) -> PDFStream:
    words = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>"
        "<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(kind, words.encode(), filters=[])
