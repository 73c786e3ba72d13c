"""A school's mentors in MVP: their groups' eleven stations, supervision, and the report of one session."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.line import Line, Stop
from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes import rules
from programmes.exports.lines import month_scale, position_of
from programmes.models import MenteeGroup, MentorCohort, MentorMeeting
from programmes.models.schools import name_key
from programmes.models.terms import school_year_label
from programmes.reports.cohorts import cohort_figures
from programmes.reports.year import year_of
from programmes.views.schools import (
    Station,
    callout_item,
    cohort_list_url,
    school_or_404,
    start_year_or_404,
    with_year,
    year_url,
)
from programmes.views.sessions import Sheet, answer_report

TAUGHT_BY_MENTORS = (SessionKind.MENTOR,)


def readable_school(request, slug, *, today):
    """The school, for who may know of its mentors."""
    school = school_or_404(request, slug, today=today)
    if not rules.can_read_cohorts(request.user, school, on=today):
        raise PermissionDenied
    return school


def kept_school(request, slug, *, today):
    """The school, for who keeps its mentors."""
    school = school_or_404(request, slug, today=today)
    if not rules.can_keep_cohorts(request.user, school, on=today):
        raise PermissionDenied
    return school


def cohort_or_404(request, school, pk, *, today):
    cohorts = MentorCohort.objects.visible_to(request.user, on=today).select_related("school__municipality")
    return get_object_or_404(cohorts, school=school, pk=pk)


def cohort_list(request, slug):
    today = timezone.localdate()
    school = readable_school(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    cohorts = MentorCohort.objects.visible_to(request.user, on=today).filter(school=school, start_year=start_year)
    meetings = MentorMeeting.objects.prefetch_related("key_persons", "schools").order_by("date", "pk")
    parts = ("mentors", "supervisions", Prefetch("meetings", queryset=meetings))
    cohorts = list(cohorts.prefetch_related(*parts).order_by("name", "pk"))
    groups = MenteeGroup.objects.visible_to(request.user, on=today).filter(start_year=start_year)
    own = groups.filter(school=school).select_related("school").in_order()
    ours = groups.filter(home_class__school=school).exclude(school=school).select_related("school").in_order()
    report = year_of([*own, *ours], today=today, kinds=TAUGHT_BY_MENTORS)
    can_keep = rules.can_keep_cohorts(request.user, school, on=today)
    drawn = [_cohort(cohort, report, school, can_keep=can_keep, today=today) for cohort in cohorts]
    visiting = [line for line in report.classes if line.school_class.school_id != school.pk]
    context = {
        "school": school,
        "year_label": school_year_label(start_year),
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Mentors in MVP")},
        ],
        "cohorts": drawn,
        "visiting": [_row(line, lambda _session: "", today=today) for line in visiting],
        "to_report": [item for cohort in drawn for item in cohort["to_report"]],
        "to_write": [item for cohort in drawn for item in cohort["to_write"]],
        "scale": month_scale(start_year),
        "can_keep": can_keep,
        "new_url": with_year(reverse("programmes:cohort_new", args=[school.slug]), start_year, today=today),
    }
    return render(request, "programmes/cohorts/list.html", context)


def _cohort(cohort, report, school, *, can_keep, today):
    """A cohort as the page shows it: its lines, its mentors by group, and supervision."""
    lines = [line for line in report.classes if line.school_class.cohort_id == cohort.pk]
    mentors = sorted(cohort.mentors.all(), key=lambda mentor: mentor.pk)
    supervisions = sorted(cohort.supervisions.all(), key=lambda row: row.date)

    def address(session):
        return report_url(school, cohort, session.school_class.name, session.code) if can_keep else ""

    waiting = sorted(
        (session for line in lines for session in line.sessions if session.state == "not_reported"),
        key=lambda session: (session.due_date, session.school_class.sort_key),
    )
    ahead = next((row for row in supervisions if row.date >= today and not row.is_held), None)
    days = [session.due_date for line in lines for session in line.sessions if session.is_open]
    return {
        "cohort": cohort,
        "anchor": f"kohort-{cohort.pk}",
        "figures": cohort_figures(cohort, mentors=mentors, supervisions=supervisions, today=today),
        "rows": [
            _row(line, address, today=today)
            | _led_by([row for row in mentors if row.group_id == line.school_class.pk and not row.left])
            for line in lines
        ],
        "held": sum(line.held for line in lines),
        "expected": sum(line.expected for line in lines),
        "mentors": mentors,
        "waiting": [row for row in mentors if row.group_id is None and not row.left],
        "have_left": [row for row in mentors if row.left],
        "next_session": min((day for day in days if day and day >= today), default=None),
        "next_supervision": ahead.date if ahead else None,
        "meetings": [{"row": row, "is_late": row.date < today and not row.is_held} for row in cohort.meetings.all()],
        "supervisions": [
            {"row": row, "is_late": row.date < today and not row.is_held, "is_next": row is ahead}
            for row in supervisions
            if row.is_held or row.date < today or row is ahead
        ],
        "later": [row for row in supervisions if not row.is_held and row.date >= today and row is not ahead],
        "to_write": [_late(row, school) for row in supervisions if row.date < today and not row.is_held]
        if can_keep
        else [],
        "to_report": [callout_item(Station(session, address(session))) for session in waiting] if can_keep else [],
    }


def _late(supervision, school):
    """A supervision whose day has been, as what needs a person."""
    day = date_format(supervision.date, "l j F")
    return {
        "strong": day[:1].upper() + day[1:],
        "text": supervision.cohort.name,
        "small": _("has it been held?"),
        "url": reverse("programmes:cohort_supervision", args=[school.slug, supervision.cohort_id, supervision.pk]),
        "label": _("Write down supervision %(day)s") % {"day": date_format(supervision.date, "j F")},
    }


def _led_by(mentors):
    """How many mentors a group has, and who they are, pair by pair."""
    pairs = {}
    for mentor in mentors:
        pairs.setdefault(mentor.pair or 0, []).append(mentor.alias)
    return {"mentor_count": len(mentors), "pairs": [aliases for _pair, aliases in sorted(pairs.items())]}


def _row(line, address, *, today):
    start_year = line.school_class.start_year
    stops = [
        Stop(
            position=position_of(session.day, start_year),
            sign=Station(session, "").sign,
            name=_("%(name)s, %(day)s") % {"name": Station(session, "").name, "day": date_format(session.day, "j F")},
            url=address(session),
        )
        for session in line.sessions
        if session.day
    ]
    return {
        "class": line.school_class,
        "line": Line(
            stops=stops,
            progress=position_of(today, start_year),
            programme="mvp",
            name=line.school_class.name,
        ),
        "held": line.held,
        "planned": line.planned,
        "expected": line.expected,
        "to_report": line.to_report,
    }


def report_url(school, cohort, name, code):
    """The address of the report of one session of one group."""
    query = urlencode({"klass": name, "pass": code})
    return f"{reverse('programmes:cohort_report', args=[school.slug, cohort.pk])}?{query}"


def cohort_report(request, slug, pk):
    today = timezone.localdate()
    school = kept_school(request, slug, today=today)
    cohort = cohort_or_404(request, school, pk, today=today)
    sessions = Session.objects.filter(kind=SessionKind.MENTOR).select_related("programme")
    session = get_object_or_404(sessions, code=request.GET.get("pass", ""))
    asked = {name_key(name) for name in request.GET.getlist("klass")}
    groups = MenteeGroup.objects.filter(cohort=cohort, name_key__in=asked).select_related("school").in_order()
    if not asked or len(groups) != len(asked):
        raise Http404
    return answer_report(request, Sheet(request, school, list(groups), session, today, cohort))


def back_to(cohort, *, today):
    """Where one comes from when something about a cohort is changed."""
    return cohort_list_url(cohort.school, cohort.start_year, today=today)
