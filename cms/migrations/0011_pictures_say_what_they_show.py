from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0010_no_half_open_doors"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="siteimage",
            options={"verbose_name": "picture", "verbose_name_plural": "pictures"},
        ),
        migrations.AlterField(
            model_name="siteimage",
            name="description",
            field=models.CharField(
                help_text=(
                    "In a sentence, for the one who cannot see it: “Four pupils stand in a ring in the schoolyard”."
                ),
                max_length=255,
                verbose_name="what it shows",
            ),
        ),
    ]
