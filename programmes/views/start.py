"""The signed-in person's own page, and the health page that a load balancer asks for."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from programmes import rules
from programmes.models import School


def start(request):
    """The centre lands on the overview, who has one school on its year; others on a page of their own places."""
    today = timezone.localdate()
    if rules.can_read_overview(request.user, request.municipality, on=today):
        return redirect("programmes:overview")
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality or None)
    schools = list(schools.in_order())
    if len(schools) == 1 and rules.can_report_at_school(request.user, schools[0], on=today):
        return redirect("programmes:school_year", slug=schools[0].slug)
    memberships = rules.active_memberships(request.user, on=today)
    can_edit = rules.can_edit_site(request.user, on=today)
    return render(
        request,
        "programmes/start/start.html",
        {"schools": schools, "memberships": memberships, "can_edit": can_edit},
    )


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
