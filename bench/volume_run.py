"""The order of the big bench: one municipality alone, then among 290, then the largest of them and large files."""

import gc
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from bench.package import tables_in, write_alone
from bench.rows_read import rows_read
from bench.volume import START_YEAR, TODAY, Size, add_municipality, know_the_tables
from curriculum.models import Programme
from programmes.exports.coverage import coverage_book, write_coverage
from programmes.exports.evaluation.package import write_package
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.exports.evaluation.scope import Scope
from programmes.exports.selections import Selection
from programmes.exports.tables import Stamp
from programmes.models import Delivery, Municipality, PlannedSession
from programmes.models.terms import Period
from programmes.reports.coverage import CoverageReport
from programmes.reports.moment import one_moment

ROUNDS = 3
ALONE, LARGE, WIDE = 1, 2, 3
SMALL, LARGEST, WORKBOOK = Size(6, 10), Size(100, 104, groups=9), Size(60, 103)
MUNICIPALITIES = 290
MOST_REPORT = {"sqlite": 2.0, "postgresql": 1.5}
MOST_WORKBOOK, MOST_MEMORY, MOST_ROWS = 1.2, 150, 1.1
MOST_PACKAGE, MOST_PACKAGE_MEMORY = 12.0, 350

# By hand: the joins and the filters that the report's figures need, and nothing for the report to be made of.
SESSIONS = """
SELECT p.school_class_id, s.kind,
  SUM(CASE WHEN r.id IS NOT NULL AND p.due_date <= %(day)s THEN 1 ELSE 0 END),
  SUM(CASE WHEN r.id IS NOT NULL AND p.due_date <= %(day)s AND f.first <= %(day)s THEN 1 ELSE 0 END),
  SUM(CASE WHEN r.id IS NOT NULL AND p.due_date <= %(day)s AND f.first <= p.due_date THEN 1 ELSE 0 END),
  SUM(CASE WHEN r.id IS NOT NULL AND p.due_date <= %(day)s
    AND (f.first > %(day)s OR f.first IS NULL AND n.id IS NOT NULL) THEN 1 ELSE 0 END),
  SUM(CASE WHEN f.first BETWEEN %(first_day)s AND %(day)s THEN 1 ELSE 0 END)
FROM programmes_plannedsession p
JOIN curriculum_session s ON s.id = p.session_id
JOIN programmes_schoolclass c ON c.id = p.school_class_id
JOIN programmes_school o ON o.id = c.school_id
LEFT JOIN (
  SELECT d.planned_session_id, MIN(d.date) AS first FROM programmes_delivery d GROUP BY d.planned_session_id
) f ON f.planned_session_id = p.id
LEFT JOIN programmes_notheld n ON n.planned_session_id = p.id
LEFT JOIN programmes_participation r ON r.school_id = o.id AND r.programme_id = s.programme_id AND r.status = 'active'
  AND r.start_date <= p.due_date AND (r.end_date IS NULL OR r.end_date >= p.due_date)
  AND p.due_date BETWEEN %(first_day)s AND %(last_day)s
WHERE o.municipality_id = %(municipality)s AND s.programme_id = %(programme)s
  AND (r.id IS NOT NULL OR f.first BETWEEN %(first_day)s AND %(day)s)
GROUP BY p.school_class_id, s.kind"""
SUMS = """
SELECT p.school_class_id, SUM(d.present), SUM(CASE WHEN d.present IS NOT NULL THEN d.group_size END),
  SUM(d.core_parts_count), SUM(d.core_parts_total)
FROM programmes_delivery d
JOIN programmes_plannedsession p ON p.id = d.planned_session_id
JOIN curriculum_session s ON s.id = p.session_id
JOIN programmes_schoolclass c ON c.id = p.school_class_id
JOIN programmes_school o ON o.id = c.school_id
WHERE o.municipality_id = %(municipality)s AND s.programme_id = %(programme)s
  AND d.date BETWEEN %(first_day)s AND %(day)s
GROUP BY p.school_class_id"""


def measure_all() -> int:
    vendor = connection.vendor
    print(f"\n{vendor}")
    with _part("Preparing"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_curriculum", verbosity=0, stdout=StringIO())
        add_municipality(ALONE, SMALL)
        know_the_tables()
    alone = rows_read(lambda: _report(ALONE))
    with _part("Adding 289 municipalities, one of them very large"):
        add_municipality(LARGE, LARGEST)
        for number in range(WIDE, MUNICIPALITIES + 1):
            add_municipality(number, WORKBOOK if number == WIDE and vendor == "sqlite" else Size(1, 2))
        know_the_tables()
    among = rows_read(lambda: _report(ALONE))
    with _part("Counting the largest"):
        product, bare = _turns(lambda: _report(LARGE), lambda: _bare(LARGE))
    sizes = f"{Delivery.objects.count()} deliveries, {PlannedSession.objects.count()} planned sessions"
    print(f"{sizes}, {Municipality.objects.count()} municipalities")
    kept = [
        _say("One municipality, work read", among, alone, MOST_ROWS, "times what it was alone"),
        _say("Report of the largest, s", product, bare, MOST_REPORT[vendor], "times the bare SQL"),
    ]
    if vendor == "sqlite":
        kept += _measure_files()
    return 0 if all(kept) else 1


def _report(number: int) -> CoverageReport:
    with one_moment():
        return _selection(number).report(today=TODAY)


def _selection(number: int) -> Selection:
    municipality, programme = Municipality.objects.get(code=f"{number:04}"), Programme.objects.get(code="taget")
    return Selection.whole(municipality, programme, Period.school_year(START_YEAR))


def _bare(number: int) -> None:
    bare_figures(_selection(number), today=TODAY)


def bare_figures(selection: Selection, *, today: date) -> tuple[list[Any], list[Any]]:
    """What the bare SQL finds: sessions by class and kind, and sums by class."""
    asked = {
        "municipality": selection.municipality.pk,
        "programme": selection.programme.pk,
        "first_day": selection.period.first_day,
        "last_day": selection.period.last_day,
        "day": today,
    }
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS, asked)
        sessions = cursor.fetchall()
        cursor.execute(SUMS, asked)
        return sessions, cursor.fetchall()


def _turns(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    seconds = [(_seconds(one), _seconds(other)) for _round in range(rounds)]
    return min(first for first, _second in seconds), min(second for _first, second in seconds)


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of this process and of the database's, which works for it alone and without helpers."""
    gc.collect()
    server = _server()
    start = time.process_time() + _used_by(server)
    work()
    return time.process_time() + _used_by(server) - start


def _server() -> int | None:
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def _used_by(process: int | None) -> float:
    if process is None:
        return 0.0
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# The files


def _measure_files() -> list[bool]:
    """Written in processes of their own, whose memory is asked for at its end, as the worker's would be."""
    book, book_memory = map(float, _in_own_process("book").split())
    package, package_memory = map(float, _in_own_process("package").split())
    bare_book, bare_package = float(_in_own_process("bare_book")), float(_in_own_process("bare_package"))
    return [
        _say("Workbook of 100,000 deliveries, s", book, bare_book, MOST_WORKBOOK, "times openpyxl alone"),
        _say("Its memory, MB", book_memory, 1, MOST_MEMORY, "MB"),
        _say("Evaluation package of them, s", package, bare_package, MOST_PACKAGE, "times csv and zip alone"),
        _say("Its memory, MB", package_memory, 1, MOST_PACKAGE_MEMORY, "MB"),
    ]


def _in_own_process(what: str) -> str:
    command = [sys.executable, "-c", f"import django; django.setup(); from bench.volume_run import {what}; {what}()"]
    return subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True).stdout


def book() -> None:
    with TemporaryFile() as stream:
        _print_cost(
            lambda: write_coverage(_selection(WIDE), stream, file_format="xlsx", today=TODAY, now=timezone.now())
        )


def package() -> None:
    with TemporaryFile() as stream:
        _print_cost(lambda: write_package(_scope(), stream))


def _scope() -> Scope:
    municipality = Municipality.objects.get(code=f"{WIDE:04}")
    return Scope(municipality=municipality, start_year=START_YEAR, day=TODAY, names=Pseudonyms("bench"))


def _print_cost(work: Callable[[], object]) -> None:
    with _memory() as taken:
        seconds = _seconds(work)
    print(seconds, max(taken))


@contextmanager
def _memory() -> Iterator[list[float]]:
    """What the process holds of its own meanwhile, in MB: without the libraries' files, which all processes share."""
    taken, is_over = [0.0], Event()

    def look() -> None:
        while not is_over.wait(0.1):
            with open("/proc/self/status") as file:
                taken.append(int(re.search(r"RssAnon:\s+(\d+)", file.read())[1]) / 1024)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield taken
    finally:
        is_over.set()
        watcher.join()


def bare_book() -> None:
    """The very same rows written by the library alone: no styles, no checks, no database."""
    selection = _selection(WIDE)
    stamp = Stamp("", datetime.now(tz=timezone.get_default_timezone()), "", "", "", "")
    book = coverage_book(selection, selection.report(today=TODAY), stamp=stamp, today=TODAY)
    sheets = {str(table.name): [list(row) for row in table.rows] for table in book.tables}
    print(_seconds(lambda: _write_book(sheets)))


def _write_book(sheets: dict[str, list[list[Any]]]) -> None:
    workbook = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    with TemporaryFile() as stream:
        workbook.save(stream)


def bare_package() -> None:
    """The very same tables written by the library alone."""
    with TemporaryFile() as stream, TemporaryFile() as alone:
        write_package(_scope(), stream)
        tables = tables_in(stream)
        print(_seconds(lambda: write_alone(tables, alone)))


# Saying


@contextmanager
def _part(words: str) -> Iterator[None]:
    print(f"{words} …", end=" ")
    start = time.monotonic()
    yield
    print(f"{time.monotonic() - start:.0f} s")


def _say(name: str, found: float, floor: float, most: float, words: str) -> bool:
    ratio = found / floor
    print(f"{name:<36}{found:>12.2f}{floor:>12.2f}{ratio:>8.2f} {words} (at most {most})")
    return ratio <= most
