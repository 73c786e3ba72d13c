"""A school's classes of a year: added, changed and ended, without a file and without the system administrator."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from programmes import rules
from programmes.actions.school_classes import ReportedLaterError, end_class, save_class
from programmes.forms.school_classes import ClassForm, EndClassForm
from programmes.models import SchoolClass
from programmes.models.terms import school_year_label
from programmes.views.schools import school_or_404, start_year_or_404, with_year, year_url


def school_class_list(request, slug):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    classes = SchoolClass.objects.filter(school=school, start_year=start_year).in_order()
    context = {
        "school": school,
        "year_label": school_year_label(start_year),
        "classes": classes,
        "add_url": with_year(reverse("programmes:school_class_add", args=[slug]), start_year, today=today),
        "crumbs": [_to_year(school, start_year, today=today), {"label": _("Classes")}],
    }
    return render(request, "programmes/school_classes/list.html", context)


def school_class_add(request, slug):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    return _written(request, SchoolClass(school=school, start_year=start_year), today=today)


def school_class_change(request, slug, pk):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    return _written(request, _class_or_404(school, pk), today=today)


def school_class_end(request, slug, pk):
    today = timezone.localdate()
    school = _kept_school(request, slug, today=today)
    school_class = _class_or_404(school, pk)
    form = EndClassForm(request.POST or None, initial={"day": today}, start_year=school_class.start_year)
    if form.is_valid():
        day = form.cleaned_data["day"]
        try:
            count = end_class(school_class=school_class, day=day, by=request.user)
        except ReportedLaterError:
            form.add_error("day", _("A session is reported after that day. Choose a later one."))
        else:
            messages.success(request, _ended(school_class, day, count))
            return redirect(classes_url(school, school_class.start_year, today=today))
    context = {"school_class": school_class, "form": form, **_inside(school_class, _("End the class"), today=today)}
    return render(request, "programmes/school_classes/end.html", context)


def classes_url(school, start_year, *, today):
    """The address of a school's classes of a year."""
    return with_year(reverse("programmes:school_class_list", args=[school.slug]), start_year, today=today)


def _kept_school(request, slug, *, today):
    school = school_or_404(request, slug, today=today)
    if not rules.can_keep_classes(request.user, school, on=today):
        raise PermissionDenied
    return school


def _class_or_404(school, pk):
    return get_object_or_404(SchoolClass.objects.select_related("school__municipality"), school=school, pk=pk)


def _written(request, school_class, *, today):
    """Save what was typed and lead back, or show the form with what is wrong."""
    is_new = school_class.pk is None
    title = _("Add a class") if is_new else _("Change the class")
    inside = _inside(school_class, title, today=today)
    form = ClassForm(request.POST or None, instance=school_class)
    if form.is_valid():
        saved = save_class(school_class=form.instance, by=request.user)
        messages.success(request, _("Class %(name)s is saved.") % {"name": saved.name})
        return redirect(inside["back"])
    context = {"form": form, "title": title, "is_new": is_new, "school_class": school_class, **inside}
    return render(request, "programmes/school_classes/form.html", context)


def _inside(school_class, title, *, today):
    school, start_year = school_class.school, school_class.start_year
    back = classes_url(school, start_year, today=today)
    crumbs = [_to_year(school, start_year, today=today), {"label": _("Classes"), "url": back}, {"label": title}]
    return {"school": school, "year_label": school_year_label(start_year), "back": back, "crumbs": crumbs}


def _to_year(school, start_year, *, today):
    return {"label": school.name, "url": year_url(school, start_year, today=today)}


def _ended(school_class, day, count):
    words = {"name": school_class.name, "day": date_format(day, "j F"), "count": count}
    ended = _("Class %(name)s ends on %(day)s.") % words
    left = ngettext("%(count)s session left its plan.", "%(count)s sessions left its plan.", count) % words
    return f"{ended} {left}" if count else ended
