"""The year wheel: a school year on one page, drawn and as a list, for the municipality or for one school."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes import rules
from programmes.enums import DateKind
from programmes.exports.calendar_words import title_of
from programmes.exports.year_wheel import wheel_of
from programmes.forms.year_wheels import YearWheelForm
from programmes.models import Period, School
from programmes.models.terms import school_year_label
from programmes.reports.calendars import calendar_of, meetings_of, places_of


@dataclass(frozen=True)
class Row:
    """A line of a month: its days as written, what it is, and where."""

    days: str
    title: str
    kind: str
    number: int | None = None


@require_safe
def year_wheel(request):
    today, municipality = timezone.localdate(), request.municipality or None
    if not rules.can_have_calendar(request.user, municipality, on=today):
        raise PermissionDenied
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=municipality)
    schools = schools.select_related("municipality")
    sees_all = rules.can_read_overview(request.user, municipality, on=today)
    only_school = None if sees_all else _only(schools)
    form = YearWheelForm(request.GET, schools=schools, only_school=only_school, today=today)
    context = {"form": form, "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Year wheel")}]}
    if form.is_valid():
        start_year, school = form.cleaned_data["lasar"], form.cleaned_data["skola"]
        calendar = calendar_of(municipality, start_year=start_year)
        places = places_of(request.user, municipality, [school] if school else [], today=today)
        meetings = meetings_of(places, municipality, period=Period.school_year(start_year))
        context |= {
            "school": school,
            "label": school_year_label(start_year),
            "place": school or municipality,
            "calendar": calendar,
            "wheel": wheel_of(calendar, meetings, today=today),
            "months": _months(calendar, meetings),
        }
    return render(request, "programmes/calendars/year_wheel.html", context)


def _only(schools):
    found = list(schools.in_order()[:2])
    return found[0] if len(found) == 1 else None


def _months(calendar, meetings):
    """The list of the year: every month that has something, with its lines in order."""
    rows = []
    for term in calendar.terms:
        rows.append(
            (term.first_day, Row(_day(term.first_day), _("%(term)s begins") % {"term": title_of(term)}, "term"))
        )
        rows.append((term.last_day, Row(_day(term.last_day), _("%(term)s ends") % {"term": title_of(term)}, "term")))
    rows += [(row.first_day, Row(_span(row), row.title, "break")) for row in calendar.breaks]
    rows += [
        (row.first_day, Row("", row.title, "base", number)) for number, row in enumerate(calendar.base_months, start=1)
    ]
    rows += [(row.first_day, Row(_day(row.first_day), title_of(row), _kind(row))) for row in meetings]
    rows.sort(key=lambda pair: (pair[0], pair[1].kind != "base"))
    months = {}
    for day, row in rows:
        months.setdefault((day.year, day.month), []).append(row)
    return [(f"{capfirst(str(MONTHS[month]))} {year}", found) for (year, month), found in months.items()]


def _kind(row):
    return {DateKind.CHECK_ROUND: "round"}.get(row.kind, row.kind.value)


def _day(day: date):
    return str(day.day)


def _span(row):
    """`26–30`, or `19 dec–8 jan` where it goes into another month."""
    if not row.is_span:
        return _day(row.first_day)
    if row.first_day.month == row.last_day.month:
        return f"{row.first_day.day}–{row.last_day.day}"
    first, last = (f"{day.day} {MONTHS_3[day.month]}" for day in (row.first_day, row.last_day))
    return f"{first}–{last}"
