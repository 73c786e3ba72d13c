"""The way from one report to another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.exports.reports.kinds import FIGURES, KINDS, PAPERS


def report_menu(request, current, *, today):
    """The reports that one may read, under their two headings; coverage, with an address of its own, comes first."""
    coverage = {"label": _("Coverage"), "url": reverse("programmes:reports"), "current": current == "tackning"}
    entries = {FIGURES: [coverage], PAPERS: []}
    for kind in KINDS.values():
        if kind.is_for(request.user, request.municipality, on=today):
            url = reverse("programmes:report", args=[kind.slug])
            entries[kind.group].append({"label": kind.name, "url": url, "current": kind.slug == current})
    headings = {FIGURES: _("Figures"), PAPERS: _("Papers for plans and the law")}
    return [{"heading": headings[group], "entries": rows} for group, rows in entries.items() if rows]
