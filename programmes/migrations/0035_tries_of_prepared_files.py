"""A prepared file counts how often it has been begun, so that one that ends its worker each time is given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0034_room_for_profiles")]

    operations = [
        migrations.AddField(
            model_name="preparedfile",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="times begun"),
        )
    ]
