"""What a page weighs on the wire, first and second time, and whether anything jumps while it loads."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from bench.client import HOST, Browser, Request

KILOBYTE = 1000
MOST_FIRST, MOST_AFTER, MOST_SHIFT = 90 * KILOBYTE, 25 * KILOBYTE, 0.0
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
VIEWPORTS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
# Set before anything of the page runs; a move after a person's own tap is no shift, and none taps here.
WATCH = """
window.shift = 0;
window.addShifts = entries => entries.forEach(entry => { window.shift += entry.value; });
window.watcher = new PerformanceObserver(list => window.addShifts(list.getEntries()));
window.watcher.observe({type: "layout-shift", buffered: true});
"""
# The fonts have come and two pictures have been drawn after them: what would have moved has moved.
SETTLED = """async () => {
  await document.fonts.ready;
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  window.addShifts(window.watcher.takeRecords());
  return window.shift;
}"""


@dataclass(frozen=True)
class Weight:
    """Bytes transferred, and the cumulative layout shift (None: no browser was there to see it)."""

    name: str
    first: int
    after: int
    shift: float | None

    @property
    def is_kept(self) -> bool:
        return self.first <= MOST_FIRST and self.after <= MOST_AFTER and (self.shift or 0.0) <= MOST_SHIFT


def weigh(pages: list[tuple[str, str, Browser]]) -> list[Weight]:
    """The weight of pages (name, path, whose browser), in a real browser where there is one."""
    port = pages[0][2].port
    with _chromium() as chromium:
        if chromium is None:
            return [_sum_of_files(name, path, browser) for name, path, browser in pages]
        return [_in_browser(chromium, port, name, path, browser.cookies) for name, path, browser in pages]


def has_chromium() -> str | None:
    """The program of the browser, where both it and what drives it are installed."""
    names = [os.environ.get("CHROMIUM", ""), *CHROMIUM]
    program = next(filter(None, (shutil.which(name) for name in names if name)), None)
    return program if find_spec("playwright") else None


@contextmanager
def _chromium() -> Iterator[Any]:
    program = has_chromium()
    if program is None:
        yield None
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only a development machine has it

    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=as_root)
        try:
            yield chromium
        finally:
            chromium.close()


def _in_browser(chromium: Any, port: int, name: str, path: str, cookies: dict[str, str]) -> Weight:
    """The heaviest of a phone and a computer, each with nothing kept from before."""
    seen = [_visit_twice(chromium, viewport, f"http://{HOST}:{port}", path, cookies) for viewport in VIEWPORTS]
    first, after, shift = (max(values) for values in zip(*seen, strict=True))
    return Weight(name, first, after, shift)


def _visit_twice(
    chromium: Any, viewport: dict[str, int], address: str, path: str, cookies: dict[str, str]
) -> tuple[int, int, float]:
    context = chromium.new_context(viewport=viewport, locale="sv-SE", base_url=address)
    try:
        context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
        page = context.new_page()
        page.add_init_script(WATCH)
        sizes: list[int] = []
        wire = context.new_cdp_session(page)
        wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        wire.send("Network.enable")
        weights, shifts = [], []
        for _visit in ("first", "after"):
            sizes.clear()
            page.goto(path, wait_until="networkidle")
            shifts.append(page.evaluate(SETTLED))
            weights.append(sum(sizes))
            page.goto("about:blank")
        return weights[0], weights[1], max(shifts)
    finally:
        context.close()


def _sum_of_files(name: str, path: str, browser: Browser) -> Weight:
    """Without a browser: the page and every file that it names, as the server compresses them."""
    page = browser.ask(Request(path))
    sizes = [len(browser.ask(Request(file)).body) for file in files_in(page.text)]
    return Weight(name, len(page.body) + sum(sizes), len(page.body), None)


def files_in(html: str) -> list[str]:
    """The styles, scripts, fonts and pictures that a page names itself, each once."""
    tags = re.findall(r"<(?:link|script|img)\b[^>]*>", html)
    wanted = [tag for tag in tags if "<link" not in tag or re.search(r'rel="(?:stylesheet|preload|icon)"', tag)]
    found = [match[1] for tag in wanted if (match := re.search(r'(?:href|src)="(/[^"]*)"', tag))]
    return list(dict.fromkeys(found))
