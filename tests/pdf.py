"""What every PDF of the product must be: tagged so that a screen reader reads it all, in order, with our typeface."""

from io import BytesIO

import pikepdf

DRAWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI"}
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
MAY_HOLD = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "Caption"},
    "TR": {"TH", "TD"},
    "TOC": {"TOCI"},
}


def read_pdf(content):
    return pikepdf.open(BytesIO(content))


def assert_tagged(content):
    """Hold a file to what PDF/UA-1 asks and a machine can see; gives the roles in reading order."""
    pdf = read_pdf(content)
    catalogue = pdf.Root
    assert catalogue.MarkInfo.Marked == True  # noqa: E712 -- a PDF boolean
    assert str(catalogue.Lang).startswith(("sv", "en", "ar", "so", "fi"))
    assert catalogue.ViewerPreferences.DisplayDocTitle == True  # noqa: E712 -- a PDF boolean
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert metadata["pdfuaid:part"] == "1"
    elements = list(walk(catalogue.StructTreeRoot.K[0]))
    _check_tree(elements)
    rows = _parent_tree(catalogue.StructTreeRoot.ParentTree)
    claimed = {(page.objgen, number) for element in elements for page, number in marked_of(element)}
    for page in pdf.pages:
        numbers = _check_page(page)
        assert page.Tabs == "/S"
        row = rows[int(page.StructParents)]
        assert len(row) == len(numbers) == len(set(numbers))
        for number in numbers:
            assert (page.objgen, number) in claimed, f"Drawn and in no node: {number}"
            assert (page.objgen, number) in {(p.objgen, n) for p, n in marked_of(row[number])}
        for link in page.get("/Annots", []):
            assert str(link.Contents)
            assert rows[int(link.StructParent)].S == "/Link"
    assert len(claimed) == sum(len(_check_page(page)) for page in pdf.pages)
    _check_fonts(pdf)
    return [str(element.S).lstrip("/") for element in elements]


ACTIVE = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/SubmitForm"}


def assert_inert(content):
    """Nothing in the file does anything by itself: no script, no action, nothing embedded."""
    for thing in read_pdf(content).objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            assert ACTIVE & set(thing.keys()) == set()
            assert str(thing.get("/S", "")) not in ACTIVE


def kids_of(element):
    """What a node holds: other nodes, stretches and links as dictionaries, or the number of its only stretch."""
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def nodes_of(element):
    return [kid for kid in kids_of(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walk(element):
    yield element
    for kid in nodes_of(element):
        yield from walk(kid)


def marked_of(element):
    for kid in kids_of(element):
        if not isinstance(kid, pikepdf.Dictionary):
            yield element.Pg, int(kid)
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg, int(kid.MCID)


def _parent_tree(tree):
    pairs = list(tree.Nums)
    return {int(pairs[place]): pairs[place + 1] for place in range(0, len(pairs), 2)}


def _check_tree(elements):
    level = 0
    for element in elements:
        role = str(element.S).lstrip("/")
        kids = [str(kid.S).lstrip("/") for kid in nodes_of(element)]
        assert kids_of(element), f"{role} holds nothing."
        assert set(kids) <= MAY_HOLD.get(role, set(kids)), f"{role} holds {kids}"
        if role in HEADINGS:
            here = HEADINGS.index(role) + 1
            assert here <= level + 1, f"{role} follows a heading of level {level}."
            level = here
        if role == "Figure":
            assert str(element.Alt).strip()
        if role == "TH":
            assert element.A.Scope in ("/Column", "/Row")


def _check_page(page):
    """The numbers of the marked stretches of a page; nothing is drawn outside of one or of an artifact."""
    depth, numbers = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            numbers.append(int(operands[1].MCID))
            depth.append(name)
        elif name == "BMC":
            assert str(operands[0]) == "/Artifact"
            depth.append(name)
        elif name == "EMC":
            depth.pop()
        elif name in DRAWS:
            assert depth, f"{name} draws what is neither read out nor marked as decoration."
        assert len(depth) < 2, "A stretch inside a stretch."
    assert depth == []
    return numbers


def _check_fonts(pdf):
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    for font in fonts.values():
        assert "AtkinsonHyperlegibleNext" in str(font.BaseFont)
        assert "/FontFile2" in font.FontDescriptor
        assert "/ToUnicode" in font


def text_of(content):
    """The words of a file in reading order, node by node, as (role, words)."""
    pdf = read_pdf(content)
    spoken = {}
    for page in pdf.pages:
        number, maps = None, {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
        letters = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                number = int(operands[1].MCID)
            elif name == "EMC":
                number = None
            elif name == "Tf":
                letters = maps[str(operands[0])]
            elif name == "Tj" and number is not None:
                words = "".join(letters.get(byte, "?") for byte in bytes(operands[0]))
                spoken[page.objgen, number] = spoken.get((page.objgen, number), "") + words
    found = []
    for element in walk(pdf.Root.StructTreeRoot.K[0]):
        words = " ".join(spoken.get((page.objgen, number), "").strip() for page, number in marked_of(element))
        if words:
            found.append((str(element.S).lstrip("/"), words))
    return found


def _letters(font):
    """What each byte of a subset stands for, read from its ToUnicode table."""
    letters, first = {}, int(font.get("/FirstChar", 0))
    lines = bytes(font.ToUnicode.read_bytes()).decode("latin-1").splitlines()
    for line in lines:
        parts = line.split()
        if len(parts) == 3 and all(part.startswith("<") for part in parts):
            start, end, target = (int(part.strip("<>"), 16) for part in parts)
            for offset in range(end - start + 1):
                letters[start + offset] = chr(target + offset)
        elif len(parts) == 2 and all(part.startswith("<") for part in parts):
            letters[int(parts[0].strip("<>"), 16)] = chr(int(parts[1].strip("<>"), 16))
        elif line.startswith("<") and "[" in line:
            start = int(parts[0].strip("<>"), 16)
            targets = [part.strip("<>[]") for part in line[line.index("[") :].split()]
            for offset, target in enumerate(filter(None, targets)):
                letters[start + offset] = chr(int(target, 16))
    return letters if letters else {first: "?"}
