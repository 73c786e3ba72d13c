"""The extract for a school's plan against degrading treatment: last year's measures, and what is planned for this one.

Source: skollagen (2010:800) 6 kap. 8 §: the plan tells how the measures of the year before were carried out. Nothing
here is about what has happened between pupils.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from curriculum.models import Session
from programmes.exports.charts import Bars
from programmes.exports.coverage_bars import LEGEND, outcome_bar
from programmes.exports.figure_columns import NOT_HELD, NOT_REPORTED
from programmes.exports.findings import Finding
from programmes.exports.reports.outcome_columns import (
    HELD,
    OUTCOME_COLUMNS,
    PART,
    PLANNED,
    REASONS,
    TEXT,
    outcome_cells,
)
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section, Texts
from programmes.exports.reports.school_sentences import (
    assessment_sentence,
    decision_sentence,
    full_sentence,
    held_sentences,
    not_held_sentences,
    paragraphs,
    planned_sentences,
    rounds_sentence,
    short_of_target,
    target_sentence,
    to_do_sentences,
    work_sentences,
)
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, CODE, KIND, PROGRAMME, SCHOOL, SCHOOL_YEAR, SESSION
from programmes.exports.tables import Row, Table
from programmes.models import ClosedPeriod, ProgrammeTarget
from programmes.models.terms import Period, school_year_label
from programmes.reports.outcomes import Outcomes, by_session
from programmes.reports.school_work import SchoolWork
from programmes.reports.school_years import SchoolYearFacts, school_year_facts, taught_programmes
from programmes.reports.year import TAUGHT_BY_STAFF

SHOWN = [column.key for column in (SESSION, PLANNED, HELD, NOT_HELD, NOT_REPORTED, REASONS)]
REFERENCE = gettext_lazy(
    "For the plan that skollagen (2010:800) 6 kap. 8 § asks for: how the measures of the year before were carried out,"
    " and which come next. The texts may be copied as they are."
)


def degrading_treatment(scope: Scope) -> Report:
    """For each school, in its own sections: planned last year, done, not done and why, followed up, planned now.

    The period is the plan's own school year; the account is of the one before.
    """
    [year] = scope.period.start_years
    facts_of = partial(
        school_year_facts,
        schools=scope.schools,
        classes_in=scope.classes_in,
        programmes=taught_programmes(),
        today=scope.today,
    )
    last = facts_of(start_year=year - 1)
    this = {facts.school.pk: facts for facts in facts_of(start_year=year)}
    targets = ProgrammeTarget.objects.filter(municipality=scope.municipality, programme__code="taget")
    target = targets.select_related("programme").first() or ProgrammeTarget()
    known = {facts.school.pk for facts in last}
    schools = [*last, *(_nothing_before(facts) for pk, facts in this.items() if pk not in known)]
    texts = {facts.school.pk: _texts(facts, this.get(facts.school.pk), target, year=year) for facts in schools}
    about = f"{REFERENCE} {_late(scope, Period.school_year(year - 1))}".strip()
    sections = [
        section
        for number, facts in enumerate(schools)
        for section in _school(
            facts, texts[facts.school.pk], year=year, number=number, about=about, is_alone=len(schools) == 1
        )
    ]
    return Report(
        title=_("For the plan against degrading treatment, %(period)s") % {"period": scope.period.label},
        finding=_finding(last, list(this.values()), year=year),
        profile=NOTHING_HIDDEN,
        sections=[*sections, _sessions(last, list(this.values()), year=year), _written(schools, texts)],
    )


def _late(scope: Scope, period: Period) -> str:
    """What is told of a closed year: the account is of what is known today, late entries included."""
    if not ClosedPeriod.objects.standing().filter(municipality=scope.municipality, period=period.code).exists():
        return ""
    return _("%(year)s is closed. What was reported later is in this account, and not in the closed figures.") % {
        "year": period.label
    }


def _nothing_before(facts: SchoolYearFacts) -> SchoolYearFacts:
    """A school that began this year has nothing to account for."""
    return replace(facts, outcomes=[], work=SchoolWork(), analysis=None, before=None, assessments=[], rounds=[])


def _texts(last: SchoolYearFacts, this: SchoolYearFacts | None, target: ProgrammeTarget, *, year: int) -> Texts:
    before, now = school_year_label(year - 1), school_year_label(year)
    has_staff_target = any(row.session.kind in TAUGHT_BY_STAFF for row in last.together.rows)
    decided = full_sentence(last.before.action) if last.before else ""
    return [
        (
            _("What was planned for %(year)s") % {"year": before},
            paragraphs(
                [
                    *(planned_sentences(last.outcomes) or [_("No sessions were planned.")]),
                    target_sentence(target) if has_staff_target else "",
                    _("The school had decided: %(action)s") % {"action": decided} if decided else "",
                ]
            ),
        ),
        (
            _("What was done"),
            paragraphs([*held_sentences(last.outcomes), *work_sentences(last.work)]) or _("Nothing is reported."),
        ),
        (
            _("What was not done, and why"),
            paragraphs(
                [
                    *not_held_sentences(last.outcomes),
                    short_of_target(last.work, target) if has_staff_target else "",
                    _("The school's analysis: %(analysis)s") % {"analysis": full_sentence(last.analysis.analysis)}
                    if last.analysis
                    else _("No cause analysis is written for %(year)s.") % {"year": before},
                ]
            ),
        ),
        (_("How it was followed up"), paragraphs(_followed_up(last))),
        (_("What is planned for %(year)s") % {"year": now}, paragraphs(_next(last, this, year=now))),
    ]


def _followed_up(last: SchoolYearFacts) -> list[str]:
    sentences = []
    if last.before:
        sentences.append(_("Decided: %(decision)s") % {"decision": decision_sentence(last.before)})
        sentences.append(full_sentence(last.before.outcome) if last.before.outcome else _("It is not followed up yet."))
    return [*sentences, assessment_sentence(last.assessments), rounds_sentence(last)]


def _next(last: SchoolYearFacts, this: SchoolYearFacts | None, *, year: str) -> list[str]:
    planned = planned_sentences(this.outcomes) if this else []
    latest = this.assessments[-1] if this and this.assessments else None
    return [
        *(planned or [_("No sessions are planned for %(year)s yet.") % {"year": year}]),
        decision_sentence(last.analysis) if last.analysis else "",
        *(to_do_sentences(latest) if latest else []),
    ]


def _school(
    facts: SchoolYearFacts, texts: Texts, *, year: int, number: int, about: str, is_alone: bool
) -> list[Section]:
    """A school's words, and the sessions of the year that they account for; drawn where it is the only one."""
    label = school_year_label(year - 1)
    rows = [(session, found) for session, found in by_session(facts.together.rows)]
    return [
        Section(facts.school.name, texts=texts, about="" if number else about, starts_page=number > 0),
        Section(
            _("Sessions in %(year)s") % {"year": label},
            table=Table(
                name=facts.school.name,
                title=_("Sessions at %(school)s") % {"school": facts.school.name},
                columns=(SESSION, *OUTCOME_COLUMNS),
                rows=[[session.title, *outcome_cells(found)] for session, found in rows],
                total=[_("Together"), *outcome_cells(facts.together)],
            ),
            bars=_bars(rows) if is_alone else None,
            shown=SHOWN,
            nothing=_("No sessions were planned or held."),
            is_shown_only=True,
            level=3,
        ),
    ]


def _bars(rows: Sequence[tuple[Session, Outcomes]]) -> Bars:
    caption = _("Held, not held and not reported of the sessions expected")
    return Bars(caption, [outcome_bar(session.title, found) for session, found in rows], LEGEND)


def _sessions(last: Sequence[SchoolYearFacts], this: Sequence[SchoolYearFacts], *, year: int) -> Section:
    """A row for each school, school year and session: the year that is accounted for, and the one that is planned."""
    rows: list[Row] = [
        [
            *school_keys(facts.school),
            school_year_label(start_year),
            programme.name,
            session.code,
            session.title,
            str(session.get_kind_display()),
            *outcome_cells(found),
        ]
        for start_year, all_facts in ((year - 1, last), (year, this))
        for facts in all_facts
        for programme, outcomes in facts.outcomes
        for session, found in by_session(outcomes.rows)
    ]
    table = Table(
        name=pgettext("sheet", "Sessions"),
        title=_("Sessions by school and school year"),
        columns=(AREA, SCHOOL, SCHOOL_YEAR, PROGRAMME, CODE, SESSION, KIND, *OUTCOME_COLUMNS),
        rows=rows,
    )
    return Section(table.title, table=table, in_files_only=True)


def _written(schools: Sequence[SchoolYearFacts], texts: dict[int, Texts]) -> Section:
    table = Table(
        name=pgettext("sheet", "Texts"),
        title=_("The texts by school"),
        columns=(AREA, SCHOOL, PART, TEXT),
        rows=[
            [*school_keys(facts.school), str(heading), str(text)]
            for facts in schools
            for heading, text in texts[facts.school.pk]
        ],
    )
    return Section(table.title, table=table, in_files_only=True)


def _finding(last: Sequence[SchoolYearFacts], this: Sequence[SchoolYearFacts], *, year: int) -> Finding:
    together = Outcomes([row for facts in last for row in facts.together.rows])
    planned = sum(facts.together.planned for facts in this)
    words = {"year": school_year_label(year - 1), "held": together.held, "expected": together.expected}
    coming = ngettext(
        "%(count)s session is planned for %(year)s.", "%(count)s sessions are planned for %(year)s.", planned
    ) % {"count": planned, "year": school_year_label(year)}
    after = f" {coming}" if planned else ""
    if not together.expected:
        return Finding(_("School year %(year)s: no sessions were planned") % words, f".{after}")
    parts = []
    if together.not_held:
        parts.append(
            ngettext("%(count)s was not held", "%(count)s were not held", together.not_held)
            % {"count": together.not_held}
        )
    if together.not_reported:
        parts.append(
            ngettext("%(count)s is not reported", "%(count)s are not reported", together.not_reported)
            % {"count": together.not_reported}
        )
    lead = _("School year %(year)s: %(held)s of %(expected)s sessions were held") % words
    return Finding(lead, "".join(f", {part}" for part in parts) + f".{after}")
