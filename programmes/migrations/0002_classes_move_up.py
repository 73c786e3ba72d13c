"""Classes know which they were last year, and a school's moving up is remembered so that it can be undone."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='schoolclass',
            name='follows',
            field=models.ManyToManyField(blank=True, related_name='followed_by', to='programmes.schoolclass', verbose_name='was last year'),
        ),
        migrations.CreateModel(
            name='MovingUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='school year starts in')),
                ('moved_at', models.DateTimeField(auto_now_add=True)),
                ('classes', models.ManyToManyField(help_text='The new classes: those that were there before do not count.', related_name='+', to='programmes.schoolclass', verbose_name='classes')),
                ('moved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_up', to='programmes.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'moving up',
                'verbose_name_plural': 'moves up',
                'constraints': [models.UniqueConstraint(fields=('school', 'start_year'), name='moved_up_once_a_school_year')],
            },
        ),
    ]
