import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('curriculum', '0006_scenarios_out_of_plans'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sessionplanpage',
            name='scenarios',
            field=wagtail.fields.StreamField([('scenario', 0)], blank=True, block_lookup={0: ('curriculum.blocks.ScenarioChooserBlock', (), {})}, verbose_name='scenarios'),
        ),
    ]
