"""What a report was asked for, and by whom it may be seen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from curriculum.models import Programme
from programmes import rules
from programmes.enums import Role
from programmes.exports.frozen import frozen_report, named_then, schools_of
from programmes.models import Area, ClosedPeriod, Municipality, School, SchoolClass
from programmes.models.mentors import taught_in
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageReport, coverage_report
from programmes.reports.coverage_rows import deliveries_of_period


def reported_schools(user: User, municipality: Municipality | None, *, today: date) -> QuerySet[School]:
    """The schools whose every class one may see: the municipality's for the centre, else where one coordinates."""
    schools = School.objects.visible_to(user, on=today).filter(municipality=municipality or None)
    if rules.can_read_overview(user, municipality, on=today):
        return schools
    own = rules.active_memberships(user, on=today)
    return schools.filter(pk__in=[row.school_id for row in own if row.role == Role.COORDINATOR])


def place_words(area: Area | None, school: School | None) -> str:
    """The part of the municipality that was asked for."""
    if school:
        return school.name
    return area.name if area else _("all schools")


@dataclass(frozen=True)
class Selection:
    """What a report was asked for; the querysets hold only what the asker may see, narrowed to area and school.

    A closed period is answered from its frozen figures, where a school stands in the area that it lay in then:
    `visible` holds the schools before they were narrowed.
    """

    municipality: Municipality
    programme: Programme
    period: Period
    schools: QuerySet[School]
    classes: QuerySet[SchoolClass]
    area: Area | None = None
    school: School | None = None
    visible: QuerySet[School] | None = None
    closing: ClosedPeriod | None = None

    @classmethod
    def whole(
        cls, municipality: Municipality, programme: Programme, period: Period, *, closing: ClosedPeriod | None = None
    ) -> "Selection":
        """A programme in every school of a municipality."""
        return cls(
            municipality=municipality,
            programme=programme,
            period=period,
            schools=School.objects.filter(municipality=municipality),
            classes=taught_in(programme).filter(school__municipality=municipality),
            closing=closing,
        )

    @classmethod
    def made_for(
        cls,
        user: User,
        *,
        municipality: Municipality,
        schools: QuerySet[School],
        asked: Mapping[str, Any],
        today: date,
    ) -> "Selection":
        """What a coverage form asks for (its cleaned data), within the schools that the person may see."""
        area, school, programme, visible = asked["omrade"], asked["skola"], asked["program"], schools
        if area:
            schools = schools.filter(area=area)
        if school:
            schools = schools.filter(pk=school.pk)
        return cls(
            municipality=municipality,
            programme=programme,
            period=asked["period"],
            schools=schools,
            classes=taught_in(programme).visible_to(user, on=today).filter(school__in=schools.values("pk")),
            area=area,
            school=school,
            visible=visible,
        )

    def is_larger_than(self, deliveries: int, *, today: date) -> bool:
        """Whether more deliveries than so many belong to it; no more of them are counted than that takes."""
        rows = deliveries_of_period(self.classes, programme=self.programme, period=self.period, today=today)
        return rows.order_by()[: deliveries + 1].count() > deliveries

    @property
    def covered(self) -> QuerySet[School]:
        """The schools that a file of it holds."""
        return School.objects.filter(pk__in=self.frozen_schools) if self.closed else self.schools

    @cached_property
    def closed(self) -> ClosedPeriod | None:
        """The frozen figures that answer; None while the period is open. One question."""
        return self.closing or ClosedPeriod.objects.standing_for(
            municipality=self.municipality, programme=self.programme, period=self.period
        )

    @cached_property
    def frozen_schools(self) -> set[int]:
        """The schools of the closed period that are asked for and may be seen."""
        if self.closed is None:
            return set()
        visible = self.schools if self.visible is None else self.visible
        seen = set(visible.order_by().values_list("pk", flat=True))
        return schools_of(self.closed, seen=seen, area=self.area, school=self.school)

    @property
    def frozen_key(self) -> str:
        """What a kept file is found by: empty for all schools of the closed period, else which ones and why."""
        if self.closed is None:
            return ""
        everywhere = {row["id"] for row in self.closed.figures["schools"]}
        if self.area is None and self.school is None and self.frozen_schools == everywhere:
            return ""
        schools = ",".join(map(str, sorted(self.frozen_schools)))
        narrowed = f"{self.area.pk if self.area else ''}.{self.school.pk if self.school else ''}"
        return f"{narrowed}.{hashlib.sha256(schools.encode()).hexdigest()[:20]}"

    @property
    def file_name(self) -> str:
        """A name without spaces and Swedish letters, the extension left out: `tackning-taget-ht-2026`."""
        period = self.period.label if self.period.code[:2] in ("HT", "VT") else self.period.code
        chosen = self.school.slug if self.school else self.area.name if self.area else ""
        parts = ("tackning", self.programme.code, period.replace("/", "-"), chosen)
        return "-".join(slugify(part) for part in parts if part)

    @property
    def words(self) -> str:
        if self.closed and (self.school or self.area):
            return named_then(self.closed, area=self.area, school=self.school)
        return place_words(self.area, self.school)

    def report(self, *, today: date) -> CoverageReport:
        if self.closed:
            return frozen_report(
                self.closed,
                municipality=self.municipality,
                programme=self.programme,
                period=self.period,
                schools=self.frozen_schools,
            )
        return coverage_report(
            schools=self.schools, classes=self.classes, programme=self.programme, period=self.period, today=today
        )
