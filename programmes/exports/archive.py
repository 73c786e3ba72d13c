"""The archive: what a municipality's schools did, in open formats (CSV, JSON) that can be read without Stins.

Left out are what is no record of the schools' work or may not outlive its decision: accounts and their secrets, trygg
bas, mentors, what pupils and parents answered (a few are told of nowhere), invitations and the event log. A missing
value is an empty cell; times are UTC, in ISO 8601.
"""

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import reduce
from io import StringIO
from operator import or_
from typing import Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import translation
from wagtail.models import Page

from accounts.models import User
from cms.models import homes_of
from programmes.exports.tables import new_export_id
from programmes.models import Municipality

ROOMS = ("programmes", "curriculum")
KEPT_AS_RECORDS = {"session_data", "account"}
SECRETS = {"door_code", "token_hash", "client_id"}
LEFT_OUT = {
    "programmes.Event",
    "programmes.Deletion",
    "programmes.CheckRound",
    "programmes.ClassCheck",
    "programmes.Mentor",
    "programmes.FeedbackRound",
    "programmes.SurveyAnswer",
    "programmes.DigestRefusal",
    "programmes.SignUpLetter",
}
KINDS = {
    models.BooleanField: "boolean",
    models.DateTimeField: "datetime",
    models.DateField: "date",
    models.IntegerField: "integer",
    models.ForeignKey: "integer",
    models.JSONField: "object",
}


def write_archive(municipality: Municipality, stream: BinaryIO, *, policy: dict[str, Any], now: datetime) -> str:
    """Write the archive of a municipality as a zip to a binary stream, and return its export id."""
    export_id = new_export_id(now=now)
    people: set[int] = set()
    resources = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, translation.override(settings.LANGUAGE_CODE):
        for model in archived_models(policy):
            rows = _rows_of(model, municipality)
            name = f"data/{model._meta.label_lower.replace('.', '_')}.csv"
            archive.writestr(name, _csv(model, rows, people))
            resources.append(_resource(model, name))
        archive.writestr("data/people.csv", _people(people))
        archive.writestr("pages.json", _json(list(_pages(municipality))))
        package = {
            "name": f"stins-{municipality.code}",
            "title": f"Stins, {municipality.name}",
            "id": export_id,
            "created": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "version": settings.STINS_VERSION,
            "resources": resources,
        }
        archive.writestr("datapackage.json", _json(package))
    return export_id


def archived_models(policy: dict[str, Any]) -> list[Any]:
    """The registers that are records of the schools' work, by the decision that each one's people fall under."""
    found = []
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            decisions = {line["keep"] for line in policy["personal"].get(model._meta.label, {}).values()}
            is_elsewhere = issubclass(model, Page) or model._meta.proxy  # pages have files of their own
            if decisions <= KEPT_AS_RECORDS and not is_elsewhere and model._meta.label not in LEFT_OUT:
                found.append(model)
    return sorted(found, key=lambda model: model._meta.label)


def _fields(model: Any) -> list[Any]:
    return [field for field in model._meta.local_fields if field.name not in SECRETS]


def _rows_of(model: Any, municipality: Municipality) -> QuerySet[Any]:
    """A model's rows of one municipality; the catalogue is the same for all."""
    rows = model._base_manager.order_by("pk")
    if model is Municipality:
        return rows.filter(pk=municipality.pk)
    if model._meta.app_label == "curriculum":
        return rows
    ways = ways_to_municipality(model)
    if not ways:
        raise LookupError(f"Nothing says which municipality the rows of {model._meta.label} belong to.")
    return rows.filter(reduce(or_, (Q(**{way: municipality}) for way in ways)))


def ways_to_municipality(model: Any) -> list[str]:
    """How a row leads to its municipality: the shortest way that is always there, or else those of which one is."""
    certain = _ways(model, optional=False)
    return [min(certain, key=lambda way: way.count("__"))] if certain else _ways(model, optional=True)


def _ways(model: Any, *, optional: bool, passed: tuple[Any, ...] = ()) -> list[str]:
    """Every way; only the first step may be by a column that may be empty, and only where asked for."""
    ways = []
    for field in model._meta.concrete_fields:
        target = field.related_model
        # The register that a row of history is about may have lost the row that it was about.
        if target is None or (field.null and not optional) or field.name == "history_relation":
            continue
        if target is Municipality:
            ways.append(field.name)
        elif target._meta.app_label == "programmes" and target not in (model, *passed):
            onwards = _ways(target, optional=False, passed=(*passed, model))
            ways += [f"{field.name}__{way}" for way in onwards]
    return ways


def _csv(model: Any, rows: QuerySet[Any], people: set[int]) -> str:
    fields = _fields(model)
    points_at_people = [field.attname for field in fields if field.related_model is User]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field.attname for field in fields])
    for row in rows.iterator(chunk_size=2000):
        people.update(filter(None, (getattr(row, name) for name in points_at_people)))
        writer.writerow([_cell(getattr(row, field.attname)) for field in fields])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _people(people: set[int]) -> str:
    """The names that staff are shown by, for the numbers in the tables: an alias where there is one."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", "name"])
    for person in User.objects.filter(pk__in=people).order_by("pk"):
        writer.writerow([person.pk, str(person)])
    return text.getvalue()


def _resource(model: Any, path: str) -> dict[str, Any]:
    fields = [
        {"name": field.attname, "type": _kind(field), "title": str(field.verbose_name)} for field in _fields(model)
    ]
    schema = {"fields": fields, "primaryKey": model._meta.pk.attname, "missingValues": [""]}
    title = str(model._meta.verbose_name_plural)
    return {"name": path[5:-4], "path": path, "title": title, "encoding": "utf-8", "schema": schema}


def _kind(field: Any) -> str:
    return next((kind for base, kind in KINDS.items() if isinstance(field, base)), "string")


def _pages(municipality: Municipality) -> Iterator[dict[str, Any]]:
    """Every published page of the municipality's site, as its fields stand; not who wrote it."""
    for home in homes_of(municipality.site):
        for page in home.get_descendants(inclusive=True).live().specific().iterator():
            data = page.serializable_data()
            kept = {key: value for key, value in data.items() if key not in {"owner", "locked_by", "comments"}}
            yield {"type": page._meta.label, "address": page.url_path, **kept}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
