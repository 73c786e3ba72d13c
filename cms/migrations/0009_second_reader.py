import django.db.models.deletion
from django.db import migrations, models

NAME = "granskning"


def ask_for_a_second_reader(apps, schema_editor):
    content_type, _is_new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model="secondreader"
    )
    page = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if page is None:
        return
    task = apps.get_model("cms", "SecondReader").objects.create(name=NAME, content_type=content_type, active=True)
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    assigned = apps.get_model("wagtailcore", "WorkflowPage").objects
    workflows.filter(pk__in=assigned.filter(page=page).values("workflow")).update(active=False)
    workflow = workflows.create(name=NAME, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    assigned.update_or_create(page=page, defaults={"workflow": workflow})


class Migration(migrations.Migration):
    """Every page of every site is published by a second person, in place of the workflow that Wagtail begins with."""

    dependencies = [
        ("cms", "0008_handbook"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondReader",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading by a second person",
                "verbose_name_plural": "readings by a second person",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.AddField(
            model_name="sitesettings",
            name="publishes_alone",
            field=models.BooleanField(
                default=False,
                help_text="Only for an editorial office of one: whoever may publish then does so alone.",
                verbose_name="publish without a second reader",
            ),
        ),
        migrations.RunPython(ask_for_a_second_reader, migrations.RunPython.noop),
    ]
