from django.db import migrations


def let_staff_in_instead(apps, schema_editor):
    staff, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name="Personal")
    for name in ("PageViewRestriction", "CollectionViewRestriction"):
        restrictions = apps.get_model("wagtailcore", name).objects
        for restriction in restrictions.exclude(restriction_type="groups"):
            restriction.restriction_type, restriction.password = "groups", ""
            restriction.save()
            restriction.groups.set([staff])


class Migration(migrations.Migration):
    """Removes shared passwords: what was open to anybody signed in, of any municipality, or by one is for staff."""

    dependencies = [
        ("cms", "0009_second_reader"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(let_staff_in_instead, migrations.RunPython.noop)]
