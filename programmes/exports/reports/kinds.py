"""Every kind of report: its address, its name, what it asks for, who may read it, and who makes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes import rules
from programmes.enums import EventKind
from programmes.exports.reports.reach import reach
from programmes.exports.reports.report import Report
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Text
from programmes.models.terms import PERIOD_KINDS

PERIOD, PROGRAMME, AREA, SCHOOL = "period", "program", "omrade", "skola"
FIGURES, PAPERS = "figures", "papers"  # the two headings of the menu: figures, and papers for plans and the law


@dataclass(frozen=True)
class Kind:
    """A kind of report.

    `asks` are the fields that its question has (a period always), `periods` the kinds of period that it is made for,
    the first being the one it opens with: the current one, or with `opens_with_last` the last that has ended. One that
    is `of_one_school` is made for no more than one at a time, the first unless another is chosen. `seen` is the event
    that is logged whenever it is shown.
    """

    slug: str
    name: Text
    question: Text
    build: Callable[[Scope], Report]
    group: str = FIGURES
    asks: Sequence[str] = (PERIOD, PROGRAMME, AREA, SCHOOL)
    periods: Sequence[str] = PERIOD_KINDS
    may_read: Callable[..., bool] = rules.can_read_reports
    seen: EventKind | None = None
    opens_with_last: bool = False
    of_one_school: bool = False

    def is_for(self, user: Any, municipality: Any, *, on: date) -> bool:
        return self.may_read(user, municipality, on=on)


ALL = (
    Kind(
        "nadda",
        _("Reach"),
        _("How many classes and pupils has the programme met?"),
        reach,
    ),
)
KINDS: Mapping[str, Kind] = {kind.slug: kind for kind in ALL}
