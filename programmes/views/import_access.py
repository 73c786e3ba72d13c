"""Who may import what and for which schools, and one's own imports on their way."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from programmes import rules
from programmes.enums import ImportKind
from programmes.imports.wizard import columns_of
from programmes.models import ImportDraft, School

RULES = {
    ImportKind.CLASSES: rules.can_import_classes,
    ImportKind.DELIVERIES: rules.can_import_deliveries,
}
# What a file can hold; the rest is fetched.
FILE_KINDS = (ImportKind.CLASSES, ImportKind.DELIVERIES)


def draft_or_404(request, pk, *, today):
    """One's own file on its way in, the schools that one may still write about, and the columns it may have."""
    draft = get_object_or_404(ImportDraft, owner=request.user, municipality=request.municipality, pk=pk)
    if draft.kind == ImportKind.SCHOOLS:
        if not rules.can_keep_registers(request.user, request.municipality, on=today):
            raise PermissionDenied
        return draft, [], columns_of(draft.kind, one_school=False)
    schools = schools_for(request, draft.kind, today=today)
    if not schools or (draft.school and draft.school not in schools):
        raise PermissionDenied
    one_school = not draft.is_fetched and (bool(draft.school) or len(schools) == 1)
    columns = columns_of(draft.kind, one_school=one_school)
    return draft, [draft.school] if draft.school else schools, columns


def draft_url(draft):
    return reverse("programmes:import_preview", args=[draft.pk])


def columns_url(draft):
    return reverse("programmes:import_columns", args=[draft.pk])


def schools_for(request, kind, *, today):
    """The schools that a person may take in something of a kind for."""
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality)
    rule = RULES[ImportKind(kind)]
    return [
        school for school in schools.select_related("municipality").in_order() if rule(request.user, school, on=today)
    ]
