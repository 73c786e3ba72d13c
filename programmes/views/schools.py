"""The schools one may see, and one school's year on one screen."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.templatetags.line import Line, Stop
from programmes import rules
from programmes.actions.locks import closings_over
from programmes.exports.lines import SIGNS, month_scale, position_of
from programmes.models import CauseAnalysis, ProgrammeTarget, School, SchoolClass
from programmes.models.terms import parse_school_year, school_year_label, start_year_of
from programmes.reports.year import YearSession, year_of


def school_or_404(request, slug, *, today):
    """The school that a page is about, kept on the request for the tabs at the thumb."""
    schools = School.objects.visible_to(request.user, on=today).select_related("municipality")
    request.school = get_object_or_404(schools, municipality__site=Site.find_for_request(request), slug=slug)
    return request.school


def start_year_or_404(request, *, today):
    """The school year that a link is about: `lasar=2025/26`, or else today's."""
    text = request.GET.get("lasar") or request.POST.get("lasar")
    if not text:
        return start_year_of(today)
    try:
        return parse_school_year(text)
    except ValueError as error:
        raise Http404 from error


def visible_classes(request, school, start_year, *, today):
    classes = SchoolClass.objects.visible_to(request.user, on=today).filter(school=school, start_year=start_year)
    return classes.select_related("school").in_order()


def school_list(request):
    today = timezone.localdate()
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality or None)
    return render(request, "programmes/schools/list.html", {"schools": schools.select_related("area").in_order()})


def year_url(school, start_year, *, today, view=""):
    """The address of a school's year, as lines or as a table (`view="matris"`)."""
    query = {"vy": view} if view else {}
    if start_year != start_year_of(today):
        query["lasar"] = school_year_label(start_year)
    address = reverse("programmes:school_year", args=[school.slug])
    return f"{address}?{urlencode(query)}" if query else address


def plan_url(school, start_year, *, today):
    """The address of a school's plan of the year."""
    return with_year(reverse("programmes:plan_list", args=[school.slug]), start_year, today=today)


def cohort_list_url(school, start_year, *, today):
    """The address of a school's mentors in MVP."""
    return with_year(reverse("programmes:cohort_list", args=[school.slug]), start_year, today=today)


def with_year(address, start_year, *, today):
    """An address of the current school year as it is; of another one with `lasar=`."""
    if start_year == start_year_of(today):
        return address
    return f"{address}?{urlencode({'lasar': school_year_label(start_year)})}"


def to_schools():
    return [{"label": _("Start"), "url": "/start/"}, {"label": _("Schools"), "url": reverse("programmes:school_list")}]


def report_url(school, *, school_class=None, code=None, start_year, today):
    """The address of the report form, with the class, the session and, where needed, the school year filled in."""
    query = {}
    if school_class:
        query["klass"] = school_class.name
    if code:
        query["pass"] = code
    if start_year != start_year_of(today):
        query["lasar"] = school_year_label(start_year)
    address = reverse("programmes:delivery_report", args=[school.slug])
    return f"{address}?{urlencode(query)}" if query else address


def school_year(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    target = ProgrammeTarget.objects.for_school(school, code="taget")
    report = year_of(visible_classes(request, school, start_year, today=today), today=today, target=target)
    can_report = rules.can_report_at_school(request.user, school, on=today)
    unlock = {} if can_report else _to_unlock(request, school, target, report, today=today)
    stations = {
        id(session): Station(
            session,
            report_url(school, school_class=session.school_class, code=session.code, start_year=start_year, today=today)
            if can_report
            else unlock.get(session.pk, ""),
        )
        for session in report.sessions
    }
    is_matrix = request.GET.get("vy") == "matris"
    columns = _columns(report)
    return render(
        request,
        "programmes/schools/year.html",
        {
            "school": school,
            "start_year": start_year,
            "label": school_year_label(start_year),
            "is_current": start_year == start_year_of(today),
            "today": today,
            "report": report,
            "has_classes": bool(report.classes or report.outside)
            or SchoolClass.objects.filter(school=school, start_year=start_year).exists(),
            "rows": [_row(line, stations, columns, start_year=start_year, today=today) for line in report.classes],
            "to_report": [callout_item(stations[id(session)]) for session in report.not_reported],
            "due_now": by_session(report.due_now, stations),
            "outside_names": ", ".join(school_class.name for school_class in report.outside),
            "scale": month_scale(start_year),
            "base_labels": _base_labels(columns, start_year),
            "crumbs": [*to_schools(), {"label": school.name}],
            "views": _views(school, start_year, is_matrix=is_matrix, today=today),
            "views_name": _("The year"),
            "new_report_url": report_url(school, start_year=start_year, today=today),
            "plan_url": plan_url(school, start_year, today=today),
            "columns": columns,
            "is_matrix": is_matrix,
            "can_report": can_report,
            "reads_staff": rules.can_read_staff_meetings(request.user, school, on=today),
            "reads_cohorts": rules.can_read_cohorts(request.user, school, on=today),
            "reads_surveys": rules.can_see_surveys(request.user, school, on=today)
            or rules.can_read_school_answers(request.user, school, on=today),
            "can_see_people": rules.can_see_people(request.user, school, on=today),
            **ways_to_classes(request.user, school, start_year, today=today),
            "other_years": _other_years(school, start_year),
            **_beside(request, school, start_year, today=today),
        },
    )


def _to_unlock(request, school, target, report, *, today):
    """For the centre: where a press on a session that is locked in a closed period leads."""
    programme = target.programme
    if programme is None or not rules.can_close_periods(request.user, school.municipality, programme, on=today):
        return {}
    closings = closings_over(school=school, programme=programme.pk)
    return {
        session.pk: unlock_url(school, session.pk)
        for session in report.sessions
        if not session.is_open
        and any(rules.entry_lies_in(closed, due_date=session.due_date, day=session.first_date) for closed in closings)
    }


def unlock_url(school, pk):
    """The address where the centre unlocks a session of a class."""
    return reverse("programmes:session_unlock", args=[school.slug, pk])


def ways_to_classes(user, school, start_year, *, today):
    """What a year without classes can say of where they come from; nothing is asked until it is shown."""
    return {
        "can_plan": partial(rules.can_plan_sessions, user, school, on=today),
        "can_keep_classes": partial(rules.can_keep_classes, user, school, on=today),
        "last_year_classes": SchoolClass.objects.filter(school=school, start_year=start_year - 1),
        "add_class_url": with_year(reverse("programmes:school_class_add", args=[school.slug]), start_year, today=today),
    }


def _beside(request, school, start_year, *, today):
    """What the school has made of its figures, for those who may read it."""
    if not rules.can_read_analyses(request.user, school, on=today):
        return {}
    return {
        "reads_analyses": True,
        "analysis": CauseAnalysis.objects.filter(school=school, start_year=start_year).first(),
        "analysis_url": with_year(reverse("programmes:cause_analysis", args=[school.slug]), start_year, today=today),
        "can_write_analysis": rules.can_write_analysis(request.user, school, on=today),
    }


@dataclass(frozen=True)
class Station:
    """A session as it is drawn: its sign, its words and where a tap leads."""

    session: YearSession
    url: str

    @property
    def sign(self):
        return SIGNS[self.session.state]

    @property
    def name(self):
        return f"{self.session.school_class.name} {self.session.title}: {self.session.state.label}"


def _row(line, stations, columns, *, start_year, today):
    drawn = [stations[id(session)] for session in line.sessions]
    by_code = {station.session.code: station for station in drawn}
    stops = [
        Stop(
            position=position_of(station.session.day, start_year),
            sign=station.sign,
            name=station.name,
            is_major=station.session.is_base,
            url=station.url,
        )
        for station in drawn
        if station.session.day
    ]
    return {
        "class": line.school_class,
        "line": Line(
            stops=stops,
            progress=position_of(today, start_year),
            programme="taget",
            name=line.school_class.name,
        ),
        "held": line.held,
        "expected": line.expected,
        "to_report": line.to_report,
        "cells": [by_code.get(column.code) for column in columns],
    }


def callout_item(station):
    """A session that waits for its report, as the component shows it."""
    session = station.session
    return {
        "strong": session.school_class.name,
        "text": session.title,
        "small": _("was due by %(day)s") % {"day": date_format(session.due_date, "j F")},
        "url": station.url,
        "label": _("Report %(name)s") % {"name": f"{session.school_class.name} {session.title}"},
    }


def _views(school, start_year, *, is_matrix, today):
    lines, matrix = (year_url(school, start_year, today=today, view=view) for view in ("", "matris"))
    return [
        {"label": _("As lines"), "url": lines, "current": not is_matrix},
        {"label": _("As a table"), "url": matrix, "current": is_matrix},
    ]


def _columns(report):
    """The sessions that stand on some class's line, base sessions in their place, by the earliest day."""
    first = {}
    for session in sorted(report.sessions, key=lambda session: (session.day or date.max, session.code)):
        first.setdefault(session.code, session)
    return list(first.values())


def by_session(sessions, stations):
    """What is due this month, a row for each session and due date, with the classes that wait for it."""
    groups = {}
    for session in sessions:
        groups.setdefault((session.due_date, session.title), []).append(stations[id(session)])
    return [
        {"due_date": due, "title": title, "stations": rows, "is_base": rows[0].session.is_base}
        for (due, title), rows in sorted(groups.items())
    ]


def _other_years(school, start_year):
    years = SchoolClass.objects.filter(school=school).exclude(start_year=start_year).order_by("-start_year")
    return [school_year_label(year) for year in years.values_list("start_year", flat=True).distinct()[:6]]


def _base_labels(columns, start_year):
    return [(position_of(column.day, start_year), column.label) for column in columns if column.is_base and column.day]
