from django.db import migrations

ROOT = "Root"


def say_it_in_swedish(apps, schema_editor):
    """Groups and a workflow that Wagtail begins with and nobody uses here go; what is left is called something."""
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    workflows.filter(name="Moderators approval", active=False, workflow_states__isnull=True).delete()
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    tasks.filter(name="Moderators approval", workflow_tasks__isnull=True, task_states__isnull=True).delete()
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=ROOT).update(name="Gemensamt")
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=ROOT)
    pages.update(title="Alla webbplatser", draft_title="Alla webbplatser")


class Migration(migrations.Migration):
    """Removes the groups Editors and Moderators where nobody is in them, and their workflow where nothing used it."""

    dependencies = [
        ("cms", "0011_pictures_say_what_they_show"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(say_it_in_swedish, migrations.RunPython.noop)]
