# Removes the link from an adult of a school to an account: it was never filled in.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0009_mentor_door_closes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='schooladult',
            name='user',
        ),
        migrations.AlterField(
            model_name='securebase',
            name='adult',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secure_bases', to='programmes.schooladult'),
        ),
    ]
