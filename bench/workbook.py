"""The coverage workbook of fifty schools, and the very same rows written by the library alone."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from time import process_time
from typing import Any

from django.utils import timezone
from openpyxl import Workbook, load_workbook

from curriculum.models import Programme
from programmes.exports.coverage import Selection, write_coverage
from programmes.models import Municipality, School, SchoolClass
from programmes.models.terms import Period, start_year_of

SCHOOLS = 50
ROUNDS = 5
Sheets = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class WorkbookCost:
    """Seconds of processor time, the best of several rounds that take turns."""

    rows: int
    cells: int
    product: float
    alone: float

    @property
    def ratio(self) -> float:
        return self.product / self.alone


def selection_of_schools(number: int) -> Selection:
    """So many schools with Tåget, in this school year."""
    programme, municipality = Programme.objects.get(code="taget"), Municipality.objects.get()
    running = School.objects.filter(participations__programme=programme).distinct().order_by("pk")
    schools = School.objects.filter(pk__in=list(running.values_list("pk", flat=True)[:number]))
    return Selection(
        municipality=municipality,
        programme=programme,
        period=Period.school_year(start_year_of(timezone.localdate())),
        schools=schools,
        classes=SchoolClass.objects.filter(school__in=schools.values("pk")),
    )


def measure_workbook() -> WorkbookCost:
    selection = selection_of_schools(SCHOOLS)
    sheets = rows_in(_write(selection))
    product, alone = [], []
    for _round in range(ROUNDS):
        product.append(_seconds(lambda: _write(selection)))
        alone.append(_seconds(lambda: write_alone(sheets)))
    rows = [row for sheet in sheets.values() for row in sheet]
    cells = sum(value is not None for row in rows for value in row)
    return WorkbookCost(len(rows), cells, product=min(product), alone=min(alone))


def _write(selection: Selection) -> BytesIO:
    stream, now = BytesIO(), timezone.now()
    write_coverage(selection, stream, file_format="xlsx", today=timezone.localdate(now), now=now)
    return stream


def rows_in(stream: BytesIO) -> Sheets:
    """Every row of a workbook as plain values, dates as the dates that they were written as."""
    workbook = load_workbook(stream, read_only=True)
    return {sheet.title: [tuple(map(_plain, row)) for row in sheet.iter_rows(values_only=True)] for sheet in workbook}


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def write_alone(sheets: Sheets) -> BytesIO:
    """Write rows with nothing but the library: no styles, no checks, no database."""
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    workbook.save(stream)
    return stream


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start
