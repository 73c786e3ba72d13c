"""Makes the worked example of docs/measures.md: two schools, four classes, one autumn."""

from datetime import date

from curriculum.enums import SessionKind
from programmes.enums import NotHeldReason
from programmes.models import Area, Delivery, NotHeld, PlannedSession
from tests.factories.programmes import (
    ClassFactory,
    DeliveryFactory,
    MunicipalityFactory,
    SchoolFactory,
    SchoolYearFactory,
    SessionFactory,
)

BASE = (
    ("T-B1", "Normer och dess konsekvenser", 9, date(2026, 9, 30)),
    ("T-B2", "Aktiva åskådare och förändring", 12, date(2026, 12, 31)),
    ("T-B3", "Våld i hemmet", 4, date(2027, 4, 30)),
)
CLASSES = (
    ("Almskolan", "1A", 1, 20),
    ("Almskolan", "2A", 2, 22),
    ("Björkskolan", "1B", 1, 18),
    ("Björkskolan", "3B", 3, 9),
)
ADDITIONAL = (
    ("1A", "T-T03", "Vad innebär vänskap", date(2026, 10, 31)),
    ("1B", "T-T05", "Mobbning", date(2026, 11, 30)),
)
DELIVERIES = (
    ("1A", "T-B1", date(2026, 9, 14), Delivery.WHOLE_CLASS, 18, 20),
    ("1A", "T-T03", date(2026, 10, 20), Delivery.WHOLE_CLASS, 20, 20),
    ("1A", "T-B2", date(2026, 12, 3), Delivery.WHOLE_CLASS, 17, 20),
    ("2A", "T-B1", date(2026, 9, 29), Delivery.WHOLE_CLASS, 22, 22),
    ("1B", "T-B1", date(2026, 10, 5), Delivery.WHOLE_CLASS, 15, 18),
    ("1B", "T-B2", date(2026, 12, 10), 1, 9, 9),
    ("1B", "T-B2", date(2026, 12, 10), 2, 8, 9),
    ("3B", "T-B3", date(2026, 12, 15), Delivery.WHOLE_CLASS, 7, 9),
)


def worked_example(municipality=None):
    """Make it in a municipality (a new one by default) and return its schools by name."""
    municipality = municipality or MunicipalityFactory(name="Ekbacka kommun", code="9901")
    SchoolYearFactory(municipality=municipality)
    schools = {
        name: SchoolFactory(
            municipality=municipality,
            name=name,
            slug=slug,
            unit_code=unit_code,
            area=Area.objects.get_or_create(municipality=municipality, name=area)[0],
        )
        for name, slug, unit_code, area in (
            ("Almskolan", "almskolan", "99000011", "Norra"),
            ("Björkskolan", "bjorkskolan", "99000012", "Centrum"),
        )
    }
    planned = {}
    for school, name, grade, enrolled in CLASSES:
        school_class = ClassFactory(school=schools[school], name=name, lowest_grade=grade, enrolled=enrolled)
        for order, (code, title, month, due) in enumerate(BASE):
            session = SessionFactory(code=code, title=title, month=month, order=order)
            planned[name, code] = PlannedSession.objects.create(
                school_class=school_class, session=session, due_date=due
            )
        for order, (whose, code, title, due) in enumerate(ADDITIONAL, start=len(BASE)):
            if whose == name:
                session = SessionFactory(code=code, title=title, kind=SessionKind.ADDITIONAL, order=order)
                planned[name, code] = PlannedSession.objects.create(
                    school_class=school_class, session=session, due_date=due
                )
    for name, code, day, group, present, group_size in DELIVERIES:
        DeliveryFactory(
            planned_session=planned[name, code], date=day, group=group, present=present, group_size=group_size
        )
    NotHeld.objects.create(planned_session=planned["2A", "T-B2"], reason=NotHeldReason.ILLNESS)
    return schools
