"""The centre's courses: each with its units, the share of their staff, and where it is time to take it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import rules
from programmes.actions.registers import save_register_row
from programmes.forms.courses import CourseForm, UnitForm
from programmes.models import Course, CourseAttendance, CourseOccasion, OtherUnit, School
from programmes.reports.courses import course_figures, units_for


def course_list(request):
    today = timezone.localdate()
    kept_or_403(request, today=today)
    schools, others = units_of(request.municipality)
    attendances = attendances_of(request.municipality)
    courses = Course.objects.filter(municipality=request.municipality).order_by("name", "pk")
    figures = [
        course_figures(
            course, units=units_for(course, schools=schools, others=others), attendances=attendances, today=today
        )
        for course in courses
    ]
    crumbs = [{"label": _("Start"), "url": "/start/"}, {"label": _("Courses")}]
    return render(request, "programmes/courses/list.html", {"courses": figures, "crumbs": crumbs})


def course(request, pk):
    today = timezone.localdate()
    kept_or_403(request, today=today)
    found = course_or_404(request, pk)
    schools, others = units_of(request.municipality)
    occasions = CourseOccasion.objects.filter(course=found).prefetch_related("attendances").order_by("-date", "-pk")
    context = {
        "figures": course_figures(
            found,
            units=units_for(found, schools=schools, others=others),
            attendances=attendances_of(request.municipality),
            today=today,
        ),
        "occasions": [_row(occasion, today=today) for occasion in occasions],
        "crumbs": [*to_courses(), {"label": found.name}],
    }
    return render(request, "programmes/courses/course.html", context)


def course_add(request):
    kept_or_403(request, today=timezone.localdate())
    return _written(request, CourseForm, Course(municipality=request.municipality), back=_courses_url())


def course_change(request, pk):
    kept_or_403(request, today=timezone.localdate())
    return _written(request, CourseForm, course_or_404(request, pk), back=course_url(pk))


def unit_list(request):
    kept_or_403(request, today=timezone.localdate())
    units = OtherUnit.objects.filter(municipality=request.municipality).order_by("kind", "name", "pk")
    crumbs = [*to_courses(), {"label": _("Other units")}]
    return render(request, "programmes/courses/units.html", {"units": units, "crumbs": crumbs})


def unit_add(request):
    kept_or_403(request, today=timezone.localdate())
    return _written(request, UnitForm, OtherUnit(municipality=request.municipality), back=_units_url())


def unit_change(request, pk):
    kept_or_403(request, today=timezone.localdate())
    unit = get_object_or_404(OtherUnit, municipality=request.municipality, pk=pk)
    return _written(request, UnitForm, unit, back=_units_url())


def kept_or_403(request, *, today):
    """Only whoever keeps the municipality's courses comes in here."""
    if not rules.can_keep_courses(request.user, request.municipality, on=today):
        raise PermissionDenied


def course_or_404(request, pk):
    return get_object_or_404(Course, municipality=request.municipality, pk=pk)


def course_url(pk):
    return reverse("programmes:course", args=[pk])


def to_courses():
    return [{"label": _("Start"), "url": "/start/"}, {"label": _("Courses"), "url": _courses_url()}]


def units_of(municipality):
    """The municipality's schools and its other units, each in their order."""
    schools = School.objects.filter(municipality=municipality).in_order()
    others = OtherUnit.objects.filter(municipality=municipality).order_by("name", "pk")
    return list(schools), list(others)


def attendances_of(municipality):
    rows = CourseAttendance.objects.filter(occasion__course__municipality=municipality)
    return list(rows.select_related("occasion", "school", "unit"))


def _written(request, form_class, instance, *, back):
    """Save a course or a unit, or show the form with what is wrong."""
    is_new = instance.pk is None
    form = form_class(request.POST or None, instance=instance)
    if form.is_valid():
        saved = save_register_row(row=form.instance, by=request.user, municipality=request.municipality)
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect(course_url(saved.pk) if isinstance(saved, Course) else back)
    is_course = form_class is CourseForm
    if is_course:
        title = _("Add a course") if is_new else _("Change the course")
    else:
        title = _("Add a unit") if is_new else _("Change the unit")
    context = {"form": form, "title": title, "back": back, "crumbs": [*to_courses(), {"label": title}]}
    return render(request, "programmes/courses/form.html", context)


def _courses_url():
    return reverse("programmes:course_list")


def _units_url():
    return reverse("programmes:unit_list")


def _row(occasion, *, today):
    """An occasion in the list of all: how many units and people, or what it still waits for."""
    rows = list(occasion.attendances.all())
    return {
        "occasion": occasion,
        "units": len(rows),
        "participants": sum(row.participants for row in rows),
        "is_ahead": occasion.date > today,
        "is_late": occasion.date <= today and not rows,
    }
