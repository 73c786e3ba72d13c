"""Two questions after a meeting with parents: the sheet with the QR code, the page behind it, and what was answered."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override
from django.views.decorators.cache import never_cache

from programmes import rules
from programmes.actions.feedback import close_feedback, count_answer, open_feedback
from programmes.forms.feedback import FeedbackForm
from programmes.imports.feedback import DEFAULT, feedback_words, language_of
from programmes.models import FeedbackRound, ParentMeeting
from programmes.reports.feedback import feedback_of
from programmes.reports.suppression import profile_of
from programmes.views.answered import has_answered, remember_answer
from programmes.views.parents import group_or_404, group_title, parents_url
from programmes.views.schools import school_or_404


@login_not_required
@never_cache
def feedback_answer(request, code):
    """Read in the group's language, or in another that is chosen; whoever has answered on this device is thanked."""
    today = timezone.localdate()
    rounds = FeedbackRound.objects.with_meetings().filter(code=code)
    feedback = get_object_or_404(rounds)
    if feedback.municipality != request.municipality:
        raise Http404
    words = _words(request, feedback)
    with override(words.code):
        return _asked(request, feedback, words, today=today)


def _asked(request, feedback, words, *, today):
    form = FeedbackForm(request.POST or None, words=words)
    said = _said(request, feedback, words, today=today)
    if not said and form.is_valid():
        if not ratelimit.consume(request, action="parent_feedback"):
            return ratelimit.respond_429(request)
        was_open = count_answer(feedback=feedback, **form.values(), today=today)
        response = _page(request, feedback, words, said=words.thanks if was_open else words.closed)
        remember_answer(request, response, feedback.code, last_day=feedback.last_day, today=today)
        return response
    return _page(request, feedback, words, form=form, said=said)


def _said(request, feedback, words, *, today):
    """What is said instead of the questions, or nothing."""
    if has_answered(request, feedback.code):
        return words.answered
    if feedback.closed_at or feedback.last_day < today:
        return words.closed
    return words.early if feedback.meeting.date > today else ""


def _page(request, feedback, words, *, said, form=None):
    context = {"feedback": feedback, "words": words, "said": said, "form": form, "languages": feedback_words().values()}
    return render(request, "programmes/feedback/answer.html", context)


def _words(request, feedback):
    chosen = request.GET.get("sprak", "")
    own = language_of(feedback.group_meeting.group.language) if feedback.group_meeting else DEFAULT
    return feedback_words().get(chosen) or feedback_words()[own]


def group_feedback(request, pk, number):
    group, can_keep = group_or_404(request, pk, today=timezone.localdate())
    meeting = next((row for row in group.meetings.all() if row.number == number), None)
    if meeting is None:
        raise Http404
    back = {"label": group_title(group), "url": reverse("programmes:parent_group", args=[pk])}
    title = _("%(group)s, meeting %(number)s") % {"group": group_title(group), "number": number}
    words = feedback_words()[language_of(group.language)]
    return _sheet(request, meeting, can_keep=can_keep, back=back, title=title, words=words)


def meeting_feedback(request, slug, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_read_parent_groups(request.user, school, on=today):
        raise PermissionDenied
    meeting = get_object_or_404(ParentMeeting, school=school, pk=pk)
    can_keep = rules.can_keep_parent_groups(request.user, school, on=today)
    back = {"label": _("Parents"), "url": parents_url(school)}
    words = feedback_words()[DEFAULT]
    return _sheet(request, meeting, can_keep=can_keep, back=back, title=meeting.theme, words=words)


def _sheet(request, meeting, *, can_keep, back, title, words):
    """The code to print or show while the questions are open; what was answered when they are closed."""
    today = timezone.localdate()
    feedback = FeedbackRound.objects.filter(
        **{"group_meeting" if hasattr(meeting, "group_id") else "parent_meeting": meeting}
    ).first()
    if request.method == "POST":
        if not can_keep:
            raise PermissionDenied
        return _turned(request, meeting, feedback, today=today)
    address = (
        request.build_absolute_uri(reverse("programmes:feedback_answer", args=[feedback.code])) if feedback else ""
    )
    context = {
        "title": title,
        "meeting": meeting,
        "words": words,
        "swedish": feedback_words()[DEFAULT],
        "feedback": feedback,
        "told": _told(request, feedback, today=today) if feedback else None,
        "labels": feedback_words()[DEFAULT],
        "address": address,
        "short_address": address.partition("://")[2],
        "can_keep": can_keep,
        "crumbs": [back, {"label": _("What the parents thought")}],
    }
    return render(request, "programmes/feedback/sheet.html", context)


def _told(request, feedback, *, today):
    return feedback_of(feedback, today=today, profile=profile_of(request.municipality, "internal"))


def _turned(request, meeting, feedback, *, today):
    match request.POST.get("action"):
        case "open":
            open_feedback(meeting=meeting, today=today)
        case "close" if feedback:
            close_feedback(feedback=feedback, now=timezone.now())
            messages.success(request, _("The questions are closed."))
        case _:
            raise Http404
    return redirect(request.path)
