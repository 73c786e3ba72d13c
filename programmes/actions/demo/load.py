"""Loads Ekbacka: the places and people first, then two school years, some schools at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from accounts.models import User
from curriculum.models import Programme, Session
from programmes.actions.demo import story
from programmes.actions.demo.accounts import DEMO_DOMAIN
from programmes.actions.demo.calendar import Calendar
from programmes.actions.demo.cohorts import create_cohorts, report_cohorts
from programmes.actions.demo.courses import create_courses
from programmes.actions.demo.deliveries import PlanVersions
from programmes.actions.demo.events import create_events
from programmes.actions.demo.feedback import create_feedback
from programmes.actions.demo.imports import create_imports
from programmes.actions.demo.invitations import create_invitations
from programmes.actions.demo.new_years import correct_reports, move_classes_up
from programmes.actions.demo.notices import create_notices
from programmes.actions.demo.parents import create_own_parent_groups, create_parents, join_programme_for_parents
from programmes.actions.demo.people import create_accounts, create_school_staff
from programmes.actions.demo.places import (
    CODE,
    TARGETS,
    create_classes,
    create_municipality,
    create_participations,
    create_schools,
)
from programmes.actions.demo.records import date_plans, date_reports
from programmes.actions.demo.registers import create_registers
from programmes.actions.demo.reminders import create_calendar, create_letters, create_reminder
from programmes.actions.demo.saved_reports import create_saved_reports
from programmes.actions.demo.scene import Scene
from programmes.actions.demo.schools import DemoSchool, demo_schools
from programmes.actions.demo.secure_bases import keep_secure_bases
from programmes.actions.demo.sign_ups import create_coming_groups
from programmes.actions.demo.staff import create_staff_meetings
from programmes.actions.demo.surveys import create_surveys
from programmes.actions.demo.years import plan_years, report_years
from programmes.actions.groups import sync_groups
from programmes.models import Municipality
from programmes.models.terms import start_year_of

SCHOOLS_AT_A_TIME = 20
MOST_SCHOOLS_WITH_HISTORY = 60


class DemoRefusedError(Exception):
    """The demo cannot be loaded here; the message says why, in one sentence."""


@dataclass
class DemoSummary:
    """What was loaded."""

    schools: int = 0
    classes: int = 0
    deliveries: int = 0
    has_history: bool = True


@transaction.atomic
def load_demo(*, schools: int, seed: int, today: date) -> DemoSummary | None:
    """Load Ekbacka as it would stand on a day; None when it is there already, which changes nothing.

    The same number of schools, seed and day give the same rows. With more than 60 schools no history is kept.
    """
    if not settings.DEMO:
        raise DemoRefusedError(_("The demo municipality is loaded only where DEMO is set."))
    if Municipality.objects.filter(code=CODE).exists():
        return None
    scene = _set_scene(_free_site(), today=today, seed=seed, with_history=schools <= MOST_SCHOOLS_WITH_HISTORY)
    summary = DemoSummary(has_history=scene.with_history)
    told = demo_schools(count=schools, seed=seed)
    while batch := list(islice(told, SCHOOLS_AT_A_TIME)):
        _load_schools(scene, batch, summary)
    create_own_parent_groups(scene)
    create_coming_groups(scene)
    join_programme_for_parents(scene)
    create_feedback(scene)
    create_surveys(scene)
    correct_reports(scene)
    create_invitations(scene)
    create_courses(scene)
    create_registers(scene)
    create_notices(scene)
    create_letters(scene)
    create_reminder(scene)
    create_calendar(scene)
    create_saved_reports(scene)
    create_imports(scene)
    date_reports(scene.municipality)
    date_plans(scene.municipality, day=date(scene.before.start_year, 8, 1))
    for user in scene.users.values():
        sync_groups(user=user, on=today)
    create_events(municipality=scene.municipality, users=scene.users, today=today, seed=seed)
    return summary


def _free_site() -> Site:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise DemoRefusedError(_("There is no default site to stand on."))
    if Municipality.objects.filter(site=site).exists():
        raise DemoRefusedError(_("Another municipality stands on the default site."))
    if User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}").exists():
        raise DemoRefusedError(_("There are already accounts at %(domain)s.") % {"domain": DEMO_DOMAIN})
    return site


def _set_scene(site: Site, *, today: date, seed: int, with_history: bool) -> Scene:
    programmes = {programme.code: programme for programme in Programme.objects.filter(code__in=TARGETS)}
    taught = Session.objects.on_offer().taught_to_classes().filter(programme__in=programmes.values())
    sessions = {session.pk: session for session in taught.select_related("programme").in_order()}
    if len(programmes) < len(TARGETS) or story.CODES - {session.code for session in sessions.values()}:
        raise DemoRefusedError(_("Run load_curriculum first."))
    start_year = start_year_of(today)
    before, now = Calendar(start_year - 1), Calendar(start_year)
    first_day = date(start_year - 1, 8, 1)
    municipality = create_municipality(site=site, calendars=(before, now), programmes=programmes)
    return Scene(
        municipality=municipality,
        today=today,
        seed=seed,
        before=before,
        now=now,
        programmes=programmes,
        sessions=sessions,
        versions=PlanVersions(site, first_day=first_day, last_day=today),
        users=create_accounts(
            municipality=municipality, first_day=first_day, evaluation_ends=date(start_year + 1, 8, 31)
        ),
        with_history=with_history,
    )


def _load_schools(scene: Scene, batch: Sequence[DemoSchool], summary: DemoSummary) -> None:
    schools = create_schools(batch, municipality=scene.municipality)
    pairs = list(zip(batch, schools, strict=True))
    create_participations(pairs, programmes=scene.programmes, start_year=scene.now.start_year)
    told = create_classes(pairs, calendars=scene.calendars)
    coordinators = create_school_staff(
        schools=schools,
        users=scene.users,
        classes=[school_class for _demo_school, school_class in told],
        first_day=date(scene.before.start_year, 8, 1),
        seed=scene.seed,
    )
    create_cohorts(scene, pairs, told)
    move_classes_up(scene, told, coordinators=coordinators)
    unplanned = plan_years(scene, told)
    summary.deliveries += report_years(scene, told, coordinators=coordinators, unplanned=unplanned)
    summary.deliveries += report_cohorts(scene, pairs, coordinators)
    if scene.with_history:
        keep_secure_bases(scene, pairs, told, coordinators=coordinators)
    create_staff_meetings(scene, schools)
    create_parents(scene, schools)
    summary.schools += len(schools)
    summary.classes += len(told)
