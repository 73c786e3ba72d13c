"""The bench measures what it says: its figures, its rows and its files."""

from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import islice, repeat
from threading import Thread
from zipfile import ZipFile

import pytest

from bench.client import Browser, Request, UnexpectedAnswerError
from bench.documents import document_alone, pages_of, tagged_document, words_alone, words_in
from bench.editor import EditorCost, blocks_of, plan_of_steps
from bench.load import Page, measure
from bench.package import tables_in, write_alone as write_package_alone
from bench.volume_run import bare_figures
from bench.weight import MOST_AFTER, MOST_FIRST, Weight, files_in
from bench.workbook import WorkbookCost, rows_in, write_alone
from cms.pdf import Card, Document
from curriculum.models import Programme, SessionPlanPage
from programmes.exports.coverage import Selection, write_coverage
from programmes.exports.evaluation.package import write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.models import Municipality, School, SchoolClass
from programmes.models.terms import Period
from tests.factories.coverage import worked_example
from tests.pdf import read_pdf, text_of


class Teller(BaseHTTPRequestHandler):
    """Greets whoever asks, gives a cookie, and leads on after a form."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.answer(404 if self.path == "/nowhere/" else 200, b"Hej", {"Set-Cookie": "csrftoken=abc; Path=/"})

    def do_POST(self):
        self.server.sent.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer(302, b"", {"Location": "/year/#klass-1"})

    def answer(self, status, body, headers):
        self.server.asked.append(self.path)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def teller():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Teller)
    server.asked, server.sent = [], []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browser(teller):
    browser = Browser(teller.server_port)
    yield browser
    browser.close()


def test_browser_sends_a_form_with_its_cookie_as_token(browser, teller):
    browser.ask(Request("/form/"))
    answer = browser.ask(Request("/form/", {"present": "20"}))

    assert answer.location == "/year/#klass-1"
    assert teller.sent == ["present=20&csrfmiddlewaretoken=abc"]


def test_browser_refuses_another_answer_than_the_page(browser):
    with pytest.raises(UnexpectedAnswerError, match="GET /nowhere/ answered 404"):
        browser.ask(Request("/nowhere/"))


def test_every_page_is_asked_for_as_often_as_was_said(browser, teller):
    bare, other = Page("Bare", "", repeat(Request("/bare/"))), Page("Other", "", repeat(Request("/other/")))

    measure([bare, other], {"": [browser]}, requests=8)

    assert teller.asked == ["/bare/", "/other/"] + 4 * ["/bare/", "/bare/", "/other/", "/other/"]
    assert [(len(page.seconds), len(page.rates), page.size) for page in (bare, other)] == [(8, 4, 3), (8, 4, 3)]


def test_a_saved_form_is_followed_so_that_messages_are_read(browser, teller):
    measure([Page("Save", "", repeat(Request("/save/", {})))], {"": [browser]}, requests=4)

    assert teller.asked == ["/save/"] + 4 * ["/save/", "/year/"]


def test_figures_of_a_page():
    page = Page("Year", "", iter(()), seconds=[number / 100 for number in range(1, 22)], rates=[10.0, 20.0, 40.0])
    bare = Page("Bare", "", iter(()), rates=[100.0, 100.0, 800.0])

    assert (page.p50, page.p95, page.rate) == (0.11, 0.2, 20.0)
    assert page.times(bare) == 10.0
    assert bare.times(bare) == 1.0


def test_files_of_a_page_are_those_it_names_itself_once():
    html = """
    <link rel="preload" href="/static/font.woff2" as="font"><link rel="stylesheet" href="/static/stins.css">
    <link rel="apple-touch-icon" href="/static/touch.png"><link rel="canonical" href="/skolor/">
    <a href="/static/handbook.pdf"></a><script src="/static/stins.js" defer></script>
    <script src="/static/stins.js"></script><img src="/media/logo.svg" alt="">
    """

    assert files_in(html) == ["/static/font.woff2", "/static/stins.css", "/static/stins.js", "/media/logo.svg"]


@pytest.mark.parametrize(
    ("first", "after", "shift", "is_kept"),
    [
        (MOST_FIRST, MOST_AFTER, 0.0, True),
        (MOST_FIRST, MOST_AFTER, None, True),
        (MOST_FIRST + 1, MOST_AFTER, 0.0, False),
        (MOST_FIRST, MOST_AFTER + 1, 0.0, False),
        (MOST_FIRST, MOST_AFTER, 0.0001, False),
    ],
)
def test_weight_is_kept_up_to_its_budget(first, after, shift, is_kept):
    assert Weight("Year", first, after, shift).is_kept is is_kept


def test_the_library_alone_writes_the_very_same_rows(db, today):
    worked_example()
    selection = Selection(
        municipality=Municipality.objects.get(),
        programme=Programme.objects.get(),
        period=Period.parse("2026/27"),
        schools=School.objects.all(),
        classes=SchoolClass.objects.all(),
    )
    stream = BytesIO()
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    write_coverage(selection, stream, file_format="xlsx", today=today, now=now)

    sheets = rows_in(stream)

    assert list(sheets) == ["Översikt", "Skolor", "Klasser", "Pass", "Genomföranden", "Definitioner"]
    assert rows_in(write_alone(sheets)) == sheets


def test_bare_sql_finds_the_figures_of_the_report(municipality):
    worked_example(municipality)
    selection, last = Selection.whole(municipality, Programme.objects.get(), Period.parse("HT2026")), date(2026, 12, 31)
    total = selection.report(today=last).total

    sessions, sums = bare_figures(selection, today=last)

    by_session, by_class = zip(*sessions, strict=True), zip(*sums, strict=True)
    assert list(map(sum, islice(by_session, 2, None))) == [10, 6, 5, 1, 7]
    assert (total.expected, total.held_of_expected, total.on_time, total.not_held) == (10, 6, 5, 1)
    assert total.sessions_held == 7
    assert list(map(sum, islice(by_class, 1, 3))) == [total.present, total.group_size] == [116, 127]


def test_library_alone_writes_the_very_same_tables(municipality):
    worked_example(municipality)
    package, alone = BytesIO(), BytesIO()
    scope = Scope(municipality=municipality, start_year=2026, day=date(2026, 12, 31), names=Pseudonyms("bench"))
    write_package(scope, package)
    tables = tables_in(package)

    write_package_alone(tables, alone)

    assert len(tables["deliveries.csv"]) == 1 + 8
    with ZipFile(package) as product, ZipFile(alone) as bare:
        assert {name: product.read(name) for name in tables} == {name: bare.read(name) for name in bare.namelist()}


def test_ratio_of_a_workbook_is_how_many_times_longer_it_takes():
    assert WorkbookCost(rows=10, cells=100, product=3.0, alone=2.0).ratio == 1.5


def test_documents_that_are_compared_say_the_same():
    tagged, alone = tagged_document(), document_alone()

    assert [words for _role, words in text_of(tagged)][:3] == ["Täckning", "Skola", "Klass"]
    assert abs(len(read_pdf(tagged).pages) - len(read_pdf(alone).pages)) <= 6
    assert pages_of(alone) == len(read_pdf(alone).pages)


def test_book_is_compared_with_its_own_words():
    document = Document("Handboken", made_at=datetime(2026, 11, 22, tzinfo=UTC))
    document.heading("Om MVP")
    with document.kept_together():
        document.paragraph("Ett <stycke>.", lead="Syfte:")
        document.points(["Lyssna"])
    document.cue("say", "Säg", "Hej!")
    document.new_page()
    document.panel_begins()
    document.paragraph("Läs detta först.")
    document.panel_ends()
    document.cards([Card("Mössan", "Någon tar den.", ("Vad gör du?",))])

    words = list(words_in(document._story))

    assert [one and one[0] for one in words] == [
        "Om MVP", "Syfte: Ett &lt;stycke&gt;.", "Lyssna", "Säg", "Hej!", None, "Läs detta först.", None,
        "Mössan", "Någon tar den.", "Vad gör du?",
    ]  # fmt: skip
    assert pages_of(words_alone(words)) == 3


def test_plan_that_is_opened_has_as_many_steps_as_was_said_and_its_blocks_are_counted(curriculum):
    before = blocks_of(SessionPlanPage.objects.get(slug="konsnormen"))
    plan = plan_of_steps(20)

    assert (len(plan.steps), len({step.id for step in plan.steps})) == (20, 20)
    assert blocks_of(plan) > 3 * before > 100


def test_ratio_of_the_editor_is_how_many_times_longer_it_takes():
    assert EditorCost(blocks=10, plan=3.0, bare=2.0, plan_queries=40, bare_queries=30).ratio == 1.5
