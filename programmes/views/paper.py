"""A paper sheet for each class and term, to be ticked where there is no screen."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.templatetags.line import Line, Stop
from programmes import rules
from programmes.enums import NotHeldReason
from programmes.exports.lines import SIGNS, month_scale, position_of
from programmes.models import Delivery, Period, SchoolClass
from programmes.models.schools import name_key
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.year import year_of
from programmes.views.schools import (
    school_or_404,
    start_year_or_404,
    ways_to_classes,
    with_year,
    year_url,
)

EMPTY_ROWS = 4


def paper(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_report_at_school(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    terms = [Period.term(start_year, autumn=True), Period.term(start_year + 1, autumn=False)]
    term = _chosen_term(request, terms, today=today)
    all_classes = SchoolClass.objects.reportable_by(request.user, on=today).filter(school=school, start_year=start_year)
    all_classes = list(all_classes.in_order())
    asked = {name_key(name) for name in request.GET.getlist("klass")}
    classes = [row for row in all_classes if not asked or row.name_key in asked]
    if asked and not classes:
        raise Http404
    report = year_of(classes, today=today)
    entries = _entries([session.pk for session in report.sessions])
    context = {
        "school": school,
        **ways_to_classes(request.user, school, start_year, today=today),
        "sheets": [_sheet(line, term, entries, start_year, today=today) for line in report.classes],
        "reasons": NotHeldReason.choices,
        "empty_rows": range(EMPTY_ROWS),
        "term": term,
        "terms": terms,
        "all_classes": all_classes,
        "chosen": asked,
        "scale": month_scale(start_year),
        "year_label": school_year_label(start_year),
        "is_current": start_year == start_year_of(today),
        "many_url": with_year(reverse("programmes:report_many", args=[school.slug]), start_year, today=today),
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Paper sheets")},
        ],
    }
    return render(request, "programmes/sessions/paper.html", context)


def _chosen_term(request, terms, *, today):
    """The term asked for, or else the one that today is in; of another school year, the autumn."""
    asked = request.GET.get("termin")
    if not asked:
        return next((term for term in terms if term.first_day <= today <= term.last_day), terms[0])
    found = next((term for term in terms if term.code == asked), None)
    if found is None:
        raise Http404
    return found


def _entries(ids):
    """What has been reported already, by row of the plan: the paper says it, so that nobody does it twice."""
    deliveries = Delivery.objects.filter(planned_session__in=ids).order_by("date")
    found = {}
    for delivery in deliveries:
        found.setdefault(delivery.planned_session_id, delivery)
    return found


def _sheet(line, term, entries, start_year, *, today):
    """One class's page: its line, and its sessions of the term with room to write."""
    sessions = [row for row in line.sessions if row.day and term.first_day <= row.day <= term.last_day]
    stops = [
        Stop(
            position=position_of(row.day, start_year),
            sign=SIGNS[row.state],
            name=f"{row.title}: {row.state.label}",
            is_major=row.is_base,
        )
        for row in line.sessions
        if row.day
    ]
    drawn = Line(stops=stops, progress=position_of(today, start_year), programme="taget", name=line.school_class.name)
    return {
        "class": line.school_class,
        "line": drawn,
        "rows": [{"session": row, "entry": entries.get(row.pk)} for row in sessions],
    }
