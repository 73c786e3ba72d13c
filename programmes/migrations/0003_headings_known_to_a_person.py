"""Tells whose reading a known heading is; what was known before is everybody's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0002_leaders_are_nobody'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='knownheading',
            name='heading_known_once',
        ),
        migrations.AddField(
            model_name='knownheading',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='knownheading',
            constraint=models.UniqueConstraint(fields=('owner', 'municipality', 'kind', 'heading'), name='heading_known_once_to_a_person'),
        ),
    ]
