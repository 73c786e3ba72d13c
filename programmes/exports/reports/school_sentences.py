"""A school's year in sentences, ready to be put into its own plan; every number is one of the report's."""

from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _, ngettext

from curriculum.models import Programme
from programmes.enums import NotHeldReason
from programmes.models import CauseAnalysis, ProgrammeTarget, SelfAssessment
from programmes.models.mentors import PROGRAMME as MVP
from programmes.reports.outcomes import Outcomes, by_session
from programmes.reports.school_work import SchoolWork
from programmes.reports.school_years import SchoolYearFacts
from programmes.reports.self_assessments import to_do, trend_of

Told = Sequence[tuple[Programme, Outcomes]]


def paragraphs(sentences: Iterable[str]) -> str:
    """Each on a paragraph of its own; what is empty is left out."""
    return "\n\n".join(sentence for sentence in sentences if sentence)


def planned_sentences(outcomes: Told) -> list[str]:
    """What was planned in each programme, session by session, with how many classes."""
    return [
        ngettext(
            "In %(programme)s, %(count)s session was planned: %(titles)s.",
            "In %(programme)s, %(count)s sessions were planned: %(titles)s.",
            found.planned,
        )
        % {"programme": programme.name, "count": found.planned, "titles": _titles(programme, found)}
        for programme, found in outcomes
        if found.planned
    ]


def target_sentence(target: ProgrammeTarget) -> str:
    """What the municipality asks of a school's staff in a school year."""
    return _("The staff's target was %(sessions)s staff sessions and %(meetings)s APT.") % {
        "sessions": target.staff_sessions_per_year,
        "meetings": target.workplace_meetings_per_year,
    }


def held_sentences(outcomes: Told) -> list[str]:
    """How many of the expected sessions were held, and what was held besides."""
    sentences = []
    for programme, found in outcomes:
        words = {"programme": programme.name, "held": found.held, "expected": found.expected, "count": found.besides}
        told = []
        if found.expected:
            told.append(_("In %(programme)s, %(held)s of %(expected)s sessions were held.") % words)
        if found.besides:
            told.append(
                ngettext(
                    "In %(programme)s, %(count)s session was held besides the plan.",
                    "In %(programme)s, %(count)s sessions were held besides the plan.",
                    found.besides,
                )
                % words
            )
        sentences.append(" ".join(told))
    return sentences


def work_sentences(work: SchoolWork) -> list[str]:
    """What the staff and the parents did, in head-counts; what was not done is not told here."""
    staff = [
        ngettext("%(count)s staff session", "%(count)s staff sessions", work.staff_sessions),
        ngettext("%(count)s APT", "%(count)s APT", work.workplace_meetings),
        ngettext("%(count)s training or exchange", "%(count)s trainings or exchanges", work.trainings),
    ]
    counts = (work.staff_sessions, work.workplace_meetings, work.trainings)
    held = [words % {"count": count} for words, count in zip(staff, counts, strict=True) if count]
    sentences = [_("The staff had %(what)s.") % {"what": get_text_list(held, _("and"))} if held else ""]
    if work.parent_meetings:
        sentences.append(
            ngettext(
                "%(count)s parent meeting was held, with %(parents)s parents in all.",
                "%(count)s parent meetings were held, with %(parents)s parents in all.",
                work.parent_meetings,
            )
            % {"count": work.parent_meetings, "parents": work.parents_at_meetings}
        )
    if work.groups_started:
        sentences.append(started_words(work))
    if work.course_participants:
        sentences.append(
            ngettext(
                "%(count)s of the staff took part in the municipality's courses.",
                "%(count)s of the staff took part in the municipality's courses.",
                work.course_participants,
            )
            % {"count": work.course_participants}
        )
    return sentences


def started_words(work: SchoolWork) -> str:
    """How many ABC groups started, and with how many parents."""
    return ngettext(
        "%(count)s ABC group started, with %(parents)s parents.",
        "%(count)s ABC groups started, with %(parents)s parents.",
        work.groups_started,
    ) % {"count": work.groups_started, "parents": work.parents_started}


def not_held_sentences(outcomes: Told) -> list[str]:
    """What was not held, and why; and what nobody has reported, which is neither held nor not held."""
    sentences = []
    for programme, found in outcomes:
        words = {"programme": programme.name, "count": found.not_held, "reasons": reason_words(found)}
        if found.not_held:
            sentences.append(
                ngettext(
                    "In %(programme)s, %(count)s session was not held: %(reasons)s.",
                    "In %(programme)s, %(count)s sessions were not held: %(reasons)s.",
                    found.not_held,
                )
                % words
            )
        if found.not_reported:
            sentences.append(
                ngettext(
                    "In %(programme)s, %(count)s session is not reported. It cannot be said whether it was held.",
                    "In %(programme)s, %(count)s sessions are not reported. It cannot be said whether they were held.",
                    found.not_reported,
                )
                % (words | {"count": found.not_reported})
            )
    expected = any(found.expected for _programme, found in outcomes)
    return sentences or ([_("Every session that was planned was held.")] if expected else [])


def short_of_target(work: SchoolWork, target: ProgrammeTarget) -> str:
    """How far the staff were from what the municipality asks; empty when they reached it."""
    sessions = max(target.staff_sessions_per_year - work.staff_sessions, 0)
    meetings = max(target.workplace_meetings_per_year - work.workplace_meetings, 0)
    short = [
        ngettext("%(count)s staff session", "%(count)s staff sessions", sessions) % {"count": sessions}
        if sessions
        else "",
        ngettext("%(count)s APT", "%(count)s APT", meetings) % {"count": meetings} if meetings else "",
    ]
    missing = [words for words in short if words]
    return _("The staff were %(what)s from the target.") % {"what": get_text_list(missing, _("and"))} if missing else ""


def decision_sentence(analysis: CauseAnalysis) -> str:
    """What was decided, with who follows it up and by when."""
    return _("%(action)s Followed up by %(who)s, at the latest %(day)s.") % {
        "action": full_sentence(analysis.action),
        "who": analysis.follow_up_by,
        "day": date_format(analysis.follow_up_date, "j F Y"),
    }


def assessment_sentence(assessments: Iterable[SelfAssessment]) -> str:
    """The school's own judgement, term by term; empty when it made none."""
    terms = [
        _("%(term)s %(total)s of %(most)s") % {"term": row.assessment.label, "total": row.total, "most": row.most}
        for row in trend_of(assessments)
    ]
    return _("The school's self-assessment: %(terms)s.") % {"terms": ", ".join(terms)} if terms else ""


def to_do_sentences(assessment: SelfAssessment) -> list[str]:
    """What the school has written that it will do about the things that are not in place."""
    sentences = []
    for item, row in to_do(assessment):
        if row.action:
            when = [row.responsible, date_format(row.due_date, "j F Y") if row.due_date else ""]
            who = ", ".join(part for part in when if part)
            sentences.append(f"{item.title}: {row.action}" + (f" ({who})." if who else "."))
    return sentences


def rounds_sentence(facts: SchoolYearFacts) -> str:
    """In which terms every class's trygg bas was gone through and the round closed."""
    terms = [row.label for row in facts.rounds]
    if not terms:
        return _("No check round of trygg bas was closed.")
    return _("Trygg bas was gone through in %(terms)s.") % {"terms": get_text_list(terms, _("and"))}


def reason_words(outcomes: Outcomes) -> str:
    """Why sessions were not held, the most common first: `illness 2, no room 1`."""
    return counted_reasons(outcomes.reasons)


def counted_reasons(reasons: Iterable[tuple[str, int]]) -> str:
    """Reasons in words, each with its number."""
    return ", ".join(f"{_reason(reason)} {count}" for reason, count in reasons)


def full_sentence(text: str) -> str:
    """What somebody has written, with a full stop at its end."""
    tidy = text.strip()
    return tidy if tidy.endswith((".", "!", "?")) else f"{tidy}."


def _reason(reason: str) -> str:
    return str(NotHeldReason(reason).label if reason else _("no reason given"))


def _titles(programme: Programme, outcomes: Outcomes) -> str:
    titles = []
    for session, found in by_session(outcomes.rows):
        if not found.planned:
            continue
        classes = (
            ngettext("%(count)s group", "%(count)s groups", found.planned)
            if programme.code == MVP
            else ngettext("%(count)s class", "%(count)s classes", found.planned)
        )
        titles.append(f"{session.title} ({classes % {'count': found.planned}})")
    return get_text_list(titles, _("and"))
