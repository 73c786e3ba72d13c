"""The page that pupils answer on: no account, no name, and nothing kept but the answers."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from cms.enums import FooterPage
from cms.models import footer_links
from programmes.actions.surveys import Kept, keep_answer
from programmes.enums import SurveyAudience, SurveyDevices, SurveyMoment
from programmes.forms.surveys import SurveyAnswerForm
from programmes.models import SurveyRound
from programmes.rules.survey_texts import DEFAULT, survey_words
from programmes.views.answered import has_answered, remember_answer


@login_not_required
@never_cache
def survey_door(request):
    """Where a code from the board is written; a right one leads on, a wrong one is counted by address."""
    words, text = _words(request), request.POST.get("kod", "").strip()
    code = _tidied(text)
    rounds = SurveyRound.objects.filter(code=code, survey__school__municipality=request.municipality)
    if code and rounds.exists():
        return redirect(_in_language(reverse("programmes:survey_answer", args=[code]), words))
    if text and not ratelimit.consume(request, action="survey_code"):
        return ratelimit.respond_429(request)
    context = {
        "words": words,
        "languages": survey_words().values(),
        "text": text[:20],
        "error": request.method == "POST",
    }
    with override(words.code):
        return render(request, "programmes/surveys/door.html", context)


@login_not_required
@never_cache
def survey_answer(request, code):
    """The questions, in a chosen language; whoever has answered on a device of their own is thanked."""
    today = timezone.localdate()
    round_ = get_object_or_404(SurveyRound.objects.with_groups(), code=code)
    if round_.survey.school.municipality != request.municipality:
        raise Http404
    words = _words(request)
    with override(words.code):
        return _asked(request, round_, words, today=today)


def _asked(request, round_, words, *, today):
    said = _said(request, round_, words, today=today)
    form = SurveyAnswerForm(
        request.POST or None,
        words=words,
        survey=round_.survey,
        salt=round_.code,
        asks_match=_asks_match(round_),
    )
    if said or not form.is_valid():
        return _page(request, round_, words, form=form, said=said)
    if not ratelimit.consume(request, action="survey_answer"):
        return ratelimit.respond_429(request)
    kept = keep_answer(round_=round_, **form.values(), today=today)
    told = {Kept.KEPT: words.thanks, Kept.CLOSED: words.closed, Kept.FULL: words.full}[kept]
    is_shared = round_.devices == SurveyDevices.SHARED
    response = _page(request, round_, words, said=told, is_thanks=kept == Kept.KEPT, has_next=is_shared)
    if kept == Kept.KEPT and not is_shared:
        remember_answer(request, response, round_.code, last_day=round_.last_day, today=today)
    return response


def _asks_match(round_):
    """A code is asked for where there is something to compare with, or may be."""
    moments = {row.moment for row in round_.survey.rounds.all()}
    return bool(round_.survey.salt) and (SurveyMoment.BEFORE in moments)


def _said(request, round_, words, *, today):
    """What is said instead of the questions, or nothing."""
    if round_.devices == SurveyDevices.OWN and has_answered(request, round_.code):
        return words.answered
    return "" if round_.is_open(on=today) else words.closed


def _page(request, round_, words, *, said, form=None, is_thanks=False, has_next=False):
    context = {
        "round": round_,
        "programme": SurveyAudience(round_.survey.audience).programme,
        "words": words,
        "said": said,
        "form": form,
        "is_thanks": is_thanks,
        "has_next": has_next and is_thanks,
        "promise": words.short.format(number=len(round_.survey.items.all())),
        "languages": survey_words().values(),
        "support_url": _support_url(request),
    }
    return render(request, "programmes/surveys/answer.html", context)


def _support_url(request):
    """Where there is somebody to talk to: the page in the pupil's language, or else in Swedish."""
    return next(link["url"] for link in footer_links(request) if link["url"].endswith(f"/{FooterPage.SUPPORT}/"))


def _in_language(address, words):
    return address if words.code == DEFAULT else f"{address}?sprak={words.code}"


def _words(request):
    return survey_words().get(request.GET.get("sprak", "")) or survey_words()[DEFAULT]


def _tidied(text):
    """A code as a child may write it: small letters, a space or nothing in the middle."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}" if len(signs) == 8 else ""
