# A role for a limited time that had no last day gets one, a year from the day of this step.

from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

LIMITED_ROLES = ['evaluator']


def give_last_day(apps, schema_editor):
    last_day = timezone.localdate() + timedelta(days=365)
    for name in ('Membership', 'Invitation'):
        rows = apps.get_model('programmes', name).objects.filter(role__in=LIMITED_ROLES, end_date=None)
        rows.update(end_date=last_day)


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0010_secure_bases_without_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(give_last_day, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('evaluator',)), _negated=True), ('end_date__isnull', False), _connector='OR'), name='invitation_of_a_limited_role_ends'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('evaluator',)), _negated=True), ('end_date__isnull', False), _connector='OR'), name='membership_of_a_limited_role_ends'),
        ),
    ]
