"""Reach: how many classes and pupils a programme has met in a period, of all that its schools have."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.coverage_rows import school_row
from programmes.exports.figure_columns import CLASSES_REACHED, DOSE, ENROLLED_KNOWN, PUPILS_REACHED
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope
from programmes.exports.session_columns import AREA, GRADES, SCHOOL
from programmes.exports.tables import Column, Table
from programmes.exports.words import count_words, part_words
from programmes.reports.coverage import CoverageFigures

CLASSES = Column(
    "classes_in_all",
    pgettext_lazy("column", "Classes in all"),
    "integer",
    12,
    gettext_lazy("Classes of the schools that ran the programme in the period, and classes that were reached besides."),
)
SHARE_OF_CLASSES = Column(
    "share_of_classes_reached",
    pgettext_lazy("column", "Share of classes"),
    "percent",
    12,
    gettext_lazy("Classes reached, as a share of classes in all."),
)
SHARE_OF_PUPILS = Column(
    "share_of_pupils_reached",
    pgettext_lazy("column", "Share of pupils"),
    "percent",
    12,
    gettext_lazy("Pupils reached, as a share of the enrolled pupils of classes whose number is known."),
)
REACH = (CLASSES_REACHED, CLASSES, SHARE_OF_CLASSES, PUPILS_REACHED, ENROLLED_KNOWN, SHARE_OF_PUPILS, DOSE)


def reach(scope: Scope) -> Report:
    """Classes and enrolled pupils reached, by school and by grade, from the rows of coverage; rates of sums.

    Pupils are those of classes whose number is known; empty when it is for none. Source: reach as RE-AIM has it.
    """
    report = scope.coverage
    names = {"programme": report.programme.name, "period": report.period.label}
    return Report(
        title=_("Reach, %(programme)s, %(period)s") % names,
        finding=_finding(scope),
        profile=NOTHING_HIDDEN,
        sections=[
            Section(
                heading=_("Schools"),
                about=scope.about_two_years,
                bars=Bars(
                    _("Classes reached, by school"), [_bar(row.school.name, row.figures) for row in report.schools]
                ),
                table=Table(
                    name=pgettext("sheet", "Schools"),
                    title=_("Reach by school"),
                    columns=(AREA, SCHOOL, *REACH),
                    rows=[
                        [
                            row.school.area.name if row.school.area else None,
                            row.school.name,
                            *school_row(row.figures, REACH),
                        ]
                        for row in report.schools
                    ],
                    total=[None, _("Together"), *school_row(report.total, REACH)],
                ),
                shown=[SCHOOL.key, *(column.key for column in REACH)],
            ),
            Section(
                heading=_("Grades"),
                table=Table(
                    name=pgettext("sheet", "Grades"),
                    title=_("Reach by grade"),
                    columns=(GRADES, *REACH),
                    rows=[[row.grades, *school_row(row.figures, REACH)] for row in report.grades],
                ),
            ),
        ],
    )


def _finding(scope: Scope) -> Finding:
    figures, schools = scope.coverage.total, len(scope.coverage.schools)
    if not schools and not figures.classes_in_all:
        return Finding(_("%(period)s: no school ran the programme") % {"period": scope.period_words}, ".")
    lead = ngettext(
        "%(period)s: %(reached)s of %(classes)s class has had at least one session",
        "%(period)s: %(reached)s of %(classes)s classes have had at least one session",
        figures.classes_in_all,
    ) % {
        "period": scope.period_words,
        "reached": count_words(figures.classes_reached),
        "classes": count_words(figures.classes_in_all),
    }
    return Finding(lead, ". " + " ".join(part for part in (_pupils(figures), _schools(schools)) if part))


def _pupils(figures: CoverageFigures) -> str:
    count = figures.known_pupils_reached
    if count is None:
        return _("How many pupils they have is not known.")
    return ngettext("%(count)s pupil goes there.", "%(count)s pupils go there.", count) % {"count": count_words(count)}


def _schools(count: int) -> str:
    return ngettext("%(count)s school ran the programme.", "%(count)s schools ran the programme.", count) % {
        "count": count
    }


def _bar(name: str, figures: CoverageFigures) -> Bar:
    words = part_words(figures.classes_reached, figures.classes_in_all)
    return bar_of_share(name, figures.share_of_classes_reached, words)
