"""Lays a programme's sessions out as a line, and says in words which years of schooling a session is for."""

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.templatetags.line import Line, Stop
from curriculum.enums import GradeBand, LineKind, Month, Principle, SessionKind, grade_label

register = template.Library()

# A year of eight: the base sessions in their months, and five others as examples in months between them.
EXAMPLE_MONTHS = (Month.OCTOBER, Month.NOVEMBER, Month.FEBRUARY, Month.MARCH, Month.MAY)
MOST_LABELS = 6


@register.simple_tag
def programme_line(programme, sessions, plans=None):
    """The line of a programme: by month where sessions have months, else one after the other."""
    urls = plans or {}
    base = [session for session in sessions if session.kind == SessionKind.BASE]
    stops = _year(base, sessions, urls) if base else _row(sessions, urls)
    return Line(stops=stops, programme=programme.code, name=_("The sessions of %(name)s") % {"name": programme.name})


@register.simple_tag
def base_line(programme, sessions, plans=None):
    """The base sessions alone, by month and with their whole titles: what a phone has room for."""
    urls = plans or {}
    base = [session for session in sessions if session.kind == SessionKind.BASE]
    stops = [
        Stop(
            position=_place(list(Month).index(session.month), Month),
            sign="planned",
            name=session.title,
            is_major=True,
            url=urls.get(session.pk, ""),
            sublabel=session.get_month_display(),
        )
        for session in base
    ]
    return Line(stops=stops, programme=programme.code, name=_("The sessions of %(name)s") % {"name": programme.name})


def _year(base, sessions, urls):
    months = list(Month)
    others = [s for s in sessions if s.kind == SessionKind.ADDITIONAL and not s.is_sensitive][1::2]
    stops = []
    for session in base:
        month = Month(session.month).label
        name = _("%(title)s, base session in %(month)s") % {"title": session.title, "month": month}
        stops.append(_stop(session, _place(months.index(session.month), months), name, urls, month))
    for session, month in zip(others, EXAMPLE_MONTHS, strict=False):
        name = _("%(title)s, additional session") % {"title": session.title}
        stops.append(_stop(session, _place(months.index(month), months), name, urls, session.label))
    return stops


def _row(sessions, urls):
    has_room = len(sessions) <= MOST_LABELS
    return [
        _stop(session, _place(index, sessions), session.title, urls, session.label if has_room else str(index + 1))
        for index, session in enumerate(sessions)
    ]


def _place(index, all_of_them):
    return (index + 0.5) / len(all_of_them)


def _stop(session, position, name, urls, sublabel):
    is_base = session.kind == SessionKind.BASE
    return Stop(
        position=position,
        sign="planned",
        name=name,
        is_major=is_base,
        url=urls.get(session.pk, ""),
        label=session.label if is_base else "",
        sublabel=sublabel,
    )


@register.filter
def grades(session):
    """Which years of schooling a session or programme is for, as they are called this school year."""
    today = timezone.localdate()
    start_year = today.year if today.month >= 7 else today.year - 1
    named = {"start_year": start_year, "renumbered_from": settings.GRADE_RENUMBERING_START_YEAR}
    words = {
        "lowest": grade_label(session.lowest_grade, **named),
        "highest": grade_label(session.highest_grade, **named),
    }
    if words["lowest"] == words["highest"]:
        return _("preschool class") if words["lowest"] == "F" else _("year %(lowest)s") % words
    if words["lowest"] == "F":
        return _("preschool class to year %(highest)s") % words
    return _("years %(lowest)s to %(highest)s") % words


@register.filter
def for_session(urls, session):
    """The address of a session's plan, or nothing."""
    return urls.get(session.pk, "")


@register.filter
def principles(session):
    """The principles a session builds on, in words."""
    return [Principle(value).label for value in session.principles]


@register.filter
def kind_of_line(line):
    """Say, do or ask, in the reader's language; a draft may lack it."""
    return dict(LineKind.choices).get(line["kind"], "")


@register.filter
def grades_of_line(line):
    """Whom a line is for, in words."""
    return dict(GradeBand.choices).get(line["grades"], "")
