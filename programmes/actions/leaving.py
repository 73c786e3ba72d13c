"""People who have left: who they are, and how what they did stays without them."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from programmes.models import Membership
from programmes.models.events import midnight

NOBODY = "stins.invalid"
# What stays with the emptied account for as long as the log is kept, by a decision of its own.
LOGS = ("programmes.Event", "admin.LogEntry", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry")


def people_who_left(*, before: date) -> QuerySet[User]:
    """Accounts whose last membership ended before a day, or who never had one and are older than it."""
    memberships = Membership.objects.filter(user=OuterRef("pk"))
    still_there = memberships.filter(Q(end_date__isnull=True) | Q(end_date__gte=before))
    found = User.objects.filter(~Exists(still_there), is_superuser=False).exclude(email__endswith=f"@{NOBODY}")
    return found.filter(Q(Exists(memberships)) | Q(date_joined__lt=midnight(before))).order_by("pk")


@transaction.atomic
def anonymise_person(*, person: User) -> bool:
    """Take a person out of all that was reported, its history included; True when the account is gone altogether.

    While the event log names the account, it stays, emptied and closed, until the log's own time is over.
    """
    is_named_in_a_log = False
    for model, field in _references():
        rows = model._base_manager.filter(**{field.name: person.pk})
        if model._meta.label in LOGS:
            is_named_in_a_log = is_named_in_a_log or rows.exists()
        elif field.null:
            rows.update(**{field.name: None})
        else:
            rows.delete()
    if not is_named_in_a_log:
        person.delete()
        return True
    _empty(person)
    return False


def _references() -> list[tuple[Any, models.ForeignKey]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]


def _empty(person: User) -> None:
    for field in person._meta.local_fields:
        if isinstance(field, models.CharField) and field.blank:
            setattr(person, field.name, "")
    person.email = f"borttagen-{person.pk}@{NOBODY}"
    person.is_active = person.is_staff = False
    person.last_login = None
    person.set_unusable_password()
    person.groups.clear()
    person.user_permissions.clear()
    person.save()
