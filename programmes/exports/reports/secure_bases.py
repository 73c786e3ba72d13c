"""Trygg bas above the school: shares of each term's check round, small numbers hidden; no class and no list is told."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

from programmes.exports.charts import Bar, Bars, bar_of_share
from programmes.exports.findings import Finding
from programmes.exports.reports.report import Report, Section
from programmes.exports.reports.scope import Scope
from programmes.exports.session_columns import SCHOOL
from programmes.exports.suppression_words import mark_words, profile_words
from programmes.exports.tables import NO_DENOMINATOR, Column, Row, Table
from programmes.exports.words import percent_words
from programmes.models import CheckRound
from programmes.reports.secure_base_shares import Share, Shares, secure_base_shares
from programmes.reports.suppression import HIDDEN, NEAR_ALL, profile_of

AREA = Column("area", pgettext_lazy("column", "Area"), "text", 22, gettext_lazy("The sum of the area's schools."))
ROUND = Column(
    "check_round",
    pgettext_lazy("column", "Check round"),
    "text",
    16,
    gettext_lazy("Whether the school's round of the term is open, and else when it was closed."),
)
PUPILS = Column(
    "pupils_on_lists",
    pgettext_lazy("column", "Pupils on the lists"),
    "integer",
    12,
    gettext_lazy("Pupils on the classes' lists. Empty: the school has had no round."),
)
COVERED = Column(
    "covered",
    pgettext_lazy("column", "Has a secure adult"),
    "integer",
    12,
    gettext_lazy("Pupils with at least one active adult, by their own word or by the adults'."),
)
COVERED_SHARE = Column(
    "covered_share",
    pgettext_lazy("column", "Has a secure adult, share"),
    "percent",
    12,
    gettext_lazy("Pupils with a secure adult, as a share of the pupils on the lists."),
    short=pgettext_lazy("column", "Has a secure adult"),
)
ASKED = Column(
    "asked", pgettext_lazy("column", "Pupils asked"), "integer", 12, gettext_lazy("Pupils who have been asked.")
)
NOBODY = Column(
    "named_nobody",
    pgettext_lazy("column", "Named nobody"),
    "integer",
    12,
    gettext_lazy("Of those asked, pupils who named nobody."),
)
NOBODY_SHARE = Column(
    "named_nobody_share",
    pgettext_lazy("column", "Named nobody, share"),
    "percent",
    12,
    gettext_lazy("Pupils who named nobody, as a share of those asked."),
    short=pgettext_lazy("column", "Named nobody"),
)
DIFFER = Column(
    "words_differ",
    pgettext_lazy("column", "The words differ"),
    "integer",
    12,
    gettext_lazy("Of those asked, pupils for whom the adults name somebody and the pupil nobody of these."),
)
DIFFER_SHARE = Column(
    "words_differ_share",
    pgettext_lazy("column", "The words differ, share"),
    "percent",
    12,
    gettext_lazy("Pupils whose word and the adults' differ, as a share of those asked."),
    short=pgettext_lazy("column", "The words differ"),
)
LOAD = Column(
    "pupils_per_adult",
    pgettext_lazy("column", "Pupils per adult"),
    "decimal",
    12,
    gettext_lazy("How many pupils turn to each adult whom somebody turns to, as a mean, when the round was closed."),
)
FIGURES = (PUPILS, COVERED, COVERED_SHARE, ASKED, NOBODY, NOBODY_SHARE, DIFFER, DIFFER_SHARE, LOAD)
ON_PAGE = (PUPILS, COVERED_SHARE, ASKED, NOBODY_SHARE, DIFFER_SHARE, LOAD)


def secure_bases(scope: Scope) -> Report:
    """A term's shares by school and area. The marks are decided once for the whole municipality, whatever is asked for.

    Source: measures, "Trygg bas", and docs/adr-0005-suppression.md.
    """
    profile = profile_of(scope.municipality, "internal")
    shares = secure_base_shares(
        municipality=scope.municipality, period=scope.period, profile=profile, today=scope.today
    )
    schools, sums = _asked_for(scope, shares)
    has_rounds = any(row.round for row in schools)
    return Report(
        title=_("Secure base, %(period)s") % {"period": scope.period.label},
        finding=_finding(scope, shares, schools, sums[-1]),
        profile=profile_words(profile).rstrip("."),
        sections=[
            Section(
                heading=_("Schools"),
                about=_still_going_on(shares),
                bars=Bars(_("Has a secure adult, by school"), [_bar(row) for row in schools if row.round])
                if shares.is_told
                else None,
                table=Table(
                    name=pgettext("sheet", "Schools"),
                    title=_("Secure base by school"),
                    columns=(SCHOOL, ROUND, *FIGURES),
                    rows=[[row.school.name, _round(row.round), *_figures(row)] for row in schools if row.school]
                    if has_rounds
                    else [],
                    total=[_("Together"), None, *_figures(sums[-1])] if not scope.school else None,
                ),
                shown=[column.key for column in (SCHOOL, ROUND, *ON_PAGE)],
            ),
            Section(
                heading=_("Areas"),
                nothing=_("No area is told of here."),
                table=Table(
                    name=pgettext("sheet", "Areas"),
                    title=_("Secure base by area"),
                    columns=(AREA, *FIGURES),
                    rows=[[row.area.name, *_figures(row)] for row in sums if row.area] if has_rounds else [],
                ),
                shown=[column.key for column in (AREA, *ON_PAGE)],
            ),
        ],
        words=mark_words(profile),
        nothing=_("No school here has had a check round this term"),
        way_on=_("Choose another term, area or school."),
    )


def _asked_for(scope: Scope, shares: Shares) -> tuple[Sequence[Share], Sequence[Share]]:
    """The schools, and the sums over them, the widest last."""
    if scope.school:
        alone = shares.of_school(scope.school)
        return alone, alone
    if scope.area:
        *schools, area = shares.of_area(scope.area)
        return schools, [area]
    return shares.schools, [*shares.areas, shares.total]


def _round(check_round: CheckRound | None) -> str:
    if check_round is None:
        return pgettext("check round", "none")
    if check_round.closed_date is None:
        return pgettext("check round", "open")
    return _("closed %(day)s") % {"day": date_format(check_round.closed_date, "j F")}


def _figures(row: Share) -> Row:
    covered = row.without.complement
    shown = (row.pupils, covered.count, covered.share, row.asked, row.nobody.count, row.nobody.share)
    return [*shown, row.differ.count, row.differ.share, row.load]


def _bar(row: Share) -> Bar:
    share = row.without.complement.share
    name = row.school.name if row.school else ""
    return (
        bar_of_share(name, share, percent_words(share)) if isinstance(share, float) else bar_of_share(name, None, share)
    )


def _still_going_on(shares: Shares) -> str:
    if shares.is_told:
        return ""
    return _(
        "%(term)s is still going on. Until it is over, the table tells how far the rounds have come; the shares are "
        "told after %(day)s, from the rounds that have been closed by then."
    ) % {"term": shares.period.label, "day": date_format(shares.period.last_day, "j F Y")}


def _finding(scope: Scope, shares: Shares, schools: Sequence[Share], total: Share) -> Finding:
    period, begun = scope.period_words, [row for row in schools if row.round]
    rounds = ngettext(
        "%(begun)s of %(schools)s school has had a check round.",
        "%(begun)s of %(schools)s schools have had a check round.",
        len(schools),
    ) % {"begun": len(begun), "schools": len(schools)}
    if not shares.is_told or not begun:
        asked = sum(row.asked or 0 for row in begun)
        lead = _("%(period)s: %(asked)s pupils have been asked so far") % {"period": period, "asked": asked}
        return Finding(lead if begun else _("%(period)s: no check round") % {"period": period}, f". {rounds}")
    return Finding(f"{period}: {_share_words(total.without.complement.share)}", f". {rounds}")


def _share_words(share: float | str) -> str:
    if isinstance(share, float):
        return _("%(share)s of the pupils have a secure adult at school") % {"share": percent_words(share)}
    if share == NEAR_ALL:
        return _("nearly all pupils have a secure adult at school")
    if share == NO_DENOMINATOR:
        return _("no round was closed within the term")
    if share == HIDDEN:
        return _("the share with a secure adult is hidden, since the numbers are small")
    return _("nearly no pupils have a secure adult at school")
