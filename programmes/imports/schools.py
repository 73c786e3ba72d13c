"""Finds the school that a row names, by its unit code or by its name; an import creates no schools."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from programmes.imports.cells import as_text
from programmes.imports.sheets import loosely
from programmes.imports.values import CellError, Cells, read_unit_code
from programmes.models import School


@dataclass
class Schools:
    """The schools that a file may speak of, found by unit code or by name; `default` where a row names none.

    What a register answers is known by its code alone (`code_decides`): it may call the school something else.
    """

    by_code: dict[str, School] = field(default_factory=dict)
    by_name: dict[str, list[School]] = field(default_factory=dict)
    default: School | None = None
    code_decides: bool = False

    @classmethod
    def among(
        cls, schools: Iterable[School], *, default: School | None = None, code_decides: bool = False
    ) -> "Schools":
        found = cls(default=default, code_decides=code_decides)
        for school in schools:
            found.by_code[school.unit_code] = school
            found.by_name.setdefault(loosely(school.name), []).append(school)
        return found

    def find(self, cells: Cells) -> School:
        """The school of a row; CellError where it is missing, unknown, or two things at once."""
        code, name = read_unit_code(cells.get("unit_code")), as_text(cells.get("school"))
        if not code and not loosely(name):
            if self.default is None:
                raise CellError(_("The school is missing."))
            return self.default
        named = self.by_name.get(loosely(name), [])
        if not code and len(named) > 1:
            raise CellError(_("Several schools have that name. Give the school unit code."))
        school = self.by_code.get(code) if code else next(iter(named), None)
        if school is None:
            raise CellError(
                _("The school is not in Stins, or not one that you import for. An import creates no schools.")
            )
        if code and loosely(name) and not self.code_decides and not _is_name_of(school, loosely(name), named):
            raise CellError(_("The school's name and the school unit code do not belong together."))
        if self.default is not None and school != self.default:
            raise CellError(_("The row is about another school than the one that was chosen."))
        return school


def _is_name_of(school: School, name: str, named: list[School]) -> bool:
    """The code decides: a longer or shorter form of the school's name will do, another school's name will not."""
    if named:
        return school in named
    own = loosely(school.name)
    return name in own or own in name
