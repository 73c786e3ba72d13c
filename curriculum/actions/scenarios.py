"""Brings the scenarios of a site in step with the files, and what is read out of plans in step with the scenarios."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from wagtail.models import ModelLogEntry, Site

from cms.models import SearchText
from curriculum.actions.content import LoadResult, ScenarioRow
from curriculum.actions.snippets import keep_snippet
from curriculum.models import Scenario, SessionPlanPage


@transaction.atomic
def load_scenarios(*, site: Site, scenarios: Iterable[ScenarioRow]) -> LoadResult:
    """Create and update the scenarios by code; one that a person has changed or deleted is left alone and named."""
    result = LoadResult()
    known = {scenario.code: scenario for scenario in Scenario.objects.filter(site=site)}
    deleted = _deleted_codes()
    for row in scenarios:
        label = f"{row.code} {row.title}"
        if row.code not in known and row.code in deleted:
            result.left_alone.append(label)
        else:
            scenario = known.get(row.code) or Scenario(site=site, code=row.code)
            keep_snippet(scenario, asdict(row), label=label, result=result)
    return result


def _deleted_codes() -> set[str]:
    """Of the scenarios that a person took away; a scenario is called by its code, whatever its title had become."""
    deletions = ModelLogEntry.objects.get_for_model(Scenario).filter(action="wagtail.delete", user__isnull=False)
    return {label.partition(" ")[0] for label in deletions.values_list("label", flat=True)}


def forget_search_texts(*, scenario: Scenario) -> None:
    """Let search read the plans again in which a scenario is told: their words have changed, though no page has."""
    plans = SessionPlanPage.objects.live().telling(scenario)
    SearchText.objects.filter(page__in=list(plans.values_list("pk", flat=True))).delete()
