"""Bars in a document: every name is whole beside its bar, however long, and many go on in a drawing of their own."""

from datetime import UTC, datetime

from reportlab.graphics.shapes import Rect, String

from cms.pdf import Document
from programmes.exports.bars import add_bars
from programmes.exports.charts import Bars, bar_of_share


class Figures(Document):
    """A document that keeps the drawings it is given."""

    def figure(self, drawing, *, alternative):
        self.drawings = [*getattr(self, "drawings", []), drawing]


def drawn(names):
    document = Figures("Rapporten", made_at=datetime(2026, 11, 25, tzinfo=UTC))
    add_bars(document, Bars("Andel", [bar_of_share(name, 0.5, "50,0 %") for name in names]), programme="taget")
    return document.drawings


def words(drawing):
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def test_long_names_that_differ_in_the_middle_stand_whole_in_lines():
    names = [
        f"Före: I min klass {what} när någon i klassen blir illa behandlad." for what in ("säger vi ifrån", "tiger vi")
    ]

    (drawing,) = drawn(names)

    # The lines of a name are drawn from the last to the first, and then its figure.
    first, second = " ".join(reversed(words(drawing))).removeprefix("50,0 % ").split(" 50,0 % ")
    assert [second, first] == names
    tops = [shape.y for shape in drawing.contents if isinstance(shape, Rect)]
    assert tops[0] - tops[1] > 19


def test_short_names_keep_one_line_and_the_whole_length():
    (drawing,) = drawn(["Almskolan", "Björkskolan"])

    assert words(drawing) == ["Almskolan", "50,0 %", "Björkskolan", "50,0 %"]
    assert drawing.height == 2 * 19 + 4


def test_many_bars_go_on_in_a_drawing_of_their_own():
    drawings = drawn([f"Skola {number}" for number in range(60)])

    assert [len(words(drawing)) // 2 for drawing in drawings] == [24, 28, 8]
