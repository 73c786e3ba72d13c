"""The new school year: next year's classes, seen before they are made, and taken back while that can be done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.locks import PlanClosedError
from programmes.actions.new_years import (
    AlreadyMovedError,
    ClassInUseError,
    ClassMove,
    move_up_classes,
    undo_moving_up,
)
from programmes.actions.plans import ReportedSessionError
from programmes.enums import Role
from programmes.forms.new_years import SAME_CHOICES, MoveUpForm
from programmes.models import Membership, MovingUp, PlannedSession, SchoolClass, SchoolYear
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.moving_up import propose_classes, year_to_begin
from programmes.reports.plan_copies import LastYear, choices_for_new_class
from programmes.views.schools import plan_url, school_or_404, start_year_or_404, with_year, year_url


def new_year(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today):
        raise PermissionDenied
    start_year = _start_year_or_404(request, school, today=today)
    before = MovingUp.objects.filter(school=school, start_year=start_year).select_related("moved_by").first()
    if before and request.method == "GET":
        return _show_moved(request, before, today=today)
    olds = list(
        school.classes.filter(start_year=start_year - 1, end_date__isnull=True).select_related("school").in_order()
    )
    form = MoveUpForm(
        request.POST or None,
        proposals=propose_classes(olds, start_year=start_year),
        start_year=start_year,
        leaders=_leaders_of(olds, today=today),
    )
    if form.is_valid():
        return _move_up(request, school, start_year, olds, form, today=today)
    existing = school.classes.filter(start_year=start_year).in_order()
    context = {
        **_place(school, start_year, today=today),
        "form": form,
        "olds": olds,
        "existing": ", ".join(existing.values_list("name", flat=True)),
        "add_class_url": reverse("programmes:school_class_add", args=[school.slug]),
        "has_calendar": SchoolYear.objects.filter(municipality=school.municipality, start_year=start_year).exists(),
    }
    return render(request, "programmes/new_years/new.html", context)


def _start_year_or_404(request, school, *, today):
    """The year that begins: the one asked for, which is this year or the next, or else the one that lacks classes."""
    if not request.GET.get("lasar"):
        years = school.classes.values_list("start_year", flat=True).distinct().order_by()
        return year_to_begin(years, today=today)
    start_year = start_year_or_404(request, today=today)
    if start_year - start_year_of(today) not in (0, 1):
        raise Http404
    return start_year


def _leaders_of(olds, *, today):
    leaders = Membership.objects.active(on=today).filter(role=Role.LEADER, classes__in=olds)
    return leaders.distinct().select_related("user").prefetch_related("classes").order_by("user__email")


def _place(school, start_year, *, today):
    label = _("New school year")
    return {
        "school": school,
        "year_label": school_year_label(start_year),
        "last_year_label": school_year_label(start_year - 1),
        "plan_url": plan_url(school, start_year, today=today),
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year_of(today), today=today)},
            {"label": label},
        ],
    }


def _move_up(request, school, start_year, olds, form, *, today):
    last_year = LastYear(olds)
    copies = form.cleaned_data["plan"] == SAME_CHOICES
    moves = [_as_move(row, last_year, start_year, copies=copies) for row in form.new_classes()]
    try:
        moved = move_up_classes(
            school=school, start_year=start_year, moves=moves, leaders=form.cleaned_data["leaders"], user=request.user
        )
    except AlreadyMovedError as error:
        messages.info(request, " ".join([_moved_words(error.moving), _("Nothing was changed now.")]))
        return redirect(_address(school, start_year, today=today))
    words = {"count": len(moved.created), "year": school_year_label(start_year), "planned": moved.planned}
    undo = with_year(reverse("programmes:new_year_undo", args=[school.slug]), start_year, today=today)
    messages.success(
        request,
        ngettext(
            "%(count)s class is ready for %(year)s, with %(planned)s planned sessions.",
            "%(count)s classes are ready for %(year)s, with %(planned)s planned sessions.",
            len(moved.created),
        )
        % words,
        extra_tags=undo,
    )
    return redirect(plan_url(school, start_year, today=today))


def _as_move(row, last_year, start_year, *, copies):
    new = SchoolClass(
        name=row.name, start_year=start_year, lowest_grade=row.lowest_grade, highest_grade=row.highest_grade
    )
    choices = choices_for_new_class(last_year, new, olds=row.olds) if copies else []
    return ClassMove(
        name=row.name,
        lowest_grade=row.lowest_grade,
        highest_grade=row.highest_grade,
        enrolled=row.enrolled,
        olds=row.olds,
        choices=tuple((choice.session, choice.due_date) for choice in choices),
    )


def _address(school, start_year, *, today):
    return with_year(reverse("programmes:new_year", args=[school.slug]), start_year, today=today)


def _moved_words(moving):
    words = {
        "who": moving.moved_by or "–",
        "day": date_format(timezone.localtime(moving.moved_at), "j F Y"),
        "year": school_year_label(moving.start_year),
    }
    return _("The classes moved up to %(year)s on %(day)s (%(who)s).") % words


def _show_moved(request, moving, *, today):
    """What the classes became; and the way back, as long as nothing is reported."""
    school, start_year = moving.school, moving.start_year
    classes = school.classes.filter(start_year=start_year).prefetch_related("follows").in_order()
    rows = PlannedSession.objects.filter(school_class__school=school, school_class__start_year=start_year)
    is_reported = rows.exclude(deliveries__isnull=True, not_held__isnull=True).exists()
    context = {
        **_place(school, start_year, today=today),
        "words": _moved_words(moving),
        "classes": classes,
        "is_reported": is_reported,
        "class_count": moving.classes.count(),
        "planned_count": rows.filter(school_class__in=moving.classes.all()).count(),
        "undo_url": with_year(reverse("programmes:new_year_undo", args=[school.slug]), start_year, today=today),
    }
    return render(request, "programmes/new_years/moved.html", context)


@require_POST
def new_year_undo(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_plan_sessions(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    moving = get_object_or_404(MovingUp, school=school, start_year=start_year)
    try:
        count = undo_moving_up(moving=moving, user=request.user)
    except ReportedSessionError:
        messages.error(request, _("Something has been reported for the new year, so the classes stay."))
    except PlanClosedError as error:
        messages.error(request, str(error))
    except ClassInUseError:
        messages.error(request, _("More than a plan hangs on the new classes by now, so they stay."))
    else:
        messages.success(
            request,
            ngettext("%(count)s class was taken away again.", "%(count)s classes were taken away again.", count)
            % {"count": count},
        )
    return redirect(_address(school, start_year, today=today))
