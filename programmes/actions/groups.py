"""Keeps the groups that Wagtail asks in step with memberships: who reads which pages, and who edits them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts.models import User
from cms.enums import ReaderGroup
from programmes.enums import CENTRE_ROLES, Role
from programmes.models import Membership, Municipality

EDITORS = "Redaktörer "  # and the municipality's code
# What stands on many pages and is changed once, by room.
SNIPPETS = {"cms": ["supportcontact", "word"], "curriculum": ["scenario"]}
EDITING_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)
REGISTERS = "Registren"  # opens the door to the admin; what is inside asks the rule
KEEPING_ROLES = (*CENTRE_ROLES, Role.ADMINISTRATOR)
# Who comes from outside, or comes only to look at how data is treated, reads what the public reads.
NOT_STAFF = (Role.EVALUATOR, Role.DATA_PROTECTION)
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
# Wagtail asks for the rights to its own pictures and documents, also where the models are the site's.
FILE_RIGHTS = tuple(f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document"))


@transaction.atomic
def sync_groups(*, user: User, on: date) -> None:
    """Put a person in the groups that the memberships of the day give, and out of the others of their kind."""
    memberships = list(Membership.objects.filter(user=user).active(on=on).select_related("municipality__site"))
    names = reader_groups(memberships) if user.is_active else set()
    wanted = set(Group.objects.filter(name__in=names)) if names else set()
    edits = {m.municipality for m in memberships if m.role in EDITING_ROLES and m.municipality and user.is_active}
    wanted |= {editors_group(municipality) for municipality in edits}
    if user.is_active and any(m.role in KEEPING_ROLES for m in memberships):
        wanted.add(keepers_group())
    kept = Q(name__in=[ReaderGroup.STAFF, ReaderGroup.CENTRE, REGISTERS]) | Q(name__startswith=EDITORS)
    current = set(Group.objects.filter(kept, user=user))
    if gone := current - wanted:
        user.groups.remove(*gone)
    if new := wanted - current:
        user.groups.add(*new)


def reader_groups(memberships: Iterable[Membership]) -> set[str]:
    """The names of the groups whose pages somebody with these memberships reads."""
    roles = {membership.role for membership in memberships}
    names: set[str] = set()
    if roles - set(NOT_STAFF):
        names.add(ReaderGroup.STAFF)
    if roles & set(CENTRE_ROLES):
        names.add(ReaderGroup.CENTRE)
    return names


def editors_group(municipality: Municipality) -> Group:
    """The group whose members write, publish and illustrate the pages of one municipality's site, and no other's."""
    group, is_new = Group.objects.get_or_create(name=_name_of_editors(municipality))
    homes = set(_homes(municipality).values_list("pk", flat=True))
    known = GroupPagePermission.objects.filter(group=group).values_list("page", flat=True)
    if is_new or homes - set(known):
        _give_rights(group, municipality)
    return group


def renew_editors_rights() -> None:
    """Give every group of editors what such groups have by now: a new version may bring a new kind of text."""
    known = {group.name: group for group in Group.objects.filter(name__startswith=EDITORS)}
    for municipality in Municipality.objects.select_related("site__root_page") if known else ():
        if group := known.get(_name_of_editors(municipality)):
            _give_rights(group, municipality)


def _name_of_editors(municipality: Municipality) -> str:
    return f"{EDITORS}{municipality.code}"


def keepers_group() -> Group:
    """The group of those who come to the registers, and to nothing else in the admin."""
    group, is_new = Group.objects.get_or_create(name=REGISTERS)
    if is_new:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return group


def _homes(municipality: Municipality) -> Any:
    """The start pages of a municipality's site: one for each language."""
    return municipality.site.root_page.get_translations(inclusive=True)


@transaction.atomic
def _give_rights(group: Group, municipality: Municipality) -> None:
    in_general = Q(codename__in=["access_admin", "submit_translation"])
    for room, models in SNIPPETS.items():
        in_general |= Q(content_type__app_label=room, content_type__model__in=models)
    group.permissions.add(*Permission.objects.filter(in_general))
    pages = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_RIGHTS
    )
    for home in _homes(municipality):
        for permission in pages:
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=municipality.name).first()
    collection = collection or root.add_child(name=municipality.name)
    files = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=FILE_RIGHTS
    )
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
