"""What to rewrite: how each session's plan has served, version by version.

Definitions: held = deliveries, each group of a split class by itself; not held = planned sessions that were said not to
be held, and that were not held later either; adapted = of the deliveries where it was answered, those that were
adapted; engagement = the mean of what the leaders saw, 1 to 4. A version is the published text that a session was held
with. First come the sessions that are most often adapted or not held, as a share of held and not held together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from curriculum.models import Session
from programmes.enums import AdaptationWhat, AdaptationWhy, NotHeldReason
from programmes.models import Delivery, NotHeld


@dataclass(frozen=True)
class VersionUse:
    """What was held with one version of a plan; `published` is None where no version was kept."""

    published: datetime | None
    held: int
    adapted: int
    answered: int
    engagement: float | None


@dataclass(frozen=True)
class SessionUse:
    """One session: its versions, the latest first, and how often each reason was given, the most common first."""

    session: Session
    not_held: int = 0
    versions: list[VersionUse] = field(default_factory=list)
    engagement: float | None = None
    what: list[tuple[str, int]] = field(default_factory=list)
    why: list[tuple[str, int]] = field(default_factory=list)
    reasons: list[tuple[str, int]] = field(default_factory=list)

    @property
    def held(self) -> int:
        return sum(version.held for version in self.versions)

    @property
    def adapted(self) -> int:
        return sum(version.adapted for version in self.versions)

    @property
    def answered(self) -> int:
        return sum(version.answered for version in self.versions)

    @property
    def need(self) -> float:
        """The share that was adapted or not held."""
        return (self.adapted + self.not_held) / (self.held + self.not_held)


def rewrite_list(deliveries: QuerySet[Delivery], not_held: QuerySet[NotHeld]) -> list[SessionUse]:
    """Every session that was held or was to be, the one to look at first at the top; six queries for any number."""
    versions = _versions(deliveries)
    means = dict(_grouped(deliveries).annotate(mean=Avg("engagement")).values_list("planned_session__session", "mean"))
    what = _counts(deliveries.filter(is_adapted=True), "adaptation_what", AdaptationWhat)
    why = _counts(deliveries.filter(is_adapted=True), "adaptation_why", AdaptationWhy)
    reasons = _counts(not_held.filter(planned_session__deliveries__isnull=True), "reason", NotHeldReason)
    missed = {pk: sum(number for _label, number in found) for pk, found in reasons.items()}
    sessions = Session.objects.filter(pk__in={*versions, *missed}).select_related("programme").in_order()
    uses = [
        SessionUse(
            session=session,
            not_held=missed.get(session.pk, 0),
            versions=versions.get(session.pk, []),
            engagement=means.get(session.pk),
            what=what.get(session.pk, []),
            why=why.get(session.pk, []),
            reasons=reasons.get(session.pk, []),
        )
        for session in sessions
    ]
    return sorted(uses, key=lambda use: -use.need)


def _grouped(rows: QuerySet[Any], *names: str) -> QuerySet[Any, dict[str, Any]]:
    return rows.order_by().values("planned_session__session", *names)


def _versions(deliveries: QuerySet[Delivery]) -> dict[int, list[VersionUse]]:
    found: dict[int, list[VersionUse]] = {}
    rows = _grouped(deliveries, "plan_revision", "plan_revision__created_at").annotate(
        held=Count("pk"),
        adapted=Count("pk", filter=Q(is_adapted=True)),
        answered=Count("pk", filter=Q(is_adapted__isnull=False)),
        mean=Avg("engagement"),
    )
    for row in sorted(rows, key=lambda row: row["plan_revision"] or 0, reverse=True):
        use = VersionUse(
            published=row["plan_revision__created_at"],
            held=row["held"],
            adapted=row["adapted"],
            answered=row["answered"],
            engagement=row["mean"],
        )
        found.setdefault(row["planned_session__session"], []).append(use)
    return found


def _counts(rows: QuerySet[Any], name: str, choices: Iterable[Any]) -> dict[int, list[tuple[str, int]]]:
    labels = {choice.value: str(choice.label) for choice in choices}
    found: dict[int, list[tuple[str, int]]] = {}
    counted = _grouped(rows.exclude(**{name: ""}), name).annotate(number=Count("pk"))
    for row in sorted(counted, key=lambda row: (-row["number"], row[name])):
        found.setdefault(row["planned_session__session"], []).append((labels[row[name]], row["number"]))
    return found
