"""What pupils answered before and after a programme: statements in sum, and schools; too small groups are in no sum."""

from collections.abc import Sequence

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.enums import SurveyAudience, SurveyMoment
from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.findings import Finding
from programmes.exports.reports.report import Report, Section
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL
from programmes.exports.tables import Column, Row, Table, Value
from programmes.exports.words import percent_words
from programmes.models import School, Survey
from programmes.models.terms import start_year_of
from programmes.reports.suppression import HIDDEN, NOT_REPORTED, profile_of, told_together
from programmes.reports.surveys import QuestionResult, SurveyResult, Together, survey_results, survey_together

STATEMENT = Column(
    "statement", pgettext_lazy("column", "Statement"), "text", 52, gettext_lazy("What the pupils were asked.")
)
AUDIENCE = Column(
    "audience", pgettext_lazy("column", "Asked"), "text", 22, gettext_lazy("Whom the set of questions is written for.")
)
CLASSES = Column(
    "groups_told",
    pgettext_lazy("column", "Groups"),
    "integer",
    9,
    gettext_lazy("Classes and groups that have closed a round with enough answers; the others are in no figure."),
)
MORE = Column(
    "agree_more",
    pgettext_lazy("column", "Agree more"),
    "integer",
    9,
    gettext_lazy("Pupils whose own code was found before and after, and who agree more after."),
)
SAME = Column(
    "agree_same",
    pgettext_lazy("column", "As before"),
    "integer",
    9,
    gettext_lazy("Of the same pupils, those who answered the same."),
)
LESS = Column(
    "agree_less",
    pgettext_lazy("column", "Agree less"),
    "integer",
    9,
    gettext_lazy("Of the same pupils, those who agree less after."),
)
PUPILS = (
    Column(
        "pupils_before",
        pgettext_lazy("column", "Pupils before"),
        "integer",
        10,
        gettext_lazy("How many pupils answered before, in the groups that are in the figures."),
    ),
    Column(
        "pupils_after",
        pgettext_lazy("column", "Pupils after"),
        "integer",
        10,
        gettext_lazy("How many pupils answered after, in the groups that are in the figures."),
    ),
)
BEFORE = (
    Column(
        "answers_before",
        pgettext_lazy("column", "Answers before"),
        "integer",
        10,
        gettext_lazy("How many answered the statement before; who did not want to say is not counted."),
    ),
    Column(
        "agree_before",
        pgettext_lazy("column", "Agree before"),
        "percent",
        10,
        gettext_lazy("Of them, the share that chose one of the two upper steps of four."),
    ),
    Column(
        "mean_before",
        pgettext_lazy("column", "Mean before"),
        "decimal",
        9,
        gettext_lazy("The mean of their answers, from 1 (not at all) to 4 (completely)."),
    ),
)
AFTER = (
    Column(
        "answers_after",
        pgettext_lazy("column", "Answers after"),
        "integer",
        10,
        gettext_lazy("How many answered the statement after."),
    ),
    Column(
        "agree_after",
        pgettext_lazy("column", "Agree after"),
        "percent",
        10,
        gettext_lazy("Of them, the share that chose one of the two upper steps of four."),
    ),
    Column(
        "mean_after",
        pgettext_lazy("column", "Mean after"),
        "decimal",
        9,
        gettext_lazy("The mean of their answers, from 1 to 4."),
    ),
)
FIGURES = (*BEFORE, *AFTER, MORE, SAME, LESS)


def pupils(scope: Scope) -> Report:
    """The year's answers in the schools that are asked about, in the internal profile; sums are of told groups alone.

    A share is of those who answered the statement. Source: features F6; docs/adr-0005-suppression.md.
    """
    profile = profile_of(scope.municipality, "internal")
    surveys = Survey.objects.filter(
        school__in=scope.schools.order_by().values("pk"), start_year=start_year_of(scope.period.first_day)
    ).order_by("pk")
    results = survey_results(surveys, today=scope.today, smallest=profile.least_answers)
    schools = list(scope.schools.select_related("area").order_by("sort_key", "pk"))
    sections: list[Section] = []
    for audience in SurveyAudience:
        own = [result for result in results if result.survey.audience == audience]
        if any(result.is_shown for result in own):
            sections += _sections(audience, own, schools)
    return Report(
        rows=_every_row(sections),
        title=_("Questions to pupils, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, results),
        profile=_("profile internal, groups with fewer than %(smallest)s answers left out of every figure")
        % {"smallest": profile.least_answers},
        sections=sections or [_nothing()],
        words=[
            (
                _("Hidden (..)"),
                _(
                    "Fewer than %(smallest)s have answered, or all but one (or all) answered that it is not so. Who is"
                    " hidden is in no sum, so that nothing can be worked out."
                )
                % {"smallest": profile.least_answers},
            )
        ],
        nothing=_("No class has closed its questions with enough answers in this school year."),
    )


def _nothing() -> Section:
    table = Table(pgettext("sheet", "Statements"), _("Statements"), (STATEMENT, *FIGURES), [])
    return Section(heading=_("Statements"), table=table)


def _sections(audience: SurveyAudience, results: Sequence[SurveyResult], schools: Sequence[School]) -> list[Section]:
    """An audience's statements, its schools in sum, and for the files every statement of every school."""
    label, together = str(audience.label), survey_together(results)
    rows, every = [], []
    for school in schools:
        own = [result for result in results if result.survey.school_id == school.pk]
        if own:
            rows.append(_school_row(school, survey_together(own)))
            every += _statement_rows(school, survey_together(own))
    return [
        Section(
            heading=label,
            bars=Bars(
                _("Share that agrees, %(audience)s") % {"audience": label},
                [bar for row in together.questions for bar in _bars(row)],
            ),
            table=Table(
                name=label,
                title=_("Statements, %(audience)s") % {"audience": label},
                columns=(STATEMENT, *FIGURES),
                rows=[[row.question.text_sv, *_figures(row, together)] for row in together.questions],
            ),
            shown=[column.key for column in (STATEMENT, *BEFORE[:2], *AFTER[:2], MORE, LESS)],
        ),
        Section(
            heading=_("%(audience)s, by school") % {"audience": label},
            level=3,
            table=Table(
                name=_("%(audience)s, schools") % {"audience": label},
                title=_("Schools, %(audience)s") % {"audience": label},
                columns=(AREA, SCHOOL, CLASSES, PUPILS[0], BEFORE[1], PUPILS[1], AFTER[1]),
                rows=rows,
            ),
            shown=[column.key for column in (SCHOOL, CLASSES, PUPILS[0], BEFORE[1], PUPILS[1], AFTER[1])],
        ),
        Section(
            heading=_("%(audience)s, statements by school") % {"audience": label},
            in_files_only=True,
            table=Table(
                name=_("%(audience)s, all") % {"audience": label},
                title=_("Statements by school, %(audience)s") % {"audience": label},
                columns=(AREA, SCHOOL, STATEMENT, *FIGURES),
                rows=every,
            ),
        ),
    ]


def _every_row(sections: Sequence[Section]) -> Table:
    """All schools and audiences under one another: the CSV."""
    rows: list[Row] = []
    for statements, every in zip(sections[::3], sections[2::3], strict=True):
        if every.table:
            rows += [[str(statements.heading), *row] for row in every.table.rows]
    columns = (AUDIENCE, AREA, SCHOOL, STATEMENT, *FIGURES)
    return Table(pgettext("sheet", "Statements"), _("Statements by school"), columns, rows)


def _school_row(school: School, together: Together) -> Row:
    """A school in sum: how many have answered, and the share of all their answers that agree."""
    before, after = together.all_before, together.all_after
    cells: list[Value] = [*school_keys(school), together.classes]
    for moment, answers in ((SurveyMoment.BEFORE, before), (SurveyMoment.AFTER, after)):
        sign = _sign(together, moment)
        cells += [together.answers.get(moment, sign), answers.share_agree if answers else sign]
    return cells


def _statement_rows(school: School, together: Together) -> list[Row]:
    return [[*school_keys(school), row.question.text_sv, *_figures(row, together)] for row in together.questions]


def _figures(row: QuestionResult, together: Together) -> Row:
    change = row.change
    cells: list[Value] = []
    for moment, answers in ((SurveyMoment.BEFORE, row.before), (SurveyMoment.AFTER, row.after)):
        signs = [_sign(together, moment)] * 3
        cells += [answers.number, answers.share_agree, answers.mean] if answers else signs
    has_both = len(together.closed) == len(SurveyMoment)
    signs = [HIDDEN if has_both else NOT_REPORTED] * 3
    return [*cells, *([change.higher, change.same, change.lower] if change else signs)]


def _sign(together: Together, moment: SurveyMoment) -> str:
    """What stands for answers that are not told: hidden, or nobody has closed a round."""
    return HIDDEN if moment in together.closed else NOT_REPORTED


def _bars(row: QuestionResult) -> list[Bar]:
    """A bar before and one after, each where it is told; the moment first, since a document cuts a long name."""
    moments = ((pgettext("survey", "Before"), row.before), (pgettext("survey", "After"), row.after))
    return [
        bar_of_share(f"{when}: {row.question.text_sv}", told.share_agree, percent_words(told.share_agree))
        for when, told in moments
        if told
    ]


def _finding(scope: Scope, results: Sequence[SurveyResult]) -> Finding:
    together = survey_together(results)
    if not together.classes:
        return Finding(_("%(period)s: no answers to show") % {"period": scope.period_words}, ".")
    before, after = (together.answers.get(moment, 0) for moment in (SurveyMoment.BEFORE, SurveyMoment.AFTER))
    lead = ngettext(
        "%(period)s: %(before)s pupils answered before and %(after)s after, in %(count)s group",
        "%(period)s: %(before)s pupils answered before and %(after)s after, in %(count)s groups",
        together.classes,
    ) % {"period": scope.period_words, "before": before, "after": after, "count": together.classes}
    return Finding(lead, f". {_change(results)}".rstrip())


def _change(results: Sequence[SurveyResult]) -> str:
    """How the share that agrees has changed over all statements that were asked both before and after."""
    both = [row for result in results for row in result.questions if row.before and row.after]
    before, after = told_together(row.before for row in both), told_together(row.after for row in both)
    if before is None or after is None:
        return ""
    shares = {"before": percent_words(before.share_agree), "after": percent_words(after.share_agree)}
    return _("Where both are known, %(before)s of the answers agreed before and %(after)s after.") % shares
