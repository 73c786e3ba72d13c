"""Cohorts of mentors, and plans for them to read."""

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from wagtail.models import Locale, PageViewRestriction

from cms.enums import ReaderGroup
from curriculum.models import ProgrammePage, Session, SessionPlanPage
from programmes.models import MenteeGroup, MentorCohort
from tests.factories.programmes import SchoolFactory


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = MentorCohort

    school = factory.SubFactory(SchoolFactory)
    start_year = 2026
    name = factory.Sequence(lambda n: f"Mentorer {n}")
    door_code = factory.Sequence(lambda n: f"ALMS-{n:04d}")


class MenteeGroupFactory(DjangoModelFactory):
    class Meta:
        model = MenteeGroup

    cohort = factory.SubFactory(CohortFactory)
    school = factory.LazyAttribute(lambda group: group.cohort.school)
    start_year = factory.LazyAttribute(lambda group: group.cohort.start_year)
    name = factory.Sequence(lambda n: f"6A grupp {n}")
    lowest_grade = highest_grade = 6
    enrolled = 12


def mentor_plan(code, *, readers=(ReaderGroup.STAFF, ReaderGroup.MENTORS), steps=("Samling", "Fyra hörn", "Avslut")):
    """A published plan of the mentors' programme, shown to some groups."""
    session = Session.objects.get(code=code)
    minutes = 36 // len(steps)
    line = {"kind": "say", "text": f"Säg detta i {code}.", "grades": ""}
    plan = SessionPlanPage(
        title=session.title,
        slug=code.lower(),
        session=session,
        summary=f"Om {session.title}",
        aim="Att våga.",
        minutes=minutes * len(steps),
        guidance=[("point", "Prata med din handledare först.")],
        steps=[("step", {"title": title, "minutes": minutes, "lines": [line]}) for title in steps],
    )
    swedish = Locale.objects.get(language_code="sv")
    ProgrammePage.objects.get(programme=session.programme, locale=swedish).add_child(instance=plan)
    plan.save_revision().publish()
    if readers:
        restriction = PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.GROUPS)
        restriction.groups.set(Group.objects.filter(name__in=list(readers)))
    return SessionPlanPage.objects.get(pk=plan.pk)
