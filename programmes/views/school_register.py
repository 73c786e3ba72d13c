"""Every school with every programme: where it stands, since when, whom to ask, and what is changed by the centre."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import Programme
from programmes import rules
from programmes.actions.participations import HistoryLostError, NothingToEndError, change_participation
from programmes.enums import ProgrammeStatus
from programmes.forms.registers import ParticipationForm, SchoolFilterForm
from programmes.models import Area, School
from programmes.reports.school_register import history_of, registered_schools
from programmes.views.schools import school_or_404


def school_register(request):
    today = timezone.localdate()
    overview_or_403(request, today=today)
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality)
    programmes = Programme.objects.order_by("order", "code")
    areas = Area.objects.filter(municipality=request.municipality).order_by("name")
    form = SchoolFilterForm(request.GET or None, programmes=programmes, areas=areas)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("omrade"):
        schools = schools.filter(area=asked["omrade"])
    shown = [asked["program"]] if asked.get("program") else list(programmes)
    rows = registered_schools(schools, programmes=shown, today=today)
    if status := asked.get("status"):
        rows = [row for row in rows if any(standing.status == status for standing in row.standings)]
    context = {
        "form": form,
        "programmes": shown,
        "rows": rows,
        "can_keep": rules.can_keep_registers(request.user, request.municipality, on=today),
        "views": oversight_tabs("school_register"),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Schools and programmes")}],
    }
    return render(request, "programmes/registers/schools.html", context)


def school_programmes(request, slug):
    today = timezone.localdate()
    overview_or_403(request, today=today)
    school = school_or_404(request, slug, today=today)
    own = [
        programme.pk
        for programme in Programme.objects.order_by("order", "code")
        if rules.can_change_programme(request.user, request.municipality, programme, on=today)
    ]
    if request.method == "POST" and not own:
        raise PermissionDenied
    changeable = Programme.objects.filter(pk__in=own).order_by("order", "code")
    form = ParticipationForm(request.POST or None, initial={"day": today}, programmes=changeable)
    if form.is_valid() and _changed(request, school, form, today=today):
        return redirect("programmes:school_programmes", slug)
    programmes = list(Programme.objects.order_by("order", "code"))
    schools = School.objects.filter(pk=school.pk)
    row = registered_schools(schools, programmes=programmes, today=today)[0]
    context = {
        "row": row,
        "histories": [(standing, history_of(standing.rows)) for standing in row.standings if standing.rows],
        "form": form if own else None,
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Schools and programmes"), "url": reverse("programmes:school_register")},
            {"label": school.name},
        ],
    }
    return render(request, "programmes/registers/school.html", context)


def overview_or_403(request, *, today):
    """Only whoever sees the whole municipality comes in here."""
    if not rules.can_read_overview(request.user, request.municipality, on=today):
        raise PermissionDenied


def oversight_tabs(current):
    """The pages about the whole municipality."""
    pages = [
        (_("The year"), "overview"),
        (_("Schools and programmes"), "school_register"),
        (_("Cooperation"), "partner_list"),
        (_("Action plan"), "measure_list"),
    ]
    return [{"label": label, "url": reverse(f"programmes:{name}"), "current": name == current} for label, name in pages]


def _changed(request, school, form, *, today):
    """Whether it was changed; what refuses is said at its field."""
    asked = form.cleaned_data
    try:
        change_participation(
            school=school,
            programme=asked["programme"],
            status=ProgrammeStatus(asked["status"]),
            day=asked["day"],
            reason=asked["reason"],
            by=request.user,
            today=today,
        )
    except HistoryLostError:
        form.add_error("day", _("Something has already begun after that day. Choose a later one."))
    except NothingToEndError:
        form.add_error("status", _("The school does not run the programme on that day, so it must begin first."))
    else:
        messages.success(
            request, _("%(programme)s at %(school)s is changed.") % {"programme": asked["programme"], "school": school}
        )
        return True
    return False
