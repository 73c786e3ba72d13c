"""Asks a register's server for its lists, page by page, and says in plain words when it answers wrongly."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError

TIMEOUT_SECONDS = 20
ATTEMPTS = 4
LONGEST_PAUSE_SECONDS = 60
LONGEST_ANSWER_SECONDS = 300
MAX_PAGES = 2_000
MAX_PAGE_BYTES = 20 * 1024 * 1024
PAGE_SIZE = 200
TRY_AGAIN = {429, 500, 502, 503, 504}
NOT_THERE = {404, 501}
OWN_COMPUTER = {"localhost", "127.0.0.1", "::1"}


class RegisterError(Exception):
    """A register that cannot be read; its text is one translated sentence, without address, token or answer."""


class NotThereError(RegisterError):
    """The register answers, but has nothing at that address."""


@dataclass
class Server:
    """One register's server: its address, what opens it, how long it is waited for, and how that time is told.

    `seconds` are for everything that is asked of it together, where a person sits and waits; None: no limit.
    """

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: Callable[[float], None] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)
    timeout: float = TIMEOUT_SECONDS
    attempts: int = ATTEMPTS
    seconds: float | None = None
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        check_address(self.address)
        self.until = None if self.seconds is None else self.clock() + self.seconds

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        """One answer as JSON; RegisterError after some attempts, or at once where trying again cannot help."""
        answer = self._ask("GET", path, params=query)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            raise RegisterError(_("The register answered with something that is not JSON.")) from None

    def post(self, path: str, form: Mapping[str, str]) -> Any:
        """The answer to a form as JSON, as when a token is asked for."""
        try:
            return json.loads(self._ask("POST", path, data=form))
        except (ValueError, RecursionError):
            raise RegisterError(_("The register answered with something that is not JSON.")) from None

    def _ask(self, method: str, path: str, **options: Any) -> bytes:
        for attempt in range(1, self.attempts + 1):
            self._refuse_to_wait(0)
            try:
                answer = self.session.request(
                    method,
                    f"{self.address.rstrip('/')}{path}",
                    headers={"Accept": "application/json", **self.headers},
                    timeout=self.timeout,
                    allow_redirects=False,
                    stream=True,
                    **options,
                )
                with answer:
                    if answer.status_code == 200:
                        return self._content(answer)
                    refusal = _refusal(answer)
            except (requests.RequestException, HTTPError):
                answer, refusal = None, None
            if refusal:
                raise refusal
            if attempt < self.attempts:
                seconds = _pause(answer, attempt)
                self._refuse_to_wait(seconds)
                self.pause(seconds)
        raise RegisterError(_("The register does not answer. Try again later."))

    def _content(self, answer: requests.Response) -> bytes:
        """What is answered, as it comes, so that a server which sends a byte now and then is not waited for."""
        until = self.clock() + LONGEST_ANSWER_SECONDS
        content = bytearray()
        while part := answer.raw.read1(64 * 1024, decode_content=True):
            content += part
            if len(content) > MAX_PAGE_BYTES:
                raise RegisterError(_("The register's answer is too large."))
            if self.clock() > until:
                raise RegisterError(_too_slow())
            self._refuse_to_wait(0)
        return bytes(content)

    def _refuse_to_wait(self, seconds: float) -> None:
        if self.until is not None and self.clock() + seconds > self.until:
            raise RegisterError(_too_slow())


def _too_slow() -> str:
    return _("The register takes too long to answer. Try again later.")


def check_address(address: str) -> None:
    """Only encrypted addresses, or the own computer: what is asked for opens a register."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in OWN_COMPUTER:
        return
    raise RegisterError(_("The register's address must begin with https://."))


def pages(server: Server, path: str, query: Mapping[str, str | int]) -> Iterator[Any]:
    """Every page of a list, until the server gives no further `pageToken`.

    Source: SS 12000:2020, which lets only `limit` go with a token. RegisterError where a token comes again, so that
    no list goes round for ever.
    """
    seen: set[str] = set()
    asked: Mapping[str, str | int] = {**query, "limit": PAGE_SIZE}
    for _number in range(MAX_PAGES):
        answer = server.get(path, asked)
        if not isinstance(answer, dict):
            raise RegisterError(_("The register did not answer as the standard says."))
        yield answer
        token = answer.get("pageToken")
        if not token:
            return
        if not isinstance(token, str) or token in seen:
            raise RegisterError(_("The register gave the same page twice. Nothing was read."))
        seen.add(token)
        asked = {"pageToken": token, "limit": PAGE_SIZE}
    raise RegisterError(_("The register's list does not end."))


def _refusal(answer: requests.Response) -> RegisterError | None:
    """What is said when trying again cannot help."""
    if answer.status_code in TRY_AGAIN:
        return None
    if answer.status_code in {401, 403}:
        return RegisterError(_("The register refuses the token. Check what opens it in the settings."))
    if 300 <= answer.status_code < 400:
        return RegisterError(_("The register leads to another address. Write that address instead."))
    if answer.status_code in NOT_THERE:
        return NotThereError(_("There is no register at that address."))
    return RegisterError(_("The register answered with an error (%(number)s).") % {"number": answer.status_code})


def _pause(answer: requests.Response | None, attempt: int) -> float:
    """So long as the server asks for, at most a minute; twice as long for each attempt where it does not say."""
    asked = answer.headers.get("Retry-After", "") if answer is not None else ""
    return float(min(int(asked), LONGEST_PAUSE_SECONDS)) if asked.isdecimal() else 2.0 ** (attempt - 1)
