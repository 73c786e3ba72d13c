"""Single parent meetings of a school: Tåget for parents, theme evenings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.meetings import ParentsChangedError, remove_parent_meeting, save_parent_meeting
from programmes.forms.meetings import ParentMeetingForm, parent_meeting_values
from programmes.models import ParentMeeting
from programmes.models.terms import start_year_of
from programmes.views.parents import parents_url
from programmes.views.schools import school_or_404, start_year_or_404, with_year, year_url
from programmes.views.staff import moment


def parent_meeting_add(request, slug):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    initial = {"kind": request.GET.get("typ", "train")}
    form = ParentMeetingForm(request.POST or None, initial=initial, start_year=start_year, today=today)
    return _written(request, school, start_year, form, today=today)


def parent_meeting_change(request, slug, pk):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    meeting = get_object_or_404(ParentMeeting, school=school, pk=pk)
    start_year = start_year_of(meeting.date)
    form = ParentMeetingForm(
        request.POST or None, initial=parent_meeting_values(meeting), start_year=start_year, today=today
    )
    return _written(request, school, start_year, form, today=today, meeting=meeting)


def parent_meeting_remove(request, slug, pk):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    meeting = get_object_or_404(ParentMeeting, school=school, pk=pk)
    back = with_year(parents_url(school), start_year_of(meeting.date), today=today)
    if request.method == "POST":
        remove_parent_meeting(meeting=meeting)
        messages.success(request, _("%(subject)s is removed.") % {"subject": meeting.theme})
        return redirect(back)
    return render(request, "programmes/parents/remove_meeting.html", {"meeting": meeting, "back": back})


def _kept_school(request, slug, *, today):
    school = school_or_404(request, slug, today=today)
    if not rules.can_keep_parent_groups(request.user, school, on=today):
        raise PermissionDenied
    return school


def _written(request, school, start_year, form, *, today, meeting=None):
    """Save what was typed and lead back, or show the form with what is wrong."""
    back = with_year(parents_url(school), start_year, today=today)
    if form.is_valid():
        try:
            saved = save_parent_meeting(
                school=school,
                values=form.values(),
                user=request.user,
                meeting=meeting,
                seen=moment(form.cleaned_data["seen"]),
            )
        except ParentsChangedError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            messages.success(request, _("%(subject)s is saved.") % {"subject": saved.theme})
            return redirect(back)
    context = {
        "school": school,
        "form": form,
        "meeting": meeting,
        "back": back,
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Parents"), "url": back},
            {"label": _("Change") if meeting else _("Add")},
        ],
    }
    return render(request, "programmes/parents/meeting_form.html", context)
