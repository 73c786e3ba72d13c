"""Wagtail's page for editing a plan of twenty steps, and the same for a bare page with as many plain blocks."""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from time import process_time
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Site

from accounts.models import User
from bench.client import HOST
from curriculum.models import SessionPlanPage

STEPS, ROUNDS = 20, 9


@dataclass(frozen=True)
class EditorCost:
    """Seconds of processor time for one opening, the best of several rounds that take turns, and questions asked."""

    blocks: int
    plan: float
    bare: float
    plan_queries: int
    bare_queries: int

    @property
    def ratio(self) -> float:
        return self.plan / self.bare


def measure_editor() -> EditorCost:
    """Both pages are drafts, as an editor leaves them; nothing of the product's is between Wagtail and the bare one."""
    plan = plan_of_steps(STEPS)
    bare = bare_page(blocks := blocks_of(plan))
    client = Client(SERVER_NAME=HOST)
    client.force_login(User.objects.filter(is_superuser=True).earliest("pk"))
    seconds: dict[Any, list[float]] = {plan: [], bare: []}
    for _round in range(ROUNDS):
        for page, taken in seconds.items():
            taken.append(_seconds(lambda page=page: _open(client, page)))
    asked = {}
    for page in seconds:
        with CaptureQueriesContext(connection) as captured:
            _open(client, page)
        asked[page] = len(captured)
    # The first opening of each warms what is kept between requests.
    return EditorCost(blocks, min(seconds[plan][1:]), min(seconds[bare][1:]), asked[plan], asked[bare])


def plan_of_steps(number: int) -> SessionPlanPage:
    """A plan that ships, its steps told again until there are so many."""
    plan = SessionPlanPage.objects.get(slug="konsnormen")
    steps = islice(cycle(plan.steps.raw_data), number)
    plan.steps = SessionPlanPage._meta.get_field("steps").to_python([{**step, "id": str(uuid4())} for step in steps])
    plan.save_revision(clean=False)
    return plan


def bare_page(number: int) -> Page:
    site = Site.objects.get(is_default_site=True)
    page = apps.get_model("bare.BarePage")(
        title="Bare", slug="bare", body=[("text", f"En rad, nummer {n}") for n in range(number)]
    )
    Page.objects.get(pk=site.root_page_id).add_child(instance=page)
    page.save_revision()
    return page


def blocks_of(plan: SessionPlanPage) -> int:
    """How many fields a plan's streams show its editor: each text, number and choice by itself."""
    names = [field.name for field in SessionPlanPage._meta.get_fields() if hasattr(field, "stream_block")]
    return sum(_leaves(getattr(plan, name).get_prep_value()) for name in names)


def _leaves(value: Any) -> int:
    if isinstance(value, dict):
        return _leaves(value["value"]) if "type" in value else _sum(value.values())
    return _sum(value) if isinstance(value, list) else 1


def _sum(values: Iterable[Any]) -> int:
    return sum(_leaves(value) for value in values)


def _open(client: Client, page: Page) -> None:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200, response.status_code


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start
