"""The groups that page privacy is set by."""

import pytest
from django.contrib.auth.models import Group

from cms.enums import ReaderGroup

pytestmark = pytest.mark.django_db


def test_every_reader_group_is_a_group_from_the_start():
    assert set(Group.objects.filter(name__in=ReaderGroup.values).values_list("name", flat=True)) == {
        "Personal",
        "MVP-mentorer",
        "VPC",
    }
