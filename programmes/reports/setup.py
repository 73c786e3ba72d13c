"""How far an installation has come: what must be there before the schools can report a school year."""

from dataclasses import dataclass
from datetime import date

from programmes.enums import SCHOOL_ROLES
from programmes.models import Membership, Municipality, Participation, School, SchoolClass, SchoolYear
from programmes.models.terms import Period, start_year_of


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What is there for the school year of today; `without_programme` names schools that would get no sessions."""

    municipality: Municipality | None
    year: Period
    has_school_year: bool
    schools: int
    without_programme: list[str]
    classes: int
    people: int

    @property
    def is_complete(self) -> bool:
        return all((self.municipality, self.has_school_year, self.schools, self.classes, self.people))


def setup_of(municipality: Municipality | None, *, today: date) -> Setup:
    """Count what a municipality has for today's school year, in five questions; None is an empty installation."""
    start_year = start_year_of(today)
    year = Period.school_year(start_year)
    schools = School.objects.filter(municipality=municipality)
    running = Participation.objects.filter(start_date__lte=year.last_day).exclude(end_date__lt=year.first_day)
    without = schools.exclude(pk__in=running.values("school"))
    people = Membership.objects.active(on=today).filter(role__in=SCHOOL_ROLES, school__municipality=municipality)
    return Setup(
        municipality=municipality,
        year=year,
        has_school_year=SchoolYear.objects.filter(municipality=municipality, start_year=start_year).exists(),
        schools=schools.count(),
        without_programme=list(without.in_order().values_list("name", flat=True)),
        classes=SchoolClass.objects.filter(school__municipality=municipality, start_year=start_year).count(),
        people=people.values("user").distinct().count(),
    )
