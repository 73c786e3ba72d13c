"""The way back from a report: undone right after saving, or removed later."""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.locks import PeriodClosedError
from programmes.actions.sessions import remove_report, undo_report
from programmes.models import Delivery, NotHeld, PlannedSession
from programmes.views.schools import cohort_list_url, school_or_404, year_url
from programmes.views.sessions import UNDOABLE, undo_salt

PLACE = ("planned_session__school_class__school", "planned_session__session")
REMOVABLE = {"genomfort": Delivery, "ej-hallet": NotHeld}


@require_POST
def report_undo(request, slug, token):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not _may_undo(request.user, school, on=today):
        raise PermissionDenied
    try:
        start_year, steps, is_mvp = signing.loads(
            token, salt=undo_salt(request.user), max_age=settings.UNDO_MINUTES * 60
        )
    except signing.BadSignature:
        messages.error(request, _("It is too late to undo. Open the report and correct it instead."))
        return redirect("programmes:school_year", slug=school.slug)
    try:
        is_undone = undo_report(
            steps=[(kind, UNDOABLE[name], pk, version) for kind, name, pk, version in steps], user=request.user
        )
    except PeriodClosedError as error:
        messages.error(request, str(error))
    else:
        if is_undone:
            messages.success(request, _("Undone: it is as before you saved."))
        else:
            messages.error(request, _("Somebody has changed the report since. Nothing was undone: open it to see."))
    return redirect((cohort_list_url if is_mvp else year_url)(school, start_year, today=today))


def _may_undo(user, school, *, on):
    return rules.can_report_at_school(user, school, on=on) or rules.can_keep_cohorts(user, school, on=on)


def _may_correct(user, school_class, *, on):
    """A mentee group's reports belong to those who keep its cohort, a class's to those who report for it."""
    if school_class.cohort_id:
        return rules.can_keep_cohorts(user, school_class.school, on=on)
    return rules.can_report_delivery(user, school_class, on=on)


def report_remove(request, slug, kind, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    entries = REMOVABLE[kind].objects.select_related(*PLACE).filter(planned_session__school_class__school=school)
    visible = PlannedSession.objects.visible_to(request.user, on=today)
    entry = get_object_or_404(entries, planned_session__in=visible, pk=pk)
    school_class = entry.planned_session.school_class
    if not _may_correct(request.user, school_class, on=today):
        raise PermissionDenied
    back = (cohort_list_url if school_class.cohort_id else year_url)(school, school_class.start_year, today=today)
    if request.method == "POST":
        try:
            remove_report(entry=entry, user=request.user)
        except PeriodClosedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The report is removed."))
        return redirect(back)
    context = {"school": school, "entry": entry, "year_url": back}
    return render(request, "programmes/sessions/remove.html", context)
