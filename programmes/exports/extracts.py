"""All that is stored about one member of staff (GDPR article 15): counted for the screen, whole in an open file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.text import capfirst
from django.utils.timezone import localtime

from accounts.models import User
from programmes.exports.event_words import event_kind_label, event_sentence
from programmes.exports.privacy_words import KINDS, register_name
from programmes.models import Event

# The person's own row is told field by field; a secret is never told, only that it is there.
OWN_ROW = "accounts.User"


@dataclass(frozen=True)
class Stored:
    """The rows of one register that name the person, and what they tell."""

    register: str
    told: str
    count: int
    model: str


def stored_about(person: User, policy: dict[str, Any]) -> list[Stored]:
    """Every register that names the person, with its number of rows; those without any are left out."""
    fields: dict[str, list[str]] = {}
    for label, _model, name in _places(policy):
        fields.setdefault(label, []).append(name)
    stored = []
    for label, names in fields.items():
        model = apps.get_model(label)
        named = reduce(or_, [Q(**{name: person.pk}) for name in names])
        kinds = dict.fromkeys(str(KINDS[policy["personal"][label][name]["kind"]]) for name in names)
        count = model._base_manager.filter(named).count()
        stored.append(Stored(register=register_name(model), told="; ".join(kinds), count=count, model=label))
    return [row for row in stored if row.count]


def own_facts(person: User, policy: dict[str, Any]) -> list[tuple[str, str]]:
    """What the person's own row says, by the field's name; what opens the account is left out."""
    facts = []
    for name, line in policy["personal"][OWN_ROW].items():
        field = _field(User, name)
        if line["kind"] != "secret" and not field.many_to_many:
            facts.append((capfirst(str(field.verbose_name)), _plain(getattr(person, name))))
    return facts


def extract_of(person: User, policy: dict[str, Any], *, now: datetime) -> bytes:
    """The whole extract as JSON (UTF-8): the own row, every row that names the person, and the log's sentences."""
    with translation.override(settings.LANGUAGE_CODE):
        extract: dict[str, Any] = {
            "uttag": f"{localtime(now):%Y-%m-%d %H:%M}",
            "program": f"Stins {settings.STINS_VERSION}",
            "person": dict(own_facts(person, policy)),
            "uppgifter": [
                {
                    "register": register_name(model),
                    "berättar": str(KINDS[policy["personal"][label][name]["kind"]]),
                    "fält": f"{label}.{name}",
                    "rader": [_row(row, model, name, policy) for row in _rows(model, name, person).select_related()],
                }
                for label, model, name in _places(policy)
                if label != "programmes.Event"
            ],
            "logg": [_event(event) for event in _events(person)],
        }
        extract["uppgifter"] = [part for part in extract["uppgifter"] if part["rader"]]
    return json.dumps(extract, ensure_ascii=False, indent=2).encode()


def _places(policy: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for label, fields in policy["personal"].items():
        model = apps.get_model(label)
        for name in fields:
            field = model._meta.get_field(name)
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                yield label, model, name


def _field(model: Any, name: str) -> Any:
    return model._meta.get_field(name)


def _rows(model: Any, name: str, person: User) -> QuerySet[Any]:
    return model._base_manager.filter(**{name: person.pk}).order_by("pk")


def _row(row: Any, model: Any, name: str, policy: dict[str, Any]) -> dict[str, str]:
    """A row in words, and of its own fields those that are the person's: never another person's, never a secret."""
    told = {"rad": str(row.pk), "vad": str(row)}
    for other, line in policy["personal"][model._meta.label].items():
        field = _field(model, other)
        if other != name and line["kind"] != "secret" and not field.is_relation:
            told[str(field.verbose_name)] = _plain(getattr(row, other))
    return told


def _events(person: User) -> QuerySet[Event]:
    found = Event.objects.filter(Q(actor=person) | Q(person=person))
    return found.select_related("actor", "person").order_by("at", "pk")


def _event(event: Event) -> dict[str, str]:
    return {
        "tid": f"{localtime(event.at):%Y-%m-%d %H:%M:%S}",
        "händelse": event_kind_label(event),
        "vad": event_sentence(event),
    }


def _plain(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value)
