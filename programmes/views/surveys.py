"""The anonymous questions to a school's pupils: which groups are asked, the sheet with the code, and the answers."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from programmes import rules
from programmes.actions.events import log_event
from programmes.actions.surveys import (
    DAYS,
    SurveyRefusedError,
    close_survey_round,
    open_survey_round,
    questions_asked,
)
from programmes.enums import EventKind, SurveyAudience, SurveyMoment
from programmes.forms.surveys import OpenSurveyForm
from programmes.models import MenteeGroup, MentorCohort, Period, ProgrammeTarget, SchoolClass, Survey
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.suppression import profile_of
from programmes.reports.surveys import survey_results, survey_together
from programmes.rules.survey_texts import DEFAULT, survey_words
from programmes.views.schools import school_or_404, start_year_or_404, with_year, year_url

CLASSES, MENTORS = "klass", "mentorer"
MOMENTS = {moment.path: moment for moment in SurveyMoment}


def surveys_url(school, start_year, *, today):
    """The address of a school's questions to pupils."""
    return with_year(reverse("programmes:survey_list", args=[school.slug]), start_year, today=today)


@never_cache
def survey_list(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    asks, reads = (
        rule(request.user, school, on=today) for rule in (rules.can_see_surveys, rules.can_read_school_answers)
    )
    if not (asks or reads):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    smallest = _smallest(request)
    surveys = Survey.objects.filter(school=school, start_year=start_year).order_by("pk")
    results = survey_results(surveys, today=today, smallest=smallest)
    context = {
        "school": school,
        "year_label": school_year_label(start_year),
        "groups": _groups(request.user, school, start_year, results, today=today) if asks else [],
        "asks": asks,
        "together": _together(results) if reads else [],
        "reads": reads,
        "smallest": smallest,
        "crumbs": [
            {"label": school.name, "url": year_url(school, start_year, today=today)},
            {"label": _("Questions to pupils")},
        ],
    }
    return render(request, "programmes/surveys/list.html", context)


def _groups(user, school, start_year, results, *, today):
    """The groups that a person asks, each with how far its rounds have come."""
    known = {(_kind(result.survey.group), result.survey.group.pk): result for result in results}
    target = ProgrammeTarget.objects.for_school(school, code="taget")
    found = list(
        SchoolClass.objects.reportable_by(user, on=today).filter(school=school, start_year=start_year).in_order()
    )
    if rules.can_keep_cohorts(user, school, on=today):
        found += MenteeGroup.objects.filter(school=school, start_year=start_year).in_order()
        found += MentorCohort.objects.filter(school=school, start_year=start_year).order_by("name")
    groups = []
    for group in found:
        audience, kind = rules.survey_audience(group, target), _kind(group)
        if audience is not None:
            result = known.get((kind, group.pk))
            groups.append(
                {
                    "name": group.name,
                    "audience": audience,
                    "kind": kind,
                    "pk": group.pk,
                    "moments": [(moment, result.rounds.get(moment) if result else None) for moment in SurveyMoment],
                }
            )
    return groups


def _together(results):
    """The school in sum, a part for each set of questions that has been asked."""
    parts = []
    for audience in SurveyAudience:
        own = [result for result in results if result.survey.audience == audience]
        if own:
            parts.append(
                {
                    "audience": audience,
                    "sum": survey_together(own),
                    "scale": survey_words()[DEFAULT].scale_for(audience),
                }
            )
    return parts


@never_cache
def survey_group(request, slug, kind, pk):
    today = timezone.localdate()
    group, audience = group_or_404(request, slug, kind, pk, today=today)
    smallest = _smallest(request)
    result = next(iter(survey_results(_survey_of(group), today=today, smallest=smallest)), None)
    if result and result.is_shown:
        log_event(
            kind=EventKind.SURVEY_READ,
            actor=request.user,
            municipality=request.municipality,
            school=group.school,
            about={"class": group.name},
        )
    context = {
        "school": group.school,
        "group": group,
        "kind": kind,
        "audience": audience,
        "result": result,
        "moments": [(moment, result.rounds.get(moment) if result else None) for moment in SurveyMoment],
        "asked": [item.question for item in result.survey.items.all()]
        if result
        else questions_asked(municipality=request.municipality, audience=audience),
        "scale": survey_words()[DEFAULT].scale_for(audience),
        "smallest": smallest,
        "crumbs": _crumbs(group, today=today),
    }
    return render(request, "programmes/surveys/group.html", context)


@never_cache
def survey_round(request, slug, kind, pk, moment):
    """The form that opens a round; then the sheet with the code, while it is open."""
    today = timezone.localdate()
    group, audience = group_or_404(request, slug, kind, pk, today=today)
    moment = MOMENTS[moment]
    result = next(iter(survey_results(_survey_of(group), today=today, smallest=_smallest(request))), None)
    state = result.rounds.get(moment) if result else None
    if state is None:
        return _opened(request, group, kind, audience, moment, result, today=today)
    closes = request.POST.get("action") == "close"
    if closes:
        close_survey_round(round_=state.round, by=request.user, now=timezone.now())
        messages.success(request, _("The questions to %(group)s are closed.") % {"group": group.name})
    if closes or not state.is_open:
        return redirect("programmes:survey_group", slug, kind, pk)
    if request.method == "POST":  # the form that opens, sent twice or from two tabs: the round is there
        return redirect(request.path)
    address = request.build_absolute_uri(reverse("programmes:survey_answer", args=[state.round.code]))
    context = {
        "school": group.school,
        "group": group,
        "state": state,
        "moment": moment,
        "words": survey_words()[DEFAULT],
        "address": address,
        "door": request.build_absolute_uri(reverse("programmes:survey_door")).partition("://")[2],
        "back": reverse("programmes:survey_group", args=[slug, kind, pk]),
        "crumbs": [*_crumbs(group, kind, today=today), {"label": moment.label.capitalize()}],
    }
    return render(request, "programmes/surveys/sheet.html", context)


def _opened(request, group, kind, audience, moment, result, *, today):
    if group.start_year != start_year_of(today):
        raise Http404
    last = Period.school_year(group.start_year).last_day
    initial = {"pupils": _pupils(group), "last_day": min(last, today + timedelta(days=DAYS))}
    form = OpenSurveyForm(request.POST or None, today=today, initial=initial)
    if form.is_valid():
        try:
            open_survey_round(
                group=group,
                audience=audience,
                moment=moment,
                **form.cleaned_data,
                by=request.user,
                today=today,
            )
        except SurveyRefusedError:
            form.add_error(None, _("The round after is already there. A round before can no longer be opened."))
        else:
            return redirect(request.path)
    context = {
        "school": group.school,
        "group": group,
        "form": form,
        "moment": moment,
        "is_first_after": moment == SurveyMoment.AFTER and result is None,
        "back": reverse("programmes:survey_group", args=[group.school.slug, kind, group.pk]),
        "crumbs": [*_crumbs(group, kind, today=today), {"label": moment.label.capitalize()}],
    }
    return render(request, "programmes/surveys/open.html", context)


def group_or_404(request, slug, kind, pk, *, today):
    """A group that the person asks, with whose questions suit it: 404 for one that has none, or is not one's to see."""
    school = school_or_404(request, slug, today=today)
    if not rules.can_see_surveys(request.user, school, on=today):
        raise PermissionDenied
    if kind == MENTORS:
        if not rules.can_keep_cohorts(request.user, school, on=today):
            raise Http404
        group = get_object_or_404(MentorCohort, school=school, pk=pk)
    else:
        group = get_object_or_404(SchoolClass._base_manager.filter(school=school), pk=pk)
        if not rules.can_survey_class(request.user, group, on=today):
            raise Http404
    group.school = school
    audience = rules.survey_audience(group, ProgrammeTarget.objects.for_school(school, code="taget"))
    if audience is None:
        raise Http404
    return group, audience


def _smallest(request):
    """How many must have answered, as the municipality has set it."""
    return profile_of(request.municipality, "internal").least_answers


def _survey_of(group):
    about = {"cohort": group.pk} if isinstance(group, MentorCohort) else {"school_class": group.pk}
    return Survey.objects.filter(**about)


def _kind(group):
    return MENTORS if isinstance(group, MentorCohort) else CLASSES


def _pupils(group):
    return group.mentors.filter(left="").count() if isinstance(group, MentorCohort) else group.enrolled


def _crumbs(group, kind="", *, today):
    """The way here; with a kind, the group is a step on it."""
    school, year = group.school, group.start_year
    here = {"label": group.name}
    if kind:
        here["url"] = reverse("programmes:survey_group", args=[school.slug, kind, group.pk])
    return [
        {"label": school.name, "url": year_url(school, year, today=today)},
        {"label": _("Questions to pupils"), "url": surveys_url(school, year, today=today)},
        here,
    ]
