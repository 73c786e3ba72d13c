"""A class's list itself, one pupil's page, and the pupils' own answers: on the teacher's device or on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.class_lists import ListConflictError, add_pupils, edit_list, fetch_lists
from programmes.actions.secure_bases import change_words, record_answer
from programmes.enums import EventKind
from programmes.forms.secure_bases import AddPupilsForm, AnswerForm, ListRowForm, PupilForm
from programmes.models import ListedPupil
from programmes.models.terms import start_year_of
from programmes.reports.secure_bases import rounds_of, standings
from programmes.views.schools import visible_classes
from programmes.views.secure_base_rows import PupilRow, list_url
from programmes.views.secure_bases import (
    active_adults,
    keeping_school_or_404,
    list_address,
    list_class_or_404,
    log_list,
    to_secure_bases,
    visible_pupils,
    waiting_classes,
)


def _crumbs(school_class, last, *, today):
    crumbs = to_secure_bases(school_class.school, school_class.start_year, today=today, last=school_class.name)
    crumbs[-1]["url"] = list_url("secure_base_class", school_class, today=today)
    return [*crumbs[1:], {"label": last}]


@never_cache
def secure_base_list(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    pupils = list(visible_pupils(request, today=today).filter(school_class=school_class).order_by("number"))
    data = request.POST or None
    rows = [ListRowForm(data, pupil=pupil) for pupil in pupils if not data or f"elev-{pupil.number}-kvar" in data]
    bad = [row for row in rows if data and not row.is_valid()]
    conflicts = []
    if data and not bad:
        try:
            edit_list(school_class=school_class, edits={row.pupil.number: row.edit() for row in rows})
        except ListConflictError as error:
            conflicts = error.numbers
        else:
            log_list(request, school_class, EventKind.SECURE_BASE_CHANGED)
            messages.success(request, _("The list is saved."))
            return redirect(list_url("secure_base_class", school_class, today=today))
    if not data:
        log_list(request, school_class, EventKind.SECURE_BASE_SEEN)
    adding = AddPupilsForm(initial=_proposed(school_class, pupils))
    return render(
        request,
        "programmes/secure_bases/list.html",
        _list_page(school_class, rows, adding, today=today) | {"bad_rows": bad, "conflicts": conflicts},
    )


@never_cache
@require_POST
def secure_base_add(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    form = AddPupilsForm(request.POST)
    if form.is_valid():
        numbers = add_pupils(school_class=school_class, count=form.cleaned_data["count"])
        log_list(request, school_class, EventKind.SECURE_BASE_CHANGED)
        said = ngettext("%(count)s pupil was added.", "%(count)s pupils were added.", len(numbers))
        messages.success(request, said % {"count": len(numbers)})
        return redirect(list_url("secure_base_class", school_class, today=today))
    pupils = visible_pupils(request, today=today).filter(school_class=school_class).order_by("number")
    rows = [ListRowForm(None, pupil=pupil) for pupil in pupils]
    return render(request, "programmes/secure_bases/list.html", _list_page(school_class, rows, form, today=today))


def _list_page(school_class, rows, adding, *, today):
    return {
        "school": school_class.school,
        "school_class": school_class,
        "rows": rows,
        "adding": adding,
        "add_url": list_url("secure_base_add", school_class, today=today),
        "list_url": list_url("secure_base_list", school_class, today=today),
        "back": list_url("secure_base_class", school_class, today=today),
        "crumbs": _crumbs(school_class, _("The list"), today=today),
    }


def _proposed(school_class, pupils):
    missing = (school_class.enrolled or 0) - len(pupils)
    return {"count": missing if missing > 0 else 1}


@never_cache
@require_POST
def secure_base_fetch(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    earlier = school_class.follows.filter(school=school_class.school).order_by("sort_key")
    count = fetch_lists(school_class=school_class, earlier=earlier, user=request.user)
    said = ngettext("%(count)s pupil moved along.", "%(count)s pupils moved along.", count)
    messages.success(request, said % {"count": count})
    return redirect(list_url("secure_base_class", school_class, today=today))


@never_cache
@require_POST
def secure_base_fetch_all(request, slug):
    """Every class without a list fetches that of the classes it was last year."""
    today = timezone.localdate()
    school = keeping_school_or_404(request, slug, today=today)
    if not rules.can_lead_check_round(request.user, school, on=today):
        raise PermissionDenied
    classes = waiting_classes(visible_classes(request, school, start_year_of(today), today=today))
    count = sum(
        fetch_lists(school_class=row, earlier=row.follows.order_by("sort_key"), user=request.user) for row in classes
    )
    said = ngettext("%(count)s pupil moved along.", "%(count)s pupils moved along.", count)
    messages.success(request, said % {"count": count})
    return redirect(list_address(school))


def _pupil_or_404(request, slug, klass, number, *, today):
    school_class = list_class_or_404(request, slug, klass, today=today)
    pupils = visible_pupils(request, today=today).filter(school_class=school_class)
    return school_class, get_object_or_404(pupils, number=number)


def _round_or_404(school_class):
    rounds = rounds_of(school_class.school)
    if rounds.current is None:
        raise Http404
    return rounds


@never_cache
def secure_base_pupil(request, slug, klass, number):
    today = timezone.localdate()
    school_class, pupil = _pupil_or_404(request, slug, klass, number, today=today)
    rounds = _round_or_404(school_class)
    [standing] = standings(
        pupils=ListedPupil.objects.filter(pk=pupil.pk), classes=[school_class], rounds=rounds, today=today
    )
    form = PupilForm(
        request.POST or None,
        adults=active_adults(school_class.school, today=today),
        initial=PupilForm.initial_of(standing.pupils[0]),
    )
    back = list_url("secure_base_class", school_class, today=today)
    if form.is_valid():
        change_words(pupil=pupil, words=form.words(), check_round=rounds.current)
        log_list(request, school_class, EventKind.SECURE_BASE_CHANGED)
        messages.success(request, _("Pupil %(number)s is saved.") % {"number": number})
        return redirect(f"{back}#elev-{number}")
    if request.method != "POST":
        log_list(request, school_class, EventKind.SECURE_BASE_SEEN)
    context = {
        "school": school_class.school,
        "school_class": school_class,
        "row": PupilRow(standing.pupils[0], school_class.school, school_class, today, None, ""),
        "form": form,
        "back": back,
        "crumbs": _crumbs(school_class, _("Pupil %(number)s") % {"number": number}, today=today),
    }
    return render(request, "programmes/secure_bases/pupil.html", context)


@never_cache
def secure_base_ask(request, slug, klass):
    """Who is to answer next; says nothing of what anybody answered."""
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    rounds = _round_or_404(school_class)
    pupils = visible_pupils(request, today=today).filter(school_class=school_class).order_by("number")
    context = {
        "school": school_class.school,
        "school_class": school_class,
        "round": rounds.current,
        "pupils": [
            {
                "number": pupil.number,
                "is_asked": pupil.asked_round_id == rounds.current.pk,
                "url": list_url("secure_base_answer", school_class, pupil.number, today=today),
            }
            for pupil in pupils
        ],
        "back": list_url("secure_base_class", school_class, today=today),
        "sheet": list_url("secure_base_sheet", school_class, today=today),
        "crumbs": _crumbs(school_class, _("Ask the pupils"), today=today),
    }
    return render(request, "programmes/secure_bases/ask.html", context)


@never_cache
def secure_base_answer(request, slug, klass, number):
    """The one page that a pupil sees: an empty question, whatever was answered before and by whom."""
    today = timezone.localdate()
    school_class, pupil = _pupil_or_404(request, slug, klass, number, today=today)
    rounds = _round_or_404(school_class)
    adults = active_adults(school_class.school, today=today)
    form = AnswerForm(request.POST if request.method == "POST" else None, adults=adults.order_by("role", "name", "pk"))
    ask = list_url("secure_base_ask", school_class, today=today)
    if form.is_valid():
        record_answer(pupil=pupil, adults=form.cleaned_data["adults"], check_round=rounds.current)
        log_list(request, school_class, EventKind.SECURE_BASE_CHANGED)
        return redirect(list_url("secure_base_thanks", school_class, today=today))
    context = {"school": school_class.school, "number": number, "form": form, "ask": ask}
    return render(request, "programmes/secure_bases/answer.html", context)


@never_cache
def secure_base_thanks(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    ask = list_url("secure_base_ask", school_class, today=today)
    return render(request, "programmes/secure_bases/thanks.html", {"school": school_class.school, "ask": ask})


@never_cache
def secure_base_sheet(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    pupils = visible_pupils(request, today=today).filter(school_class=school_class).order_by("number")
    log_list(request, school_class, EventKind.SECURE_BASE_PRINTED)
    context = {
        "school": school_class.school,
        "school_class": school_class,
        "numbers": [pupil.number for pupil in pupils],
        "adults": active_adults(school_class.school, today=today).order_by("role", "name", "pk"),
        "back": list_url("secure_base_class", school_class, today=today),
        "crumbs": _crumbs(school_class, _("On paper"), today=today),
    }
    return render(request, "programmes/secure_bases/sheet.html", context)
