"""The columns of a file on its way in: which sheets are read, where the headings stand, and what each one means."""

from itertools import islice

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.drafts import remember_headings
from programmes.forms.imports import HeaderForm
from programmes.imports.cells import as_text
from programmes.imports.drafts import kept_headers, opened_headers, opened_sheets
from programmes.imports.sheets import HEADER_WITHIN_ROWS, Header, fields_of, likeliest_header, loosely
from programmes.imports.wizard import remembered_headings
from programmes.views.import_access import draft_or_404, draft_url

LONGEST_SHOWN = 40
EXAMPLES = 3


def import_columns(request, pk):
    today = timezone.localdate()
    draft, _schools, columns = draft_or_404(request, pk, today=today)
    if draft.imported_at or draft.is_fetched:
        return redirect(draft_url(draft))
    sheets = [
        (place, sheet) for place, sheet in enumerate(opened_sheets(draft.sheets)) if sheet.rows and not sheet.is_hidden
    ]
    remembered = remembered_headings(draft, columns=columns)
    headers = opened_headers(draft.headers)
    is_saving = request.method == "POST" and "save" in request.POST
    forms = [
        (
            place,
            sheet,
            _form_of(
                request,
                place,
                sheet,
                headers.get(place) or likeliest_header(sheet, columns=columns, remembered=remembered),
                columns,
                remembered,
                is_read=place in headers or len(sheets) == 1,
                is_saving=is_saving,
            ),
        )
        for place, sheet in sheets
    ]
    problem = ""
    invalid = [form for _place, _sheet, form in forms if is_saving and not form.is_valid()]
    if is_saving and not invalid:
        read = [(place, form) for place, _sheet, form in forms if form.cleaned_data["is_read"]]
        if read:
            for _place, form in read:
                remember_headings(
                    draft=draft,
                    fields={loosely(heading): form.chosen.get(place, "") for place, heading, _said in form.headings},
                )
            draft.headers = kept_headers({place: Header(form.cleaned_data["row"], form.chosen) for place, form in read})
            draft.save(update_fields=["headers"])
            return redirect(draft_url(draft))
        problem = _("Choose at least one sheet to read.")
    context = {
        "draft": draft,
        "forms": forms,
        "problem": problem,
        "crumbs": [
            {"label": _("Start"), "url": "/start/"},
            {"label": _("Import"), "url": reverse("programmes:import_start")},
            {"label": _("Columns")},
        ],
    }
    return render(request, "programmes/imports/columns.html", context)


def _form_of(request, place, sheet, header, columns, remembered, *, is_read, is_saving):
    """The form of one sheet: as it was sent, or for the row of headings that was asked for, or that is likeliest."""
    prefix = f"sheet{place}"
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    numbers = [number for number, _cells in rows]
    asked = request.POST.get(f"{prefix}-row", "")
    number = int(asked) if asked.isdecimal() and int(asked) in numbers else header.row
    cells = dict(rows)[number]
    headings = [
        (column, _short(as_text(cell)), _examples(sheet, number, column))
        for column, cell in enumerate(cells)
        if as_text(cell)
    ]
    fields = header.fields if header.row == number else fields_of(cells, columns=columns, remembered=remembered)
    initial = {"is_read": is_read or request.method == "POST", "row": number}
    initial |= {f"column_{column}": field for column, field in fields.items()}
    return HeaderForm(
        request.POST if is_saving else None,
        prefix=prefix,
        initial=initial,
        columns=columns,
        rows=[(number, _row_words(number, cells)) for number, cells in rows],
        header_row=number,
        headings=headings,
    )


def _examples(sheet, number, column):
    """The first few things that stand in a column below its heading."""
    below = (as_text(cells[column]) for row, cells in sheet.rows if row > number and column < len(cells))
    return _short(" · ".join(islice(filter(None, below), EXAMPLES)))


def _row_words(number, cells):
    words = ", ".join(as_text(cell) for cell in cells if as_text(cell))
    return _("%(number)s: %(words)s") % {"number": number, "words": _short(words)}


def _short(text):
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
