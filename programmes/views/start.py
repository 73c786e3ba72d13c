"""The signed-in person's own page, and the health page that a load balancer asks for."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from wagtail.models import TaskState

from programmes import rules
from programmes.models import MentorCohort, School
from programmes.models.terms import start_year_of
from programmes.reports.setup import setup_of


def start(request):
    """The centre lands on the overview, who has one school on its year or its mentors; others on their own."""
    today = timezone.localdate()
    if request.user.is_superuser:
        setup = setup_of(request.municipality or None, today=today)
        if not setup.is_complete:
            return _get_started(request, setup, today=today)
    if rules.can_read_overview(request.user, request.municipality, on=today):
        return redirect("programmes:overview")
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality or None)
    schools = list(schools.in_order())
    if len(schools) == 1 and rules.can_report_at_school(request.user, schools[0], on=today):
        return redirect("programmes:school_year", slug=schools[0].slug)
    mvp_schools = [school for school in schools if rules.can_keep_cohorts(request.user, school, on=today)]
    if len(schools) == len(mvp_schools) == 1:
        return redirect("programmes:cohort_list", slug=schools[0].slug)
    cohorts = MentorCohort.objects.visible_to(request.user, on=today).filter(
        school__in=schools, start_year__gte=start_year_of(today)
    )
    can_edit = rules.can_edit_site(request.user, request.municipality, on=today)
    memberships = rules.active_memberships(request.user, on=today)
    return render(
        request,
        "programmes/start/start.html",
        {
            "schools": schools,
            "cohorts": cohorts.select_related("school"),
            "mvp_schools": mvp_schools,
            "memberships": memberships,
            "can_edit": can_edit,
            "to_read": TaskState.objects.reviewable_by(request.user).count() if can_edit else 0,
            "can_read_rewrite_list": rules.can_read_rewrite_list(request.user, request.municipality, on=today),
            "can_take_packages": rules.can_take_evaluation_packages(request.user, request.municipality, on=today),
            "can_read_event_log": rules.can_read_event_log(request.user, request.municipality, on=today),
        },
    )


@dataclass(frozen=True)
class Step:
    """Something to set up: what it is, what it asks for or what is there, and where it is done."""

    title: str
    words: str
    is_done: bool
    url: str
    done_url: str
    command: str = ""


def _get_started(request, setup, *, today):
    steps = _steps(setup)
    return render(
        request,
        "programmes/start/get_started.html",
        {
            "setup": setup,
            "steps": steps,
            "next_step": next((step for step in steps if not step.is_done), None),
            "can_read_overview": rules.can_read_overview(request.user, request.municipality, on=today),
        },
    )


def _steps(setup):
    """What there is to set up, in the order in which each needs the one before."""
    municipality, year = setup.municipality, setup.year
    return [
        Step(
            _("The municipality"),
            f"{municipality.name}, {municipality.code}"
            if municipality
            else _("Its name, its four-digit code, and the areas that reports are divided by."),
            municipality is not None,
            reverse("admin:programmes_municipality_add"),
            reverse("admin:programmes_municipality_changelist"),
        ),
        Step(
            _("The school year %(year)s") % {"year": year.label},
            _("The terms are in the calendar.")
            if setup.has_school_year
            else _("The days when the terms begin and end, and the breaks."),
            setup.has_school_year,
            reverse("admin:programmes_schoolyear_add"),
            reverse("admin:programmes_schoolyear_changelist"),
        ),
        Step(
            _("The schools"),
            _said_of_schools(setup),
            setup.schools > 0,
            reverse("admin:programmes_school_add"),
            reverse("admin:programmes_school_changelist"),
        ),
        Step(
            _("The classes"),
            ngettext("%(number)s class.", "%(number)s classes.", setup.classes) % {"number": setup.classes}
            if setup.classes
            else _("Read a class list from Excel or CSV on the server, or add a single class by hand."),
            setup.classes > 0,
            reverse("admin:programmes_schoolclass_add"),
            reverse("admin:programmes_schoolclass_changelist"),
            command=".venv/bin/python manage.py import_classes klasslista.xlsx",
        ),
        Step(
            _("The people"),
            ngettext(
                "%(number)s person has a role at a school.", "%(number)s people have a role at a school.", setup.people
            )
            % {"number": setup.people}
            if setup.people
            else _("Give a school its coordinator. The account is made in the same place."),
            setup.people > 0,
            reverse("admin:programmes_membership_add"),
            reverse("admin:programmes_membership_changelist"),
        ),
    ]


def _said_of_schools(setup):
    if not setup.schools:
        return _("Name, school unit code, and the programmes that each of them runs.")
    said = ngettext("%(number)s school.", "%(number)s schools.", setup.schools) % {"number": setup.schools}
    if setup.without_programme:
        names = ", ".join(setup.without_programme)
        said += " " + _("No programme yet, and so no sessions to plan: %(names)s.") % {"names": names}
    return said


@login_not_required
def health(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    status = {"database": "ok", "migrations": "waiting" if waiting else "ok"}
    return JsonResponse(status, status=503 if waiting else 200)
