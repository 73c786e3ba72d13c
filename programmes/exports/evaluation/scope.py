"""What a package is about: one municipality, one school year, and the day that everything is counted to."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from curriculum.models import Programme
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.models import Municipality, Period, School, SchoolClass
from programmes.models.mentors import PROGRAMME as MVP, taught_in
from programmes.reports.coverage import ClassCoverage, coverage_by_class
from programmes.reports.coverage_rows import described_classes
from programmes.reports.suppression import Profile, profile_of

TAGET = "taget"
Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The whole municipality in one school year, counted as it stood on a day; always in the open profile."""

    municipality: Municipality
    start_year: int
    day: date
    names: Pseudonyms

    @property
    def profile(self) -> Profile:
        """What leaves the municipality is told in the open profile, as the municipality has set it."""
        return profile_of(self.municipality, "open")

    @property
    def period(self) -> Period:
        return Period.school_year(self.start_year)

    @property
    def last_day(self) -> date:
        """The day that figures are counted to: the day of the package, or the year's last when it has passed."""
        return min(self.day, self.period.last_day)

    @property
    def schools(self) -> QuerySet[School]:
        return School.objects.filter(municipality=self.municipality)

    @cached_property
    def programmes(self) -> list[Programme]:
        """The programmes that classes and mentee groups have sessions of."""
        return list(Programme.objects.filter(code__in=[TAGET, MVP]).order_by("order", "code"))

    def classes_of(self, programme: Programme) -> QuerySet[SchoolClass]:
        classes: QuerySet[SchoolClass] = taught_in(programme)
        return classes.filter(school__municipality=self.municipality, start_year=self.start_year)

    @cached_property
    def eligible(self) -> dict[str, dict[int, SchoolClass]]:
        """By programme, the classes in the grades that it is for or takes its mentees from, whether they take part."""
        classes = SchoolClass.objects.filter(school__municipality=self.municipality, start_year=self.start_year)
        return {
            programme.code: {
                school_class.pk: school_class
                for school_class in described_classes(
                    classes, programme=programme, period=self.period, today=self.day
                ).filter(is_in_grades=True)
            }
            for programme in self.programmes
        }

    @cached_property
    def coverage(self) -> dict[str, list[ClassCoverage]]:
        """The figures of every class that a report would hold, by programme."""
        return {
            programme.code: coverage_by_class(
                self.classes_of(programme), programme=programme, period=self.period, today=self.day
            )
            for programme in self.programmes
        }


def week_of(day: date | None) -> str | None:
    """A day as its ISO week: nearer than that no package tells."""
    if day is None:
        return None
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"
