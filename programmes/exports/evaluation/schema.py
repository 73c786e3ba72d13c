"""What a table of the package says of itself: its columns, keys, units, and where each definition comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import override

from programmes.reports.suppression import HIDDEN, NEAR_ALL, NEAR_NONE, NOT_REPORTED

Type = Literal["string", "integer", "number", "boolean"]
MISSING = ["", NOT_REPORTED, HIDDEN, NEAR_NONE, NEAR_ALL]
# The dimensions of implementation research that a column tells of.
IDENTITY, REACH, DOSE, ADHERENCE, QUALITY, RESPONSE, ADAPTATION, DIFFERENTIATION, CONTEXT = (
    "identity",
    "reach",
    "dosage",
    "adherence",
    "quality",
    "responsiveness",
    "adaptation",
    "differentiation",
    "context",
)
MEASURES, FRAME, SS, RE_AIM = (
    "Stins, definitions of measures",
    "FRAME (Wiltsey Stirman et al. 2019)",
    "Skolverket, register of school units",
    "RE-AIM (Glasgow et al. 1999)",
)


@dataclass(frozen=True)
class Field:
    """A column: its name for ever, its type, what it means, its unit and source; `codes` are its only values."""

    name: str
    type: Type
    means: str | Promise
    dimension: str = CONTEXT
    unit: str = ""
    source: str = MEASURES
    codes: Mapping[str, str | Promise] | None = None

    def described(self) -> dict[str, Any]:
        """The column as a Frictionless Table Schema tells it, in English with the Swedish beside."""
        field: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "description": _in("en", self.means),
            "descriptionSv": _in("sv", self.means),
            "dimension": self.dimension,
            "source": self.source,
        }
        if self.unit:
            field["unit"] = self.unit
        if self.type == "boolean":
            field |= {"trueValues": ["true"], "falseValues": ["false"]}
        constraints: dict[str, Any] = {}
        if self.codes:
            constraints["enum"] = list(self.codes)
            field["labels"] = {code: _in("en", label) for code, label in self.codes.items()}
            field["labelsSv"] = {code: _in("sv", label) for code, label in self.codes.items()}
        if self.type == "integer":
            constraints["minimum"] = 0
        if constraints:
            field["constraints"] = constraints
        return field


@dataclass(frozen=True)
class Resource:
    """A table: its columns, what a row is, its key, and the table and column that its ids lead to."""

    name: str
    row_is: str | Promise
    fields: Sequence[Field]
    key: Sequence[str]
    leads_to: Mapping[str, tuple[str, str]] | None = None

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    def described(self, *, size: int, digest: str) -> dict[str, Any]:
        """The table as a Frictionless Data Resource tells it."""
        schema: dict[str, Any] = {
            "fields": [field.described() for field in self.fields],
            "missingValues": MISSING,
            "primaryKey": list(self.key),
        }
        if self.leads_to:
            schema["foreignKeys"] = [
                # A table that leads to itself is named by nothing.
                {"fields": [name], "reference": {"resource": "" if table == self.name else table, "fields": [column]}}
                for name, (table, column) in self.leads_to.items()
            ]
        return {
            "name": self.name,
            "type": "table",
            "path": f"{self.name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "description": _in("en", self.row_is),
            "descriptionSv": _in("sv", self.row_is),
            "bytes": size,
            "hash": f"sha256:{digest}",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
            "schema": schema,
        }


def _in(language: str, text: str | Promise) -> str:
    with override(language):
        return str(text)
