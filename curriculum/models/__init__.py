"""The catalogue (plain facts with stable codes) and the pages that explain it."""

from curriculum.models.catalogue import Programme, Session
from curriculum.models.pages import ProgrammeIndexPage, ProgrammePage, SessionPlanPage

__all__ = ["Programme", "ProgrammeIndexPage", "ProgrammePage", "Session", "SessionPlanPage"]
