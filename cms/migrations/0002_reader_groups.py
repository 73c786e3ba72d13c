from django.db import migrations

# As in cms.enums.ReaderGroup on the day of this migration.
NAMES = ["Personal", "MVP-mentorer", "VPC"]


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for name in NAMES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    """The groups that page privacy is set by; who is in them follows from memberships."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
