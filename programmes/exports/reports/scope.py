"""What a report was asked for: where, when, in which programme; the schools hold only what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from curriculum.models import Programme
from programmes.exports.frozen import named_then
from programmes.exports.selections import Selection, place_words
from programmes.models import Area, ClosedPeriod, Delivery, Municipality, ParentGroup, School, SchoolClass
from programmes.models.meetings import ParentGroupQuerySet
from programmes.models.mentors import taught_in
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageReport
from programmes.reports.coverage_rows import cut_off

TWO_SCHOOL_YEARS = gettext_lazy(
    "The period lies in two school years, and a class counts in each: a pupil who has moved up is among the pupils"
    " reached of both."
)


@dataclass(frozen=True)
class Scope:
    """A report's question. `schools` are those whose every class the asker may see, narrowed to area and school.

    `reads_secure_bases` says whether the asker may read the shares of trygg bas that are asked for.
    `programme` is None where a kind of report does not ask for one. `sees_all` where the asker sees all of the
    municipality, and not only the schools. A comparison is over the `compared` periods, the earliest first, by one
    `measure`. `visible` holds the schools before they were narrowed, for what lay elsewhere when a period was closed.
    `kept` is the closed period that the report was put away with; None where it is counted.
    """

    municipality: Municipality
    period: Period
    today: date
    schools: QuerySet[School]
    programme: Programme | None = None
    area: Area | None = None
    school: School | None = None
    visible: QuerySet[School] | None = None
    sees_all: bool = False
    compared: Sequence[Period] = ()
    measure: str = ""
    reads_secure_bases: bool = False
    kept: ClosedPeriod | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is about all of the municipality, and what belongs to no school is in it too."""
        return self.sees_all and not (self.area or self.school)

    @property
    def day(self) -> date:
        """Counted to and including this day."""
        return cut_off(self.period, today=self.today)

    @property
    def period_label(self) -> str:
        """The period, or all those that are compared."""
        return ", ".join(period.label for period in self.compared) or self.period.label

    @property
    def period_words(self) -> str:
        """As a sentence begins: `HT 2026`, `Läsåret 2026/27`."""
        label = self.period.label
        return _("School year %(label)s") % {"label": label} if self.period.is_school_year else label

    @property
    def about_two_years(self) -> str:
        """What a reader has to know of counts of classes where the period lies in two school years; else empty."""
        return str(TWO_SCHOOL_YEARS) if len(self.period.start_years) > 1 else ""

    @property
    def place(self) -> str:
        if self.kept and (self.area or self.school):
            return named_then(self.kept, area=self.area if not self.school else None, school=self.school)
        return place_words(self.area, self.school)

    @property
    def area_words(self) -> str:
        if self.area is None:
            return _("all areas")
        return named_then(self.kept, area=self.area) if self.kept else self.area.name

    @property
    def school_words(self) -> str:
        return self.place if self.school else _("all schools")

    @property
    def words(self) -> str:
        """What the file's foot says was asked for."""
        return ", ".join(
            str(part) for part in (self.municipality.name, self.programme and self.programme.name, self.place) if part
        )

    def file_name(self, slug: str) -> str:
        """A name without spaces and Swedish letters, the extension left out: `kedjan-taget-ht-2026`."""
        period = self.period.label if self.period.code[:2] in ("HT", "VT") else self.period.code
        chosen = self.school.slug if self.school else self.area.name if self.area else ""
        parts = (slug, self.programme.code if self.programme else "", period.replace("/", "-"), chosen)
        return "-".join(slugify(part) for part in parts if part)

    @property
    def classes(self) -> QuerySet[SchoolClass]:
        """The classes (in the mentors' programme the mentee groups) of these schools."""
        if self.programme is None:
            return SchoolClass.objects.filter(school__in=self.schools.order_by().values("pk"))
        return self.classes_in(self.programme)

    @property
    def deliveries(self) -> QuerySet[Delivery]:
        """Whatever has been held in these schools, in any programme and at any time."""
        return Delivery.objects.filter(planned_session__school_class__school__in=self.schools.order_by().values("pk"))

    @property
    def parent_groups(self) -> ParentGroupQuerySet:
        """The ABC groups of these schools, and the municipality's own where all of it is asked for."""
        of_schools = Q(school__in=self.schools.order_by().values("pk"))
        own = Q(school__isnull=True, municipality=self.municipality)
        return ParentGroup.objects.filter(of_schools | own if self.is_whole else of_schools)

    @cached_property
    def coverage(self) -> CoverageReport:
        """The coverage of the same question, counted once; of a closed period, as it was put away."""
        return self._asked.report(today=self.today)

    @property
    def closed(self) -> ClosedPeriod | None:
        """The closed period that the figures are of; None while it is open, and in a report that asks no coverage."""
        if self.kept:
            return self.kept
        asked = self.__dict__.get("_asked")
        return asked.closed if asked else None

    @cached_property
    def _asked(self) -> Selection:
        assert self.programme is not None
        return self.selection_of(self.programme)

    def coverage_of(self, programme: Programme, *, period: Period | None = None) -> CoverageReport:
        """The coverage of a programme at these schools, in the period that is asked for or another.

        Of a closed period, as it was put away.
        """
        return self.selection_of(programme, period=period).report(today=self.today)

    def selection_of(self, programme: Programme, *, period: Period | None = None) -> Selection:
        """What is asked for in a programme: its coverage, and the closed period that answers, where there is one."""
        return Selection(
            municipality=self.municipality,
            programme=programme,
            period=period or self.period,
            schools=self.schools,
            classes=self.classes_in(programme),
            area=self.area,
            school=self.school,
            visible=self.visible,
        )

    def classes_in(self, programme: Programme) -> QuerySet[SchoolClass]:
        """Those of these schools that a programme is held with."""
        return taught_in(programme).filter(school__in=self.schools.order_by().values("pk"))


def school_keys(school: School) -> tuple[str | None, str]:
    """The cells that begin a school's row: its area (empty: none) and its name."""
    return school.area.name if school.area else None, school.name
