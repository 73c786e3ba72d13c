"""Setting up a cohort, giving it more groups, moving its days, and removing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.actions.cohorts import (
    CohortChangedError,
    ReportedError,
    groups_of,
    move_cohort_days,
    remove_cohort,
    set_up_cohort,
)
from programmes.actions.locks import PlanClosedError, open_days
from programmes.actions.mentee_groups import add_groups
from programmes.actions.mentors import new_door_code
from programmes.forms.cohorts import CohortDaysForm, CohortForm, MoreGroupsForm
from programmes.models import Break, MenteeGroup, MentorCohort, Participation, PlannedSession, SchoolClass, SchoolYear
from programmes.models.mentors import PROGRAMME
from programmes.models.terms import school_year_label
from programmes.views.cohorts import back_to, cohort_or_404, kept_school
from programmes.views.schools import cohort_list_url, start_year_or_404, year_url

MENTEES = 6


def kept_cohort(request, slug, pk, *, today):
    """The cohort, for who keeps it; its school is at hand."""
    return cohort_or_404(request, kept_school(request, slug, today=today), pk, today=today)


def cohort_new(request, slug):
    today = timezone.localdate()
    school = kept_school(request, slug, today=today)
    start_year = start_year_or_404(request, today=today)
    taken = set(MentorCohort.objects.filter(school=school, start_year=start_year).values_list("name", flat=True))
    name = _("Mentors %(year)s") % {"year": school_year_label(start_year)}
    form = CohortForm(
        request.POST or None,
        initial={"name": name if name not in taken else ""},
        taken=taken,
        **_calendar(school, start_year),
    )
    back = cohort_list_url(school, start_year, today=today)
    if form.is_valid():
        try:
            cohort = _set_up(form, school, start_year, request.user, today=today)
        except PlanClosedError as error:
            form.add_error("first_date", str(error))
        else:
            messages.success(request, _said_of_new(cohort, form))
            return redirect(back)
    title = _("Set up mentors and groups")
    return form_page(request, school, form, title=title, back=back, start_year=start_year, today=today)


def _calendar(school, start_year):
    """What a form about groups needs to know of the school: the classes, the sessions and the days with lessons."""
    classes = SchoolClass.objects.filter(
        school__municipality=school.municipality,
        start_year=start_year,
        lowest_grade__lte=MENTEES,
        highest_grade__gte=MENTEES,
    )
    participations = Participation.objects.active().filter(school=school, programme__code=PROGRAMME)
    school_year = SchoolYear.objects.filter(municipality=school.municipality, start_year=start_year).first()
    return {
        "school": school,
        "start_year": start_year,
        "classes": classes.select_related("school").in_order(),
        "sessions": list(Session.objects.on_offer().filter(kind=SessionKind.MENTOR).in_order()),
        "school_year": school_year,
        "breaks": Break.objects.filter(school_year=school_year) if school_year else (),
        "runs_on": lambda day: participations.covering(day).exists(),
    }


def _set_up(form, school, start_year, user, *, today):
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
        chosen_date=today,
        by=user,
    )


def _said_of_new(cohort, form):
    if form.cleaned_data["classes"]:
        said = _("%(name)s is set up. Check the days and the groups, and print the sheet with the code.")
    else:
        said = _("%(name)s is set up. Add the groups when they are made, and print the sheet with the code.")
    return said % {"name": cohort.name}


def cohort_groups_add(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    planned = PlannedSession.objects.planned().filter(school_class__cohort=cohort).select_related("session")
    days = {row.session: row.due_date for row in planned.order_by("session__order", "-pk")}
    form = MoreGroupsForm(
        request.POST or None,
        cohort=cohort,
        has_days=bool(days),
        names=set(MenteeGroup.objects.filter(cohort=cohort).values_list("name_key", flat=True)),
        **_calendar(cohort.school, cohort.start_year),
    )
    back = back_to(cohort, today=today)
    if form.is_valid():
        to_lay = form.session_days() or open_days(days, school=cohort.school)
        try:
            added = add_groups(
                cohort=cohort,
                groups=form.groups,
                sessions=to_lay,
                supervisions=form.schedule.supervisions,
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except CohortChangedError:
            meet_other_change(form, cohort)
        except PlanClosedError as error:
            form.add_error("first_date", str(error))
        else:
            names = ", ".join(group.name for group in added)
            if len(to_lay) < len(days):
                messages.info(request, _("What is due in a closed period was left out: its plan stands."))
            messages.success(request, _("Added: %(names)s. Give the mentors their groups next.") % {"names": names})
            return redirect("programmes:cohort_mentors", slug=cohort.school.slug, pk=cohort.pk)
    return form_page(
        request,
        cohort.school,
        form,
        title=_("Add mentee groups"),
        back=back,
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/groups_add.html",
    )


def cohort_days(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    planned = PlannedSession.objects.planned().filter(school_class__cohort=cohort).select_related("session")
    days = {row.session: row.due_date for row in planned.order_by("session__order", "-pk")}
    form = CohortDaysForm(
        request.POST or None,
        cohort=cohort,
        sessions=list(days.items()),
        supervisions=list(cohort.supervisions.order_by("date")),
    )
    back = back_to(cohort, today=today)
    if form.is_valid():
        try:
            move_cohort_days(
                cohort=cohort,
                sessions=form.session_days(),
                supervisions=form.supervision_days(),
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except CohortChangedError:
            meet_other_change(form, cohort)
        except PlanClosedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The days are saved."))
            return redirect(back)
    return form_page(
        request,
        cohort.school,
        form,
        title=_("Sessions and supervision, day by day"),
        back=back,
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/days.html",
    )


def cohort_remove(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    back = back_to(cohort, today=today)
    if request.method == "POST":
        try:
            remove_cohort(cohort=cohort, by=request.user)
        except ReportedError:
            kept = _("%(name)s has reported sessions or questions to its pupils, and is kept.")
            messages.error(request, kept % {"name": cohort.name})
        except PlanClosedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(name)s is removed.") % {"name": cohort.name})
        return redirect(back)
    return remove_page(
        request,
        title=_("Remove %(name)s?") % {"name": cohort.name},
        text=_("Mentors, groups, days and supervision go, and the code opens no longer. It cannot be undone."),
        back=back,
    )


def meet_other_change(form, cohort):
    """Somebody else saved first: keep what was typed, say so, and know of the other change from now on."""
    cohort.refresh_from_db(fields=["version"])
    form.has_seen_it_all(cohort.version)


def remove_page(request, *, title, text, back):
    """Ask once before something is removed."""
    return render(request, "programmes/cohorts/remove.html", {"title": title, "text": text, "back": back})


def form_page(request, school, form, *, title, back, start_year, today, page="programmes/cohorts/new.html", **more):
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
        **more,
    }
    return render(request, page, context)
