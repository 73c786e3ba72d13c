"""MVP: the mentors of each school, step by step, and the supervision that they have had."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope, school_keys
from programmes.exports.session_columns import AREA, SCHOOL
from programmes.exports.tables import NO_DENOMINATOR, Column, Row, Table, or_no_denominator
from programmes.exports.words import part_words
from programmes.models import MentorCohort
from programmes.reports.cohorts import MentorsReport, SchoolMentors, mentors_report

APPLIED = Column(
    "applied",
    pgettext_lazy("column", "Applied"),
    "integer",
    10,
    gettext_lazy("Pupils who applied to become mentors. A full stop: nobody wrote it down."),
)
CHOSEN = Column(
    "chosen",
    pgettext_lazy("column", "Chosen"),
    "integer",
    10,
    gettext_lazy("Mentors who were chosen, those who have left since included."),
)
TRAINED = Column(
    "trained",
    pgettext_lazy("column", "Trained"),
    "integer",
    10,
    gettext_lazy("Mentors who came as far as their training, those who have left since included."),
)
ACTIVE = Column("active", pgettext_lazy("column", "Active"), "integer", 10, gettext_lazy("Mentors today."))
LEFT = Column(
    "left",
    pgettext_lazy("column", "Left"),
    "integer",
    10,
    gettext_lazy("Mentors who have left. Why is in no report."),
)
SUPERVISION_PLANNED = Column(
    "supervision_due",
    pgettext_lazy("column", "Supervision planned"),
    "integer",
    12,
    gettext_lazy("Supervision planned in the period whose day has been."),
)
SUPERVISION_HELD = Column(
    "supervision_held",
    pgettext_lazy("column", "Supervision held"),
    "integer",
    12,
    gettext_lazy("How much of it was held."),
)
SUPERVISION_RATE = Column(
    "supervision_rate",
    pgettext_lazy("column", "Supervision, share"),
    "percent",
    12,
    gettext_lazy("Supervision held, as a share of the planned whose day has been."),
    short=pgettext_lazy("column", "Supervision"),
)
ATTENDANCE = Column(
    "mentor_attendance",
    pgettext_lazy("column", "Mentors present"),
    "percent",
    12,
    gettext_lazy(
        "Mentors present at supervision, as a share of those who were mentors on the day: a sum over a sum, never a "
        "mean of shares."
    ),
)
TRAININGS = Column(
    "trainings",
    pgettext_lazy("column", "Trainings"),
    "integer",
    10,
    gettext_lazy("Trainings of mentors held in the period."),
)
GATHERINGS = Column(
    "gatherings",
    pgettext_lazy("column", "Gatherings"),
    "integer",
    10,
    gettext_lazy("Other gatherings of mentors held in the period."),
)
KEY_PERSONS = Column(
    "key_persons",
    pgettext_lazy("column", "Key persons"),
    "integer",
    10,
    gettext_lazy("Key persons at the trainings; somebody who came twice counts twice."),
)
COLUMNS = (
    APPLIED,
    CHOSEN,
    TRAINED,
    ACTIVE,
    LEFT,
    SUPERVISION_PLANNED,
    SUPERVISION_HELD,
    SUPERVISION_RATE,
    ATTENDANCE,
    TRAININGS,
    GATHERINGS,
    KEY_PERSONS,
)
ON_PAGE = (SCHOOL, APPLIED, CHOSEN, TRAINED, ACTIVE, LEFT, SUPERVISION_RATE, ATTENDANCE)


def mentors(scope: Scope) -> Report:
    """The cohorts of the period's school years, by school: head-counts of mentors as they stand today.

    Supervision, trainings and gatherings are those of the period. Source: measures, "MVP".
    """
    cohorts = MentorCohort.objects.filter(school__in=scope.schools.order_by().values("pk"))
    found = mentors_report(cohorts, period=scope.period, today=scope.today)
    return Report(
        title=_("The mentors in MVP, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, found),
        profile=NOTHING_HIDDEN,
        sections=[
            Section(
                heading=_("Schools"),
                bars=Bars(_("Supervision held of planned, by school"), [_bar(row) for row in found.schools]),
                table=Table(
                    name=pgettext("sheet", "Schools"),
                    title=_("The mentors by school"),
                    columns=(AREA, SCHOOL, *COLUMNS),
                    rows=[[*school_keys(row.school), *_row(row)] for row in found.schools if row.school],
                    total=[None, _("Together"), *_row(found.total)] if found.total else None,
                ),
                shown=[column.key for column in ON_PAGE],
            ),
            _organisations(found),
        ],
        nothing=_("No school has mentors in this selection"),
        way_on=_("Choose another period, area or school."),
    )


def _organisations(found: MentorsReport) -> Section:
    rows = found.total.key_persons_by_organisation if found.total else []
    return Section(
        heading=_("Key persons at the trainings"),
        nothing=_("No key person has been at a training in the period."),
        table=Table(
            name=pgettext("sheet", "Key persons"),
            title=_("Key persons by organisation"),
            columns=(
                Column("organisation", _("Organisation"), "text", 28, _("Where the key persons come from.")),
                KEY_PERSONS,
            ),
            rows=[[str(capfirst(organisation.label)), people] for organisation, people in rows],
        ),
    )


def _row(row: SchoolMentors) -> Row:
    figures = row.figures
    return [
        NO_DENOMINATOR if figures.applied is None else figures.applied,
        figures.chosen,
        figures.trained,
        figures.active,
        figures.left,
        figures.supervision_due,
        figures.supervision_held,
        or_no_denominator(figures.supervision_rate),
        or_no_denominator(figures.attendance),
        row.trainings,
        row.gatherings,
        row.key_persons.total(),
    ]


def _bar(row: SchoolMentors) -> Bar:
    figures = row.figures
    return bar_of_share(
        row.school.name if row.school else "",
        figures.supervision_rate,
        part_words(figures.supervision_held, figures.supervision_due),
    )


def _finding(scope: Scope, found: MentorsReport) -> Finding:
    if found.total is None:
        return Finding(_("%(period)s: no mentors") % {"period": scope.period_words}, ".")
    figures, schools = found.total.figures, len(found.schools)
    lead = ngettext(
        "%(period)s: %(active)s mentor is active",
        "%(period)s: %(active)s mentors are active",
        figures.active,
    ) % {"period": scope.period_words, "active": figures.active}
    at = ngettext("at %(count)s school", "at %(count)s schools", schools) % {"count": schools}
    if not figures.supervision_due:
        return Finding(f"{lead} {at}", ". " + _("No supervision has been planned so far."))
    rest = ngettext(
        "%(held)s of %(due)s planned supervision is held.",
        "%(held)s of %(due)s planned supervisions are held.",
        figures.supervision_due,
    ) % {"held": figures.supervision_held, "due": figures.supervision_due}
    return Finding(f"{lead} {at}", f". {rest}")
