"""Makes courses, their occasions, and the units that come to them."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from programmes.enums import UnitKind
from programmes.models import Course, CourseAttendance, CourseOccasion, OtherUnit
from tests.factories.programmes import MunicipalityFactory


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Kurs {n}")


class CourseOccasionFactory(DjangoModelFactory):
    class Meta:
        model = CourseOccasion

    course = factory.SubFactory(CourseFactory)
    date = date(2026, 9, 10)


class OtherUnitFactory(DjangoModelFactory):
    class Meta:
        model = OtherUnit

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Förskolan {n}")
    kind = UnitKind.PRESCHOOL


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = CourseAttendance

    occasion = factory.SubFactory(CourseOccasionFactory)
    participants = 10
    staff = 20
