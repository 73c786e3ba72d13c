"""What a report was asked for, and by whom it may be seen."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from curriculum.models import Programme
from programmes.models import Area, Municipality, School, SchoolClass
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageReport, coverage_report


def place_words(area: Area | None, school: School | None) -> str:
    """The part of the municipality that was asked for."""
    if school:
        return school.name
    return area.name if area else _("all schools")


@dataclass(frozen=True)
class Selection:
    """What a report was asked for; the querysets hold only what the asker may see, narrowed to area and school."""

    municipality: Municipality
    programme: Programme
    period: Period
    schools: QuerySet[School]
    classes: QuerySet[SchoolClass]
    area: Area | None = None
    school: School | None = None

    @property
    def file_name(self) -> str:
        """A name without spaces and Swedish letters, the extension left out: `tackning-taget-ht-2026`."""
        period = self.period.label if self.period.code[:2] in ("HT", "VT") else self.period.code
        chosen = self.school.slug if self.school else self.area.name if self.area else ""
        parts = ("tackning", self.programme.code, period.replace("/", "-"), chosen)
        return "-".join(slugify(part) for part in parts if part)

    @property
    def words(self) -> str:
        return place_words(self.area, self.school)

    def report(self, *, today: date) -> CoverageReport:
        return coverage_report(
            schools=self.schools, classes=self.classes, programme=self.programme, period=self.period, today=today
        )
