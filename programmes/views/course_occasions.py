"""An occasion of a course: planned ahead, reported with participants per unit, corrected and removed."""

from datetime import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.actions.courses import OccasionChangedError, remove_occasion, save_occasion
from programmes.forms.courses import OccasionForm, occasion_values
from programmes.models import CourseOccasion
from programmes.reports.courses import units_for
from programmes.views.courses import course_or_404, course_url, kept_or_403, to_courses, units_of


def occasion_add(request, pk):
    today = timezone.localdate()
    kept_or_403(request, today=today)
    return _written(request, course_or_404(request, pk), today=today, initial={"date": today})


def occasion_change(request, pk):
    today = timezone.localdate()
    kept_or_403(request, today=today)
    occasion = _occasion_or_404(request, pk)
    return _written(request, occasion.course, today=today, initial=occasion_values(occasion), occasion=occasion)


def occasion_remove(request, pk):
    kept_or_403(request, today=timezone.localdate())
    occasion = _occasion_or_404(request, pk)
    back = course_url(occasion.course_id)
    if request.method == "POST":
        remove_occasion(occasion=occasion, by=request.user)
        messages.success(request, _("The occasion %(day)s is removed.") % {"day": date_format(occasion.date, "j F Y")})
        return redirect(back)
    return render(request, "programmes/courses/remove.html", {"occasion": occasion, "back": back})


def _occasion_or_404(request, pk):
    occasions = CourseOccasion.objects.filter(course__municipality=request.municipality).select_related("course")
    return get_object_or_404(occasions.prefetch_related("attendances__school", "attendances__unit"), pk=pk)


def _written(request, course, *, today, initial, occasion=None):
    """Save what was typed and lead back, or show the form with what is wrong."""
    schools, others = units_of(request.municipality)
    units = units_for(course, schools=schools, others=others)
    if occasion:
        units += [unit for row in occasion.attendances.all() if (unit := row.school or row.unit) not in units]
    form = OccasionForm(request.POST or None, initial=initial, units=units, today=today)
    if form.is_valid():
        try:
            saved = save_occasion(
                course=course,
                day=form.cleaned_data["date"],
                counts=form.counts(),
                user=request.user,
                occasion=occasion,
                seen=_moment(form.cleaned_data["seen"]),
            )
        except OccasionChangedError:
            form.add_error(None, _("Somebody else has changed this meanwhile. Open it again to see how it stands now."))
        else:
            messages.success(request, _saved(saved, form.counts(), today=today))
            return redirect(course_url(course.pk))
    title = _("Change the occasion") if occasion else _("Add an occasion")
    context = {
        "course": course,
        "form": form,
        "occasion": occasion,
        "title": title,
        "back": course_url(course.pk),
        "has_units": bool(units),
        "crumbs": [*to_courses(), {"label": course.name, "url": course_url(course.pk)}, {"label": title}],
    }
    return render(request, "programmes/courses/occasion.html", context)


def _saved(occasion, counts, *, today):
    words = {"course": occasion.course.name, "day": date_format(occasion.date, "l j F")}
    if occasion.date > today:
        return _("%(course)s is planned for %(day)s.") % words
    people = sum(participants for participants, _staff in counts.values())
    return _("%(course)s, %(day)s, is saved: %(people)s participants.") % {**words, "people": people}


def _moment(text):
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
