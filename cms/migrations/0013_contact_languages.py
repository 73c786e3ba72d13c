from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0012_names_in_swedish"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    operations = [
        migrations.AddField(
            model_name="supportcontact",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
            ),
        ),
        migrations.AddField(
            model_name="supportcontact", name="translation_key", field=models.UUIDField(editable=False, null=True)
        ),
    ]
