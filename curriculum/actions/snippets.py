"""Keeps one fact that stands on many pages in step with its file, unless a person has had a hand in it."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry, RevisionMixin

from curriculum.actions.content import ContentError, LoadResult


def keep_snippet(snippet: Any, fields: dict[str, Any], *, label: str, result: LoadResult) -> None:
    """Create, update or leave alone one row, and count what was done; raises ContentError when it breaks a rule."""
    is_new = snippet.pk is None
    if is_new and was_deleted_by_a_person(ModelLogEntry, type(snippet), label):
        result.left_alone.append(label)
        return
    if not is_new and all(_same(snippet, name, value) for name, value in fields.items()):
        result.unchanged += 1
        return
    if not is_new and log_registry.get_logs_for_instance(snippet).filter(user__isnull=False).exists():
        result.left_alone.append(label)
        return
    for name, value in fields.items():
        setattr(snippet, name, value)
    try:
        snippet.full_clean()
    except ValidationError as error:
        raise ContentError(f"{label}: {' '.join(error.messages)}") from error
    snippet.save()
    if isinstance(snippet, RevisionMixin):
        snippet.save_revision()
    result.created += is_new
    result.updated += not is_new


def was_deleted_by_a_person(log: Any, kind: Any, label: str) -> bool:
    """Whether an editor took it away: then it stays away."""
    deletions = log.objects.get_for_model(kind).filter(action="wagtail.delete", user__isnull=False)
    return deletions.filter(label=label).exists()


def _same(snippet: Any, name: str, value: Any) -> bool:
    field = snippet._meta.get_field(name)
    if isinstance(field, StreamField):
        return bool(field.get_prep_value(getattr(snippet, name)) == field.get_prep_value(field.to_python(value)))
    return bool(getattr(snippet, name) == value)
