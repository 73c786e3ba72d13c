"""Systematic quality work: the figures of a school year, why they are as they are, what was decided, what came of it.

Source: skollagen (2010:800) 4 kap. 3-6 §§: schools and the municipality plan, follow up, analyse, act and document.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from curriculum.models import Programme
from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.coverage_bars import LEGEND, coverage_bars
from programmes.exports.coverage_rows import school_row
from programmes.exports.findings import Finding
from programmes.exports.reports.outcome_columns import FACT_COLUMNS
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section, Texts
from programmes.exports.reports.school_sentences import full_sentence
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL, SCHOOL_YEAR, TERM
from programmes.exports.tables import NO_DENOMINATOR, Column, Row, Table, Value
from programmes.exports.words import part_words
from programmes.models import CauseAnalysis
from programmes.models.terms import school_year_label
from programmes.reports.coverage import CoverageFigures
from programmes.reports.school_work import together as work_together
from programmes.reports.school_years import SchoolYearFacts, school_year_facts, taught_programmes
from programmes.reports.self_assessments import TermResult, trend_of

STAFF = Column(
    "staff_sessions",
    pgettext_lazy("column", "Staff sessions held"),
    "integer",
    12,
    gettext_lazy("Staff sessions held at the school in the school year."),
    short=pgettext_lazy("column", "Staff sessions"),
)
APT = Column(
    "workplace_meetings",
    pgettext_lazy("column", "APT held"),
    "integer",
    10,
    gettext_lazy("APT on gender equality held at the school in the school year."),
    short=pgettext_lazy("column", "APT"),
)
ASSESSED = Column(
    "assessed",
    pgettext_lazy("column", "Self-assessment"),
    "percent",
    14,
    gettext_lazy(
        "The school's latest assessment of its own work up to the end of the school year: the sum of its levels (0 to"
        " 2) as a share of the highest possible."
    ),
)
ANALYSED = Column(
    "analysed",
    pgettext_lazy("column", "Analysis"),
    "text",
    10,
    gettext_lazy("Whether the school has written why its figures are as they are, and what it has decided."),
)
FOLLOWED_UP = Column(
    "followed_up",
    pgettext_lazy("column", "Followed up"),
    "text",
    12,
    gettext_lazy("Whether it is written what came of what was decided. Empty: nothing is decided."),
)
DONE = (STAFF, APT, ASSESSED, ANALYSED, FOLLOWED_UP)
TERM_ASSESSED = Column("term", TERM.heading, "text", 10, gettext_lazy("The term that was assessed."))
POINTS = Column(
    "points",
    pgettext_lazy("column", "Points"),
    "integer",
    10,
    gettext_lazy("The sum of the levels of the things that were assessed, 0 to 2 each."),
)
MOST = Column(
    "most", pgettext_lazy("column", "At most"), "integer", 10, gettext_lazy("The highest sum that was possible.")
)
SHARE = Column("share", pgettext_lazy("column", "Share"), "percent", 10, gettext_lazy("Points as a share of at most."))
ANALYSIS_COLUMNS = (
    AREA,
    SCHOOL,
    SCHOOL_YEAR,
    Column(
        "analysis",
        pgettext_lazy("column", "Why"),
        "text",
        60,
        gettext_lazy("Why the figures are as they are, as the school sees it. Empty: not written."),
    ),
    Column("action", pgettext_lazy("column", "Decided"), "text", 50, gettext_lazy("What the school has decided.")),
    Column("who", pgettext_lazy("column", "Who follows up"), "text", 24, gettext_lazy("A function, no person.")),
    Column("by", pgettext_lazy("column", "At the latest"), "date", 12, gettext_lazy("When it is to be followed up.")),
    Column(
        "outcome", pgettext_lazy("column", "What came of it"), "text", 50, gettext_lazy("Empty: not followed up yet.")
    ),
)
REFERENCE = gettext_lazy(
    "For the quality work that skollagen (2010:800) 4 kap. 3–6 §§ asks for: plan, follow up, analyse, act and write"
    " it down."
)


def quality_work(scope: Scope) -> Report:
    """Every school's figures of a school year, its self-assessment through the terms, its analysis and decision."""
    [year] = scope.period.start_years
    programmes = taught_programmes()
    figures = _coverage(scope, programmes)
    schools = school_year_facts(
        schools=scope.schools,
        classes_in=scope.classes_in,
        programmes=programmes,
        start_year=year,
        today=scope.today,
    )
    written = [facts for facts in schools if facts.analysis]
    return Report(
        title=_("Systematic quality work, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, schools, written, sum(figures.values(), start=CoverageFigures())),
        profile=NOTHING_HIDDEN,
        sections=[
            _figures(schools, figures),
            _done(schools),
            _assessments(schools),
            *_analyses(schools, written, year=year, today=scope.today),
            _all_analyses(schools, year=year),
        ],
    )


def _coverage(scope: Scope, programmes: Sequence[Programme]) -> dict[int, CoverageFigures]:
    """Each school's figures in every programme together; of a closed year, as they were put away."""
    found: dict[int, CoverageFigures] = {}
    for programme in programmes:
        for row in scope.coverage_of(programme).schools:
            found[row.school.pk] = found.get(row.school.pk, CoverageFigures()) + row.figures
    return found


def _finding(
    scope: Scope, schools: Sequence[SchoolYearFacts], written: Sequence[SchoolYearFacts], total: CoverageFigures
) -> Finding:
    if not schools:
        return Finding(_("%(period)s: no school ran the programme") % {"period": scope.period_words}, ".")
    words = {"period": scope.period_words, "written": len(written), "schools": len(schools)}
    lead = ngettext(
        "%(period)s: %(written)s of %(schools)s school has analysed its year",
        "%(period)s: %(written)s of %(schools)s schools have analysed their year",
        len(schools),
    )
    done = sum(bool(facts.analysis and facts.analysis.outcome) for facts in written)
    rest = [
        ngettext(
            "%(done)s of %(count)s decision is followed up.",
            "%(done)s of %(count)s decisions are followed up.",
            len(written),
        )
        % {"done": done, "count": len(written)}
        if written
        else "",
        _("%(held)s of %(expected)s expected sessions were held.")
        % {"held": total.held_of_expected, "expected": total.expected}
        if total.expected
        else "",
    ]
    return Finding(lead % words, ". " + " ".join(sentence for sentence in rest if sentence))


def _figures(schools: Sequence[SchoolYearFacts], figures: Mapping[int, CoverageFigures]) -> Section:
    rows = [(facts.school, figures.get(facts.school.pk, CoverageFigures())) for facts in schools]
    total = sum((own for _school, own in rows), start=CoverageFigures())
    return Section(
        heading=_("The figures"),
        about=REFERENCE,
        bars=Bars(
            _("Held, not held and not reported of the sessions expected"),
            coverage_bars((school.name, own) for school, own in rows).bars,
            LEGEND,
        ),
        table=Table(
            name=pgettext("sheet", "Schools"),
            title=_("The figures by school"),
            columns=(AREA, SCHOOL, *FACT_COLUMNS),
            rows=[[*school_keys(school), *school_row(own, FACT_COLUMNS)] for school, own in rows],
            total=[None, _("Together"), *school_row(total, FACT_COLUMNS)],
        ),
        shown=[column.key for column in (SCHOOL, *FACT_COLUMNS)],
    )


def _done(schools: Sequence[SchoolYearFacts]) -> Section:
    work = work_together(facts.work for facts in schools)
    return Section(
        heading=_("What the schools did with them"),
        table=Table(
            name=pgettext("sheet", "Follow-up"),
            title=_("Staff, self-assessment and analysis by school"),
            columns=(AREA, SCHOOL, *DONE),
            rows=[_done_row(facts) for facts in schools],
            total=[None, _("Together"), work.staff_sessions, work.workplace_meetings, None, None, None],
        ),
        shown=[column.key for column in (SCHOOL, *DONE)],
    )


def _done_row(facts: SchoolYearFacts) -> Row:
    results = trend_of(facts.assessments)
    return [
        *school_keys(facts.school),
        facts.work.staff_sessions,
        facts.work.workplace_meetings,
        results[-1].share if results else NO_DENOMINATOR,
        _("yes") if facts.analysis else _("no"),
        None if not facts.analysis else _("yes") if facts.analysis.outcome else _("no"),
    ]


def _assessments(schools: Sequence[SchoolYearFacts]) -> Section:
    results = [(facts, result) for facts in schools for result in trend_of(facts.assessments)]
    return Section(
        heading=_("How the schools judge their own work"),
        about=_("Twelve things, each from 0 (not yet) to 2 (in place), term by term."),
        bars=Bars(_("Points of the highest possible"), [_assessed_bar(facts, result) for facts, result in results]),
        table=Table(
            name=pgettext("sheet", "Self-assessment"),
            title=_("Self-assessment by school and term"),
            columns=(AREA, SCHOOL, TERM_ASSESSED, POINTS, MOST, SHARE),
            rows=[_result_row(facts, result) for facts, result in results],
        ),
        shown=[column.key for column in (SCHOOL, TERM_ASSESSED, POINTS, MOST, SHARE)],
        nothing=_("No school has assessed its own work."),
    )


def _assessed_bar(facts: SchoolYearFacts, result: TermResult) -> Bar:
    name = f"{facts.school.name}, {result.assessment.label}"
    return bar_of_share(name, result.share, part_words(result.total, result.most))


def _result_row(facts: SchoolYearFacts, result: TermResult) -> Row:
    return [*school_keys(facts.school), result.assessment.label, result.total, result.most, result.share]


def _analyses(
    schools: Sequence[SchoolYearFacts], written: Sequence[SchoolYearFacts], *, year: int, today: date
) -> list[Section]:
    """What the schools have written, each under its own heading; those that have not are named."""
    missing = [facts.school.name for facts in schools if not facts.analysis]
    label = school_year_label(year)
    about = [
        _("As each school sees it. That one thing follows another does not say that it is the cause.")
        if written
        else "",
        _("No cause analysis is written for %(year)s: %(schools)s.")
        % {"year": label, "schools": get_text_list(missing, _("and"))}
        if missing
        else "",
    ]
    opening = Section(_("Analysis and decided action"), about=" ".join(part for part in about if part))
    return [opening, *(Section(facts.school.name, texts=_texts(facts, today=today), level=3) for facts in written)]


def _texts(facts: SchoolYearFacts, *, today: date) -> Texts:
    assert facts.analysis is not None
    analysis = facts.analysis
    return [
        (_("Why the figures are as they are"), analysis.analysis),
        (_("Decided action"), analysis.action),
        (_("Follow-up"), _follow_up(analysis, today=today)),
    ]


def _follow_up(analysis: CauseAnalysis, *, today: date) -> str:
    words = {"who": analysis.follow_up_by, "day": date_format(analysis.follow_up_date, "j F Y")}
    plan = _("Followed up by %(who)s, at the latest %(day)s.") % words
    if analysis.outcome:
        return f"{plan} {full_sentence(analysis.outcome)}"
    is_late = analysis.follow_up_date < today
    after = _("That day has passed, and nothing is written.") if is_late else _("It is not followed up yet.")
    return f"{plan} {after}"


def _all_analyses(schools: Sequence[SchoolYearFacts], *, year: int) -> Section:
    table = Table(
        name=pgettext("sheet", "Analyses"),
        title=_("Analyses by school"),
        columns=ANALYSIS_COLUMNS,
        rows=[[*school_keys(facts.school), school_year_label(year), *_analysis_cells(facts)] for facts in schools],
    )
    return Section(table.title, table=table, in_files_only=True)


def _analysis_cells(facts: SchoolYearFacts) -> list[Value]:
    row = facts.analysis
    if row is None:
        return [None] * 5
    return [row.analysis, row.action, row.follow_up_by, row.follow_up_date, row.outcome or None]
