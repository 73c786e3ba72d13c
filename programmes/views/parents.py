"""Parents: a school's groups and meetings, the municipality's own, and the year's number of parents."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.meetings import (
    GroupExpectedError,
    ParentsChangedError,
    count_parents,
    remove_parent_group,
    save_parent_group,
)
from programmes.actions.sessions import Leader
from programmes.enums import ParentGroupState, SignUpState
from programmes.forms.meetings import ParentCountForm, ParentGroupForm, count_values, group_values
from programmes.models import ParentGroup, ParentMeeting, SignUpLetter
from programmes.models.terms import Period, school_year_label
from programmes.reports.feedback import feedback_together
from programmes.reports.parent_groups import (
    OWN,
    by_age,
    by_area,
    by_format,
    divided,
    figures_of,
    languages,
    parent_figures,
    state_of,
    train_divided,
    train_figures,
    train_languages,
)
from programmes.reports.suppression import profile_of
from programmes.tasks import send_parent_letters
from programmes.views.schools import school_or_404, start_year_or_404, with_year, year_url
from programmes.views.staff import moment


def parent_list(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_read_parent_groups(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    period = Period.school_year(start_year)
    groups = list(ParentGroup.objects.filter(school=school).meeting_in(period).with_meetings())
    meetings = ParentMeeting.objects.filter(school=school).in_period(period).in_order()
    can_keep = rules.can_keep_parent_groups(request.user, school, on=today)
    context = {
        "school": school,
        "year_label": school_year_label(start_year),
        "crumbs": [{"label": school.name, "url": year_url(school, start_year, today=today)}, {"label": _("Parents")}],
        "figures": parent_figures(groups, period=period),
        "groups": rows_of(groups, today=today),
        "to_count": waiting(groups, today=today) if can_keep else [],
        "meetings": [{"meeting": meeting, "is_ahead": meeting.date > today} for meeting in reversed(list(meetings))],
        "can_keep": can_keep,
        "add_url": reverse("programmes:parent_group_add", args=[school.slug]),
        "add_meeting_url": with_year(
            reverse("programmes:parent_meeting_add", args=[school.slug]), start_year, today=today
        ),
    }
    return render(request, "programmes/parents/list.html", context)


def all_parents(request):
    today = timezone.localdate()
    if not rules.can_read_overview(request.user, request.municipality, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    period = Period.school_year(start_year)
    groups = ParentGroup.objects.visible_to(request.user, on=today).filter(municipality=request.municipality)
    groups = list(groups.meeting_in(period).with_meetings())
    held = [meeting for group in groups for meeting in group.meetings.all()]
    meetings = ParentMeeting.objects.visible_to(request.user, on=today).in_period(period)
    meetings = meetings.filter(school__municipality=request.municipality)
    meetings = list(meetings.select_related("school__area", "feedback").in_order())
    divisions = [(_("By area"), by_area), (_("By format"), by_format), (_("By the children's age"), by_age)]
    told = {"period": period, "profile": profile_of(request.municipality, "internal"), "today": today}
    can_keep = rules.can_keep_own_parent_groups(request.user, request.municipality, on=today)
    context = {
        "year_label": school_year_label(start_year),
        "earlier_url": f"{reverse('programmes:all_parents')}?lasar={school_year_label(start_year - 1)}",
        "earlier_label": school_year_label(start_year - 1),
        "figures": parent_figures(groups, period=period),
        "divisions": [
            {"heading": heading, "key": key_of.__name__, "parts": _named(divided(groups, key_of, period=period))}
            for heading, key_of in divisions
        ],
        "languages": languages(groups, **told),
        "train": train_figures(meetings),
        "train_areas": _named(train_divided(meetings, by_area)),
        "train_languages": train_languages(meetings, **told),
        "profile": told["profile"],
        "year_is_over": period.last_day < today,
        "feedback": feedback_together(rounds_of([*held, *meetings]), today=today, profile=told["profile"]),
        "groups": rows_of(groups, today=today),
        "meetings": [{"meeting": meeting, "is_ahead": meeting.date > today} for meeting in reversed(meetings)],
        "can_keep": can_keep,
        "add_url": reverse("programmes:own_parent_group_add"),
    }
    return render(request, "programmes/parents/all.html", context)


def parent_group(request, pk):
    today = timezone.localdate()
    group, can_keep = group_or_404(request, pk, today=today)
    if request.method == "POST" and not can_keep:
        raise PermissionDenied
    meetings = list(group.meetings.all())
    needed = group.municipality.parent_meetings_to_complete
    sign_ups = sign_ups_of(group) if can_keep else None
    opens = meetings[0].date >= today and not group.is_cancelled
    form = ParentCountForm(
        request.POST or None,
        initial=count_values(group),
        meetings=meetings,
        needed=needed,
        today=today,
        expected=sign_ups["placed"] if sign_ups else 0,
    )
    if form.is_valid():
        try:
            count_parents(
                group=group,
                parents=form.parents(),
                completed=form.cleaned_data["completed"],
                user=request.user,
                seen=moment(form.cleaned_data["seen"]),
            )
        except ParentsChangedError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            messages.success(request, _("The numbers are saved."))
            return redirect("programmes:parent_group", pk)
    context = {
        "group": group,
        "title": group_title(group),
        "meetings": meetings,
        "ahead": [meeting for meeting in meetings if meeting.date > today],
        "state": state_of(group, today=today),
        "figures": figures_of(group),
        "form": form,
        "can_keep": can_keep,
        "leaders": group.leaders.all(),
        "feedback": feedback_together(
            rounds_of(meetings), today=today, profile=profile_of(group.municipality, "internal")
        ),
        "sign_ups": sign_ups,
        "shows_sign_ups": bool(sign_ups and (sign_ups["placed"] or sign_ups["in_line"])) or opens,
        "asked": [meeting for meeting in meetings if meeting.date <= today or hasattr(meeting, "feedback")],
        "can_open": opens,
        "crumbs": [*_crumbs(group.school), {"label": group_title(group)}],
    }
    return render(request, "programmes/parents/group.html", context)


def parent_group_add(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_keep_parent_groups(request.user, school, on=today):
        raise PermissionDenied
    return _written(request, ParentGroupForm(request.POST or None), municipality=school.municipality, school=school)


def own_parent_group_add(request):
    if not rules.can_keep_own_parent_groups(request.user, request.municipality, on=timezone.localdate()):
        raise PermissionDenied
    return _written(request, ParentGroupForm(request.POST or None), municipality=request.municipality, school=None)


def parent_group_change(request, pk):
    group = _kept_group(request, pk)
    form = ParentGroupForm(request.POST or None, initial=group_values(group))
    return _written(request, form, municipality=group.municipality, school=group.school, group=group)


def parent_group_remove(request, pk):
    group = _kept_group(request, pk)
    if request.method == "POST":
        title = group_title(group)
        school = group.school
        try:
            remove_parent_group(group=group)
        except GroupExpectedError:
            messages.error(
                request,
                _("Parents have signed up. Mark the group as cancelled instead, so that they are told."),
            )
            return redirect("programmes:parent_group", pk)
        messages.success(request, _("%(subject)s is removed.") % {"subject": title})
        return redirect(parents_url(school))
    context = {
        "title": group_title(group),
        "first_day": group.meetings.all()[0].date,
        "back": reverse("programmes:parent_group", args=[pk]),
    }
    return render(request, "programmes/parents/remove_group.html", context)


def parents_url(school):
    """The page of a school's parents, or of the municipality's where there is no school."""
    return reverse("programmes:parent_list", args=[school.slug]) if school else reverse("programmes:all_parents")


def rows_of(groups, *, today):
    """Groups in the order of their first meeting, the latest first, with where they stand."""
    rows = [
        {
            "group": group,
            "title": group_title(group),
            "first_day": group.meetings.all()[0].date,
            "figures": figures_of(group),
            "state": state_of(group, today=today),
        }
        for group in groups
    ]
    return sorted(rows, key=lambda row: (row["first_day"], row["group"].pk), reverse=True)


def rounds_of(meetings):
    """The questions that were asked after meetings; some have none."""
    return [meeting.feedback for meeting in meetings if hasattr(meeting, "feedback")]


def sign_ups_of(group):
    """How many have a seat, how many wait, and whether a letter is stuck; nobody's name."""
    counts = Counter(group.sign_ups.active().values_list("state", flat=True))
    return {
        "placed": counts[SignUpState.PLACED],
        "in_line": counts[SignUpState.WAITING],
        "stuck": SignUpLetter.objects.stuck().filter(sign_up__group=group).count(),
    }


def waiting(groups, *, today):
    """The meetings whose day has come without a count."""
    return [
        {
            "strong": group_title(group),
            "text": _("meeting %(number)s") % {"number": meeting.number},
            "small": date_format(meeting.date, "l j F"),
            "url": reverse("programmes:parent_group", args=[group.pk]),
            "label": _("Count the parents at meeting %(number)s, %(subject)s")
            % {"number": meeting.number, "subject": group_title(group)},
        }
        for group in groups
        if state_of(group, today=today) != ParentGroupState.CANCELLED
        for meeting in group.meetings.all()
        if meeting.date <= today and meeting.parents is None
    ]


def _named(parts):
    return [
        {"label": part.key if part.key != OWN else _("the municipality's own"), "parents": part.parents}
        for part in parts
    ]


def group_or_404(request, pk, *, today):
    """A group that one may read, and whether one may also keep it."""
    groups = ParentGroup.objects.visible_to(request.user, on=today).filter(municipality=request.municipality or None)
    group = get_object_or_404(groups.with_meetings().prefetch_related("leaders"), pk=pk)
    if group.school:
        request.school = group.school
        if not rules.can_read_parent_groups(request.user, group.school, on=today):
            raise PermissionDenied
        return group, rules.can_keep_parent_groups(request.user, group.school, on=today)
    return group, rules.can_keep_own_parent_groups(request.user, group.municipality, on=today)


def _kept_group(request, pk):
    group, can_keep = group_or_404(request, pk, today=timezone.localdate())
    if not can_keep:
        raise PermissionDenied
    return group


def group_title(group):
    """How a group is called: `ABC 3–12 år, arabiska`."""
    return f"ABC {group.get_age_display()}, {group.get_language_display()}"


def _crumbs(school):
    if school is None:
        return [{"label": _("Parents"), "url": reverse("programmes:all_parents")}]
    return [
        {"label": school.name, "url": reverse("programmes:school_year", args=[school.slug])},
        {"label": _("Parents"), "url": parents_url(school)},
    ]


def _written(request, form, *, municipality, school, group=None):
    """Save a group as it was typed and lead to it, or show the form with what is wrong."""
    if form.is_valid():
        try:
            saved = save_parent_group(
                municipality=municipality,
                school=school,
                values=form.values(),
                days=form.days(),
                leaders=[Leader(*row) for row in form.leader_rows()],
                user=request.user,
                now=timezone.now(),
                group=group,
                seen=moment(form.cleaned_data["seen"]),
            )
        except ParentsChangedError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            send_parent_letters.enqueue()
            messages.success(request, _("%(subject)s is saved.") % {"subject": group_title(saved)})
            return redirect("programmes:parent_group", saved.pk)
    context = {
        "form": form,
        "group": group,
        "place_name": school.name if school else municipality.name,
        "back": reverse("programmes:parent_group", args=[group.pk]) if group else parents_url(school),
        "crumbs": [*_crumbs(school), {"label": _("Change") if group else _("Add")}],
    }
    return render(request, "programmes/parents/group_form.html", context)
