"""A file on its way in: sent, its columns matched, every row looked at, and taken in or thrown away."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes import rules
from programmes.actions.delivery_imports import DeliveryRow
from programmes.actions.imports import ClassRow
from programmes.actions.previews import ImportRefusedError
from programmes.actions.school_imports import SchoolRow
from programmes.enums import ImportKind, ImportResult
from programmes.exports.import_templates import template_xlsx
from programmes.forms.imports import ImportForm
from programmes.imports.cells import SheetError
from programmes.imports.refused import refused_csv
from programmes.imports.wizard import columns_of, fill_draft, import_draft, preview_draft, remembered_headings
from programmes.imports.words import cells_of, headings_of
from programmes.models import ImportDraft
from programmes.views.import_access import FILE_KINDS, columns_url, draft_or_404, draft_url, schools_for
from programmes.views.import_questions import answers_form, choice_form
from programmes.views.import_registers import sources_for

ROWS_ON_A_PAGE = 100
# How the cells of a row are set: head-counts to the right, and what may not be broken.
SHOWN_AS = {
    ImportKind.CLASSES: (ClassRow, ("", "nowrap", "nowrap", "nowrap", "num")),
    ImportKind.DELIVERIES: (DeliveryRow, ("", "nowrap", "", "nowrap", "num", "num")),
    ImportKind.SCHOOLS: (SchoolRow, ("nowrap", "", "nowrap", "nowrap")),
}
TEMPLATE_FIELDS = {
    ImportKind.CLASSES: ("school", "class_name", "grade", "enrolled"),
    ImportKind.DELIVERIES: ("school", "class_name", "session", "date", "present", "group_size", "note"),
}


def import_start(request):
    today = timezone.localdate()
    schools, kinds = _allowed_or_403(request, today=today)
    form = ImportForm(request.POST or None, request.FILES or None, kinds=kinds, schools=schools, today=today)
    if request.method == "POST" and form.is_valid():
        draft = _draft_of(request, form)
        file = form.cleaned_data["file"]
        try:
            one_school = bool(draft.school) or len(schools_for(request, draft.kind, today=today)) == 1
            columns = columns_of(draft.kind, one_school=one_school)
            fill_draft(draft, file, columns=columns, remembered=remembered_headings(draft, columns=columns))
        except SheetError as error:
            form.add_error("file", str(error))
        else:
            draft.save()
            return redirect(draft_url(draft) if draft.headers else columns_url(draft))
    context = {
        "form": form,
        "drafts": ImportDraft.objects.filter(
            owner=request.user, municipality=request.municipality, imported_at__isnull=True
        ).order_by("-started_at"),
        "sources": sources_for(request, today=today),
        "templates": [(kind.label, reverse("programmes:import_template", args=[kind])) for kind in kinds],
        "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("Import")}],
    }
    return render(request, "programmes/imports/start.html", context)


def import_preview(request, pk):
    today = timezone.localdate()
    draft, schools, columns = draft_or_404(request, pk, today=today)
    scope = {"schools": schools, "columns": columns, "today": today}
    refusal = ""
    try:
        if request.method == "POST" and "import" in request.POST and draft.imported_at is None:
            refusal = _import(request, draft, scope)
            if not refusal:
                messages.success(request, _("The file has been imported."))
                return redirect(draft_url(draft))
        preview = preview_draft(draft, **scope)
    except SheetError as error:
        if draft.imported_at is None:
            messages.error(request, str(error))
            return redirect(columns_url(draft))
        preview = None
    asked = {"answers": answers_form(request, draft, preview), "choice": choice_form(request, draft, preview)}
    for form in filter(None, asked.values()):
        if form.is_bound and form.is_valid():
            draft.answers = form.told(draft.answers)
            draft.save(update_fields=["answers"])
            return redirect(draft_url(draft))
    context = {**_shown(request, draft, preview), **asked, "refusal": refusal}
    return render(request, "programmes/imports/preview.html", context)


def _import(request, draft, scope):
    """Take the file in; what is said when it is refused, or nothing."""
    skip_errors = "skip_errors" in request.POST
    try:
        import_draft(draft, **scope, skip_errors=skip_errors, user=request.user, now=timezone.now())
    except ImportRefusedError as error:
        return str(error)
    return ""


def import_refused(request, pk):
    today = timezone.localdate()
    draft, schools, columns = draft_or_404(request, pk, today=today)
    try:
        preview = preview_draft(draft, schools=schools, columns=columns, today=today)
    except SheetError:
        raise Http404 from None
    rows = [row for row in preview.rows if row.result in {ImportResult.ERROR, ImportResult.QUESTION}]
    name = f"avvisade-rader-{slugify(draft.get_kind_display())}.csv"
    return HttpResponse(
        refused_csv(rows, columns=columns, several_sheets=len(draft.headers) > 1),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def import_remove(request, pk):
    draft, _schools, _columns = draft_or_404(request, pk, today=timezone.localdate())
    draft.delete()
    messages.success(request, _("The file is thrown away. Nothing of it was kept."))
    return redirect("programmes:import_start")


def import_template(request, kind):
    _schools, kinds = _allowed_or_403(request, today=timezone.localdate())
    if kind not in kinds:
        raise Http404
    headings = columns_of(kind, one_school=False).headings
    content = template_xlsx(
        [headings[field] for field in TEMPLATE_FIELDS[ImportKind(kind)]],
        sheet=_("Classes") if kind == ImportKind.CLASSES else _("Log"),
    )
    name = "mall-klasslista.xlsx" if kind == ImportKind.CLASSES else "mall-logg.xlsx"
    return HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _allowed_or_403(request, *, today):
    found = {kind: schools_for(request, kind, today=today) for kind in FILE_KINDS}
    kinds = [kind for kind, schools in found.items() if schools]
    if not kinds and not rules.can_keep_registers(request.user, request.municipality, on=today):
        raise PermissionDenied
    schools = {school.pk: school for kind in kinds for school in found[kind]}
    return list(schools.values()), kinds


def _draft_of(request, form):
    return ImportDraft(
        owner=request.user,
        municipality=request.municipality,
        kind=form.cleaned_data["kind"],
        school=form.cleaned_data.get("school"),
        start_year=form.cleaned_data["start_year"],
    )


def _shown(request, draft, preview):
    rows = preview.rows if preview else []
    counts = Counter(row.result for row in rows)
    chosen = request.GET.get("visa", "")
    shown = [row for row in rows if row.result == chosen] if chosen in ImportResult.values else rows
    page = Paginator(shown, ROWS_ON_A_PAGE).get_page(request.GET.get("sida"))
    several_sheets = len(draft.headers) > 1
    address = draft_url(draft)
    row_type, kinds_of_cells = SHOWN_AS[draft.kind]
    return {
        "draft": draft,
        "headings": list(zip(headings_of(row_type), kinds_of_cells, strict=True)),
        "page": page,
        "rows": [
            {
                "number": f"{row.sheet} · {row.number}" if several_sheets else row.number,
                "row": row,
                "cells": list(zip(cells_of(row), kinds_of_cells, strict=True)),
                "words": " · ".join(filter(None, cells_of(row))) or "–",
            }
            for row in page
        ],
        "query": f"visa={chosen}" if chosen else "",
        "tabs": [
            {"label": _("All"), "url": address, "current": not chosen},
            *(
                {
                    "label": f"{result.label} {counts[result]}",
                    "url": f"{address}?visa={result}",
                    "current": chosen == result,
                }
                for result in ImportResult
                if counts[result]
            ),
        ],
        "counts": {result.value: counts[result] for result in ImportResult},
        "refused": counts[ImportResult.ERROR] + counts[ImportResult.QUESTION],
        "taken_in": counts[ImportResult.NEW] + counts[ImportResult.CHANGED],
        "skipped_sheets": preview.skipped_sheets if preview else [],
        "unread_columns": preview.unread_columns if preview else [],
        "columns_url": columns_url(draft),
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Import"), "url": reverse("programmes:import_start")},
            {"label": draft.get_kind_display().capitalize()},
        ],
    }
