"""Prints what was found, in columns that a person can read and a program can split."""

from bench.documents import DocumentCost
from bench.editor import STEPS, EditorCost
from bench.imports import MOST_QUERIES, ROWS, ImportCost
from bench.load import Page
from bench.weight import MOST_AFTER, MOST_FIRST, MOST_SHIFT, Weight
from bench.workbook import SCHOOLS, WorkbookCost

MOST_WORKBOOK, MOST_DOCUMENT, MOST_BOOK, MOST_EDITOR = 1.5, 2.5, 3.0, 1.5


def print_pages(pages: list[Page]) -> None:
    bare = pages[0]
    print(f"{'Page':<28}{'req/s':>8}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'most':>6}{'kB gzip':>9}{'× bare':>9}")
    for page in pages:
        queries = "–" if page.queries is None else page.queries
        print(
            f"{page.name:<28}{page.rate:>8.1f}{page.p50 * 1000:>9.1f}{page.p95 * 1000:>9.1f}{queries:>9}"
            f"{page.most_queries or '–':>6}{page.size / 1000:>9.1f}{page.times(bare):>9.1f}"
        )


def print_weights(weights: list[Weight]) -> None:
    print(f"\n{'Weight, all files':<28}{'first kB':>10}{'most':>6}{'after kB':>10}{'most':>6}{'shift':>8}{'most':>6}")
    for weight in weights:
        shift = "–" if weight.shift is None else f"{weight.shift:.4f}"
        print(
            f"{weight.name:<28}{weight.first / 1000:>10.1f}{MOST_FIRST // 1000:>6}{weight.after / 1000:>10.1f}"
            f"{MOST_AFTER // 1000:>6}{shift:>8}{MOST_SHIFT:>6.0f}"
        )


def print_workbook(cost: WorkbookCost) -> None:
    print(f"\nCoverage workbook, {SCHOOLS} schools: {cost.rows} rows, {cost.cells} cells")
    print(f"{'With report and styles':<28}{cost.product:>8.2f} s")
    print(f"{'The same rows, library alone':<28}{cost.alone:>8.2f} s")
    print(f"{'Ratio':<28}{cost.ratio:>8.2f}   (at most {MOST_WORKBOOK})")


def print_document(name: str, cost: DocumentCost, *, most: float) -> None:
    print(f"\n{name} of {cost.pages} pages")
    print(f"{'Tagged, with page numbers':<28}{cost.tagged:>8.2f} s")
    print(f"{'The same words, library alone':<28}{cost.alone:>8.2f} s")
    print(f"{'Ratio':<28}{cost.ratio:>8.2f}   (at most {most})")


def print_editor(cost: EditorCost) -> None:
    print(f"\nEditor's page, {cost.blocks} blocks{'queries':>21}")
    print(f"{f'Plan of {STEPS} steps':<28}{cost.plan:>8.2f} s{cost.plan_queries:>9}")
    print(f"{'Bare page, plain blocks':<28}{cost.bare:>8.2f} s{cost.bare_queries:>9}")
    print(f"{'Ratio':<28}{cost.ratio:>8.2f}   (at most {MOST_EDITOR})")


def print_imports(costs: list[ImportCost]) -> None:
    print(f"\n{f'Import of {ROWS} rows':<28}{'queries':>10}{'most':>6}{'s':>8}")
    for cost in costs:
        print(f"{cost.name:<28}{cost.queries:>10}{MOST_QUERIES:>6}{cost.seconds:>8.1f}")
