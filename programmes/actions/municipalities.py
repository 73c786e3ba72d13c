"""Founds a municipality: its site gets its name, and whoever set it up gets the keys."""

from datetime import date

from django.db import transaction

from accounts.models import User
from cms.models import SiteSettings
from programmes.actions.events import log_event
from programmes.enums import EventKind, Role
from programmes.models import Membership, Municipality


@transaction.atomic
def found_municipality(*, municipality: Municipality, founder: User, today: date) -> None:
    """Put a new municipality's name in its header, and make the one who added it its administrator from today."""
    settings = SiteSettings.for_site(municipality.site)
    if not settings.owner_name:
        settings.owner_name = municipality.name
        settings.save()
    Membership.objects.create(user=founder, role=Role.ADMINISTRATOR, municipality=municipality, start_date=today)
    log_event(
        kind=EventKind.ROLE_GIVEN,
        actor=founder,
        municipality=municipality,
        person=founder,
        about={"role": Role.ADMINISTRATOR.value, "start": today},
    )
