"""Setting up a cohort, and changing its days, its mentors and its supervision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.cohorts import (
    MentorRow,
    groups_of,
    keep_mentors,
    keep_supervision,
    move_cohort_days,
    set_up_cohort,
)
from programmes.actions.mentors import new_door_code
from programmes.forms.cohorts import CohortDaysForm, CohortForm, MentorsForm, SupervisionForm
from programmes.models import Break, MenteeGroup, MentorCohort, Participation, PlannedSession, SchoolClass, SchoolYear
from programmes.models.mentors import PROGRAMME
from programmes.models.terms import school_year_label
from programmes.views.cohorts import back_to, cohort_or_404, kept_school
from programmes.views.schools import cohort_list_url, start_year_or_404, year_url

MENTEES = 6


def cohort_new(request, slug):
    today = timezone.localdate()
    school = kept_school(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    form = _new_form(request, school, start_year)
    back = cohort_list_url(school, start_year, today=today)
    if form.is_valid():
        cohort = _set_up(form, school, start_year)
        messages.success(
            request,
            _("%(name)s is set up. Check the days and the groups, and print the sheet with the code.")
            % {"name": cohort.name},
        )
        return redirect(back)
    title = _("Set up mentors and groups")
    return _form_page(request, school, form, title=title, back=back, start_year=start_year, today=today)


def _new_form(request, school, start_year):
    classes = SchoolClass.objects.filter(
        school__municipality=school.municipality,
        start_year=start_year,
        lowest_grade__lte=MENTEES,
        highest_grade__gte=MENTEES,
    )
    participations = Participation.objects.active().filter(school=school, programme__code=PROGRAMME)
    school_year = SchoolYear.objects.filter(municipality=school.municipality, start_year=start_year).first()
    taken = MentorCohort.objects.filter(school=school, start_year=start_year).values_list("name", flat=True)
    name = _("Mentors %(year)s") % {"year": school_year_label(start_year)}
    return CohortForm(
        request.POST or None,
        initial={"name": name if name not in taken else ""},
        school=school,
        start_year=start_year,
        classes=classes.select_related("school").in_order(),
        sessions=list(Session.objects.on_offer().filter(kind=SessionKind.MENTOR).in_order()),
        school_year=school_year,
        breaks=Break.objects.filter(school_year=school_year) if school_year else (),
        taken=set(taken),
        runs_on=lambda day: participations.covering(day).exists(),
    )


def _set_up(form, school, start_year):
    told = form.cleaned_data
    return set_up_cohort(
        cohort=MentorCohort(
            school=school,
            start_year=start_year,
            name=told["name"],
            applied=told["applied"],
            room=told["room"],
            door_code=new_door_code(),
        ),
        aliases=told["mentors"],
        groups=groups_of(told["classes"], school_id=school.pk, in_halves=form.in_halves),
        sessions=form.session_days(),
        supervisions=form.schedule.supervisions,
    )


def cohort_days(request, slug, pk):
    today = timezone.localdate()
    school = kept_school(request, slug, today=today)
    cohort = cohort_or_404(request, school, pk, today=today)
    planned = PlannedSession.objects.planned().filter(school_class__cohort=cohort).select_related("session")
    days = {row.session: row.due_date for row in planned.order_by("session__order", "pk")}
    form = CohortDaysForm(
        request.POST or None,
        start_year=cohort.start_year,
        sessions=list(days.items()),
        supervisions=list(cohort.supervisions.order_by("date")),
    )
    back = back_to(cohort, today=today)
    if form.is_valid():
        move_cohort_days(cohort=cohort, sessions=form.session_days(), supervisions=form.supervision_days())
        messages.success(request, _("The days are saved."))
        return redirect(back)
    title = _("Sessions and supervision, day by day")
    return _form_page(
        request,
        school,
        form,
        title=title,
        back=back,
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/days.html",
    )


def cohort_mentors(request, slug, pk):
    today = timezone.localdate()
    school = kept_school(request, slug, today=today)
    cohort = cohort_or_404(request, school, pk, today=today)
    groups = MenteeGroup.objects.filter(cohort=cohort).in_order()
    form = MentorsForm(
        request.POST or None, cohort=cohort, mentors=list(cohort.mentors.order_by("pk")), groups=list(groups)
    )
    back = back_to(cohort, today=today)
    if form.is_valid():
        mentors = [MentorRow(*row) for row in form.told()]
        keep_mentors(cohort=cohort, applied=form.cleaned_data["applied"], mentors=mentors)
        messages.success(request, _("The mentors are saved."))
        return redirect(back)
    title = _("The mentors")
    return _form_page(
        request,
        school,
        form,
        title=title,
        back=back,
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/mentors.html",
    )


def cohort_supervision(request, slug, pk, number):
    today = timezone.localdate()
    school = kept_school(request, slug, today=today)
    cohort = cohort_or_404(request, school, pk, today=today)
    supervision = get_object_or_404(cohort.supervisions.select_related("cohort"), pk=number)
    here = list(supervision.present.values_list("pk", flat=True))
    everybody = list(cohort.mentors.filter(left="").values_list("pk", flat=True))
    form = SupervisionForm(
        request.POST or None,
        initial={
            "date": supervision.date,
            "minutes": supervision.minutes,
            "present": here if supervision.is_held else everybody if supervision.date <= today else [],
        },
        cohort=cohort,
        taken=set(cohort.supervisions.exclude(pk=supervision.pk).values_list("date", flat=True)),
        today=today,
    )
    back = back_to(cohort, today=today)
    if form.is_valid():
        told = form.cleaned_data
        keep_supervision(supervision=supervision, day=told["date"], minutes=told["minutes"], present=told["present"])
        messages.success(
            request, _("The supervision on %(day)s is saved.") % {"day": date_format(told["date"], "l j F")}
        )
        return redirect(back)
    title = _("Supervision")
    return _form_page(
        request,
        school,
        form,
        title=title,
        back=back,
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/supervision.html",
    )


def _form_page(request, school, form, *, title, back, start_year, today, page="programmes/cohorts/new.html"):
    context = {
        "school": school,
        "form": form,
        "title": title,
        "back": back,
        "year_label": school_year_label(start_year),
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Mentors in MVP"), "url": back},
            {"label": title},
        ],
    }
    return render(request, page, context)
