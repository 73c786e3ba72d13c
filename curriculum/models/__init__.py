"""The catalogue (plain facts with stable codes) and the pages that explain it."""

from curriculum.models.catalogue import Programme, Session
from curriculum.models.pages import ProgrammeIndexPage, ProgrammePage, SessionPlanPage, core_parts_of
from curriculum.models.scenarios import Scenario, fetch_scenarios

__all__ = [
    "Programme",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "Scenario",
    "Session",
    "SessionPlanPage",
    "core_parts_of",
    "fetch_scenarios",
]
