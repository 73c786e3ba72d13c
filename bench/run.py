"""The whole bench in its order: prepare, count, load, weigh, write; then the tables, and what is over budget."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.big import run_big
from bench.client import Browser
from bench.data import prepare
from bench.documents import measure_book, measure_document
from bench.editor import measure_editor
from bench.imports import ImportCost, measure_imports
from bench.load import BROWSERS, ROUNDS, Page, measure
from bench.pages import CENTRE, COORDINATOR, PLAN, count_queries, pages_of
from bench.server import THREADS, server
from bench.table import (
    MOST_BOOK,
    MOST_DOCUMENT,
    print_document,
    print_editor,
    print_imports,
    print_pages,
    print_weights,
    print_workbook,
)
from bench.weight import Weight, weigh
from bench.workbook import measure_workbook
from programmes.actions.demo import DEMO_ACCOUNTS
from programmes.models import School


def run(*, schools: int, requests: int) -> int:
    """Measure everything; 1 when a budget that is the same on every machine is broken: queries, weight, shift."""
    with _part(f"Preparing a municipality of {schools} schools"):
        school = prepare(schools=schools)
        pages = pages_of(school, schools=schools)
    with _part("Counting queries"):
        count_queries(pages)
    with server() as port, _browsers(port) as browsers:
        with _part(f"Asking for each page {requests} times, in {ROUNDS} rounds"):
            measure(pages, browsers, requests=requests)
        with _part("Weighing pages"):
            weights = _weigh(school, browsers)
    with _part("Writing workbooks"):
        workbook = measure_workbook()
    with _part("Setting documents"):
        document, book = measure_document(), measure_book()
    with _part("Opening the editor's pages"):
        editor = measure_editor()
    with _part("Taking in five thousand rows"):
        imports = measure_imports(school)
    print(
        f"\n{BROWSERS} browsers at a time; gunicorn with 1 worker and {THREADS} threads; {os.cpu_count()} processors\n"
    )
    print_pages(pages)
    print_weights(weights)
    print_workbook(workbook)
    print_document("Document", document, most=MOST_DOCUMENT)
    print_document("Handbook", book, most=MOST_BOOK)
    print_editor(editor)
    print_imports(imports)
    codes = [_verdict(pages, weights, imports)]
    if os.environ.get("BIG") == "1":
        codes.append(run_big())
    else:
        print("Left out: a million and a half deliveries, and files of a hundred thousand (BIG=1).")
    return max(codes)


@contextmanager
def _part(words: str) -> Iterator[None]:
    print(f"{words} …", end=" ")
    start = time.monotonic()
    yield
    print(f"{time.monotonic() - start:.0f} s")


@contextmanager
def _browsers(port: int) -> Iterator[dict[str, list[Browser]]]:
    """A few browsers for everyone who asks: nobody in particular, a coordinator, the centre."""
    browsers = {who: [Browser(port) for _number in range(BROWSERS)] for who in ("", COORDINATOR, CENTRE)}
    try:
        for email in (COORDINATOR, CENTRE):
            for browser in browsers[email]:
                browser.sign_in(email, DEMO_ACCOUNTS[0].password)
        yield browsers
    finally:
        for group in browsers.values():
            for browser in group:
                browser.close()


def _weigh(school: School, browsers: dict[str, list[Browser]]) -> list[Weight]:
    nobody, coordinator, centre = (browsers[who][0] for who in ("", COORDINATOR, CENTRE))
    year = f"/skolor/{school.slug}/"
    name = school.classes.order_by("-start_year", "pk").first().name
    return weigh(
        [
            ("Start page", "/", nobody),
            ("Sign-in", "/konto/logga-in/", nobody),
            ("School's year", year, coordinator),
            ("Report form", f"{year}rapportera/?klass={name}&pass=T-B3", coordinator),
            ("Session plan", PLAN, nobody),
            ("Reports", "/rapporter/", centre),
        ]
    )


def _verdict(pages: list[Page], weights: list[Weight], imports: list[ImportCost]) -> int:
    over = [page.name for page in pages if (page.queries or 0) > (page.most_queries or page.queries or 0)]
    over += [weight.name for weight in weights if not weight.is_kept]
    over += [cost.name for cost in imports if not cost.is_kept]
    print(f"\nOver budget: {', '.join(over)}" if over else "\nEvery budget of queries, weight and shift is kept.")
    return 1 if over else 0
