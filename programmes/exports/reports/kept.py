"""A report as plain data: put away when a period is closed, and read back as it was.

A report is strings, numbers and days in dataclasses. Each is kept as an object of its fields that differ from the
usual, under its name, a day as its ISO date under `day`; texts in the municipality's language.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from cms.templatetags.line import Line, Stop
from programmes.exports.charts import Bar, Bars
from programmes.exports.findings import Finding
from programmes.exports.lines import LineRow, Lines
from programmes.exports.reports.report import Report, Section
from programmes.exports.tables import Column, Table

KEPT: Sequence[type] = (Report, Section, Finding, Table, Column, Bars, Bar, Lines, LineRow, Line, Stop)
BY_NAME: dict[str, type] = {cls.__name__: cls for cls in KEPT}
IS, DAY = "is", "day"


def packed(report: Report) -> bytes:
    """A report as it is put away; the same report is the same bytes."""
    text = json.dumps(_plain(report), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def unpacked(content: bytes) -> Report:
    """A report as it was put away. A field that the software no longer has is passed over."""
    found: Report = json.loads(gzip.decompress(content), object_hook=_whole)
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, date):
        return {IS: DAY, DAY: value.isoformat()}
    if is_dataclass(value) and type(value) in KEPT:
        told = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            IS: type(value).__name__,
            **{field.name: _plain(held) for field, held in told if not _is_usual(field, held)},
        }
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"A report cannot keep a {type(value).__name__}.")


def _is_usual(field: Any, held: Any) -> bool:
    usual = field.default_factory() if field.default_factory is not MISSING else field.default
    return type(held) is type(usual) and held == usual


def _whole(told: dict[str, Any]) -> Any:
    name = told.pop(IS)
    if name == DAY:
        return date.fromisoformat(told[DAY])
    cls: Any = BY_NAME[name]
    known = {field.name for field in fields(cls)}
    return cls(**{key: value for key, value in told.items() if key in known})
