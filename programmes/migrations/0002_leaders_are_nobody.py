"""Removes who led a delivery: a column that was never filled, since a leader is a profession and an organisation."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_first_release")]

    operations = [
        migrations.RemoveField(model_name="deliveryleader", name="user"),
        migrations.RemoveField(model_name="historicaldeliveryleader", name="user"),
    ]
