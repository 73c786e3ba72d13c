"""The chain: in how many of the pupil sessions held the staff had the theme first, and where they did not."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bars, bar_of_share
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL
from programmes.exports.tables import Column, Row, Table, or_no_denominator
from programmes.exports.words import part_words
from programmes.reports.chain_by_school import ChainFigures, Chains, chain_by_school

HELD = Column(
    "pupil_sessions_held",
    pgettext_lazy("column", "Pupil sessions held"),
    "integer",
    12,
    gettext_lazy("Pupil sessions first held in the period that have a staff session of their own."),
)
PREPARED = Column(
    "prepared",
    pgettext_lazy("column", "Staff session first"),
    "integer",
    12,
    gettext_lazy("Of these, those whose staff session was held at the school on an earlier day or the same."),
)
SHARE = Column(
    "chain",
    pgettext_lazy("column", "Share"),
    "percent",
    10,
    gettext_lazy("Staff session first, as a share of pupil sessions held."),
)
THEME = Column("theme", pgettext_lazy("column", "Theme"), "text", 36, gettext_lazy("What the sessions are about."))
BACKWARDS = Column(
    "backwards",
    pgettext_lazy("column", "Before the staff"),
    "integer",
    12,
    gettext_lazy("Pupil sessions held before the staff session, or without any."),
)
OF_HELD = Column(
    "of_held",
    pgettext_lazy("column", "Of held"),
    "integer",
    10,
    gettext_lazy("All pupil sessions on the theme that were held at the school in the period."),
)
FIRST_PUPILS = Column(
    "first_pupils",
    pgettext_lazy("column", "Pupils first on"),
    "date",
    12,
    gettext_lazy("The first day that a class had the theme before the staff."),
)
STAFF_ON = Column(
    "staff_on",
    pgettext_lazy("column", "Staff on"),
    "date",
    12,
    gettext_lazy("The first day that the staff had the theme. Empty: they have not had it."),
)


def chain(scope: Scope) -> Report:
    """Pupil sessions held whose staff session came first, by school; rates of sums, and the themes that ran backwards.

    Source: measures, "chain". A share without a held session is `.`.
    """
    found = chain_by_school(scope.schools, period=scope.period, day=scope.day)
    return Report(
        title=_("The chain, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, found),
        profile=NOTHING_HIDDEN,
        sections=[_schools(found), _themes(found)],
        nothing=_("No pupil session has been held in this selection"),
        way_on=_("Choose another period, area or school."),
    )


def _schools(found: Chains) -> Section:
    return Section(
        heading=_("Schools"),
        bars=Bars(
            _("Pupil sessions whose staff session came first, by school"),
            [
                bar_of_share(row.school.name, row.figures.share, part_words(row.figures.prepared, row.figures.held))
                for row in found.schools
            ],
        ),
        table=Table(
            name=pgettext("sheet", "Schools"),
            title=_("The chain by school"),
            columns=(AREA, SCHOOL, HELD, PREPARED, SHARE),
            rows=[[*school_keys(row.school), *_figures(row.figures)] for row in found.schools],
            total=[None, _("Together"), *_figures(found.total)],
        ),
        shown=[SCHOOL.key, HELD.key, PREPARED.key, SHARE.key],
    )


def _themes(found: Chains) -> Section:
    return Section(
        heading=_("Where the chain ran backwards"),
        about=_("The pupils had the theme before the staff did. Plan the staff session before the next class has it.")
        if found.backwards
        else "",
        nothing=_("Nowhere: every class had its theme after the staff, or on the same day."),
        table=Table(
            name=pgettext("sheet", "Backwards"),
            title=_("Themes that the pupils had before the staff"),
            columns=(SCHOOL, THEME, BACKWARDS, OF_HELD, FIRST_PUPILS, STAFF_ON),
            rows=[
                [row.school.name, row.title, row.sessions, row.held, row.first_date, row.staff_date]
                for row in found.backwards
            ],
        ),
    )


def _figures(figures: ChainFigures) -> Row:
    return [figures.held, figures.prepared, or_no_denominator(figures.share)]


def _finding(scope: Scope, found: Chains) -> Finding:
    total = found.total
    if not total.held:
        return Finding(_("%(period)s: no pupil session has been held") % {"period": scope.period_words}, ".")
    lead = ngettext(
        "%(period)s: before %(prepared)s of %(held)s pupil session, the staff had had theirs",
        "%(period)s: before %(prepared)s of %(held)s pupil sessions, the staff had had theirs",
        total.held,
    ) % {"period": scope.period_words, "prepared": total.prepared, "held": total.held}
    if not found.backwards:
        return Finding(lead, ".")
    worst = max(found.backwards, key=lambda row: (row.sessions, row.first_date))
    is_alone = len(found.backwards) == worst.sessions == 1
    rest = (
        _("It ran backwards on %(theme)s at %(school)s, on %(day)s.")
        if is_alone
        else _("It ran backwards most often on %(theme)s at %(school)s, first on %(day)s.")
    ) % {
        "theme": worst.title,
        "school": worst.school.name,
        "day": date_format(worst.first_date, "j F"),
    }
    return Finding(lead, f". {rest}")
