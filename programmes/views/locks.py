"""What a closed period says to whoever reports, and the page where the centre unlocks a session in it."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.closings import UNLOCKED_DAYS, unlock_session
from programmes.actions.locks import closings_over, locked_entries
from programmes.forms.closings import ReasonForm
from programmes.models import ClosedPeriod, Delivery, NotHeld, Period, PlannedSession
from programmes.views.schools import cohort_list_url, school_or_404, year_url


@dataclass
class SheetClosings:
    """The closed periods that a report form is about: what is locked in it, and what would come late."""

    locked: list[ClosedPeriod] = field(default_factory=list)
    late: list[ClosedPeriod] = field(default_factory=list)


def closings_of_sheet(sheet):
    """What the form says before anything is typed; nothing is asked about days that cannot be closed yet."""
    rows = sheet.rows.values()
    deliveries = [delivery for row in rows for delivery in row.deliveries.all()]
    if not _may_be_closed([*(row.due_date for row in rows), *(entry.date for entry in deliveries)], today=sheet.today):
        return SheetClosings()
    closings = closings_over(school=sheet.school, programme=sheet.session.programme_id)
    if not closings:
        return SheetClosings()
    not_held = [row.not_held for row in rows if hasattr(row, "not_held")]
    locked = {**locked_entries(deliveries), **locked_entries(not_held)}
    late = [
        closed
        for closed in closings
        if any(rules.due_date_lies_in(closed, row.due_date) for row in rows) and not (deliveries or not_held)
    ]
    return SheetClosings(locked=list({closed.pk: closed for closed in locked.values()}.values()), late=late)


def _may_be_closed(days, *, today):
    """Whether some of the days may lie in a closed period: only one that has ended can be closed."""
    return any(day is not None and day < Period.running_since(today) for day in days)


def tell_late(request, school, changes, *, today):
    """Say that a new report came after the closing, and where it is counted."""
    created = [change.entry for change in changes if change.kind == "created"]
    told = [entry for entry in created if _may_be_closed(_days_of(entry), today=today)]
    programmes = {entry.planned_session.session.programme_id for entry in told}
    closings = [closed for programme in programmes for closed in closings_over(school=school, programme=programme)]
    late = [closed for closed in closings if any(_comes_late(closed, entry) for entry in told)]
    if late:
        names = ", ".join(closed.label for closed in late)
        messages.info(request, _("%(periods)s: comes after the closing; counted as a late entry.") % {"periods": names})


def _days_of(entry):
    return entry.planned_session.due_date, getattr(entry, "date", None)


def _comes_late(closed, entry):
    due_date, day = _days_of(entry)
    programme = entry.planned_session.session.programme_id
    return closed.programme_id == programme and rules.comes_late_to(closed, due_date=due_date, day=day)


def session_unlock(request, slug, pk):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    rows = PlannedSession.objects.visible_to(request.user, on=today).filter(school_class__school=school)
    planned = get_object_or_404(rows.select_related("school_class", "session__programme"), pk=pk)
    if not rules.can_close_periods(request.user, school.municipality, planned.session.programme, on=today):
        raise PermissionDenied
    entries = [
        *Delivery.objects.filter(planned_session=planned).order_by("group"),
        *NotHeld.objects.filter(planned_session=planned),
    ]
    closed = next(iter({**_locked(entries, Delivery), **_locked(entries, NotHeld)}.values()), None)
    form = ReasonForm.to_unlock(request.POST or None)
    if closed and form.is_valid():
        planned.school_class.school = school
        unlock_session(
            planned=planned, closed=closed, reason=form.cleaned_data["skal"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("Unlocked: the school can correct it once, within %(days)s days.") % _days())
        return redirect(request.path)
    school_class = planned.school_class
    back = (cohort_list_url if school_class.cohort_id else year_url)(school, school_class.start_year, today=today)
    context = {
        "school": school,
        "planned": planned,
        "entries": entries,
        "closed": closed,
        "unlocking": planned.unlockings.open(now=timezone.now()).first(),
        "form": form,
        "days": UNLOCKED_DAYS,
        "back": back,
        "crumbs": [{"label": school.name, "url": back}, {"label": school_class.name}],
    }
    return render(request, "programmes/closings/unlock.html", context)


def _locked(entries, kind):
    return locked_entries([entry for entry in entries if isinstance(entry, kind)])


def _days():
    return {"days": UNLOCKED_DAYS}


def unlock_url(school, pk):
    """Where the centre unlocks a session of a class."""
    return reverse("programmes:session_unlock", args=[school.slug, pk])
