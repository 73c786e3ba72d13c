from datetime import UTC, datetime

import pytest
from reportlab.graphics.shapes import Circle, Drawing

from cms.pdf import Card, Document
from tests.pdf import assert_tagged, read_pdf, text_of

MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def new_document():
    def new_document(title="Normer & <konsekvenser>", **options):
        return Document(title, made_at=MADE_AT, owner="Ekbacka kommun", programme="taget", **options)

    return new_document


def test_document_is_tagged_with_every_kind_of_part(new_document):
    document = new_document()
    document.rule(is_accent=True)
    document.heading("Normer")
    document.paragraph("Vad är en norm?", lead="Fråga:")
    document.heading("Steg", level=2)
    document.cue("say", "Säg", "En norm är en osynlig regel.")
    document.points(["Tavla", "Penna"])
    document.panel_begins()
    document.paragraph("Lyssna.")
    document.panel_ends()
    document.table(["Skola", "Pass"], [["Almskolan", 3]], widths=[2, 1], numbers=[1])
    document.figure(Drawing(20, 20, Circle(10, 10, 5)), alternative="En cirkel.")

    roles = assert_tagged(document.build())

    assert roles == [
        "Document", "H1", "P", "H2", "P", "L", "LI", "LBody", "LI", "LBody", "P",
        "Table", "TR", "TH", "TH", "TR", "TH", "TD", "Figure",
    ]  # fmt: skip


def test_document_is_read_in_the_order_it_was_written(new_document):
    document = new_document()
    document.heading("Åskådare & ”vänner”")
    document.cue("ask", "Fråga", "Vad gör du?")
    document.points(["Först", "Sedan"], numbered=True)
    document.paragraph("Sist.")

    assert text_of(document.build()) == [
        ("H1", "Åskådare & ”vänner”"),
        ("P", "Fråga Vad gör du?"),
        ("Lbl", "1."),
        ("LBody", "Först"),
        ("Lbl", "2."),
        ("LBody", "Sedan"),
        ("P", "Sist."),
    ]


def test_table_over_many_pages_reads_its_head_once(new_document):
    document = new_document()
    document.heading("Pass")
    document.table(["Skola", "Pass"], [[f"Skola {number}", number] for number in range(120)], widths=[2, 1])

    content = document.build()

    roles = assert_tagged(content)
    assert len(read_pdf(content).pages) == 4
    assert (roles.count("Table"), roles.count("TR"), roles.count("TD")) == (1, 121, 120)
    assert [words for role, words in text_of(content) if role == "TH"][:3] == ["Skola", "Pass", "Skola 0"]


def test_paragraph_over_two_pages_is_one_node(new_document):
    document = new_document()
    document.paragraph("Kedjan håller. " * 500)

    content = document.build()

    assert assert_tagged(content) == ["Document", "P"]
    assert len(read_pdf(content).pages) == 2


def test_contents_name_the_pages_and_lead_there(new_document):
    document = new_document("Handbok")
    document.heading("Handbok")
    document.contents()
    document.new_page()
    document.heading("Elva pass", level=2)
    document.new_page()
    document.heading("Stöd", level=2)

    content = document.build()

    roles = assert_tagged(content)
    assert roles[2:10] == ["TOC", "TOCI", "Reference", "Link", "TOCI", "Reference", "Link", "H2"]
    assert [words for role, words in text_of(content) if role == "Link"] == ["Elva pass 2", "Stöd 3"]
    pdf = read_pdf(content)
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root[0].children] == ["Elva pass", "Stöd"]
    targets = [link.Dest[0].objgen for link in pdf.pages[0].Annots]
    assert targets == [pdf.pages[1].objgen, pdf.pages[2].objgen]


def test_cards_stand_four_to_a_page(new_document):
    document = new_document("Scenariokort")
    document.cards([Card(title=f"Kort {number}", text="En dag.", questions=["Vad gör du?"]) for number in range(5)])

    content = document.build()

    assert len(read_pdf(content).pages) == 2
    roles = assert_tagged(content)
    assert (roles.count("Sect"), roles.count("H1")) == (5, 5)
    assert [words for role, words in text_of(content) if role == "H1"] == [f"Kort {number}" for number in range(5)]


def test_card_with_a_long_text_stays_within_its_quarter(new_document):
    document = new_document("Scenariokort")
    document.cards([Card(title="Långt", text="Ett ord till. " * 70, questions=["Vad gör du?", "Varför?"])])

    assert len(read_pdf(document.build()).pages) == 1


def test_same_words_and_moment_give_the_same_bytes(new_document):
    def build():
        document = new_document()
        document.heading("Täckning")
        document.table(["Skola"], [["Almskolan"]], widths=[1])
        return document.build()

    assert build() == build()


def test_page_numbers_count_to_the_last(new_document):
    document = new_document()
    document.heading("Ett")
    document.new_page()
    document.heading("Två")

    content = document.build()

    # Decoration is not read out, so it is looked for among all that is drawn.
    assert len(read_pdf(content).pages) == 2
    assert_tagged(content)


@pytest.mark.parametrize("text", ["Ł ő ğ š ž", "Zoë", "Ismaïl"])
def test_names_from_all_over_europe_are_set_as_they_are_written(new_document, text):
    document = new_document()
    document.paragraph(text)

    assert text_of(document.build()) == [("P", text)]


def test_sign_that_the_typeface_lacks_becomes_a_question_mark(new_document):
    document = new_document()
    document.paragraph("Emoji \U0001f600 och\x00 NUL")

    assert text_of(document.build()) == [("P", "Emoji ? och NUL")]


def test_heading_that_skips_a_level_is_refused(new_document):
    document = new_document()
    document.heading("Ett")

    with pytest.raises(ValueError, match="level 3 follows one of level 1"):
        document.heading("Tre", level=3)


def test_figure_without_words_is_refused(new_document):
    with pytest.raises(ValueError, match="alternative"):
        new_document().figure(Drawing(10, 10), alternative=" ")
