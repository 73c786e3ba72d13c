"""Keeps evaluation packages as they were made, and writes down who takes one away."""

from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from django.db import transaction

from accounts.models import User
from programmes.actions.events import log_export
from programmes.models import EvaluationPackage, Municipality
from programmes.models.terms import school_year_label


@transaction.atomic
def keep_package(
    *,
    municipality: Municipality,
    start_year: int,
    counted_to: date,
    profile: str,
    content: bytes,
    checksum: str,
    export_id: str,
    user: User | None,
    now: datetime,
) -> EvaluationPackage:
    """Keep a package that has been made; one with the same content is the one that is kept already."""
    same = EvaluationPackage.objects.filter(municipality=municipality, checksum=checksum).first()
    if same is not None:
        return same
    return EvaluationPackage.objects.create(
        municipality=municipality,
        export_id=export_id,
        start_year=start_year,
        counted_to=counted_to,
        profile=profile,
        version=settings.STINS_VERSION,
        checksum=checksum,
        content=content,
        made_at=now,
        made_by=user,
    )


def log_package_taken(*, package: EvaluationPackage, user: User | None) -> None:
    """Write down that somebody takes a package away: its id, year, profile and checksum."""
    log_export(
        actor=user,
        municipality=package.municipality,
        what="evaluation",
        file_format="zip",
        selection=school_year_label(package.start_year),
        profile=package.profile,
        export_id=package.export_id,
        stream=BytesIO(bytes(package.content)),
    )
