"""A crisis notice that stood on every page for some days last spring; none is shown now."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cms.models import CrisisNotice, SupportContact
from programmes.actions.demo.accounts import CENTRE, EDITOR
from programmes.actions.demo.scene import Scene

DAYS_AGO, DAYS = 190, 4


def create_notices(scene: Scene) -> None:
    """The notice as two persons left it, with the contacts that it named."""
    written_at = timezone.make_aware(datetime.combine(scene.today - timedelta(days=DAYS_AGO), time(7, 10)))
    notice = CrisisNotice.objects.create(
        site=scene.municipality.site,
        heading="Rökutveckling vid Djupviks skola",
        text="Skolan är stängd i dag. Ingen är skadad. Barn som redan är på väg tas emot i Djupviks bibliotek.",
        last_date=scene.today - timedelta(days=DAYS_AGO - DAYS),
        written_by=scene.users[EDITOR.email],
        published_by=scene.users[CENTRE.email],
        published_at=written_at + timedelta(minutes=4),
        ended_at=written_at + timedelta(days=2),
    )
    CrisisNotice.objects.filter(pk=notice.pk).update(written_at=written_at)
    notice.contacts.set(SupportContact.objects.filter(site=scene.municipality.site).order_by("order", "name")[:1])
