"""The groups that Wagtail asks follow memberships, also when a day passes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page

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
        (Role.CENTRE_YOUNGER, ["Personal", "VPC"]),
        (Role.CENTRE_OLDER, ["Personal", "VPC"]),
        (Role.EDITOR, ["Personal", "Redaktörer 9901"]),
        (Role.EVALUATOR, []),
        (Role.DATA_PROTECTION, []),
        (Role.ADMINISTRATOR, ["Personal", "Redaktörer 9901"]),
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
