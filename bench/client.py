"""A browser without a screen: one kept connection, its cookies, and the time and size of every answer."""

import gzip
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from time import monotonic, perf_counter
from urllib.parse import quote, urlencode

HOST = "127.0.0.1"
SECONDS_TO_WAIT = 30
MOST_IDLE_SECONDS = 1


class UnexpectedAnswerError(Exception):
    """The server answered something else than the page: what was measured would be an error page."""


@dataclass(frozen=True)
class Request:
    """A page to ask for; with a form it is sent, and the answer must lead on."""

    path: str
    form: dict[str, str] | None = None

    @property
    def expected_status(self) -> int:
        return 200 if self.form is None else 302


@dataclass(frozen=True)
class Answer:
    """What came back: seconds until its last byte, and the bytes of its body as they were sent (compressed)."""

    status: int
    seconds: float
    body: bytes
    encoding: str
    location: str

    @property
    def text(self) -> str:
        content = gzip.decompress(self.body) if self.encoding == "gzip" else self.body
        return content.decode()


@dataclass
class Browser:
    """Sends requests to the server that is measured, and to nothing else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(HOST, self.port, timeout=SECONDS_TO_WAIT)
        self.last_answer = monotonic()

    def ask(self, request: Request) -> Answer:
        """Send a request and read its answer to the end; refuse an answer of another kind than expected."""
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        method, body = "GET", None
        if request.form is not None:
            method = "POST"
            body = urlencode({**request.form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._reconnect_if_idle()
        start = perf_counter()
        self.connection.request(method, quote(request.path, safe="/?&=%"), body=body, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds, self.last_answer = perf_counter() - start, monotonic()
        for header in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        if response.status != request.expected_status:
            raise UnexpectedAnswerError(f"{method} {request.path} answered {response.status}")
        encoding, location = response.headers.get("Content-Encoding", ""), response.headers.get("Location", "")
        return Answer(response.status, seconds, content, encoding, location)

    def _reconnect_if_idle(self) -> None:
        """Do before the clock starts what the server has forced: it drops connections that it has not heard from."""
        if monotonic() - self.last_answer > MOST_IDLE_SECONDS:
            self.connection.close()
            self.connection.connect()

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form, as a person does."""
        self.ask(Request("/konto/logga-in/"))
        self.ask(Request("/konto/logga-in/", {"login": email, "password": password}))

    def close(self) -> None:
        self.connection.close()
