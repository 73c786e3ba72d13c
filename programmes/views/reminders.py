"""Who has not reported, reminded in one click; and the weekly letter, turned off and on by who gets it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from programmes import rules
from programmes.actions.letters import accept_digest, refuse_digest
from programmes.actions.reminders import Addressee, remind
from programmes.exports.digests import user_of_token
from programmes.forms.reminders import ALL, MissingForm, ReminderForm
from programmes.models import DigestRefusal, Letter, PlannedSession
from programmes.models.mentors import taught_in
from programmes.reports.letters import letters_of
from programmes.reports.missing import missing_in
from programmes.tasks import send_letters
from programmes.views.reports import reported_schools


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_list(request):
    today = timezone.localdate()
    if not rules.can_read_reports(request.user, request.municipality, on=today):
        raise PermissionDenied
    chosen = MissingForm(request.GET, today=today)
    sees_all = rules.can_read_overview(request.user, request.municipality, on=today)
    letters = Letter.objects.filter(municipality=request.municipality)
    context = {
        "chosen": chosen,
        "letters": letters_of(letters, today=today) if sees_all else None,
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Reminders")}],
    }
    if not chosen.is_valid():
        return render(request, "programmes/reminders/list.html", context)
    programme, period = chosen.cleaned_data["program"], chosen.cleaned_data["period"]
    may_remind = not sees_all or rules.can_change_programme(request.user, request.municipality, programme, on=today)
    rows = _missing(request, programme, period, by_class=not sees_all, today=today)
    to_remind = [row for row in rows if may_remind and row.people and not row.was_reminded(on=today)]
    form = ReminderForm(request.POST or None, rows=to_remind)
    if request.method == "POST":
        if not may_remind:
            raise PermissionDenied
        if form.is_valid():
            _remind(request, form, to_remind, programme, period, today=today)
            return redirect(f"{reverse('programmes:reminder_list')}?{urlencode(chosen.data)}")
    context |= {
        "form": form,
        "rows": [(row, row in to_remind, row.was_reminded(on=today)) for row in rows],
        "to_remind": to_remind,
        "sessions": sum(row.count for row in rows),
        "programme": programme,
        "period": period,
        "query": urlencode(chosen.data),
        "by_class": not sees_all,
        "may_remind": may_remind,
    }
    return render(request, "programmes/reminders/list.html", context)


def _missing(request, programme, period, *, by_class, today):
    schools = reported_schools(request, today=today)
    classes = taught_in(programme).visible_to(request.user, on=today).filter(school__in=schools.values("pk"))
    sessions = PlannedSession.objects.filter(school_class__in=classes.values("pk"))
    return missing_in(sessions, programme=programme, period=period, by_class=by_class, today=today)


def _remind(request, form, to_remind, programme, period, *, today):
    asked = form.cleaned_data["till"]
    reminders = remind(
        addressees=[
            Addressee(row.school, row.school_class, row.people) for row in to_remind if asked in (ALL, row.key)
        ],
        programme=programme,
        period=period,
        words=form.cleaned_data["ord"],
        by=request.user,
        today=today,
        now=timezone.now(),
    )
    if not reminders:
        messages.warning(request, _("Somebody has just reminded them. Nobody gets two letters on the same day."))
        return
    send_letters.enqueue()
    people = sum(reminder.recipients for reminder in reminders)
    said = ngettext("The reminder goes to %(people)s person.", "The reminder goes to %(people)s people.", people)
    messages.success(request, said % {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
def digest_setting(request):
    today = timezone.localdate()
    if request.method == "POST":
        if request.POST.get("brev") == "av":
            refuse_digest(user=request.user, today=today)
            messages.success(request, _("You get no weekly letter any more."))
        else:
            accept_digest(user=request.user)
            messages.success(request, _("The weekly letter comes again."))
        return redirect("programmes:digest_setting")
    context = {
        "is_on": not DigestRefusal.objects.filter(user=request.user).exists(),
        "municipality": request.municipality or None,
    }
    return render(request, "programmes/reminders/setting.html", context)


@csrf_exempt  # a mail program sends the one click of RFC 8058 without a page of ours; the link itself is the key
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest_leave(request, token):
    """A look changes nothing: mail filters open every link. The click is a POST."""
    user = User.objects.filter(pk=user_of_token(token), is_active=True).first()
    if user is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("brev") == "pa":
            accept_digest(user=user)
        else:
            refuse_digest(user=user, today=timezone.localdate())
    is_on = not DigestRefusal.objects.filter(user=user).exists()
    return render(request, "programmes/reminders/leave.html", {"is_on": is_on, "was_sent": request.method == "POST"})
