"""Answers a report of a closed period from what was put away with it; its files are made once and kept."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from programmes.actions.closings import keep_file
from programmes.actions.events import checksum
from programmes.exports.reports.files import FileFormat, stamp_of, write_report
from programmes.exports.reports.kept import unpacked
from programmes.exports.reports.kinds import Kind
from programmes.exports.reports.report import Report
from programmes.exports.reports.scope import Scope
from programmes.exports.tables import Stamp
from programmes.models import ClosedPeriod, ClosedPeriodFile, ClosedReport
from programmes.reports.moment import one_moment


@dataclass(frozen=True)
class Answer:
    """A report with its question. Of a `closed` period it is what was `kept`; None where it is counted now, because
    nobody could foresee that these schools would be asked for together."""

    report: Report
    scope: Scope
    closed: ClosedPeriod | None = None
    kept: ClosedReport | None = None


def answer_of(kind: Kind, scope: Scope) -> Answer:
    """The report that is asked for: of a closed period as it was put away, else counted. In two questions more."""
    closed = None if kind.stands_on_closings else _closing_of(kind, scope)
    if closed:
        kept = closed.reports.filter(report=kind.slug, selection=selection_key(kind, scope)).first()
        if kept:
            return Answer(unpacked(bytes(kept.content)), replace(scope, kept=closed), closed, kept)
    with one_moment():
        return Answer(kind.build(scope), scope, closed)


def _closing_of(kind: Kind, scope: Scope) -> ClosedPeriod | None:
    code = scope.programme.code if scope.programme else kind.closes_with
    closings = ClosedPeriod.objects.standing().defer("rows").select_related("municipality", "programme")
    return closings.filter(municipality=scope.municipality, programme__code=code, period=scope.period.code).first()


def selection_key(kind: Kind, scope: Scope) -> str:
    """What a report is kept under: empty for the whole municipality, else the area, the school or the very schools.

    A report that says more to some is kept once for each of them.
    """
    told = "".join(f"+{flag}" for flag in kind.varies_by if getattr(scope, flag))
    if scope.school:
        return f"school.{scope.school.pk}{told}"
    if scope.sees_all:
        return f"area.{scope.area.pk}{told}" if scope.area else told
    return f"{_of_schools(scope.schools.order_by().values_list('pk', flat=True))}{told}"


def _of_schools(ids: Collection[int] | QuerySet) -> str:
    """One school is that school; several are told apart by which they are."""
    schools = [str(pk) for pk in sorted(ids)]
    if len(schools) == 1:
        return f"school.{schools[0]}"
    return f"schools.{hashlib.sha256(','.join(schools).encode()).hexdigest()[:20]}"


def write_answer(answer: Answer, stream: BinaryIO, *, file_format: FileFormat, now: datetime) -> Stamp:
    """Write a report to a stream and return its stamp; of a closed period the file that was kept, to the byte."""
    if answer.kept is None:
        stamp = stamp_of(answer.scope, answer.report, now=now)
        write_report(answer.scope, answer.report, stream, file_format=file_format, stamp=stamp)
        return stamp
    file = answer.kept.files.filter(file_format=file_format).first()
    if file is None:
        file = keep_file(file=file_of(answer, file_format, now=now))
    stream.write(bytes(file.content))
    return Stamp(
        export_id=file.export_id,
        exported_at=file.made_at,
        version=file.version,
        period=answer.scope.period_label,
        selection=file.words,
        profile=file.profile,
    )


def file_of(answer: Answer, file_format: FileFormat, *, now: datetime) -> ClosedPeriodFile:
    """A file of a report that was put away, not saved; it is made once."""
    assert answer.kept is not None
    stream = BytesIO()
    with translation.override(settings.LANGUAGE_CODE):
        stamp = stamp_of(answer.scope, answer.report, now=now)
    write_report(answer.scope, answer.report, stream, file_format=file_format, stamp=stamp)
    return ClosedPeriodFile(
        closed_period=answer.closed,
        report=answer.kept,
        selection=answer.kept.selection,
        file_format=file_format,
        export_id=stamp.export_id,
        profile=stamp.profile,
        words=stamp.selection,
        checksum=checksum(stream),
        content=stream.getvalue(),
        made_at=now,
        version=stamp.version,
    )
