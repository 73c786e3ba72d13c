"""What the school's staff do first: the chain from staff session to pupils, APT, training and exchange."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.line import Line, Stop
from curriculum.models import Session
from programmes import rules
from programmes.actions.sessions import Leader
from programmes.actions.staff import MeetingChangedError, SameSessionError, remove_staff_meeting, save_staff_meeting
from programmes.enums import StaffMeetingKind, UnitKind
from programmes.exports.lines import SIGNS, month_scale, position_of
from programmes.forms.staff import StaffMeetingForm, meeting_values
from programmes.models import Course, CourseAttendance, ProgrammeTarget, StaffMeeting
from programmes.models.terms import Period, school_year_label, start_year_of
from programmes.reports.chain import chain_of
from programmes.reports.courses import course_figures
from programmes.reports.staff import staff_figures
from programmes.reports.year import TAUGHT_BY_STAFF, year_of
from programmes.views.schools import (
    report_url,
    school_or_404,
    start_year_or_404,
    visible_classes,
    with_year,
    year_url,
)


def staff_list(request, slug):
    today = timezone.localdate()
    school, start_year = _readable_school(request, slug, today=today)
    target = ProgrammeTarget.objects.for_school(school, code="taget")
    period = Period.school_year(start_year)
    meetings = list(
        StaffMeeting.objects.filter(school=school).in_period(period).select_related("theme__prepares").in_order()
    )
    can_keep = rules.can_keep_staff_meetings(request.user, school, on=today)
    classes = visible_classes(request, school, start_year, today=today)
    report = year_of(classes, today=today, target=target)
    themes = Session.objects.filter(kind__in=TAUGHT_BY_STAFF).in_order()
    found = {session.code: session for session in themes}
    chains = chain_of(report.sessions, school=school, themes=found, period=period, today=today)
    context = {
        "school": school,
        "year_label": school_year_label(start_year),
        "crumbs": [{"label": school.name, "url": year_url(school, start_year, today=today)}, {"label": _("Staff")}],
        "sessions": staff_figures(
            meetings, kind=StaffMeetingKind.STAFF_SESSION, target=target.staff_sessions_per_year, today=today
        ),
        "workplace_meetings": staff_figures(
            meetings, kind=StaffMeetingKind.WORKPLACE_MEETING, target=target.workplace_meetings_per_year, today=today
        ),
        "chains": [_drawn(chain, school, start_year, can_keep=can_keep, today=today) for chain in chains],
        "to_report": [_waiting(meeting) for meeting in meetings if not meeting.is_held and meeting.date <= today],
        "meetings": [_row(meeting, today=today) for meeting in reversed(meetings)],
        "courses": _courses(school, today=today),
        "scale": month_scale(start_year),
        "can_keep": can_keep,
        "add_url": with_year(reverse("programmes:staff_add", args=[school.slug]), start_year, today=today),
    }
    return render(request, "programmes/staff/list.html", context)


def staff_add(request, slug):
    today = timezone.localdate()
    school, start_year = _kept_school(request, slug, today=today)
    latest = StaffMeeting.objects.filter(school=school, total__isnull=False).order_by("date", "pk").last()
    initial = {
        "kind": request.GET.get("typ", StaffMeetingKind.STAFF_SESSION),
        "theme": request.GET.get("pass"),
        "total": latest.total if latest else None,
        "date": today if start_year == start_year_of(today) else None,
    }
    form = StaffMeetingForm(request.POST or None, initial=initial, start_year=start_year, today=today)
    return _written(request, school, start_year, form, today=today)


def staff_change(request, slug, pk):
    today = timezone.localdate()
    school = _keep_or_403(request, school_or_404(request, slug, today=today), today=today)
    meeting = _meeting_or_404(school, pk)
    start_year = start_year_of(meeting.date)
    form = StaffMeetingForm(request.POST or None, initial=meeting_values(meeting), start_year=start_year, today=today)
    return _written(request, school, start_year, form, meeting=meeting, today=today)


def staff_remove(request, slug, pk):
    today = timezone.localdate()
    school = _keep_or_403(request, school_or_404(request, slug, today=today), today=today)
    meeting = _meeting_or_404(school, pk)
    back = staff_url(school, start_year_of(meeting.date), today=today)
    if request.method == "POST":
        remove_staff_meeting(meeting=meeting)
        messages.success(request, _("%(subject)s is removed.") % {"subject": _title(meeting)})
        return redirect(back)
    return render(
        request,
        "programmes/staff/remove.html",
        {"school": school, "meeting": meeting, "title": _title(meeting), "back": back},
    )


def staff_url(school, start_year, *, today):
    """The address of a school's page of staff sessions."""
    return with_year(reverse("programmes:staff_list", args=[school.slug]), start_year, today=today)


def _courses(school, *, today):
    """The centre's courses for schools, with this school's part of each."""
    courses = Course.objects.filter(municipality=school.municipality, unit_kind=UnitKind.SCHOOL).order_by("name", "pk")
    rows = list(CourseAttendance.objects.filter(school=school).select_related("occasion", "school"))
    return [course_figures(course, units=[school], attendances=rows, today=today) for course in courses]


def _readable_school(request, slug, *, today):
    school = school_or_404(request, slug, today=today)
    if not rules.can_read_staff_meetings(request.user, school, on=today):
        raise PermissionDenied
    return school, start_year_or_404(request, today=today)


def _kept_school(request, slug, *, today):
    school = _keep_or_403(request, school_or_404(request, slug, today=today), today=today)
    return school, start_year_or_404(request, today=today)


def _keep_or_403(request, school, *, today):
    if not rules.can_keep_staff_meetings(request.user, school, on=today):
        raise PermissionDenied
    return school


def _meeting_or_404(school, pk):
    meetings = StaffMeeting.objects.filter(school=school).select_related("theme__prepares")
    return get_object_or_404(meetings.prefetch_related("counts", "leaders"), pk=pk)


def _written(request, school, start_year, form, *, today, meeting=None):
    """Save what was typed and lead back, or show the form with what is wrong."""
    back = staff_url(school, start_year, today=today)
    if form.is_valid():
        try:
            saved = save_staff_meeting(
                school=school,
                values=form.values(),
                counts=form.counts(),
                leaders=[Leader(*row) for row in form.leader_rows()],
                user=request.user,
                meeting=meeting,
                seen=moment(form.cleaned_data["seen"]),
            )
        except MeetingChangedError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        except SameSessionError:
            form.add_error("date", _("There is already a staff session on this theme on that day."))
        else:
            messages.success(request, _saved(saved))
            return redirect(back)
    context = {
        "school": school,
        "form": form,
        "meeting": meeting,
        "back": back,
        "year_label": school_year_label(start_year),
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Staff"), "url": back},
            {"label": _("Change") if meeting else _("Add")},
        ],
    }
    return render(request, "programmes/staff/form.html", context)


def moment(text):
    """When a row was last written, as a form carries it; None for what is no moment."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _saved(meeting):
    words = {"subject": _title(meeting), "day": date_format(meeting.date, "l j F")}
    if not meeting.is_held:
        return _("%(subject)s is planned for %(day)s.") % words
    if meeting.present is None or meeting.total is None:
        return _("%(subject)s, %(day)s, is saved.") % words
    return _("%(subject)s, %(day)s, is saved: %(present)s of %(total)s staff.") % {
        **words,
        "present": meeting.present,
        "total": meeting.total,
    }


def _title(meeting):
    """The kind of meeting and what it was about: `APT: Vad är våld`."""
    return f"{meeting.get_kind_display().capitalize()}: {meeting.subject}".replace("Apt:", "APT:")


def _row(meeting, *, today):
    """A meeting in the list of all."""
    return {
        "meeting": meeting,
        "title": _title(meeting),
        "is_ahead": meeting.date > today,
        "is_late": not meeting.is_held and meeting.date <= today,
    }


def _waiting(meeting):
    """A planned meeting whose day has come: was it held?"""
    return {
        "strong": meeting.get_kind_display().capitalize().replace("Apt", "APT"),
        "text": meeting.subject,
        "small": date_format(meeting.date, "l j F"),
        "url": reverse("programmes:staff_change", args=[meeting.school.slug, meeting.pk]),
        "label": _("Report %(subject)s") % {"subject": _title(meeting)},
    }


def _drawn(chain, school, start_year, *, can_keep, today):
    """A theme as a line: the staff's station first and large, then each class's."""
    stops = [
        Stop(
            position=position_of(session.day, start_year),
            sign=SIGNS[session.state],
            name=f"{session.school_class.name}: {session.state.label}",
            url=report_url(
                school, school_class=session.school_class, code=session.code, start_year=start_year, today=today
            )
            if can_keep
            else "",
        )
        for session in chain.sessions
        if session.day
    ]
    stops += [
        Stop(
            position=position_of(meeting.date, start_year),
            sign="held" if meeting.is_held else "planned" if meeting.date > today else "missing",
            name=_("staff session %(day)s") % {"day": date_format(meeting.date, "j F")},
            is_major=True,
            url=reverse("programmes:staff_change", args=[school.slug, meeting.pk]) if can_keep else "",
        )
        for meeting in chain.this_year
    ]
    return {
        "theme": chain.theme,
        "chain": chain,
        "line": Line(
            stops=sorted(stops, key=lambda stop: stop.position),
            progress=position_of(today, start_year),
            programme="staff",
            name=chain.theme.title,
        ),
        "backwards": ", ".join(session.school_class.name for session in chain.backwards),
        "too_early": ", ".join(session.school_class.name for session in chain.too_early),
        "add_url": with_year(
            f"{reverse('programmes:staff_add', args=[school.slug])}?pass=P-{chain.theme.code}", start_year, today=today
        ).replace("?lasar", "&lasar")
        if can_keep and not chain.staff_date
        else "",
    }
