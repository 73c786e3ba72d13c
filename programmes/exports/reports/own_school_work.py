"""What stands after the classes in a school's own report: staff, parents, courses, trygg bas, and what was decided."""

from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from programmes.enums import UnitKind
from programmes.exports.reports.est import NUMBER, WHAT, WORK
from programmes.exports.reports.report import Section
from programmes.exports.reports.school_sentences import (
    assessment_sentence,
    decision_sentence,
    full_sentence,
    paragraphs,
)
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Column, Table, Value, or_no_denominator
from programmes.exports.words import percent_words
from programmes.models import CauseAnalysis, Course, CourseAttendance, Period, ProgrammeTarget, SelfAssessment
from programmes.reports.chain_by_school import chain_by_school
from programmes.reports.courses import UnitFigures, course_figures
from programmes.reports.school_work import SchoolWork
from programmes.reports.secure_base_shares import Share, secure_base_shares
from programmes.reports.suppression import Profile

TARGET = Column(
    "target",
    pgettext_lazy("column", "Target"),
    "integer",
    10,
    gettext_lazy("What the municipality asks for in a school year. Empty: no target, or a shorter period."),
)
COURSE = (
    Column("course", pgettext_lazy("column", "Course"), "text", 36, gettext_lazy("The municipality's course.")),
    Column(
        "participants",
        pgettext_lazy("column", "Participants"),
        "integer",
        12,
        gettext_lazy("Of the school's staff, in occasions that still hold; who came twice counts twice."),
    ),
    Column(
        "staff",
        pgettext_lazy("column", "Staff in all"),
        "integer",
        12,
        gettext_lazy("Written down last. Empty: never."),
    ),
    Column(
        "course_share",
        pgettext_lazy("column", "Share"),
        "percent",
        10,
        gettext_lazy("Participants, no more than the staff, as a share of the staff."),
    ),
)
ROUND_TERM = Column("term", pgettext_lazy("column", "Term"), "text", 10, gettext_lazy("The term of the check round."))
ROUND = Column("round", pgettext_lazy("column", "Check round"), "text", 14, gettext_lazy("Whether it is closed."))
PUPILS = Column("pupils", pgettext_lazy("column", "Pupils"), "integer", 10, gettext_lazy("Pupils on the lists."))
COVERED = Column(
    "covered",
    pgettext_lazy("column", "With a safe adult"),
    "percent",
    12,
    gettext_lazy("Pupils with a safe adult by either word, as a share of the pupils on the lists."),
)
ASKED = Column("asked", pgettext_lazy("column", "Asked"), "integer", 10, gettext_lazy("Pupils who have been asked."))
NOBODY = Column(
    "nobody",
    pgettext_lazy("column", "Named nobody"),
    "percent",
    12,
    gettext_lazy("Of the asked, those who said that they have nobody."),
)
ROUNDS = (ROUND_TERM, ROUND, PUPILS, COVERED, ASKED, NOBODY)


def staff_and_parents(scope: Scope, work: SchoolWork) -> Section:
    """Head-counts of what the staff and the parents did, with the yearly targets where it is a whole school year."""
    assert scope.school is not None
    target = ProgrammeTarget.objects.for_school(scope.school, code="taget") if scope.period.is_school_year else None
    targets = (
        {"staff_sessions": target.staff_sessions_per_year, "workplace_meetings": target.workplace_meetings_per_year}
        if target
        else {}
    )
    return Section(
        heading=_("Staff and parents"),
        about=_about(scope, work),
        table=Table(
            name=pgettext("sheet", "Staff and parents"),
            title=_("Staff and parents"),
            columns=(WHAT, NUMBER, TARGET),
            rows=[[str(column.heading), getattr(work, column.key), targets.get(column.key)] for column in WORK],
        ),
        shown=[column.key for column in (WHAT, NUMBER, TARGET) if targets or column is not TARGET],
    )


def _about(scope: Scope, work: SchoolWork) -> str:
    chain = chain_by_school(scope.schools, period=scope.period, day=scope.day)
    sentences = []
    if chain.total.held:
        sentences.append(
            _("Before %(prepared)s of %(held)s pupil sessions held, the staff had had the theme themselves.")
            % {"prepared": chain.total.prepared, "held": chain.total.held}
        )
    if work.staff:
        sentences.append(
            _("%(share)s of the staff were at the staff sessions.") % {"share": percent_words(work.share_present)}
        )
    return " ".join(sentences)


def courses(scope: Scope) -> Section:
    """How large a share of the school's staff has taken each course, up to the day counted to."""
    assert scope.school is not None
    offered = Course.objects.filter(municipality=scope.municipality, unit_kind=UnitKind.SCHOOL).order_by("name", "pk")
    attended = list(CourseAttendance.objects.filter(school=scope.school).select_related("occasion", "school"))
    rows = [
        (course, course_figures(course, units=[scope.school], attendances=attended, today=scope.day).units[0])
        for course in offered
    ]
    return Section(
        heading=_("Courses"),
        table=Table(
            name=pgettext("sheet", "Courses"),
            title=_("The staff's part in the municipality's courses"),
            columns=COURSE,
            rows=[[_course_name(course), *_course_cells(figures)] for course, figures in rows],
        ),
        nothing=_("The municipality has no course for schools."),
    )


def _course_name(course: Course) -> str:
    return _("%(course)s (mandatory)") % {"course": course.name} if course.is_mandatory else course.name


def _course_cells(figures: UnitFigures) -> list[Value]:
    return [figures.participants, figures.staff, or_no_denominator(figures.share)]


def secure_bases(scope: Scope, profile: Profile) -> Section:
    """The school's shares, hidden as in the whole municipality's table; told when the term is over."""
    assert scope.school is not None
    terms = _terms(scope.period)
    shares = [
        (term, row, found.is_told)
        for term in terms
        for found in [
            secure_base_shares(municipality=scope.municipality, period=term, profile=profile, today=scope.today)
        ]
        for row in found.of_school(scope.school)
    ]
    waits = [term.label for term, _row, is_told in shares if not is_told]
    return Section(
        heading=_("Secure base"),
        about=_("The shares of %(term)s are told when the term is over.") % {"term": waits[0]} if waits else "",
        table=Table(
            name=pgettext("sheet", "Secure base"),
            title=_("Secure base"),
            columns=ROUNDS,
            rows=[_share_row(term, row) for term, row, _is_told in shares if row.round],
        ),
        nothing=_("No check round of trygg bas was opened."),
    )


def _terms(period: Period) -> list[Period]:
    if not period.is_school_year:
        return [period]
    return [Period.term_of(period.first_day), Period.term_of(period.last_day)]


def _share_row(term: Period, row: Share) -> list[Value]:
    assert row.round is not None
    state = pgettext("check round", "open") if row.round.is_open else pgettext("check round", "closed")
    return [term.label, state, row.pupils, row.without.complement.share, row.asked, row.nobody.share]


def analysis(scope: Scope) -> Section:
    """What the school has made of its year: causes, decision, its own judgement."""
    [start_year] = scope.period.start_years
    written = CauseAnalysis.objects.filter(school=scope.school, start_year=start_year).first()
    assessments = (
        SelfAssessment.objects.filter(school=scope.school, first_day__lte=scope.day)
        .prefetch_related("items")
        .order_by("-first_day")[:4]
    )
    texts = [(_("How the school judges its own work"), assessment_sentence(assessments))]
    if written:
        texts = [
            (_("Why the figures are as they are"), written.analysis),
            (
                _("Decided action"),
                paragraphs([decision_sentence(written), full_sentence(written.outcome) if written.outcome else ""]),
            ),
            *texts,
        ]
    return Section(
        heading=_("Analysis and decided action"),
        about="" if written else _("No cause analysis is written for this school year yet."),
        texts=[(heading, text) for heading, text in texts if text],
    )
