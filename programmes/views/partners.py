"""Whom the centre cooperates with, by the agreement's areas, and the hours that each gives."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import Programme
from programmes import rules
from programmes.enums import AgreementArea, LeaderRole, Organisation
from programmes.forms.reports import PeriodForm
from programmes.models import Delivery, ParentGroup, Partner, StaffMeeting
from programmes.reports.person_hours import person_hours
from programmes.views.school_register import oversight_tabs, overview_or_403


def partner_list(request):
    today = timezone.localdate()
    overview_or_403(request, today=today)
    form = PeriodForm(request.GET, today=today)
    partners = list(Partner.objects.filter(municipality=request.municipality).order_by("area", "name", "pk"))
    context = {
        "form": form,
        "partners": partners,
        "can_keep": rules.can_keep_registers(request.user, request.municipality, on=today),
        "views": oversight_tabs("partner_list"),
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Cooperation")}],
    }
    if form.is_valid():
        context |= _hours(request, partners, period=form.cleaned_data["period"], today=today)
    return render(request, "programmes/registers/partners.html", context)


def _hours(request, partners, *, period, today):
    """The hours of a period, in words and in the order that they are shown."""
    user, here = request.user, request.municipality
    hours = person_hours(
        deliveries=Delivery.objects.visible_to(user, on=today).filter(
            planned_session__school_class__school__municipality=here
        ),
        staff_meetings=StaffMeeting.objects.visible_to(user, on=today).filter(school__municipality=here),
        parent_groups=ParentGroup.objects.visible_to(user, on=today).filter(municipality=here),
        period=period,
    )
    of_partners = hours.of_partners(partners)
    programmes = dict(Programme.objects.values_list("code", "name"))
    return {
        "hours": hours,
        "areas": [
            {
                "label": AgreementArea(area.key).label,
                "hours": area,
                "partners": [row for row in of_partners if row.partner.area == area.key],
            }
            for area in hours.by_area(partners)
        ],
        "without_partner": [(Organisation(row.key).label, row) for row in hours.without_partner(partners)],
        "divisions": [
            (_("By role"), "role", [(LeaderRole(row.key).label, row) for row in hours.by_role]),
            (
                _("By programme"),
                "programme",
                [(programmes.get(row.key, _("no programme")), row) for row in hours.by_programme],
            ),
        ],
    }
