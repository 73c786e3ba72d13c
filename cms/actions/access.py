"""Sets who reads a page, or the documents of a collection."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import PageViewRestriction

from accounts.models import User
from cms.enums import Access
from cms.models import READERS, restrictions_on


@transaction.atomic
def set_access(*, place: Any, access: Access, by: User) -> None:
    """Let exactly these readers in, from now on; `PUBLIC` takes the place's own rule away, and its history tells."""
    current, *others = list(restrictions_on(place)) or [None]
    # A page that is translated is closed in one place for all its languages.
    for restriction in others if access != Access.PUBLIC else filter(None, [current, *others]):
        restriction.delete(**_known(restriction, by))
    if access == Access.PUBLIC:
        return
    restriction = current or _new(place)
    restriction.restriction_type, restriction.password = PageViewRestriction.GROUPS, ""
    restriction.save(**_known(restriction, by))
    restriction.groups.set(Group.objects.filter(name__in=READERS[access]))


def _new(place: Any) -> Any:
    kind = restrictions_on(place).model
    return kind(page_id=place.pk) if kind is PageViewRestriction else kind(collection_id=place.pk)


def _known(restriction: Any, by: User) -> dict[str, User]:
    """Wagtail writes who did it in a page's history; a collection has none."""
    return {"user": by} if isinstance(restriction, PageViewRestriction) else {}
