"""Person-hours: what those who lead have given, by role, organisation, programme and area of the agreement."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from curriculum.models import Programme
from programmes.enums import AgreementArea, LeaderRole, Organisation
from programmes.exports.charts import Bars, bars_of_counts
from programmes.exports.findings import Finding
from programmes.exports.reports.report import NOTHING_HIDDEN, Report, Section
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import NO_DENOMINATOR, Column, Table, Text, or_no_denominator
from programmes.exports.words import hours_words
from programmes.models import Partner, StaffMeeting
from programmes.reports.person_hours import Hours, PersonHours, person_hours

HOURS = Column(
    "person_hours",
    pgettext_lazy("column", "Person-hours"),
    "decimal",
    12,
    gettext_lazy(
        "The minutes of what was held, added for each who led it, divided by 60: two who lead 40 minutes together give "
        "80 minutes."
    ),
)
UNKNOWN = Column(
    "led_without_minutes",
    pgettext_lazy("column", "Without minutes"),
    "integer",
    12,
    gettext_lazy("How many times somebody led what has no minutes; they are in no hours."),
)
ORGANISATION = Column(
    "organisation", pgettext_lazy("column", "Organisation"), "text", 28, gettext_lazy("Where those who led come from.")
)
ROLE = Column(
    "role", pgettext_lazy("column", "Profession"), "text", 28, gettext_lazy("What those who led are by profession.")
)
PROGRAMME = Column(
    "programme", pgettext_lazy("column", "Programme"), "text", 28, gettext_lazy("What they led belongs to it.")
)
AGREEMENT = Column(
    "agreement",
    pgettext_lazy("column", "Area of the agreement"),
    "text",
    28,
    gettext_lazy("The four areas that the municipality and its partners have agreed on."),
)


def hours_given(scope: Scope) -> Report:
    """The hours of those who led sessions, staff meetings and parent groups in the period; nobody is told apart.

    Source: measures, "Person-hours". What has no minutes is counted apart, and never as zero hours.
    """
    hours = person_hours(
        deliveries=scope.deliveries,
        staff_meetings=StaffMeeting.objects.filter(school__in=scope.schools.order_by().values("pk")),
        parent_groups=scope.parent_groups,
        period=scope.period,
    )
    sections = [
        _section(
            _("By organisation"),
            ORGANISATION,
            pgettext("sheet", "Organisations"),
            _by(hours.by_organisation, _organisation),
        ),
        _section(_("By role"), ROLE, pgettext("sheet", "Roles"), _by(hours.by_role, _role)),
        _section(_("By programme"), PROGRAMME, pgettext("sheet", "Programmes"), _by(hours.by_programme, _programmes())),
    ]
    if scope.sees_all and hours.rows:
        sections.append(_agreement(scope, hours))
    return Report(
        title=_("Person-hours, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, hours),
        profile=NOTHING_HIDDEN,
        sections=sections,
        words=[
            (
                _("What is counted"),
                _(
                    "Sessions held, staff meetings held, and meetings of parent groups whose parents have been "
                    "counted. Supervision of mentors has no leaders and is not in it."
                ),
            )
        ],
        nothing=_("Nobody has led anything in this selection"),
        way_on=_("Choose another period, area or school."),
    )


def _by(rows: Sequence[Hours], words_of: Callable[[str], str]) -> list[tuple[str, Hours]]:
    """Rows with their names, as a sentence begins."""
    return [(words[:1].upper() + words[1:], row) for row in rows for words in [words_of(row.key)]]


def _section(
    heading: Text, column: Column, sheet: str, named: Sequence[tuple[str, Hours]], *, about: Text = ""
) -> Section:
    return Section(
        heading=heading,
        about=about,
        bars=Bars(_("Person-hours"), bars_of_counts([(name, row.minutes, _words(row)) for name, row in named])),
        table=Table(
            name=sheet,
            title=heading,
            columns=(column, HOURS, UNKNOWN),
            rows=[[name, or_no_denominator(_known(row)), row.unknown] for name, row in named],
            total=[
                _("Together"),
                sum(row.minutes for _name, row in named) / 60,
                sum(row.unknown for _name, row in named),
            ],
        ),
    )


def _known(row: Hours) -> float | None:
    """Hours; None where somebody led and nothing of it has minutes, which is not the same as none."""
    return None if row.unknown and not row.minutes else row.hours


def _words(row: Hours) -> str:
    known = _known(row)
    return NO_DENOMINATOR if known is None else hours_words(known)


def _agreement(scope: Scope, hours: PersonHours) -> Section:
    """The four areas of the agreement: the hours of their partners."""
    partners = list(Partner.objects.filter(municipality=scope.municipality).order_by("area", "name", "pk"))
    return _section(
        _("By area of the agreement"),
        AGREEMENT,
        pgettext("sheet", "Agreement"),
        _by(hours.by_area(partners), _agreement_area),
        about=_(
            "Hours of the organisations that are partners under Cooperation. The schools' own hours belong to no area, "
            "so the areas add up to less than the whole."
        ),
    )


def _programmes() -> Callable[[str], str]:
    names = dict(Programme.objects.values_list("code", "name"))
    return lambda key: names.get(key, _("no programme"))


def _organisation(key: str) -> str:
    return str(Organisation(key).label)


def _role(key: str) -> str:
    return str(LeaderRole(key).label)


def _agreement_area(key: str) -> str:
    return str(AgreementArea(key).label)


def _finding(scope: Scope, hours: PersonHours) -> Finding:
    if not hours.rows:
        return Finding(_("%(period)s: no person-hours") % {"period": scope.period_words}, ".")
    lead = _("%(period)s: %(hours)s person-hours") % {
        "period": scope.period_words,
        "hours": hours_words(hours.hours),
    }
    most = hours.by_organisation[0]
    rest = _("Most of them, %(hours)s, by %(organisation)s.") % {
        "hours": hours_words(most.hours),
        "organisation": _organisation(most.key),
    }
    unknown = (
        " "
        + ngettext(
            "%(count)s time, what somebody led has no minutes; it is in no hours.",
            "%(count)s times, what somebody led has no minutes; they are in no hours.",
            hours.unknown,
        )
        % {"count": hours.unknown}
        if hours.unknown
        else ""
    )
    return Finding(lead, f". {rest}{unknown}")
