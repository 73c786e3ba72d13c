"""The typeface and the sizes of print: what the stylesheet is to the screen."""

from functools import cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Static files made once from the variable family (Latin and Latin Extended) with fontTools; see fonts/OFL.txt.
FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "Stins", "Stins-Bold"

INK, MUTED, HAIRLINE, WASH = HexColor("#1b1f24"), HexColor("#4a4f55"), HexColor("#dcd8cf"), HexColor("#f3f0e8")
NEEDS, NEEDS_WASH = HexColor("#5e3d00"), HexColor("#fff3d6")
PROGRAMMES = {
    "": INK,
    "taget": HexColor("#1d4f91"),
    "mvp": HexColor("#7a2a6a"),
    "abc": HexColor("#0f6b64"),
    "staff": HexColor("#46525e"),
}

# name: size, line, bold, space before, space after
_SCALE = {
    "cover": (52, 56, True, 0, 14),
    "display": (30, 35, True, 0, 10),
    "h1": (21, 26, True, 0, 6),
    "h2": (14.5, 18, True, 12, 4),
    "h3": (11.5, 15, True, 9, 2),
    "h4": (10.5, 14, True, 8, 2),
    "lede": (13, 18.5, False, 0, 8),
    "body": (10.5, 14.5, False, 0, 6),
    "body-bold": (10.5, 14.5, True, 0, 6),
    "large": (15, 21, False, 0, 8),
    "thanks": (17.5, 27, False, 0, 0),
    "label": (8.5, 12, True, 0, 0),
    "small": (8.5, 12, False, 0, 3),
    "cell": (9.5, 12.5, False, 0, 0),
    "cell-bold": (9.5, 12.5, True, 0, 0),
}


@cache
def register_fonts() -> None:
    """Make the typeface known; asked for by everything that sets text."""
    pdfmetrics.registerFont(TTFont(REGULAR, FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def style(name: str, *, align: str = "left", muted: bool = False) -> ParagraphStyle:
    """The style of a name in the scale, e.g. `body` or `h2`; KeyError for a name that is not there."""
    register_fonts()
    size, leading, is_bold, before, after = _SCALE[name]
    return ParagraphStyle(
        f"{name}-{align}-{muted}",
        fontName=BOLD if is_bold else REGULAR,
        fontSize=size,
        leading=leading,
        spaceBefore=before,
        spaceAfter=after,
        textColor=MUTED if muted else INK,
        alignment={"left": 0, "center": 1, "right": 2}[align],
        keepWithNext=name in ("display", "h1", "h2", "h3", "h4"),
        splitLongWords=True,
        allowWidows=0,
        allowOrphans=0,
    )


# What the family has no sign for, as it is written instead.
_INSTEAD = str.maketrans({"\u202f": "\u00a0", "\u2011": "-", "→": "–", "≥": "minst ", "\u200b": "", "\u00ad": ""})


def printable(text: object) -> str:
    """A text as the typeface can set it: signs it lacks are replaced, control signs are dropped, a letter it does
    not know becomes `?`. Markup signs are escaped, so that no text is read as markup."""
    register_fonts()
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    plain = str(text).translate(_INSTEAD)
    kept = "".join(
        sign if sign == "\n" or ord(sign) in known else "?"
        for sign in plain
        if sign == "\n" or (ord(sign) >= 32 and ord(sign) != 127)
    )
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
