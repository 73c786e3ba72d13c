"""Load: every page in turn, round after round beside the bare view, by a few browsers at a time."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from statistics import median, quantiles
from time import monotonic, perf_counter

from bench.client import Browser, Request

ROUNDS = 4
BROWSERS = 4
# A page that is slower than this is asked for fewer times, so that the bench ends.
SECONDS_PER_ROUND = 3.0


@dataclass
class Page:
    """What is measured: who asks, what for, how many queries it may cost, and what has been found."""

    name: str
    who: str
    requests: Iterator[Request]
    most_queries: int | None = None
    queries: int | None = None
    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests per second, in the round in the middle."""
        return median(self.rates)

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20, method="inclusive")[-1]

    @property
    def size(self) -> float:
        return median(self.sizes)

    def times(self, bare: "Page") -> float:
        """How many bare views one page costs: the middle of the rounds, each against the bare view of that round."""
        return median(its / own for its, own in zip(bare.rates, self.rates, strict=True))


def measure(pages: list[Page], browsers: dict[str, list[Browser]], *, requests: int) -> None:
    """Ask for every page, in rounds; the first answers of all are thrown away, for a server warms up."""
    for page in pages:
        for browser in browsers[page.who]:
            browser.ask(next(page.requests))
    for _round in range(ROUNDS):
        for page in pages:
            _measure_once(page, browsers[page.who], list(islice(page.requests, requests // ROUNDS)))


def _measure_once(page: Page, browsers: list[Browser], requests: list[Request]) -> None:
    waiting, done = deque(requests), []
    last_start = monotonic() + SECONDS_PER_ROUND

    def work(browser: Browser) -> None:
        while waiting and monotonic() < last_start:
            try:
                request = waiting.popleft()
            except IndexError:  # another browser took the last one
                return
            done.append(browser.ask(request))

    with ThreadPoolExecutor(len(browsers)) as pool:
        start = perf_counter()
        for outcome in [pool.submit(work, browser) for browser in browsers]:
            outcome.result()
        elapsed = perf_counter() - start
    page.rates.append(len(done) / elapsed)
    page.seconds += [answer.seconds for answer in done]
    page.sizes += [len(answer.body) for answer in done]
    _follow(done, browsers)


def _follow(done, browsers: list[Browser]) -> None:
    """After saving, open the page that the browser is led to: there the messages are read, and do not pile up."""
    if location := next((answer.location for answer in done if answer.location), ""):
        for browser in browsers:
            browser.ask(Request(location.partition("#")[0]))
