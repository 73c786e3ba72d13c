"""Trygg bas at a school: every class in a row, and one class's list, where an adult is added with a tap."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.events import log_event
from programmes.actions.secure_bases import add_secure_base, confirm_adults_word, remove_secure_base
from programmes.enums import EventKind, Word
from programmes.forms.secure_bases import ChooseForm
from programmes.models import ListedPupil, SchoolAdult
from programmes.models.schools import name_key
from programmes.models.terms import Period
from programmes.reports.secure_bases import load_of, rounds_of, standings, together
from programmes.views.schools import (
    school_or_404,
    start_year_or_404,
    to_schools,
    visible_classes,
    ways_to_classes,
    year_url,
)
from programmes.views.secure_base_rows import ClassRow, PupilRow, key_of, list_url

MOST_USED = 8


def keeping_school_or_404(request, slug, *, today):
    """The school whose trygg bas one may see; 403 for those who see the school but no list of it."""
    school = school_or_404(request, slug, today=today)
    if not rules.can_see_secure_bases(request.user, school, on=today):
        raise PermissionDenied
    return school


def list_class_or_404(request, slug, klass, *, today):
    """The class whose list one may keep, by its name in the address."""
    school = school_or_404(request, slug, today=today)
    classes = visible_classes(request, school, start_year_or_404(request, today=today), today=today)
    found = sorted(
        (row for row in classes if name_key(key_of(row)) == name_key(klass)), key=lambda row: key_of(row) != klass
    )
    if not found:
        raise Http404
    found[0].school = school
    if not rules.can_keep_class_list(request.user, found[0], on=today):
        raise PermissionDenied
    return found[0]


def visible_pupils(request, *, today):
    return ListedPupil.objects.visible_to(request.user, on=today)


def active_adults(school, *, today):
    """The school's adults, those whom most pupils turn to first."""
    adults = SchoolAdult.objects.filter(school=school).active(on=today)
    return adults.annotate(uses=Count("secure_bases")).order_by("-uses", "role", "name", "pk")


def waiting_classes(classes):
    """Classes without a list whose pupils still stand on the lists of the year before."""
    return classes.filter(listed_pupils=None, follows__listed_pupils__isnull=False).distinct()


def log_list(request, school_class, kind):
    about = {"class": school_class.name, "year": school_class.start_year}
    log_event(kind=kind, actor=request.user, municipality=None, school=school_class.school, about=about)


def to_secure_bases(school, start_year, *, today, last=""):
    """The way here: the school, its trygg bas, and the class."""
    address = list_address(school)
    crumbs = [{"label": school.name, "url": year_url(school, start_year, today=today)}]
    if not last:
        return [*to_schools(), *crumbs, {"label": _("Secure base")}]
    return [*crumbs, {"label": _("Secure base"), "url": address}, {"label": last}]


def list_address(school):
    """Where all lists of a school are."""
    return reverse("programmes:secure_bases", args=[school.slug])


@never_cache
def secure_bases(request, slug):
    today = timezone.localdate()
    school = keeping_school_or_404(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    rounds = rounds_of(school)
    classes = [
        row
        for row in visible_classes(request, school, start_year, today=today)
        if rules.can_keep_class_list(request.user, row, on=today)
    ]
    rows = standings(pupils=visible_pupils(request, today=today), classes=classes, rounds=rounds, today=today)
    is_leading = rules.can_lead_check_round(request.user, school, on=today)
    log_event(
        kind=EventKind.SECURE_BASE_SEEN,
        actor=request.user,
        municipality=None,
        school=school,
        about={"class": [row.name for row in classes], "year": start_year},
    )
    term = Period.term_of(today)
    waiting = waiting_classes(visible_classes(request, school, start_year, today=today)) if is_leading else []
    context = {
        "school": school,
        **ways_to_classes(request.user, school, start_year, today=today),
        "rounds": rounds,
        "term": term,
        "may_open": is_leading and (rounds.current is None or rounds.current.first_day < term.first_day),
        "rows": [ClassRow(row, list_url("secure_base_class", row.school_class, today=today)) for row in rows],
        "figures": together(row.figures for row in rows),
        "unconfirmed": sum(row.unconfirmed for row in rows),
        "load": load_of(rows) if is_leading else [],
        "is_leading": is_leading,
        "waiting": len(waiting),
        "crumbs": to_secure_bases(school, start_year, today=today),
    }
    return render(request, "programmes/secure_bases/school.html", context)


@never_cache
def secure_base_class(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    adults = active_adults(school_class.school, today=today)
    context = _list_context(request, school_class, ChooseForm(request.GET, adults=adults), today=today)
    log_list(request, school_class, EventKind.SECURE_BASE_SEEN)
    is_part = request.htmx and not request.htmx.boosted
    template = "programmes/secure_bases/_lists.html" if is_part else "programmes/secure_bases/class.html"
    return render(request, template, {**context, "is_part": is_part})


def _list_context(request, school_class, chosen, *, today):
    school = school_class.school
    rounds = rounds_of(school)
    [standing] = standings(
        pupils=visible_pupils(request, today=today), classes=[school_class], rounds=rounds, today=today
    )
    adult, word = (chosen.adult, chosen.word) if rounds.current else (None, chosen.word)

    def rows(pupils):
        return [PupilRow(row, school, school_class, today, adult, word) for row in pupils]

    adults = list(chosen.fields["vuxen"].queryset)
    figures = standing.figures
    return {
        "school": school,
        "school_class": school_class,
        "rounds": rounds,
        "standing": standing,
        "figures": figures,
        "uncovered": rows(standing.uncovered),
        "mismatches": rows(standing.mismatches),
        "settled": rows(standing.settled),
        "adult": adult,
        "word": word,
        "words": Word.choices,
        "most_used": adults[:MOST_USED],
        "other_adults": adults[MOST_USED:],
        "load": load_of([standing]),
        "differs": bool(figures.pupils) and school_class.enrolled not in (None, figures.pupils),
        "earlier": [] if standing.pupils else _earlier(school_class),
        "urls": {
            name: list_url(f"secure_base_{name}", school_class, today=today)
            for name in ("class", "confirm", "list", "add", "fetch", "ask", "sheet")
        },
        "is_leading": rules.can_lead_check_round(request.user, school, on=today),
        "crumbs": to_secure_bases(school, school_class.start_year, today=today, last=school_class.name),
    }


def _earlier(school_class):
    """The classes that this one was last year and whose lists have not moved along yet."""
    return list(school_class.follows.filter(listed_pupils__isnull=False).distinct().order_by("sort_key"))


@never_cache
@require_POST
def secure_base_mark(request, slug, klass, number):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    pupil = get_object_or_404(visible_pupils(request, today=today), school_class=school_class, number=number)
    rounds = rounds_of(school_class.school)
    data = request.POST.copy()
    for name, shown in (("vuxen", "vald_vuxen"), ("ord", "valt_ord")):
        data[name] = data.get(name) or data.get(shown, "")
    chosen = ChooseForm(data, adults=active_adults(school_class.school, today=today))
    if chosen.adult is None or rounds.current is None:
        return _nothing_marked(request, school_class, today=today)
    is_adding = request.POST.get("gor") != "ta-bort"
    if is_adding:
        add_secure_base(pupil=pupil, adult=chosen.adult, word=chosen.word, check_round=rounds.current)
    else:
        remove_secure_base(pupil=pupil, adult=chosen.adult, word=chosen.word, standing=rounds.standing)
    log_list(request, school_class, EventKind.SECURE_BASE_CHANGED)
    words = {"adult": capfirst(chosen.adult.inline), "number": number}
    said = _("Pupil %(number)s: %(adult)s added.") if is_adding else _("Pupil %(number)s: %(adult)s taken away.")
    if request.htmx:
        context = _list_context(request, school_class, chosen, today=today)
        row = next(row for row in _all_rows(context) if row.number == number)
        return render(request, "programmes/secure_bases/_marked.html", {**context, "row": row, "said": said % words})
    messages.success(request, said % words)
    address = list_url("secure_base_class", school_class, today=today, vuxen=chosen.adult.pk, ord=chosen.word.value)
    return redirect(f"{address}#elev-{number}")


def _all_rows(context):
    return [*context["uncovered"], *context["mismatches"], *context["settled"]]


def _nothing_marked(request, school_class, *, today):
    """The adult has left, or the round is gone, since the page was opened."""
    messages.error(request, _("That adult is not at the school any longer. Nothing was changed; choose another."))
    address = list_url("secure_base_class", school_class, today=today)
    response = redirect(address)
    if request.htmx:
        response.status_code = 200
        response["HX-Redirect"] = address
    return response


@never_cache
@require_POST
def secure_base_confirm(request, slug, klass):
    today = timezone.localdate()
    school_class = list_class_or_404(request, slug, klass, today=today)
    rounds = rounds_of(school_class.school)
    count = 0
    if rounds.current and rounds.before:
        count = confirm_adults_word(
            pupils=visible_pupils(request, today=today).filter(school_class=school_class),
            adults=active_adults(school_class.school, today=today),
            check_round=rounds.current,
            before=rounds.before,
        )
        log_list(request, school_class, EventKind.SECURE_BASE_CHANGED)
    said = ngettext("%(count)s entry was confirmed.", "%(count)s entries were confirmed.", count)
    messages.success(request, said % {"count": count})
    return redirect(list_url("secure_base_class", school_class, today=today))
