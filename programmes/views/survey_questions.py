"""What pupils are asked: the centre sees the statements for each audience, words them, adds and leaves out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import Programme
from programmes import rules
from programmes.actions.survey_questions import SetSizeError, add_question, leave_out_question, word_question
from programmes.actions.surveys import questions_asked
from programmes.enums import SurveyAudience
from programmes.forms.surveys import SurveyQuestionForm
from programmes.rules.survey_texts import FEWEST, MOST


def survey_questions(request):
    today = timezone.localdate()
    if not rules.can_read_survey_answers(request.user, request.municipality, on=today):
        raise PermissionDenied
    sets = [
        {
            "audience": audience,
            "questions": questions_asked(municipality=request.municipality, audience=audience),
            "can_change": _can_change(request, audience, today=today),
        }
        for audience in SurveyAudience
    ]
    context = {"sets": sets, "fewest": FEWEST, "most": MOST, "crumbs": _crumbs()}
    return render(request, "programmes/surveys/questions.html", context)


def survey_question_add(request, audience):
    audience = _kept_audience(request, audience)
    form = SurveyQuestionForm(request.POST or None)
    if form.is_valid():
        try:
            add_question(municipality=request.municipality, audience=audience, texts=form.texts(), by=request.user)
        except SetSizeError:
            form.add_error(None, _("The set is full. Leave out a statement first."))
        else:
            messages.success(request, _("The statement is added. Classes that are asked from now on get it."))
            return redirect("programmes:survey_questions")
    return _form_page(request, form, audience, title=_("Add a statement"))


def survey_question_change(request, audience, code):
    """Word a statement anew, or leave it out."""
    audience = _kept_audience(request, audience)
    asked = questions_asked(municipality=request.municipality, audience=audience)
    question = next((row for row in asked if row.code == code), None)
    if question is None:
        raise Http404
    about = {"municipality": request.municipality, "audience": audience, "code": code, "by": request.user}
    if request.POST.get("action") == "leave_out":
        return _left_out(request, about)
    form = SurveyQuestionForm(request.POST or None, instance=question)
    if form.is_valid():
        word_question(**about, texts=form.texts())
        messages.success(request, _("The statement is saved. Classes that have been asked keep their wording."))
        return redirect("programmes:survey_questions")
    return _form_page(request, form, audience, title=_("Change the statement"), can_leave_out=len(asked) > FEWEST)


def _left_out(request, about):
    try:
        leave_out_question(**about)
    except SetSizeError:
        messages.error(request, _("At least %(fewest)s statements must be left.") % {"fewest": FEWEST})
    else:
        messages.success(request, _("The statement is asked no more. What was answered is kept."))
    return redirect("programmes:survey_questions")


def _form_page(request, form, audience, *, title, can_leave_out=False):
    context = {
        "form": form,
        "audience": audience,
        "title": title,
        "can_leave_out": can_leave_out,
        "back": reverse("programmes:survey_questions"),
        "crumbs": [*_crumbs(has_url=True), {"label": title}],
    }
    return render(request, "programmes/surveys/question.html", context)


def _can_change(request, audience, *, today):
    """Each coordinator words the statements of the own programmes."""
    programme = Programme.objects.filter(code=audience.programme).first()
    return programme is not None and rules.can_change_programme(request.user, request.municipality, programme, on=today)


def _kept_audience(request, code):
    today = timezone.localdate()
    if not rules.can_read_survey_answers(request.user, request.municipality, on=today):
        raise PermissionDenied
    if code not in SurveyAudience.values:
        raise Http404
    audience = SurveyAudience(code)
    if not _can_change(request, audience, today=today):
        raise PermissionDenied
    return audience


def _crumbs(*, has_url=False):
    here = {"label": _("Questions to pupils")}
    if has_url:
        here["url"] = reverse("programmes:survey_questions")
    return [{"label": _("Start"), "url": "/start/"}, here]
