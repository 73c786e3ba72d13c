"""A school's check rounds, opened and closed by its coordinators, and the school's adults."""

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.check_rounds import (
    RoundRefusedError,
    add_adult,
    change_adult,
    close_check_round,
    open_check_round,
    reopen_check_round,
)
from programmes.forms.secure_bases import AdultChangeForm, AdultForm, OpenRoundForm
from programmes.models import CheckRound, SchoolAdult, SchoolClass
from programmes.models.terms import Period, start_year_of
from programmes.reports.secure_bases import load_of, rounds_of, standings, together
from programmes.views.schools import year_url
from programmes.views.secure_bases import keeping_school_or_404, list_address, visible_pupils


def _led_school_or_404(request, slug, *, today):
    school = keeping_school_or_404(request, slug, today=today)
    if not rules.can_lead_check_round(request.user, school, on=today):
        raise PermissionDenied
    return school


def _crumbs(school, last, *, today):
    return [
        {"label": school.name, "url": year_url(school, start_year_of(today), today=today)},
        {"label": _("Secure base"), "url": list_address(school)},
        {"label": last},
    ]


def _standing(request, school, rounds, *, today):
    """Every class of the school of the current year, as it stands; for those who see all of them."""
    classes = SchoolClass.objects.visible_to(request.user, on=today).filter(
        school=school, start_year=start_year_of(today)
    )
    pupils = visible_pupils(request, today=today)
    return standings(pupils=pupils, classes=classes.in_order(), rounds=rounds, today=today)


@never_cache
def check_round_open(request, slug):
    today = timezone.localdate()
    school = _led_school_or_404(request, slug, today=today)
    rounds = rounds_of(school)
    form = OpenRoundForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            opened = open_check_round(
                school=school, due_date=form.cleaned_data["due_date"], user=request.user, today=today
            )
        except RoundRefusedError:
            messages.error(request, _("No round was opened: this term's is there, or the last one is still open."))
        else:
            messages.success(request, _("The check round of %(term)s is open.") % {"term": opened.label})
        return redirect(list_address(school))
    context = {
        "school": school,
        "rounds": rounds,
        "term": Period.term_of(today),
        "form": form,
        "back": list_address(school),
        "crumbs": _crumbs(school, _("Open a round"), today=today),
    }
    return render(request, "programmes/secure_bases/open.html", context)


@never_cache
def check_round_close(request, slug):
    today = timezone.localdate()
    school = _led_school_or_404(request, slug, today=today)
    check_round = get_object_or_404(CheckRound, school=school, closed_date__isnull=True)
    rounds = rounds_of(school)
    rows = _standing(request, school, rounds, today=today)
    if request.method == "POST":
        confirmed = standings(
            pupils=visible_pupils(request, today=today),
            classes=[row.school_class for row in rows],
            rounds=rounds.when_closed(),
            today=today,
        )
        figures = {row.school_class: asdict(row.figures) for row in confirmed if row.pupils}
        try:
            load = [pupils for _adult, pupils in load_of(confirmed)]
            close_check_round(check_round=check_round, figures=figures, load=load, user=request.user, today=today)
        except RoundRefusedError:
            messages.error(request, _("The round was closed already."))
        else:
            lacking = together(row.figures for row in confirmed).uncovered
            _say_closed(request, check_round, lacking)
        return redirect(list_address(school))
    confirmed = standings(
        pupils=visible_pupils(request, today=today),
        classes=[row.school_class for row in rows],
        rounds=rounds.when_closed(),
        today=today,
    )
    context = {
        "school": school,
        "round": check_round,
        "lacking": [row for row in rows if row.figures.uncovered],
        "figures": together(row.figures for row in rows),
        "unconfirmed": sum(row.unconfirmed for row in rows),
        "lacking_after": together(row.figures for row in confirmed).uncovered,
        "without_list": [row.school_class.name for row in rows if not row.pupils],
        "back": list_address(school),
        "crumbs": _crumbs(school, _("Close the round"), today=today),
    }
    return render(request, "programmes/secure_bases/close.html", context)


def _say_closed(request, check_round, lacking):
    said = _("The check round of %(term)s is closed.") % {"term": check_round.label}
    if lacking:
        still = ngettext(
            "%(count)s pupil still has no secure adult and stands first on the list.",
            "%(count)s pupils still have no secure adult and stand first on their lists.",
            lacking,
        )
        said = f"{said} {still % {'count': lacking}}"
    (messages.warning if lacking else messages.success)(request, said)


@never_cache
@require_POST
def check_round_reopen(request, slug):
    today = timezone.localdate()
    school = _led_school_or_404(request, slug, today=today)
    rounds = rounds_of(school)
    try:
        if rounds.current is None:
            raise RoundRefusedError
        reopen_check_round(check_round=rounds.current, user=request.user, today=today)
    except RoundRefusedError:
        messages.error(
            request, _("Only the latest round can be opened again, when it is closed and its term is not over.")
        )
    else:
        messages.success(request, _("The check round of %(term)s is open again.") % {"term": rounds.current.label})
    return redirect(list_address(school))


@never_cache
def school_adults(request, slug):
    today = timezone.localdate()
    school = keeping_school_or_404(request, slug, today=today)
    form = AdultForm(request.POST or None)
    if form.is_valid():
        adult = add_adult(school=school, today=today, **form.cleaned_data)
        if adult is None:
            form.add_error("name", _("There is already an adult of that role and name."))
        else:
            messages.success(request, _("%(adult)s was added.") % {"adult": adult})
            return redirect("programmes:school_adults", slug=school.slug)
    adults = SchoolAdult.objects.filter(school=school).order_by("role", "name", "pk")
    is_leading = rules.can_lead_check_round(request.user, school, on=today)
    load = dict(load_of(_standing(request, school, rounds_of(school), today=today))) if is_leading else {}
    context = {
        "school": school,
        "form": form,
        "active": [(adult, load.get(adult, 0)) for adult in adults if adult.is_active(on=today)],
        "left": [adult for adult in adults if adult.end_date and adult.end_date < today],
        "is_leading": is_leading,
        "crumbs": _crumbs(school, _("Adults"), today=today),
    }
    return render(request, "programmes/secure_bases/adults.html", context)


@never_cache
def school_adult(request, slug, pk):
    today = timezone.localdate()
    school = _led_school_or_404(request, slug, today=today)
    adult = get_object_or_404(SchoolAdult, school=school, pk=pk)
    form = AdultChangeForm(request.POST or None, instance=adult)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("role", "name", "end_date")}
        before = _uncovered(request, school, today=today)
        if change_adult(adult=adult, **values):
            lacking = _uncovered(request, school, today=today) - before
            messages.success(request, _said_of_adult(adult, lacking, today=today))
            return redirect("programmes:school_adults", slug=school.slug)
        form.add_error("name", _("There is already an adult of that role and name."))
    context = {
        "school": school,
        "adult": SchoolAdult.objects.get(pk=adult.pk),
        "form": form,
        "crumbs": _crumbs(school, _("Adults"), today=today),
    }
    return render(request, "programmes/secure_bases/adult.html", context)


def _uncovered(request, school, *, today):
    rows = _standing(request, school, rounds_of(school), today=today)
    return together(row.figures for row in rows).uncovered


def _said_of_adult(adult, lacking, *, today):
    said = _("%(adult)s is saved.") % {"adult": adult}
    if lacking <= 0:
        return said
    return "{} {}".format(
        said,
        ngettext(
            "%(count)s pupil has no secure adult now and stands first on the list.",
            "%(count)s pupils have no secure adult now and stand first on their lists.",
            lacking,
        )
        % {"count": lacking},
    )
