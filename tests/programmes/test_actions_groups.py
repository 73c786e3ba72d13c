"""The groups that Wagtail asks follow memberships, also when a day passes."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models.signals import post_migrate
from wagtail.documents import permissions as documents
from wagtail.images import permissions as images
from wagtail.models import Collection, Page

from accounts.models import User
from programmes.enums import SCHOOL_ROLES, Role
from tests.factories import MembershipFactory, MunicipalityFactory, UserFactory


def groups_of(user):
    return sorted(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (Role.LEADER, ["Personal"]),
        (Role.COORDINATOR, ["Personal"]),
        (Role.SUPERVISOR, ["Personal"]),
        (Role.CENTRE_YOUNGER, ["Personal", "Registren", "VPC"]),
        (Role.CENTRE_OLDER, ["Personal", "Registren", "VPC"]),
        (Role.EDITOR, ["Personal", "Redaktörer 9901"]),
        (Role.EVALUATOR, []),
        (Role.DATA_PROTECTION, []),
        (Role.ADMINISTRATOR, ["Personal", "Redaktörer 9901", "Registren"]),
    ],
)
def test_role_gives_its_groups(school, municipality, role, groups):
    place = {"school": school} if role in SCHOOL_ROLES else {"municipality": municipality}

    assert groups_of(MembershipFactory(role=role, **place).user) == groups


def test_role_that_ends_or_goes_takes_its_groups_along(municipality, today):
    ended = MembershipFactory(role=Role.CENTRE_OLDER, municipality=municipality)
    gone = MembershipFactory(role=Role.EDITOR, municipality=municipality)

    ended.end_date = today - timedelta(days=1)
    ended.save()
    gone.delete()

    assert (groups_of(ended.user), groups_of(gone.user)) == ([], [])


def test_groups_of_another_kind_are_left_alone(school):
    user = UserFactory()
    user.groups.add(Group.objects.create(name="Fotografer"))

    MembershipFactory(user=user, school=school)

    assert groups_of(user) == ["Fotografer", "Personal"]


def test_role_begins_and_ends_by_itself_with_the_sign_in_of_the_day(client, monkeypatch, school, today):
    tomorrow = today + timedelta(days=1)
    user = MembershipFactory(school=school, start_date=tomorrow, end_date=tomorrow).user
    seen = [groups_of(user)]

    for days in (1, 2):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda days=days: today + timedelta(days=days))
        client.force_login(user)
        seen.append(groups_of(user))

    assert seen == [[], ["Personal"], []]


def test_editor_illustrates_in_the_collection_of_the_municipality_and_in_no_other(municipality):
    other = Collection.get_first_root_node().add_child(name="Granby kommun")
    editor = MembershipFactory(role=Role.EDITOR, municipality=municipality).user
    policies = {"image": images.permission_policy, "document": documents.permission_policy}

    for policy in policies.values():
        for right in ("add", "change", "choose"):
            places = policy.collections_user_has_permission_for(editor, right)
            assert (list(places.values_list("name", flat=True)), other in places) == ([municipality.name], False)


def test_editors_get_the_rights_of_a_new_version_when_it_is_migrated(municipality):
    editor = MembershipFactory(role=Role.EDITOR, municipality=municipality).user
    Group.objects.get(name="Redaktörer 9901").permissions.clear()
    reader = UserFactory()

    auth = apps.get_app_config("auth")
    post_migrate.send(sender=auth, app_config=auth, verbosity=0, interactive=False, using="default", apps=apps, plan=[])

    wanted = [f"cms.{verb}_{kind}" for verb in ("add", "change", "delete") for kind in ("word", "supportcontact")]
    assert [person.has_perms(wanted) for person in (User.objects.get(pk=editor.pk), reader)] == [True, False]


def test_editor_writes_on_the_own_site_and_on_no_other(municipality):
    elsewhere = MunicipalityFactory(name="Granby kommun", code="9902")
    top = Page.objects.get(depth=1)
    for number, place in enumerate((municipality, elsewhere)):
        place.site.root_page = top.add_child(instance=Page(title=f"Start {number}", slug=f"start-{number}"))
        place.site.save()
    editor = MembershipFactory(role=Role.EDITOR, municipality=municipality).user

    def rights(place):
        allowed = place.site.root_page.permissions_for_user(editor)
        return allowed.can_add_subpage(), allowed.can_edit(), allowed.can_publish()

    assert (rights(municipality), rights(elsewhere)) == ((True, True, True), (False, False, False))
    assert editor.has_perm("wagtailadmin.access_admin")
