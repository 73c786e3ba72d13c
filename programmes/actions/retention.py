"""Deletion (gallring): what is due by the municipality's decisions, what goes by itself, and the record it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Literal

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet

from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.leaving import anonymise_person, people_who_left
from programmes.enums import EventKind
from programmes.models import Deletion, Municipality
from programmes.models.events import midnight

Deed = Literal["empty", "remove", "anonymise"]
LAST_DAY = (6, 30)  # of a school year


@dataclass(frozen=True, kw_only=True)
class RowRule:
    """What becomes of a model's rows: `by` is the date they are counted from, `fields` what is emptied.

    A text that may not be empty becomes what the rule `leaves`, such as a dash.
    """

    model: str
    deed: Deed
    by: str = ""
    fields: tuple[str, ...] = ()
    leaves: str = ""

    @property
    def model_class(self) -> Any:
        return apps.get_model(self.model)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How long something is kept: `days` after what, by which reference; without days it is kept until decided."""

    name: str
    after: str
    days: int | None
    reference: str | None
    goes_by_itself: bool
    rules: tuple[RowRule, ...]


@dataclass(frozen=True)
class Due:
    """So many rows of a model that a decision lets go."""

    decision: Decision
    rule: RowRule
    count: int


class DeletionRefusedError(Exception):
    """No decision of that reference; nothing was deleted."""


def what_is_due(decisions: Sequence[Decision], *, today: date) -> list[Due]:
    """Every rule of a decision that has days, with how many rows are past them; a rule with none is there too."""
    return [
        Due(decision, rule, _rows(decision, rule, today=today).count())
        for decision in decisions
        if decision.days is not None
        for rule in decision.rules
    ]


@transaction.atomic
def delete_by_decision(
    decisions: Sequence[Decision], *, reference: str, today: date, now: datetime, user: User | None = None
) -> Deletion:
    """Delete what is due by the decisions of one reference, and keep a record of who, what, when and by which."""
    chosen = [row for row in decisions if row.days is not None and row.reference == reference]
    if not chosen or any(decision.goes_by_itself for decision in chosen):
        raise DeletionRefusedError(reference)
    deletion = Deletion.objects.create(decision=reference, started_at=now, done_by=user)
    deletion.counts = _delete(chosen, today=today)
    deletion.finished_at = now
    deletion.save()
    for municipality in Municipality.objects.all():
        log_event(
            kind=EventKind.DELETED,
            actor=user,
            municipality=municipality,
            about={"decision": reference, "rows": sum(deletion.counts.values()), **deletion.counts},
        )
    return deletion


@transaction.atomic
def delete_technical_traces(decisions: Sequence[Decision], *, today: date) -> dict[str, int]:
    """Delete what needs no decision: old sign-ins, sessions, invitations and results of jobs; rows by model."""
    return _delete([row for row in decisions if row.goes_by_itself and row.days is not None], today=today)


def _delete(decisions: Sequence[Decision], *, today: date) -> dict[str, int]:
    counts: dict[str, int] = {}
    for decision in decisions:
        for rule in decision.rules:
            number = _do(rule, _rows(decision, rule, today=today))
            if number:
                counts[rule.model] = counts.get(rule.model, 0) + number
    return counts


def _rows(decision: Decision, rule: RowRule, *, today: date) -> QuerySet[Any]:
    """The rows of a rule whose days have passed, without those that have nothing left to empty."""
    days = decision.days or 0
    if rule.deed == "anonymise":
        return people_who_left(before=today - timedelta(days=days))
    rows = rule.model_class._base_manager.filter(_is_past(rule, days, today))
    if rule.deed == "empty":
        rows = rows.filter(reduce(or_, [_holds_something(rule, field) for field in rule.fields]))
    return rows


def _is_past(rule: RowRule, days: int, today: date) -> Q:
    if rule.by.endswith("start_year"):
        last = today - timedelta(days=days)
        ended = last.year - 1 if last >= date(last.year, *LAST_DAY) else last.year - 2
        return Q(**{f"{rule.by}__lte": ended})
    day = today - timedelta(days=days)
    field = rule.model_class._meta.get_field(rule.by.split("__")[0])
    is_moment = isinstance(field, models.DateTimeField)
    return Q(**{f"{rule.by}__lt": midnight(day) if is_moment else day})


def _empty_value(rule: RowRule, name: str) -> str | None:
    return None if rule.model_class._meta.get_field(name).null else rule.leaves


def _holds_something(rule: RowRule, name: str) -> Q:
    if rule.model_class._meta.get_field(name).null:
        return Q(**{f"{name}__isnull": False})
    return ~Q(**{f"{name}__in": {"", rule.leaves}})


def _do(rule: RowRule, rows: QuerySet[Any]) -> int:
    if rule.deed == "anonymise":
        people = list(rows)
        for person in people:
            anonymise_person(person=person)
        return len(people)
    if rule.deed == "empty":
        return rows.update(**{name: _empty_value(rule, name) for name in rule.fields})
    if rule.model == "programmes.Event":
        return rows._raw_delete(rows.db)  # the model itself refuses; the database lets go inside a deletion
    return _remove(rows)


def _remove(rows: QuerySet[Any]) -> int:
    """Remove rows, but none that something still leans on: an adult who left is kept while a list names them."""
    try:
        with transaction.atomic():
            number = rows.count()
            rows.delete()
            return number
    except ProtectedError:
        pass
    number = 0
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()
                number += 1
        except ProtectedError:
            continue
    return number
