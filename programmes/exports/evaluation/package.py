"""Writes the package: a zip that is a Frictionless Data Package, the same to the byte for the same data and key."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from programmes.exports.evaluation import (
    other_resources as other,
    school_resources as schools,
    session_resources as sessions,
    survey_resources as surveys,
)
from programmes.exports.evaluation.other_rows import (
    mentor_cohort_rows,
    parent_group_rows,
    parent_language_rows,
    secure_base_rows,
    staff_session_rows,
)
from programmes.exports.evaluation.readme import readme
from programmes.exports.evaluation.schema import Field, Resource
from programmes.exports.evaluation.scope import Row, Scope
from programmes.exports.evaluation.session_rows import (
    class_rows,
    delivery_leader_rows,
    delivery_rows,
    planned_session_rows,
    school_rows,
    session_rows,
)
from programmes.exports.evaluation.summary_rows import adaptation_rows, person_hour_rows, re_aim_rows
from programmes.exports.evaluation.survey_rows import survey_answer_rows, survey_question_rows, survey_round_rows
from programmes.reports.moment import one_moment

# No clock of any computer may show in the file, or the same data would not give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)
TABLES: tuple[tuple[Resource, Callable[[Scope], Iterable[Row]]], ...] = (
    (schools.SCHOOLS, school_rows),
    (schools.CLASSES, class_rows),
    (sessions.SESSIONS, session_rows),
    (sessions.PLANNED_SESSIONS, planned_session_rows),
    (sessions.DELIVERIES, delivery_rows),
    (sessions.DELIVERY_LEADERS, delivery_leader_rows),
    (other.STAFF_SESSIONS, staff_session_rows),
    (other.MENTOR_COHORTS, mentor_cohort_rows),
    (other.PARENT_GROUPS, parent_group_rows),
    (other.PARENTS_BY_LANGUAGE, parent_language_rows),
    (other.SECURE_BASES, secure_base_rows),
    (surveys.SURVEY_QUESTIONS, survey_question_rows),
    (surveys.SURVEY_ROUNDS, survey_round_rows),
    (surveys.SURVEY_ANSWERS, survey_answer_rows),
    (other.RE_AIM_TABLE, re_aim_rows),
    (other.ADAPTATIONS, adaptation_rows),
    (other.PERSON_HOURS, person_hour_rows),
)
CODEBOOK = Resource(
    "codebook",
    _("Every column of every table, in Swedish and English."),
    [
        Field(name, "string", _("As the column's name says."))
        for name in ("table", "column", "type", "unit", "dimension", "source", "swedish", "english", "codes")
    ],
    ["table", "column"],
)


def write_package(scope: Scope, stream: BinaryIO) -> str:
    """Write the whole package and return its SHA-256; the stream stands at its end.

    All tables are read as of one moment, so that the ids of one lead to the rows of another whoever reports meanwhile.
    Tables are plain UTF-8 with commas, decimal points and ISO weeks. An empty cell is not known or not said, `.` not
    reported, `..` hidden, `~0` and `~100` a share that is nearly none or all. Rows stand in the order of their ids.
    """
    with one_moment():
        tables = [(resource, _csv(resource, rows_of(scope))) for resource, rows_of in TABLES]
    files = [(f"{resource.name}.csv", content) for resource, content in tables]
    described = [_described(resource, content) for resource, content in tables]
    codebook = _csv(CODEBOOK, _codebook_rows(described))
    files.append(("codebook.csv", codebook))
    described.append(_described(CODEBOOK, codebook))
    files.append(("datapackage.json", _json(_package(scope, described))))
    files.append(("README.md", readme(scope, [resource for resource, _rows in TABLES]).encode()))
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files):
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    stream.seek(0)
    digest = hashlib.sha256()
    while part := stream.read(1024 * 1024):
        digest.update(part)
    return digest.hexdigest()


def _described(resource: Resource, content: bytes) -> dict[str, Any]:
    return resource.described(size=len(content), digest=hashlib.sha256(content).hexdigest())


def _package(scope: Scope, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    code, year = scope.municipality.code, scope.period.code.replace("/", "-")
    return {
        "profile": "data-package",
        "name": f"stins-{code}-{year}",
        "title": f"Stins {scope.municipality.name} {scope.period.label}",
        "version": settings.STINS_VERSION,
        "schoolYear": scope.period.label,
        "countedTo": scope.last_day.isoformat(),
        "suppression": {
            "profile": scope.profile.code,
            "threshold": scope.profile.threshold,
            "smallestGroup": scope.profile.smallest_group,
            "leastSchools": scope.profile.least_schools,
        },
        "resources": list(resources),
    }


def _csv(resource: Resource, rows: Iterable[Row]) -> bytes:
    """A table in the order of its lines, each written at once: a year's rows as values would take all there is."""
    return "".join([_line(resource.columns), *sorted(map(_line, rows))]).encode()


def _line(row: Iterable[Any]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow([_cell(value) for value in row])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _codebook_rows(described: Sequence[dict[str, Any]]) -> Iterable[Row]:
    for resource in described:
        for field in resource["schema"]["fields"]:
            labels, swedish = field.get("labels", {}), field.get("labelsSv", {})
            yield (
                resource["path"].removesuffix(".csv"),
                field["name"],
                field["type"],
                field.get("unit", ""),
                field["dimension"],
                field["source"],
                field["descriptionSv"],
                field["description"],
                "; ".join(f"{code} = {swedish[code]} / {label}" for code, label in labels.items()),
            )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
