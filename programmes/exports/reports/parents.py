"""ABC: parent groups started and finished, parents at each meeting, and how many came to enough of them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bars, bars_of_counts
from programmes.exports.findings import Finding
from programmes.exports.reports.report import Report, Section
from programmes.exports.reports.scope import Scope
from programmes.exports.suppression_words import mark_words, profile_words
from programmes.exports.tables import Column, Row, Table, Text, or_no_denominator
from programmes.models import ParentGroup, ParentMeeting
from programmes.reports.parent_groups import (
    OWN,
    LanguagePart,
    ParentFigures,
    Part,
    at_meetings,
    by_age,
    by_area,
    by_format,
    divided,
    languages,
    parent_figures,
    parents_by,
    train_divided,
    train_figures,
)
from programmes.reports.suppression import Profile, profile_of

AREA = Column(
    "area",
    pgettext_lazy("column", "Area"),
    "text",
    22,
    gettext_lazy("The area of the group's school; groups of the municipality itself stand together."),
)
GROUPS = Column(
    "groups_started",
    pgettext_lazy("column", "Groups started"),
    "integer",
    12,
    gettext_lazy("Groups whose first counted meeting (1 or 2) was in the period."),
)
FINISHED = Column(
    "groups_finished",
    pgettext_lazy("column", "Groups finished"),
    "integer",
    12,
    gettext_lazy("Of these, those that have met all four times."),
)
STARTED = Column(
    "parents_started",
    pgettext_lazy("column", "Parents started"),
    "integer",
    12,
    gettext_lazy("The higher of the attendance at meetings 1 and 2, added over the groups. One in two groups is two."),
)
COMPLETED = Column(
    "parents_completed",
    pgettext_lazy("column", "Parents completed"),
    "integer",
    12,
    gettext_lazy("As the leaders counted by the municipality's rule, where they have."),
)
COMPLETED_SHARE = Column(
    "share_completed",
    pgettext_lazy("column", "Share completed"),
    "percent",
    12,
    gettext_lazy("Parents completed, as a share of the parents started in the groups that have counted them."),
)
MEETING = Column("meeting", pgettext_lazy("column", "Meeting"), "text", 14, gettext_lazy("The first to the fourth."))
COUNTED = Column(
    "groups_counted",
    pgettext_lazy("column", "Groups that counted"),
    "integer",
    12,
    gettext_lazy("Groups that have counted the parents at the meeting."),
)
PARENTS = Column(
    "parents", pgettext_lazy("column", "Parents"), "integer", 12, gettext_lazy("Head-counts of parents, added.")
)
SHARE = Column(
    "share",
    pgettext_lazy("column", "Share"),
    "percent",
    10,
    gettext_lazy("As a share of all parents started in the period."),
)
FORMAT = Column(
    "format", pgettext_lazy("column", "Format"), "text", 24, gettext_lazy("Whether the group meets on site or online.")
)
AGE = Column(
    "age", pgettext_lazy("column", "Children's age"), "text", 24, gettext_lazy("The ages that the group is about.")
)
LANGUAGE = Column(
    "language", pgettext_lazy("column", "Language"), "text", 24, gettext_lazy("The language that the group meets in.")
)
FIGURES = (GROUPS, FINISHED, STARTED, COMPLETED, COMPLETED_SHARE)


def parents(scope: Scope) -> Report:
    """The parent groups that started in the period: by area, meeting, format, age and, after the year, language.

    Parents by language are hidden where few. Source: measures, "ABC".
    """
    groups = list(scope.parent_groups.meeting_in(scope.period).with_meetings())
    total = parent_figures(groups, period=scope.period)
    meetings = list(
        ParentMeeting.objects.filter(school__in=scope.schools.order_by().values("pk"))
        .in_period(scope.period)
        .select_related("school__area")
    )
    profile = profile_of(scope.municipality, "internal")
    return Report(
        title=_("ABC, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, total),
        profile=profile_words(profile).rstrip("."),
        sections=[
            _areas(scope, groups, total),
            _meetings(scope, groups),
            _division(
                _("By format"), FORMAT, pgettext("sheet", "Format"), divided(groups, by_format, period=scope.period)
            ),
            _division(
                _("By the children's age"), AGE, pgettext("sheet", "Age"), divided(groups, by_age, period=scope.period)
            ),
            _languages(scope, groups, profile),
            _train(meetings),
        ],
        words=[*mark_words(profile), (_("Completed"), _rule(scope))],
        nothing=_("No parent group has started in this selection"),
        way_on=_("Choose another school year, area or school."),
    )


def _areas(scope: Scope, groups: Sequence[ParentGroup], total: ParentFigures) -> Section:
    figures = parents_by(groups, by_area, period=scope.period)
    ordered = sorted(figures.items(), key=lambda item: (item[0] == OWN, item[0]))
    named = [(key or _capital(_("groups of the municipality itself")), row) for key, row in ordered]
    return Section(
        heading=_("Areas"),
        bars=Bars(
            _("Parents started, by area"),
            bars_of_counts([(name, row.started, str(row.started)) for name, row in named]),
        ),
        table=Table(
            name=pgettext("sheet", "Areas"),
            title=_("Parent groups by area"),
            columns=(AREA, *FIGURES),
            rows=[[name, *_figures(row)] for name, row in named],
            total=[_("Together"), *_figures(total)],
        ),
    )


def _meetings(scope: Scope, groups: Sequence[ParentGroup]) -> Section:
    told = at_meetings(groups, period=scope.period)
    return Section(
        heading=_("Parents at each meeting"),
        bars=Bars(
            _("Parents at each meeting"),
            bars_of_counts([(_meeting(row.number), row.parents, str(row.parents)) for row in told]),
        ),
        table=Table(
            name=pgettext("sheet", "Meetings"),
            title=_("Parents at each meeting"),
            columns=(MEETING, COUNTED, PARENTS),
            rows=[[_meeting(row.number), row.groups, row.parents] for row in told],
        ),
    )


def _meeting(number: int) -> str:
    return _capital(_("meeting %(number)s") % {"number": number})


def _division(heading: Text, column: Column, sheet: str, parts: Sequence[Part]) -> Section:
    return Section(
        heading=heading,
        table=Table(
            name=sheet,
            title=heading,
            columns=(column, PARENTS),
            rows=[[_capital(part.key), part.parents] for part in parts],
        ),
    )


def _languages(scope: Scope, groups: Sequence[ParentGroup], profile: Profile) -> Section:
    """Only of the whole municipality: a part of it, beside the whole, would tell what either hides."""
    parts: Sequence[LanguagePart] = []
    if scope.is_whole:
        parts = languages(groups, period=scope.period, profile=profile, today=scope.today)
    heading = _("By language")
    return Section(
        heading=heading,
        nothing=_("The parents are told by language when the school year is over, for the whole municipality."),
        table=Table(
            name=pgettext("sheet", "Language"),
            title=heading,
            columns=(LANGUAGE, PARENTS, SHARE),
            rows=[[_capital(part.label), part.parents.count, part.parents.share] for part in parts],
        ),
    )


def _train(meetings: Sequence[ParentMeeting]) -> Section:
    """Tåget for parents beside ABC: single meetings."""
    heading, figures = pgettext("heading", "Tåget for parents"), train_figures(meetings)
    return Section(
        heading=heading,
        nothing=_("No such meeting has been counted in the period."),
        about=ngettext(
            "%(count)s meeting; one who comes to two meetings counts twice.",
            "%(count)s meetings; one who comes to two meetings counts twice.",
            figures.meetings,
        )
        % {"count": figures.meetings}
        if figures.meetings
        else "",
        table=Table(
            name=pgettext("sheet", "Train for parents"),
            title=heading,
            columns=(AREA, PARENTS),
            rows=[[part.key or _("no area"), part.parents] for part in train_divided(meetings, by_area)],
        ),
    )


def _figures(figures: ParentFigures) -> Row:
    return [
        figures.groups,
        figures.finished,
        figures.started,
        figures.completed if figures.counted else None,
        or_no_denominator(figures.share_completed),
    ]


def _rule(scope: Scope) -> str:
    needed = scope.municipality.parent_meetings_to_complete
    return _("A parent has completed a group after at least %(needed)s of its four meetings.") % {"needed": needed}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _finding(scope: Scope, total: ParentFigures) -> Finding:
    if not total.groups:
        return Finding(_("%(period)s: no parent group has started") % {"period": scope.period_words}, ".")
    lead = ngettext(
        "%(period)s: %(parents)s parent has started ABC",
        "%(period)s: %(parents)s parents have started ABC",
        total.started,
    ) % {"period": scope.period_words, "parents": total.started}
    groups = ngettext(
        "%(groups)s group, of which %(finished)s has met four times.",
        "%(groups)s groups, of which %(finished)s have met four times.",
        total.groups,
    ) % {"groups": total.groups, "finished": total.finished}
    if not total.counted:
        return Finding(lead, f", {groups}")
    completed = _("%(completed)s of %(started)s have completed, where it has been counted.") % {
        "completed": total.completed,
        "started": total.completed_of,
    }
    return Finding(lead, f", {groups} {completed}")
