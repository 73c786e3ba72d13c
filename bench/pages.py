"""The pages that are measured, and how many questions each asks the database."""

from itertools import repeat

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bench.client import HOST, Request
from bench.data import CLASSES, classes_of, report_path, saves
from bench.load import Page
from curriculum.models import Session
from programmes.models import School

COORDINATOR, CENTRE = "koordinator@ekbacka.example", "samordnare@ekbacka.example"
PLAN = "/program/taget/normer-och-dess-konsekvenser/"
BARE, BEHIND_MIDDLEWARE = "Bare view", "Bare view, all middleware"


def pages_of(school: School, *, schools: int) -> list[Page]:
    """The bare view and what is compared with it; the numbers are the budgets of README.md's performance table."""
    year = f"/skolor/{school.slug}/"
    form = report_path(classes_of(school).order_by("pk").first(), Session.objects.get(code="T-B3"))
    saving = saves(school, today=timezone.localdate())
    return [
        Page(BARE, "", repeat(Request("/bench/bare/"))),
        Page(BEHIND_MIDDLEWARE, "", repeat(Request("/bench/middleware/"))),
        Page(f"School's year, {CLASSES} classes", COORDINATOR, repeat(Request(year)), most_queries=14),
        Page("Report form", COORDINATOR, repeat(Request(form)), most_queries=20),
        Page("Report form, save", COORDINATOR, saving, most_queries=20),
        Page(f"Overview, {schools} schools", CENTRE, repeat(Request("/oversikt/")), most_queries=17),
        Page("Session plan", "", repeat(Request(PLAN)), most_queries=12),
    ]


def count_queries(pages: list[Page]) -> None:
    """Ask for each page once in this process, on the same database, and count; a first time warms what is kept."""
    for page in pages[2:]:
        client = Client(SERVER_NAME=HOST)
        if page.who:
            client.force_login(User.objects.get(email=page.who))
        first, second = next(page.requests), next(page.requests)
        _send(client, first)
        with CaptureQueriesContext(connection) as captured:
            _send(client, second)
        page.queries = len(captured)


def _send(client: Client, request: Request) -> None:
    response = client.get(request.path) if request.form is None else client.post(request.path, request.form)
    assert response.status_code == request.expected_status, (request.path, response.status_code)
