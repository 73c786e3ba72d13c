"""The way from one report to another, and to what a person has saved of them."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from programmes import rules
from programmes.exports.reports.kinds import FIGURES, KINDS, PAPERS
from programmes.models import SavedReport

COVERAGE, FIELD = "tackning", "rapport"


def report_menu(request, current, *, today):
    """The reports that one may read, under their two headings; coverage, with an address of its own, comes first."""
    coverage = {"label": _("Coverage"), "url": reverse("programmes:reports"), "current": current == COVERAGE}
    entries = {FIGURES: [coverage], PAPERS: []}
    for kind in KINDS.values():
        if kind.is_for(request.user, request.municipality, on=today):
            url = reverse("programmes:report", args=[kind.slug])
            entries[kind.group].append({"label": kind.name, "url": url, "current": kind.slug == current})
    headings = {FIGURES: _("Figures"), PAPERS: _("Papers for plans and the law")}
    return [{"heading": headings[group], "entries": rows} for group, rows in entries.items() if rows]


def saved_reports(request, *, today):
    """The person's own selections of reports that the person may read today, with their addresses."""
    rows = SavedReport.objects.of(request.user, request.municipality)
    return [
        {"saved": row, "url": address_of(row.kind, row.query)}
        for row in rows
        if may_read(request, row.kind, today=today)
    ]


def save_url(slug, form):
    """Where a selection is given a name."""
    return f"{reverse('programmes:saved_report_add')}?{urlencode({FIELD: slug, **form.data})}"


def address_of(slug, query):
    """Where a selection is shown; whoever is given the address sees what the own rights allow."""
    address = reverse("programmes:reports") if slug == COVERAGE else reverse("programmes:report", args=[slug])
    return f"{address}?{query}" if query else address


def may_read(request, slug, *, today):
    if slug == COVERAGE:
        return rules.can_read_reports(request.user, request.municipality, on=today)
    return slug in KINDS and KINDS[slug].is_for(request.user, request.municipality, on=today)
