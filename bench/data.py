"""The data that is measured: the product's own curriculum and demo, and one school of thirty classes."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from bench.client import Request
from curriculum.models import Session
from programmes.enums import LeaderRole, Organisation
from programmes.models import PlannedSession, School, SchoolClass
from programmes.models.terms import start_year_of

SLUG = "almskolan"
CLASSES = 30


def prepare(*, schools: int) -> School:
    """Make the database and the static files, load everything, and return the school of thirty classes."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_curriculum", verbosity=0, stdout=StringIO())
    call_command("load_demo", verbosity=0, schools=schools, stdout=StringIO())
    school = School.objects.get(slug=SLUG)
    _fill(school)
    return school


def classes_of(school: School):
    return SchoolClass.objects.filter(school=school, start_year=start_year_of(timezone.localdate()))


def _fill(school: School) -> None:
    """Let classes of the other schools move in, with the year that they have had, until there are thirty."""
    missing = CLASSES - classes_of(school).count()
    others = SchoolClass.objects.filter(start_year=start_year_of(timezone.localdate()), highest_grade__lte=5)
    others = others.filter(planned_sessions__isnull=False).exclude(school=school).distinct().order_by("-pk")
    for number, school_class in enumerate(others[:missing]):
        school_class.school = school
        school_class.name = f"{school_class.lowest_grade}{chr(ord('G') + number % 20)}{number // 20 or ''}"
        school_class.save()


def saves(school: School, *, today: date) -> Iterator[Request]:
    """One report after the other, each of a session that its class has not had: what a leader's browser would send."""
    reported = set(
        PlannedSession.objects.filter(school_class__in=classes_of(school))
        .exclude(deliveries__isnull=True, not_held__isnull=True)
        .values_list("school_class", "session")
    )
    for session in Session.objects.taught_to_classes().filter(programme__code="taget").order_by("code"):
        for school_class in classes_of(school).select_related("school").order_by("pk"):
            if (school_class.pk, session.pk) not in reported:
                yield save(school_class, session, today=today)


def report_path(school_class: SchoolClass, session: Session) -> str:
    return f"/skolor/{school_class.school.slug}/rapportera/?klass={school_class.name}&pass={session.code}"


def save(school_class: SchoolClass, session: Session, *, today: date) -> Request:
    form = {
        "outcome": "held",
        "date": today.isoformat(),
        "group": "0",
        f"group_size_{school_class.pk}": "22",
        f"present_{school_class.pk}": "20",
        f"seen_{school_class.pk}": "",
        "minutes": "40",
        "engagement": "3",
        "leader_role_1": LeaderRole.TEACHER.value,
        "leader_organisation_1": Organisation.SCHOOL.value,
        "leader_trained_1": "yes",
        "client_id": str(uuid4()),
    }
    return Request(report_path(school_class, session), form)
