"""Import and export in Django's admin: the library's steps with our formats, our preview of every row and our trace.

The library writes the file that was sent to a temporary folder, personal numbers and all, and shows rows with them;
here the cells are kept as the wizard keeps them. See docs/adr-0011.
"""

import io
import logging

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.results import RowResult

from programmes.actions.events import log_event, log_export
from programmes.admin.formats import Semicolons, Workbook
from programmes.enums import EventKind, ImportResult
from programmes.forms.register_files import RegisterExportForm, RegisterImportForm
from programmes.imports.cells import SheetError, as_text
from programmes.imports.drafts import kept_sheets
from programmes.imports.resources import PreviewedResource
from programmes.imports.sheets import open_sheets
from programmes.models import RegisterFile

logger = logging.getLogger(__name__)

RESULTS = {
    RowResult.IMPORT_TYPE_NEW: ImportResult.NEW,
    RowResult.IMPORT_TYPE_UPDATE: ImportResult.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: ImportResult.UNCHANGED,
    RowResult.IMPORT_TYPE_INVALID: ImportResult.ERROR,
    RowResult.IMPORT_TYPE_ERROR: ImportResult.ERROR,
}


class ExchangeMixin(ImportExportMixin):
    """A register that can be taken out as a file, changed, and taken in again, for the municipality of the address."""

    formats = [Workbook, Semicolons]
    import_export_change_list_template = "admin/exchange_list.html"
    import_form_class = RegisterImportForm
    export_form_class = RegisterExportForm
    import_template_name = "admin/exchange_import.html"
    export_template_name = "admin/exchange_export.html"
    municipality_lookup = "municipality"

    @property
    def register(self):
        """What the register is called in the event log, and where a file for it is kept."""
        return self.model._meta.model_name

    @property
    def columns(self):
        return self.resource_classes[0].columns

    def has_import_permission(self, request):
        may = self.has_add_permission(request) and self.has_change_permission(request)
        return bool(may and request.municipality)

    def has_export_permission(self, request):
        return bool(self.has_view_permission(request) and request.municipality)

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {"municipality": request.municipality}

    # Out

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).filter(**{self.municipality_lookup: request.municipality})

    def get_export_data(self, file_format, request, queryset, **kwargs):
        if not self.has_export_permission(request):
            raise PermissionDenied
        data = self.get_data_for_export(request, queryset, **kwargs)
        file_format.columns = self.columns
        name = capfirst(str(self.opts.verbose_name_plural))
        file_format.scope = {"name": name, "municipality": request.municipality, "now": timezone.now()}
        content = file_format.export_data(data)
        log_export(
            actor=request.user,
            municipality=request.municipality,
            what=self.register,
            file_format=file_format.extension,
            selection=file_format.stamp.selection,
            profile=file_format.stamp.profile,
            export_id=file_format.stamp.export_id,
            stream=io.BytesIO(content),
        )
        return content

    def init_request_context_data(self, request, form):
        title = _("Export %(register)s") % {"register": self.opts.verbose_name_plural}
        return {**super().init_request_context_data(request, form), "title": title}

    def get_export_filename(self, request, queryset, file_format):
        return f"{slugify(self.opts.verbose_name_plural)}-{timezone.localdate()}.{file_format.get_extension()}"

    # In

    def import_action(self, request, **kwargs):
        """Look at a file: what every row would become. Nothing is saved but the cells of a file without errors."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_import_form(request)
        context = {}
        if request.method == "POST" and form.is_valid():
            try:
                sheets = kept_sheets(open_sheets(form.cleaned_data["import_file"], columns=self.columns))
                context = self._looked_at(request, sheets)
            except SheetError as error:
                form.add_error("import_file", str(error))
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Import %(register)s") % {"register": self.opts.verbose_name_plural},
            "form": form,
            "opts": self.opts,
            "headings": ", ".join(self.columns.headings.values()),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.import_template_name, context)

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """Take in a file that has been looked at, once, and forget its cells."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        mine = {"owner": request.user, "municipality": request.municipality, "register": self.register}
        with transaction.atomic():
            pk = request.POST.get("file", "")
            rows = RegisterFile.objects.select_for_update(of=("self",))
            file = get_object_or_404(rows, pk=pk if pk.isdecimal() else 0, **mine)
            dataset = Workbook(columns=self.columns).create_dataset(file.sheets)
            resource = self.resource_classes[0](**self.get_import_resource_kwargs(request))
            result = resource.import_data(
                dataset, rollback_on_validation_errors=True, retain_instance_in_row_result=True, user=request.user
            )
            file.delete()
            if not (result.has_errors() or result.has_validation_errors()):
                self._leave_trace(request, resource, result)
                return self.process_result(result, request)
        messages.error(request, _("Nothing was imported: the register has changed meanwhile. Send the file again."))
        return HttpResponseRedirect(reverse(admin_urlname(self.opts, "import")))

    def generate_log_entries(self, result, request):
        """In Django's own history too, where the library knows which row of the register each row became."""
        if all(row.instance for row in result if row.import_type != RowResult.IMPORT_TYPE_SKIP):
            super().generate_log_entries(result, request)

    def add_success_message(self, result, request):
        counts = {"new": result.totals[RowResult.IMPORT_TYPE_NEW], "changed": result.totals["update"]}
        messages.success(request, _("Imported: %(new)s new and %(changed)s changed.") % counts)

    def _looked_at(self, request, sheets):
        dataset = Workbook(columns=self.columns).create_dataset(sheets)
        resource = self.resource_classes[0](**self.get_import_resource_kwargs(request))
        result = resource.import_data(dataset, dry_run=True, user=request.user)
        rows = _shown(resource, dataset, result)
        refused = sum(row["result"] == ImportResult.ERROR for row in rows)
        file = None
        if not refused and any(row["result"] != ImportResult.UNCHANGED for row in rows):
            mine = {"owner": request.user, "municipality": request.municipality, "register": self.register}
            RegisterFile.objects.filter(**mine).delete()
            file = RegisterFile.objects.create(sheets=sheets, **mine)
        return {
            "rows": rows,
            "columns": dataset.headers,
            "skipped_sheets": dataset.reading.skipped_sheets,
            "unread_columns": dataset.reading.unread_columns,
            "refused": refused,
            "file": file,
        }

    def _leave_trace(self, request, resource, result):
        if isinstance(resource, PreviewedResource):
            return  # the action has
        log_event(
            kind=EventKind.IMPORTED,
            actor=request.user,
            municipality=request.municipality,
            about={
                "what": self.register,
                "created": result.totals[RowResult.IMPORT_TYPE_NEW],
                "changed": result.totals[RowResult.IMPORT_TYPE_UPDATE],
                "refused": 0,
            },
        )


def _shown(resource, dataset, result):
    """Every row with its number in Excel, its result, what it says and why; one with a personal number says nothing."""
    several_sheets = len({row.sheet for row in dataset.reading.rows}) > 1
    previewed = resource.preview.rows if isinstance(resource, PreviewedResource) else [None] * len(dataset)
    return [
        {
            "number": f"{row.sheet} · {row.number}" if several_sheets else row.number,
            "result": RESULTS[became.import_type],
            "cells": [as_text(cell) for cell in cells],
            "reason": preview.reason if preview else _reason(resource, became),
        }
        for row, cells, became, preview in zip(dataset.reading.rows, dataset, result, previewed, strict=True)
    ]


def _reason(resource, became):
    """What is wrong with a row, or what it changes, such as `Elevpass per läsår 8 → 10.`"""
    if became.validation_error:
        return " ".join(_sentences(resource, became.validation_error))
    if became.errors:
        return " ".join(_said(error.error) for error in became.errors)
    if not became.is_update():
        return ""
    pairs = [
        (field.column_name, field.export(became.original), field.export(became.instance))
        for field in resource.get_import_fields()
    ]
    return " ".join(f"{name} {_word(old)} → {_word(new)}." for name, old, new in pairs if old != new)


def _sentences(resource, error):
    """What the model or a cell says, with the column before it where a column is meant."""
    if not hasattr(error, "error_dict"):
        return error.messages
    names = {field.attribute: field.column_name for field in resource.get_import_fields()}
    return [
        f"{names[attribute]}: {message}" if attribute in names else message
        for attribute, found in error.message_dict.items()
        for message in found
    ]


def _said(error):
    """A row's own sentence; of an error of ours the kind alone is logged, as its text may repeat the row."""
    if isinstance(error, ValueError | ValidationError):
        return str(error)
    logger.error("A row of a register could not be imported: %s", type(error).__name__)
    return _("The row cannot be read.")


def _word(value):
    return "–" if value in (None, "") else str(value)
