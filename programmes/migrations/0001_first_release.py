"""Every table of the programmes, as they stood before the first release.

A database that took the steps in `replaces` has it already. The database itself refuses to change the event log, or to
shorten it outside a deletion with a decision. SQLite drops a table's triggers when a later migration makes the table
anew: such a migration has to run `guard` again (tests/programmes/test_models_events.py tells).
"""

import accounts.rules
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

SQLITE = [
    """
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON programmes_event
    WHEN NOT EXISTS (SELECT 1 FROM programmes_deletion WHERE finished_at IS NULL)
      OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.at <> OLD.at OR NEW.about <> OLD.about
      OR NEW.municipality_id IS NOT OLD.municipality_id OR NEW.school_id IS NOT OLD.school_id
    BEGIN SELECT RAISE(ABORT, 'The event log is never changed.'); END
    """,
    """
    CREATE TRIGGER event_is_never_removed BEFORE DELETE ON programmes_event
    WHEN NOT EXISTS (SELECT 1 FROM programmes_deletion WHERE finished_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'The event log is only shortened by a deletion with a decision.'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION programmes_event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM programmes_deletion WHERE finished_at IS NULL) THEN
        RAISE EXCEPTION 'The event log is never changed.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF TG_OP = 'DELETE' THEN
        RETURN OLD;
      END IF;
      IF (NEW.id, NEW.kind, NEW.at, NEW.about, NEW.municipality_id, NEW.school_id)
         IS DISTINCT FROM (OLD.id, OLD.kind, OLD.at, OLD.about, OLD.municipality_id, OLD.school_id) THEN
        RAISE EXCEPTION 'The event log is never changed.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER event_stands BEFORE UPDATE OR DELETE ON programmes_event
    FOR EACH ROW EXECUTE FUNCTION programmes_event_stands()
    """,
]
UNDONE = {
    "sqlite": ["DROP TRIGGER event_is_never_changed", "DROP TRIGGER event_is_never_removed"],
    "postgresql": ["DROP TRIGGER event_stands ON programmes_event", "DROP FUNCTION programmes_event_stands()"],
}


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for statement in UNDONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('programmes', '0001_initial'),
        ('programmes', '0002_classes_move_up'),
        ('programmes', '0003_event_log'),
        ('programmes', '0004_event_log_is_append_only'),
        ('programmes', '0005_invitations'),
        ('programmes', '0006_secure_bases'),
        ('programmes', '0007_membership_predecessor'),
        ('programmes', '0008_staff_meetings'),
        ('programmes', '0009_mentor_door_closes'),
        ('programmes', '0010_secure_bases_without_accounts'),
        ('programmes', '0011_limited_roles_end'),
        ('programmes', '0012_parent_groups'),
        ('programmes', '0013_mentor_cohorts'),
        ('programmes', '0014_courses'),
        ('programmes', '0015_letters'),
        ('programmes', '0016_mentors_year'),
        ('programmes', '0017_parent_sign_ups'),
        ('programmes', '0018_imports_on_their_way'),
        ('programmes', '0019_registers'),
        ('programmes', '0020_parent_feedback'),
        ('programmes', '0021_parent_meeting_language'),
        ('programmes', '0022_evaluation_packages'),
        ('programmes', '0023_small_numbers'),
        ('programmes', '0024_register_files'),
        ('programmes', '0025_closed_periods'),
        ('programmes', '0026_surveys'),
        ('programmes', '0027_schools_of_the_register'),
        ('programmes', '0028_prepared_files'),
        ('programmes', '0029_saved_reports'),
        ('programmes', '0030_figures_that_follow_measures'),
        ('programmes', '0031_delivery_first_date'),
        ('programmes', '0032_load_of_rounds'),
        ('programmes', '0033_closed_reports'),
        ('programmes', '0034_room_for_profiles'),
        ('programmes', '0035_tries_of_prepared_files'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('curriculum', '0009_titles_refuse_numbers'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
            },
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('unit_kind', models.CharField(choices=[('school', 'school'), ('preschool', 'preschool'), ('leisure', 'open leisure activities'), ('civil_society', 'civil society'), ('company', 'housing or other company')], default='school', max_length=16, verbose_name='for')),
                ('is_mandatory', models.BooleanField(default=False, verbose_name='mandatory')),
                ('renewal_years', models.PositiveSmallIntegerField(blank=True, help_text='Empty when once is enough.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='taken again after how many years')),
            ],
            options={
                'verbose_name': 'course',
                'verbose_name_plural': 'courses',
            },
        ),
        migrations.CreateModel(
            name='MentorCohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='school year starts in')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('door_code', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]{4}-[A-Z0-9]{4}$', 'Four signs, a hyphen and four signs.')], verbose_name='door code')),
                ('applied', models.PositiveSmallIntegerField(blank=True, help_text='A head-count. Who was not chosen is not kept.', null=True, verbose_name='pupils who applied')),
                ('room', models.CharField(blank=True, max_length=60, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='room')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('door_closed_at', models.DateTimeField(blank=True, help_text='Empty while the code opens.', null=True, verbose_name='door closed')),
            ],
            options={
                'verbose_name': 'mentor cohort',
                'verbose_name_plural': 'mentor cohorts',
            },
        ),
        migrations.CreateModel(
            name='ClosedPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=12, verbose_name='period')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('closed_at', models.DateTimeField(verbose_name='closed')),
                ('definitions', models.CharField(max_length=12, verbose_name='version of the definitions')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('figures', models.JSONField(verbose_name='figures')),
                ('rows', models.BinaryField(verbose_name='rows')),
                ('reopened_at', models.DateTimeField(blank=True, null=True, verbose_name='reopened')),
                ('reopen_reason', models.CharField(blank=True, max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='why it was reopened')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.programme', verbose_name='programme')),
                ('reopened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reopened by')),
            ],
            options={
                'verbose_name': 'closed period',
                'verbose_name_plural': 'closed periods',
                'ordering': ['-last_day', '-first_day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='closed_period_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('reopened_at__isnull', True), models.Q(('reopen_reason', ''), _negated=True), _connector='OR'), name='reopened_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ClosedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.CharField(help_text='Its address.', max_length=40, verbose_name='report')),
                ('selection', models.CharField(blank=True, help_text='Which schools it holds; empty for all of them.', max_length=80, verbose_name='selection')),
                ('content', models.BinaryField(verbose_name='content')),
                ('closed_period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programmes.closedperiod')),
            ],
            options={
                'verbose_name': 'report of a closed period',
                'verbose_name_plural': 'reports of closed periods',
                'constraints': [models.UniqueConstraint(fields=('closed_period', 'report', 'selection'), name='closed_report_once')],
            },
        ),
        migrations.CreateModel(
            name='ClosedPeriodFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('selection', models.CharField(blank=True, help_text='Which schools it holds; empty for all of them.', max_length=80, verbose_name='selection')),
                ('file_format', models.CharField(max_length=4, verbose_name='format')),
                ('export_id', models.CharField(max_length=20, verbose_name='export id')),
                ('profile', models.CharField(max_length=500, verbose_name='profile')),
                ('words', models.CharField(max_length=300, verbose_name='selection in words')),
                ('checksum', models.CharField(help_text='SHA-256 of the file.', max_length=64, verbose_name='checksum')),
                ('content', models.BinaryField(verbose_name='content')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('closed_period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='programmes.closedperiod')),
                ('report', models.ForeignKey(blank=True, help_text='Empty for coverage.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='programmes.closedreport', verbose_name='report')),
            ],
            options={
                'verbose_name': 'file of a closed period',
                'verbose_name_plural': 'files of closed periods',
                'constraints': [models.UniqueConstraint(condition=models.Q(('report__isnull', True)), fields=('closed_period', 'selection', 'file_format', 'profile'), name='closed_period_file_once'), models.UniqueConstraint(fields=('report', 'file_format'), name='closed_report_file_once')],
            },
        ),
        migrations.CreateModel(
            name='CourseOccasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('reported_at', models.DateTimeField(auto_now=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occasions', to='programmes.course')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'occasion of a course',
                'verbose_name_plural': 'occasions of courses',
                'indexes': [models.Index(fields=['course', 'date'], name='occasion_by_course')],
            },
        ),
        migrations.CreateModel(
            name='Deletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(help_text='The reference number of the decision.', max_length=60, verbose_name='decision')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begun')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='rows')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'deletion',
                'verbose_name_plural': 'deletions',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.PositiveSmallIntegerField(default=0, help_text='0 is the whole class, 1 and on are groups of a split class.', validators=[django.core.validators.MaxValueValidator(9)], verbose_name='group')),
                ('date', models.DateField(verbose_name='date')),
                ('date_precision', models.CharField(choices=[('day', 'day'), ('week', 'week')], default='day', max_length=4)),
                ('group_size', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='pupils in the group')),
                ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pupils present')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='minutes')),
                ('core_parts_done', models.JSONField(blank=True, help_text='The ids of the steps, in the version of the plan that was used; empty when not recorded.', null=True, verbose_name='core parts done')),
                ('core_parts_count', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('core_parts_total', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('engagement', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 low'), (2, '2'), (3, '3'), (4, '4 high')], null=True, verbose_name='engagement')),
                ('preparation', models.CharField(blank=True, choices=[('none', 'none'), ('up_to_15', 'up to 15 min'), ('up_to_45', '16–45 min'), ('over_45', 'over 45 min')], max_length=10, verbose_name='preparation')),
                ('is_adapted', models.BooleanField(blank=True, null=True, verbose_name='adapted')),
                ('adaptation_what', models.CharField(blank=True, choices=[('shortened', 'shortened'), ('lengthened', 'lengthened'), ('left_out', 'a part left out'), ('added', 'something added'), ('reordered', 'another order'), ('replaced', 'an exercise replaced'), ('simplified', 'simplified or translated')], max_length=12, verbose_name='what was adapted')),
                ('adaptation_why', models.CharField(blank=True, choices=[('time', 'time'), ('age', 'age or maturity'), ('language', 'language'), ('needs', "pupils' needs"), ('event', 'something that happened'), ('room', 'room or equipment'), ('leader', "the leader's judgement")], max_length=12, verbose_name='why')),
                ('adaptation_planned', models.BooleanField(blank=True, null=True, verbose_name='planned adaptation')),
                ('note', models.CharField(blank=True, max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('client_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('reported_at', models.DateTimeField(auto_now_add=True)),
                ('plan_revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.revision', verbose_name='plan version')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(fields=['date'], name='delivery_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('group_size__range', (1, 60))), name='delivery_group_has_pupils'), models.CheckConstraint(condition=models.Q(('present__isnull', True), ('present__lte', models.F('group_size')), _connector='OR'), name='present_within_the_group'), models.CheckConstraint(condition=models.Q(models.Q(('core_parts_count__isnull', True), ('core_parts_total__isnull', True)), models.Q(('core_parts_count__isnull', False), ('core_parts_total__gte', models.F('core_parts_count'))), _connector='OR'), name='core_parts_within_the_plan'), models.CheckConstraint(condition=models.Q(('engagement__isnull', True), ('engagement__range', (1, 4)), _connector='OR'), name='engagement_from_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('leisure', 'leisure teacher'), ('health', 'pupil health staff'), ('other_staff', 'other school staff'), ('guest', 'guest'), ('mentor', 'mentor')], max_length=12, verbose_name='role')),
                ('organisation', models.CharField(choices=[('school', 'the school'), ('social_services', 'social services'), ('police', 'police'), ('rescue_service', 'rescue service'), ('housing', 'housing company'), ('centre', 'violence-prevention centre'), ('other', 'other')], max_length=16, verbose_name='organisation')),
                ('is_trained', models.BooleanField(blank=True, null=True, verbose_name='trained')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaders', to='programmes.delivery')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'leader of a delivery',
                'verbose_name_plural': 'leaders of deliveries',
            },
        ),
        migrations.CreateModel(
            name='DigestRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='since')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'no weekly digest',
                'verbose_name_plural': 'no weekly digests',
            },
        ),
        migrations.CreateModel(
            name='HistoricalDeliveryLeader',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('leisure', 'leisure teacher'), ('health', 'pupil health staff'), ('other_staff', 'other school staff'), ('guest', 'guest'), ('mentor', 'mentor')], max_length=12, verbose_name='role')),
                ('organisation', models.CharField(choices=[('school', 'the school'), ('social_services', 'social services'), ('police', 'police'), ('rescue_service', 'rescue service'), ('housing', 'housing company'), ('centre', 'violence-prevention centre'), ('other', 'other')], max_length=16, verbose_name='organisation')),
                ('is_trained', models.BooleanField(blank=True, null=True, verbose_name='trained')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('delivery', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.delivery')),
                ('history_relation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', to='programmes.deliveryleader')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical leader of a delivery',
                'verbose_name_plural': 'historical leaders of deliveries',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Mentor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.CharField(max_length=20, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='alias')),
                ('pair', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='pair')),
                ('step', models.PositiveSmallIntegerField(choices=[(1, 'chosen'), (2, 'trained'), (3, 'active')], default=1, verbose_name='step')),
                ('chosen_date', models.DateField(blank=True, null=True, verbose_name='chosen on')),
                ('trained_date', models.DateField(blank=True, null=True, verbose_name='trained on')),
                ('active_date', models.DateField(blank=True, null=True, verbose_name='active from')),
                ('left', models.CharField(blank=True, choices=[('time', 'lack of time'), ('moved', 'changed school'), ('wish', 'own wish'), ('other', 'another reason')], max_length=12, verbose_name='left because of')),
                ('left_date', models.DateField(blank=True, null=True, verbose_name='left on')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentors', to='programmes.mentorcohort')),
            ],
            options={
                'verbose_name': 'mentor',
                'verbose_name_plural': 'mentors',
                'constraints': [models.UniqueConstraint(fields=('cohort', 'alias'), name='mentor_once_per_cohort'), models.CheckConstraint(condition=models.Q(('left_date__isnull', True), models.Q(('left', ''), _negated=True), _connector='OR'), name='mentor_who_left_has_a_reason'), models.CheckConstraint(condition=models.Q(('pair__isnull', True), ('pair__range', (1, 9)), _connector='OR'), name='mentor_pair_from_1_to_9')],
            },
        ),
        migrations.CreateModel(
            name='MentorMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('training', 'training'), ('gathering', 'gathering')], default='training', max_length=12, verbose_name='what')),
                ('date', models.DateField(verbose_name='date')),
                ('place', models.CharField(blank=True, max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='place')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3000)], verbose_name='minutes')),
                ('present_count', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('invited', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='programmes.mentorcohort')),
                ('present', models.ManyToManyField(blank=True, related_name='+', to='programmes.mentor', verbose_name='mentors present')),
            ],
            options={
                'verbose_name': 'training or gathering of mentors',
                'verbose_name_plural': 'trainings and gatherings of mentors',
                'constraints': [models.UniqueConstraint(fields=('cohort', 'kind', 'date'), name='mentor_meeting_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='KeyPersons',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(choices=[('school', 'the school'), ('social_services', 'social services'), ('police', 'police'), ('rescue_service', 'rescue service'), ('housing', 'housing company'), ('centre', 'violence-prevention centre'), ('other', 'other')], max_length=16, verbose_name='organisation')),
                ('people', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='key persons')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='key_persons', to='programmes.mentormeeting')),
            ],
            options={
                'verbose_name': 'key persons',
                'verbose_name_plural': 'key persons',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'organisation'), name='key_persons_once_per_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('code', models.CharField(max_length=4, unique=True, validators=[django.core.validators.RegexValidator('^\\d{4}$', 'A municipality code is four digits.')], verbose_name='municipality code')),
                ('parent_meetings_to_complete', models.PositiveSmallIntegerField(default=3, help_text='How many of the four meetings of an ABC group a parent must have been at.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='meetings that complete a parent group')),
                ('digest_weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0, help_text='What is due goes to each person by e-mail once a week. Empty: no such letters.', null=True, verbose_name='weekday of the weekly digest')),
                ('digest_hour', models.PositiveSmallIntegerField(default=7, help_text='From this hour, in whole hours.', validators=[django.core.validators.MaxValueValidator(23)], verbose_name='hour of the weekly digest')),
                ('internal_threshold', models.PositiveSmallIntegerField(default=4, help_text="On screens and in the files of the municipality's own. A number of so many persons shows as “..”.", validators=[django.core.validators.MinValueValidator(4), django.core.validators.MaxValueValidator(49)], verbose_name='hidden within the municipality: up to and including')),
                ('open_threshold', models.PositiveSmallIntegerField(default=9, help_text='In evaluation packages. Never lower than within the municipality.', validators=[django.core.validators.MinValueValidator(4), django.core.validators.MaxValueValidator(49)], verbose_name='hidden in what leaves the municipality: up to and including')),
                ('smallest_group', models.PositiveSmallIntegerField(default=10, help_text='Of a group with fewer persons than this, only a nought is shown.', validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(100)], verbose_name='smallest group that is told of')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'municipality',
                'verbose_name_plural': 'municipalities',
                'constraints': [models.CheckConstraint(condition=models.Q(('parent_meetings_to_complete__gte', 1), ('parent_meetings_to_complete__lte', 4)), name='parent_group_completed_by_one_to_four'), models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23), models.Q(('digest_weekday__isnull', True), ('digest_weekday__range', (0, 6)), _connector='OR')), name='digest_has_a_time_of_the_week'), models.CheckConstraint(condition=models.Q(('internal_threshold__range', (4, 49)), ('open_threshold__range', (4, 49)), ('smallest_group__range', (10, 100))), name='small_numbers_within_bounds'), models.CheckConstraint(condition=models.Q(('open_threshold__gte', models.F('internal_threshold'))), name='open_threshold_not_below_internal', violation_error_message='More may not be shown outside the municipality than within it.')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('problem', models.CharField(max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='problem')),
                ('goal', models.CharField(max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='goal')),
                ('measure', models.CharField(max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='measure')),
                ('responsible', models.CharField(help_text="A function, never a person's name.", max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='responsible')),
                ('start_date', models.DateField(verbose_name='begins')),
                ('end_date', models.DateField(verbose_name='ready')),
                ('indicator', models.CharField(help_text='How you will see whether it worked.', max_length=200, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='indicator')),
                ('figure', models.CharField(blank=True, choices=[('taget', 'Tåget: sessions held of those expected'), ('base', 'Tåget: classes with all base sessions'), ('mvp', 'MVP: sessions held of those expected'), ('staff_sessions', 'staff sessions held'), ('parents', 'parents who started in ABC groups'), ('courses', "school staff at the municipality's courses"), ('person_hours', 'person-hours of those who lead')], help_text='Stands beside the measure in the follow-up, in its area. It does not say what caused what.', max_length=16, verbose_name='figure in Stins')),
                ('follow_up', models.TextField(blank=True, max_length=1000, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='follow-up')),
                ('written_at', models.DateTimeField(auto_now=True)),
                ('area', models.ForeignKey(blank=True, help_text='Empty for the whole municipality.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area', verbose_name='area')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'indexes': [models.Index(fields=['municipality', 'end_date'], name='measure_by_municipality')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end_date__gte', models.F('start_date'))), name='measure_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='KnownHeading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('classes', 'a class list'), ('deliveries', 'a log of sessions held'), ('schools', 'the schools of the register')], max_length=12, verbose_name='kind')),
                ('heading', models.CharField(max_length=60, verbose_name='heading')),
                ('field', models.CharField(blank=True, max_length=20, verbose_name='field')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'known heading',
                'verbose_name_plural': 'known headings',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'kind', 'heading'), name='heading_known_once')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='what is measured')),
                ('unit', models.CharField(help_text='For example per cent or pupils.', max_length=20, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='unit')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='value')),
                ('source', models.CharField(max_length=160, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='source')),
                ('area', models.ForeignKey(blank=True, help_text='Empty for the whole municipality.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area', verbose_name='area')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'context indicator',
                'verbose_name_plural': 'context indicators',
                'constraints': [models.UniqueConstraint(condition=models.Q(('area__isnull', True)), fields=('municipality', 'name', 'year'), name='indicator_once_a_year'), models.UniqueConstraint(condition=models.Q(('area__isnull', False)), fields=('municipality', 'area', 'name', 'year'), name='indicator_once_a_year_in_an_area')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationPackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('export_id', models.CharField(max_length=20, unique=True, verbose_name='export id')),
                ('start_year', models.PositiveSmallIntegerField(verbose_name='school year starts in')),
                ('counted_to', models.DateField(verbose_name='counted to')),
                ('profile', models.CharField(max_length=12, verbose_name='profile')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('checksum', models.CharField(help_text='SHA-256 of the file.', max_length=64, verbose_name='checksum')),
                ('content', models.BinaryField(verbose_name='content')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.municipality', verbose_name='municipality')),
            ],
            options={
                'verbose_name': 'evaluation package',
                'verbose_name_plural': 'evaluation packages',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='course',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='courses', to='programmes.municipality'),
        ),
        migrations.CreateModel(
            name='ClosingInLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=12, verbose_name='period')),
                ('asked_at', models.DateTimeField(verbose_name='asked for at')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('has_failed', models.BooleanField(default=False, verbose_name='failed')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='curriculum.programme')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'period being closed',
                'verbose_name_plural': 'periods being closed',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'programme', 'period'), name='period_closing_once')],
            },
        ),
        migrations.AddField(
            model_name='closedperiod',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.municipality', verbose_name='municipality'),
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('fetched_date', models.DateField(blank=True, null=True, verbose_name='last fetched')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('user', 'municipality'), name='one_open_calendar_address_a_person')],
            },
        ),
        migrations.AddField(
            model_name='area',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='programmes.municipality'),
        ),
        migrations.CreateModel(
            name='OtherUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('kind', models.CharField(choices=[('preschool', 'preschool'), ('leisure', 'open leisure activities'), ('civil_society', 'civil society'), ('company', 'housing or other company')], max_length=16, verbose_name='kind of unit')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_units', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'name'), name='unit_once_per_municipality'), models.CheckConstraint(condition=models.Q(('kind', 'school'), _negated=True), name='unit_is_no_school')],
            },
        ),
        migrations.CreateModel(
            name='ParentGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age', models.CharField(choices=[('0-2', '0–2 years'), ('3-12', '3–12 years'), ('13-18', '13–18 years')], max_length=5, verbose_name="children's age")),
                ('language', models.CharField(choices=[('swedish', 'Swedish'), ('arabic', 'Arabic'), ('dari', 'Dari'), ('english', 'English'), ('finnish', 'Finnish'), ('persian', 'Persian'), ('polish', 'Polish'), ('somali', 'Somali'), ('sorani', 'Sorani'), ('spanish', 'Spanish'), ('tigrinya', 'Tigrinya'), ('turkish', 'Turkish'), ('ukrainian', 'Ukrainian'), ('other', 'another language')], default='swedish', max_length=12, verbose_name='language')),
                ('has_interpreter', models.BooleanField(default=False, verbose_name='with interpreter')),
                ('format', models.CharField(choices=[('on_site', 'on site'), ('digital', 'digital'), ('mixed', 'mixed')], default='on_site', max_length=8, verbose_name='format')),
                ('place', models.CharField(blank=True, max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='place')),
                ('seats', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='seats')),
                ('start_time', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('end_time', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('takes_sign_ups', models.BooleanField(default=False, verbose_name='open for sign-up')),
                ('is_cancelled', models.BooleanField(default=False, verbose_name='cancelled')),
                ('completed', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='parents who completed')),
                ('reported_at', models.DateTimeField(auto_now=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parent_groups', to='programmes.municipality', verbose_name='municipality')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'parent group',
                'verbose_name_plural': 'parent groups',
                'constraints': [models.CheckConstraint(condition=models.Q(('seats__gte', 1), ('seats__lte', 60)), name='parent_group_has_reasonable_seats'), models.CheckConstraint(condition=models.Q(('completed__isnull', True), ('completed__lte', 60), _connector='OR'), name='parent_group_completed_within_reason'), models.CheckConstraint(condition=models.Q(('end_time__isnull', True), models.Q(('end_time__gt', models.F('start_time')), ('start_time__isnull', False)), _connector='OR'), name='parent_group_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='ParentGroupLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('leisure', 'leisure teacher'), ('health', 'pupil health staff'), ('other_staff', 'other school staff'), ('guest', 'guest'), ('mentor', 'mentor')], max_length=12, verbose_name='role')),
                ('organisation', models.CharField(choices=[('school', 'the school'), ('social_services', 'social services'), ('police', 'police'), ('rescue_service', 'rescue service'), ('housing', 'housing company'), ('centre', 'violence-prevention centre'), ('other', 'other')], max_length=16, verbose_name='organisation')),
                ('is_trained', models.BooleanField(blank=True, null=True, verbose_name='trained')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaders', to='programmes.parentgroup')),
            ],
            options={
                'verbose_name': 'leader of a parent group',
                'verbose_name_plural': 'leaders of parent groups',
            },
        ),
        migrations.CreateModel(
            name='ParentGroupMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='meeting')),
                ('date', models.DateField(verbose_name='date')),
                ('parents', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='parents')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='programmes.parentgroup')),
            ],
            options={
                'verbose_name': 'meeting of a parent group',
                'verbose_name_plural': 'meetings of parent groups',
                'indexes': [models.Index(fields=['date'], name='parent_group_meeting_by_day')],
                'constraints': [models.UniqueConstraint(fields=('group', 'number'), name='parent_group_meets_once_by_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 4)), name='parent_group_meets_four_times'), models.CheckConstraint(condition=models.Q(('parents__isnull', True), ('parents__lte', 60), _connector='OR'), name='parent_group_meeting_within_reason')],
            },
        ),
        migrations.CreateModel(
            name='ParentMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('train', 'Tåget for parents'), ('theme', 'theme evening'), ('other', 'another parent meeting')], max_length=20, verbose_name='kind')),
                ('language', models.CharField(choices=[('swedish', 'Swedish'), ('arabic', 'Arabic'), ('dari', 'Dari'), ('english', 'English'), ('finnish', 'Finnish'), ('persian', 'Persian'), ('polish', 'Polish'), ('somali', 'Somali'), ('sorani', 'Sorani'), ('spanish', 'Spanish'), ('tigrinya', 'Tigrinya'), ('turkish', 'Turkish'), ('ukrainian', 'Ukrainian'), ('other', 'another language')], default='swedish', max_length=12, verbose_name='language')),
                ('theme', models.CharField(max_length=120, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='what it was about')),
                ('date', models.DateField(verbose_name='date')),
                ('parents', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(500)], verbose_name='parents')),
                ('reported_at', models.DateTimeField(auto_now=True)),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'parent meeting',
                'verbose_name_plural': 'parent meetings',
                'constraints': [models.CheckConstraint(condition=models.Q(('parents__isnull', True), ('parents__lte', 500), _connector='OR'), name='parent_meeting_within_reason')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]{4}-[A-Z0-9]{4}$')], verbose_name='code')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('useful_1', models.PositiveIntegerField(default=0)),
                ('useful_2', models.PositiveIntegerField(default=0)),
                ('useful_3', models.PositiveIntegerField(default=0)),
                ('useful_4', models.PositiveIntegerField(default=0)),
                ('welcome_1', models.PositiveIntegerField(default=0)),
                ('welcome_2', models.PositiveIntegerField(default=0)),
                ('welcome_3', models.PositiveIntegerField(default=0)),
                ('welcome_4', models.PositiveIntegerField(default=0)),
                ('group_meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='programmes.parentgroupmeeting')),
                ('parent_meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='programmes.parentmeeting')),
            ],
            options={
                'verbose_name': 'questions after a meeting',
                'verbose_name_plural': 'questions after meetings',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('group_meeting__isnull', True), ('parent_meeting__isnull', False)), models.Q(('group_meeting__isnull', False), ('parent_meeting__isnull', True)), _connector='OR'), name='feedback_is_about_one_meeting'), models.CheckConstraint(condition=models.Q(('useful_1', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('welcome_1'), '+', models.F('welcome_2')), '+', models.F('welcome_3')), '+', models.F('welcome_4')), '-', models.F('useful_2')), '-', models.F('useful_3')), '-', models.F('useful_4')))), name='feedback_answers_both_questions')],
            },
        ),
        migrations.CreateModel(
            name='ParentSignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=40, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='first name')),
                ('email', models.EmailField(blank=True, max_length=254, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=16, validators=[django.core.validators.RegexValidator('^(0|\\+)\\d{6,14}$')], verbose_name='phone')),
                ('state', models.CharField(choices=[('placed', 'has a seat'), ('waiting', 'on the waiting list'), ('cancelled', 'cancelled')], max_length=9, verbose_name='state')),
                ('reference', models.CharField(editable=False, max_length=7, verbose_name='reference')),
                ('nonce', models.CharField(editable=False, max_length=32, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='signed up')),
                ('contacted_at', models.DateTimeField(blank=True, null=True, verbose_name='contacted')),
                ('last_day', models.DateField(verbose_name="the group's last meeting")),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ups', to='programmes.parentgroup')),
            ],
            options={
                'verbose_name': 'sign-up for a parent group',
                'verbose_name_plural': 'sign-ups for parent groups',
                'indexes': [models.Index(fields=['group', 'created_at'], name='parent_sign_up_in_line'), models.Index(fields=['last_day'], name='parent_sign_up_by_last_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='parent_sign_up_can_be_reached'), models.UniqueConstraint(condition=models.Q(('state__in', ('placed', 'waiting')), models.Q(('email', ''), _negated=True)), fields=('group', 'email'), name='parent_sign_up_once_by_email'), models.UniqueConstraint(condition=models.Q(('state__in', ('placed', 'waiting')), models.Q(('phone', ''), _negated=True)), fields=('group', 'phone'), name='parent_sign_up_once_by_phone')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('area', models.CharField(choices=[('safety', 'safety-creating'), ('violence', 'violence-preventing'), ('prevention', 'crime-preventing'), ('fighting', 'crime-fighting')], max_length=12, verbose_name='area of the agreement')),
                ('organisation', models.CharField(choices=[('school', 'the school'), ('social_services', 'social services'), ('police', 'police'), ('rescue_service', 'rescue service'), ('housing', 'housing company'), ('centre', 'violence-prevention centre'), ('other', 'other')], default='other', help_text="What is chosen when a session is reported. Its hours become the partner's.", max_length=16, verbose_name='leaders from')),
                ('contact', models.CharField(help_text="Which function to ask for, never a person's name.", max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='contact function')),
                ('address', models.CharField(blank=True, help_text="A switchboard or a shared mailbox, never a person's own.", max_length=120, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='how to reach it')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'name'), name='partner_once_per_municipality'), models.UniqueConstraint(condition=models.Q(('organisation', 'other'), _negated=True), fields=('municipality', 'organisation'), name='partner_once_per_organisation', violation_error_message='Another partner has the hours of those leaders already.')],
            },
        ),
        migrations.CreateModel(
            name='PlannedSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='due')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'planned session',
                'verbose_name_plural': 'planned sessions',
                'indexes': [models.Index(fields=['due_date'], name='planned_by_due_date')],
            },
        ),
        migrations.CreateModel(
            name='NotHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('illness', 'illness'), ('no_room', 'no room'), ('staffing', 'substitute or staff shortage'), ('school_event', 'school activity'), ('unsuitable', 'does not suit the group'), ('moved', 'moved to later'), ('other', 'other')], max_length=12, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('client_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('reported_at', models.DateTimeField(auto_now_add=True)),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='not_held', to='programmes.plannedsession')),
            ],
            options={
                'verbose_name': 'session not held',
                'verbose_name_plural': 'sessions not held',
            },
        ),
        migrations.CreateModel(
            name='MentorLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('feeling', models.CharField(choices=[('well', 'Well'), ('fair', 'So-so'), ('hard', 'Hard')], max_length=8, verbose_name='how it went')),
                ('reach', models.CharField(choices=[('all', 'All of it'), ('most', 'Most of it'), ('half', 'Half or less')], max_length=8, verbose_name='how much there was time for')),
                ('talk', models.CharField(choices=[('no', 'No need'), ('next', 'At supervision'), ('soon', 'As soon as possible')], max_length=8, verbose_name='wants to talk')),
                ('planned_session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mentor_log', to='programmes.plannedsession')),
            ],
            options={
                'verbose_name': "mentors' log",
                'verbose_name_plural': "mentors' logs",
            },
        ),
        migrations.CreateModel(
            name='HistoricalNotHeld',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('reason', models.CharField(choices=[('illness', 'illness'), ('no_room', 'no room'), ('staffing', 'substitute or staff shortage'), ('school_event', 'school activity'), ('unsuitable', 'does not suit the group'), ('moved', 'moved to later'), ('other', 'other')], max_length=12, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('client_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('reported_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_relation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', to='programmes.notheld')),
                ('planned_session', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.plannedsession')),
            ],
            options={
                'verbose_name': 'historical session not held',
                'verbose_name_plural': 'historical sessions not held',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDelivery',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('group', models.PositiveSmallIntegerField(default=0, help_text='0 is the whole class, 1 and on are groups of a split class.', validators=[django.core.validators.MaxValueValidator(9)], verbose_name='group')),
                ('date', models.DateField(verbose_name='date')),
                ('date_precision', models.CharField(choices=[('day', 'day'), ('week', 'week')], default='day', max_length=4)),
                ('group_size', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='pupils in the group')),
                ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pupils present')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='minutes')),
                ('core_parts_done', models.JSONField(blank=True, help_text='The ids of the steps, in the version of the plan that was used; empty when not recorded.', null=True, verbose_name='core parts done')),
                ('core_parts_count', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('core_parts_total', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('engagement', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 low'), (2, '2'), (3, '3'), (4, '4 high')], null=True, verbose_name='engagement')),
                ('preparation', models.CharField(blank=True, choices=[('none', 'none'), ('up_to_15', 'up to 15 min'), ('up_to_45', '16–45 min'), ('over_45', 'over 45 min')], max_length=10, verbose_name='preparation')),
                ('is_adapted', models.BooleanField(blank=True, null=True, verbose_name='adapted')),
                ('adaptation_what', models.CharField(blank=True, choices=[('shortened', 'shortened'), ('lengthened', 'lengthened'), ('left_out', 'a part left out'), ('added', 'something added'), ('reordered', 'another order'), ('replaced', 'an exercise replaced'), ('simplified', 'simplified or translated')], max_length=12, verbose_name='what was adapted')),
                ('adaptation_why', models.CharField(blank=True, choices=[('time', 'time'), ('age', 'age or maturity'), ('language', 'language'), ('needs', "pupils' needs"), ('event', 'something that happened'), ('room', 'room or equipment'), ('leader', "the leader's judgement")], max_length=12, verbose_name='why')),
                ('adaptation_planned', models.BooleanField(blank=True, null=True, verbose_name='planned adaptation')),
                ('note', models.CharField(blank=True, max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('client_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('reported_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_relation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', to='programmes.delivery')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan_revision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.revision', verbose_name='plan version')),
                ('reported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_session', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programmes.plannedsession')),
            ],
            options={
                'verbose_name': 'historical delivery',
                'verbose_name_plural': 'historical deliveries',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='GroupSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('room', models.CharField(blank=True, max_length=60, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='room')),
                ('pair', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='pair that leads')),
                ('planned_session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='arrangement', to='programmes.plannedsession')),
            ],
            options={
                'verbose_name': "arrangement of a group's session",
                'verbose_name_plural': "arrangements of groups' sessions",
                'constraints': [models.CheckConstraint(condition=models.Q(('pair__isnull', True), ('pair__range', (1, 9)), _connector='OR'), name='lead_pair_from_1_to_9')],
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='planned_session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='programmes.plannedsession'),
        ),
        migrations.CreateModel(
            name='PreparedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='reference')),
                ('file_format', models.CharField(choices=[('xlsx', 'Excel'), ('csv', 'CSV')], max_length=8, verbose_name='format')),
                ('asked', models.JSONField(default=dict, verbose_name='asked for')),
                ('key', models.CharField(help_text='The same for the same request on the same day.', max_length=64, verbose_name='key')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('file_name', models.CharField(max_length=150, verbose_name='file name')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('making', 'being made'), ('ready', 'ready'), ('failed', 'not made')], default='waiting', max_length=8, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked for at')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='last sign of life')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='ready')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='times begun')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('export_id', models.CharField(blank=True, max_length=20, verbose_name='export id')),
                ('size', models.PositiveBigIntegerField(default=0, help_text='In bytes.', verbose_name='size')),
                ('checksum', models.CharField(blank=True, help_text='SHA-256 of the file.', max_length=64, verbose_name='checksum')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'prepared file',
                'verbose_name_plural': 'prepared files',
                'ordering': ['-asked_at', '-pk'],
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'failed'), _negated=True), fields=('owner', 'key'), name='prepared_file_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('ready_at__isnull', False), ('size__gt', 0)), _connector='OR'), name='prepared_file_ready_has_bytes')],
            },
        ),
        migrations.CreateModel(
            name='PreparedFilePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('content', models.BinaryField(verbose_name='content')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='programmes.preparedfile')),
            ],
            options={
                'verbose_name': 'part of a prepared file',
                'verbose_name_plural': 'parts of prepared files',
                'ordering': ['file', 'number'],
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='prepared_file_part_once')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lowest_grade', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(9)], verbose_name='lowest grade')),
                ('highest_grade', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(9)], verbose_name='highest grade')),
                ('sessions_per_year', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='pupil sessions a school year')),
                ('staff_sessions_per_year', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='staff sessions a school year')),
                ('workplace_meetings_per_year', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='APT on gender equality a school year')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='programmes.municipality')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'programme target',
                'verbose_name_plural': 'programme targets',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'programme'), name='target_once_per_programme'), models.CheckConstraint(condition=models.Q(('highest_grade__lte', 9), ('lowest_grade__lte', models.F('highest_grade'))), name='target_grades_in_order', violation_error_message='The highest grade comes before the lowest.')],
            },
        ),
        migrations.CreateModel(
            name='RegisterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=40, verbose_name='register')),
                ('sheets', models.JSONField(default=list)),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file for a register',
                'verbose_name_plural': 'files for registers',
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=8, validators=[django.core.validators.RegexValidator('^([HV]T\\d{4}|\\d{4}/\\d{2}|T[123]-\\d{4})$')], verbose_name='period')),
                ('words', models.CharField(blank=True, max_length=500, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='own words')),
                ('sent_date', models.DateField(verbose_name='sent')),
                ('recipients', models.PositiveSmallIntegerField(verbose_name='recipients')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.programme', verbose_name='programme')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'constraints': [models.CheckConstraint(condition=models.Q(('recipients__gte', 1)), name='reminder_reaches_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(blank=True, null=True, verbose_name="the week's Monday")),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('taken', 'about to be sent'), ('sending', 'being sent'), ('sent', 'sent'), ('nothing', 'nothing to say'), ('unsure', 'perhaps sent'), ('failed', 'not sent')], default='waiting', max_length=8, verbose_name='state')),
                ('next_try_at', models.DateTimeField(verbose_name='next attempt')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('taken_by', models.UUIDField(blank=True, editable=False, null=True)),
                ('taken_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='programmes.municipality')),
                ('reminder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='programmes.reminder')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='letter_to_send'), models.Index(fields=['municipality', 'week'], name='letter_by_week')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('week__isnull', False)), fields=('user', 'municipality', 'week'), name='digest_once_a_week'), models.UniqueConstraint(condition=models.Q(('reminder__isnull', False)), fields=('user', 'reminder'), name='reminder_once_to_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('reminder__isnull', False), ('week__isnull', True)), models.Q(('reminder__isnull', True), ('week__isnull', False)), _connector='OR'), name='letter_is_a_digest_or_a_reminder')],
            },
        ),
        migrations.CreateModel(
            name='SavedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='report')),
                ('query', models.CharField(blank=True, max_length=400, verbose_name='selection')),
                ('name', models.CharField(help_text='As you will look for it. Nobody else sees it.', max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved selection',
                'verbose_name_plural': 'saved selections',
                'constraints': [models.UniqueConstraint(fields=('user', 'municipality', 'name'), name='saved_report_once_by_name')],
            },
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('slug', models.SlugField(max_length=60, verbose_name='address')),
                ('unit_code', models.CharField(max_length=8, unique=True, validators=[django.core.validators.RegexValidator('^[1-9]\\d{7}$', 'A school unit code is eight digits.')], verbose_name='school unit code')),
                ('lowest_grade', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='lowest grade')),
                ('highest_grade', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='highest grade')),
                ('closed_date', models.DateField(blank=True, help_text='The last day of a school that is no more; its years stay.', null=True, verbose_name='last day of the school')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='programmes.area', verbose_name='area')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='programmes.municipality', verbose_name='municipality')),
            ],
            options={
                'verbose_name': 'school',
                'verbose_name_plural': 'schools',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'slug'), name='school_slug_in_municipality'), models.CheckConstraint(condition=models.Q(models.Q(('highest_grade__isnull', True), ('lowest_grade__isnull', True)), models.Q(('highest_grade__lte', 9), ('lowest_grade__lte', models.F('highest_grade'))), _connector='OR'), name='school_grades_in_order')],
            },
        ),
        migrations.AddField(
            model_name='reminder',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='programmes.school', verbose_name='school'),
        ),
        migrations.AddField(
            model_name='preparedfile',
            name='schools',
            field=models.ManyToManyField(related_name='+', to='programmes.school', verbose_name='schools'),
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('active', 'active'), ('paused', 'paused')], default='active', max_length=8, verbose_name='status')),
                ('start_date', models.DateField(verbose_name='from')),
                ('end_date', models.DateField(blank=True, null=True, verbose_name='to and including')),
                ('reason', models.CharField(blank=True, max_length=200, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='reason')),
                ('end_reason', models.CharField(blank=True, max_length=200, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='reason that it ended')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.programme', verbose_name='programme')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='programmes.school')),
            ],
            options={
                'verbose_name': 'programme at a school',
                'verbose_name_plural': 'programmes at schools',
                'constraints': [models.UniqueConstraint(fields=('school', 'programme', 'start_date'), name='participation_starts_once_a_day'), models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='participation_ends_after_it_starts')],
            },
        ),
        migrations.AddField(
            model_name='parentmeeting',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parent_meetings', to='programmes.school', verbose_name='school'),
        ),
        migrations.AddField(
            model_name='parentgroup',
            name='school',
            field=models.ForeignKey(blank=True, help_text='Empty for a group of the municipality itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parent_groups', to='programmes.school', verbose_name='school'),
        ),
        migrations.AddField(
            model_name='mentormeeting',
            name='schools',
            field=models.ManyToManyField(blank=True, related_name='+', to='programmes.school', verbose_name='other schools'),
        ),
        migrations.AddField(
            model_name='mentorcohort',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='programmes.school', verbose_name='school'),
        ),
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('classes', 'a class list'), ('deliveries', 'a log of sessions held'), ('schools', 'the schools of the register')], max_length=12, verbose_name='kind')),
                ('start_year', models.PositiveSmallIntegerField(verbose_name='school year starts in')),
                ('sheets', models.JSONField(default=list)),
                ('headers', models.JSONField(default=dict)),
                ('answers', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('imported_at', models.DateTimeField(blank=True, null=True, verbose_name='imported')),
                ('outcome', models.JSONField(default=dict)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.school')),
            ],
            options={
                'verbose_name': 'import on its way',
                'verbose_name_plural': 'imports on their way',
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                ('about', models.JSONField(blank=True, default=dict, verbose_name='facts')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='concerning')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='programmes.municipality')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='programmes.school')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'indexes': [models.Index(fields=['municipality', '-at'], name='event_by_municipality'), models.Index(fields=['actor', '-at'], name='event_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='CourseAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participants', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='participants')),
                ('staff', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5000)], verbose_name='staff in all')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='programmes.courseoccasion')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='programmes.otherunit')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.school')),
            ],
            options={
                'verbose_name': 'participants of a unit',
                'verbose_name_plural': 'participants of units',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', False), ('unit__isnull', True)), models.Q(('school__isnull', True), ('unit__isnull', False)), _connector='OR'), name='attendance_is_a_schools_or_a_units'), models.UniqueConstraint(fields=('occasion', 'school'), name='attendance_once_per_school'), models.UniqueConstraint(fields=('occasion', 'unit'), name='attendance_once_per_unit'), models.CheckConstraint(condition=models.Q(('staff__isnull', True), ('participants__lte', models.F('staff')), _connector='OR'), name='participants_within_staff')],
            },
        ),
        migrations.CreateModel(
            name='CheckRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=6, validators=[django.core.validators.RegexValidator('^[HV]T\\d{4}$')], verbose_name='term')),
                ('first_day', models.DateField(editable=False, verbose_name='first day of the term')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='open until')),
                ('opened_date', models.DateField(verbose_name='opened')),
                ('closed_date', models.DateField(blank=True, null=True, verbose_name='closed')),
                ('load_adults', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='adults whom pupils turn to')),
                ('load_pairs', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='pupils, once for each adult')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_rounds', to='programmes.school')),
            ],
            options={
                'verbose_name': 'check round',
                'verbose_name_plural': 'check rounds',
                'constraints': [models.UniqueConstraint(fields=('school', 'term'), name='check_round_once_a_term'), models.UniqueConstraint(condition=models.Q(('closed_date__isnull', True)), fields=('school',), name='one_open_check_round_a_school'), models.CheckConstraint(condition=models.Q(('closed_date__isnull', True), ('closed_date__gte', models.F('opened_date')), _connector='OR'), name='check_round_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('load_adults__isnull', True), ('load_pairs__isnull', True)), ('load_pairs__gte', models.F('load_adults')), _connector='OR'), name='every_adult_carries_somebody')],
            },
        ),
        migrations.CreateModel(
            name='CauseAnalysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='school year starts in')),
                ('analysis', models.TextField(max_length=2000, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='why the figures are as they are')),
                ('action', models.TextField(max_length=1000, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='what you have decided')),
                ('follow_up_by', models.CharField(help_text="A function, never a person's name.", max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='who follows up')),
                ('follow_up_date', models.DateField(verbose_name='followed up by')),
                ('outcome', models.TextField(blank=True, max_length=1000, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='what came of it')),
                ('written_at', models.DateTimeField(auto_now=True)),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='programmes.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'cause analysis',
                'verbose_name_plural': 'cause analyses',
                'constraints': [models.UniqueConstraint(fields=('school', 'start_year'), name='analysis_once_a_school_year')],
            },
        ),
        migrations.CreateModel(
            name='SchoolAdult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('leisure', 'leisure leader'), ('assistant', 'pupil assistant'), ('special', 'special needs teacher'), ('counsellor', 'counsellor'), ('nurse', 'school nurse'), ('kitchen', 'kitchen staff'), ('caretaker', 'caretaker'), ('principal', 'head teacher'), ('other', 'another adult')], max_length=16, verbose_name='role')),
                ('name', models.CharField(help_text='First name and initial are enough. An alias, for whoever has protected identity.', max_length=40, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('start_date', models.DateField(verbose_name='from')),
                ('end_date', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adults', to='programmes.school')),
            ],
            options={
                'verbose_name': 'adult of the school',
                'verbose_name_plural': 'adults of the school',
                'constraints': [models.UniqueConstraint(models.F('school'), models.F('role'), django.db.models.functions.text.Lower('name'), condition=models.Q(('end_date__isnull', True)), name='adult_once_at_a_school'), models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='adult_leaves_after_the_first_day')],
            },
        ),
        migrations.CreateModel(
            name='SchoolClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='school year starts in')),
                ('name', models.CharField(max_length=40, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('lowest_grade', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(9)], verbose_name='lowest grade')),
                ('highest_grade', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(9)], verbose_name='highest grade')),
                ('enrolled', models.PositiveSmallIntegerField(blank=True, help_text='A head-count, never names. Empty when not known.', null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='enrolled pupils')),
                ('start_date', models.DateField(blank=True, null=True, verbose_name='exists from')),
                ('end_date', models.DateField(blank=True, help_text='Its last day, when it ends early.', null=True, verbose_name='ended')),
                ('room', models.CharField(blank=True, editable=False, max_length=60, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='room')),
                ('name_key', models.CharField(editable=False, max_length=40)),
                ('sort_key', models.CharField(editable=False, max_length=200)),
                ('cohort', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.mentorcohort')),
                ('follows', models.ManyToManyField(blank=True, related_name='followed_by', to='programmes.schoolclass', verbose_name='was last year')),
                ('home_class', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.schoolclass')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='programmes.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'class',
                'verbose_name_plural': 'classes',
                'indexes': [models.Index(fields=['start_year', 'school'], name='class_by_year_and_school')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cohort__isnull', True)), fields=('school', 'start_year', 'name_key'), name='class_once_per_school_and_year'), models.UniqueConstraint(condition=models.Q(('cohort__isnull', False)), fields=('cohort', 'name_key'), name='mentee_group_once_per_cohort'), models.CheckConstraint(condition=models.Q(('home_class__isnull', True), ('cohort__isnull', False), _connector='OR'), name='only_groups_have_a_home_class'), models.CheckConstraint(condition=models.Q(('highest_grade__lte', 9), ('lowest_grade__lte', models.F('highest_grade'))), name='class_grades_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ScenarioReservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scenario', models.CharField(max_length=80, verbose_name='scenario')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to='programmes.mentorcohort')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.session', verbose_name='session')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.schoolclass', verbose_name='mentee group')),
            ],
            options={
                'verbose_name': 'reserved scenario',
                'verbose_name_plural': 'reserved scenarios',
                'constraints': [models.UniqueConstraint(fields=('cohort', 'session', 'scenario'), name='scenario_reserved_once_per_cohort'), models.UniqueConstraint(fields=('group', 'session'), name='one_scenario_per_group_and_session')],
            },
        ),
        migrations.AddField(
            model_name='reminder',
            name='school_class',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.schoolclass', verbose_name='class'),
        ),
        migrations.AddField(
            model_name='plannedsession',
            name='school_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_sessions', to='programmes.schoolclass', verbose_name='class'),
        ),
        migrations.CreateModel(
            name='MovingUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='school year starts in')),
                ('moved_at', models.DateTimeField(auto_now_add=True)),
                ('moved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_up', to='programmes.school', verbose_name='school')),
                ('classes', models.ManyToManyField(help_text='The new classes: those that were there before do not count.', related_name='+', to='programmes.schoolclass', verbose_name='classes')),
            ],
            options={
                'verbose_name': 'moving up',
                'verbose_name_plural': 'moves up',
                'constraints': [models.UniqueConstraint(fields=('school', 'start_year'), name='moved_up_once_a_school_year')],
            },
        ),
        migrations.AddField(
            model_name='mentor',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.schoolclass', verbose_name='mentee group'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'session leader'), ('coordinator', 'school coordinator'), ('supervisor', 'MVP supervisor'), ('centre_younger', 'VPC coordinator, younger children'), ('centre_older', 'VPC coordinator, older children'), ('editor', 'editor'), ('evaluator', 'evaluator'), ('data_protection', 'data-protection officer'), ('administrator', 'system administrator')], max_length=16, verbose_name='role')),
                ('start_date', models.DateField(verbose_name='from')),
                ('end_date', models.DateField(blank=True, null=True, verbose_name='to and including')),
                ('predecessor', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='programmes.membership', verbose_name='taken over from')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='programmes.municipality', verbose_name='municipality')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='programmes.school', verbose_name='school')),
                ('classes', models.ManyToManyField(blank=True, help_text='A session leader sees these classes only.', related_name='memberships', to='programmes.schoolclass', verbose_name='classes')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'indexes': [models.Index(fields=['user', 'role', 'start_date'], name='membership_by_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('role__in', ('leader', 'coordinator', 'supervisor')), ('school__isnull', False)), models.Q(models.Q(('role__in', ('leader', 'coordinator', 'supervisor')), _negated=True), ('municipality__isnull', False), ('school__isnull', True)), _connector='OR'), name='membership_is_at_the_place_of_its_role'), models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='membership_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('evaluator',)), _negated=True), ('end_date__isnull', False), _connector='OR'), name='membership_of_a_limited_role_ends')],
            },
        ),
        migrations.CreateModel(
            name='ListedPupil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='number on the list')),
                ('short_name', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^[^\\W\\d_]+(-[^\\W\\d_]+)?\\.?$', 'One short name of letters only: never a surname.'), accounts.rules.validate_no_personal_identity_number], verbose_name='short name')),
                ('is_protected', models.BooleanField(default=False, verbose_name='protected identity')),
                ('names_nobody', models.BooleanField(default=False, verbose_name='named nobody')),
                ('asked_round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.checkround', verbose_name='last asked')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listed_pupils', to='programmes.schoolclass')),
            ],
            options={
                'verbose_name': 'pupil on a list',
                'verbose_name_plural': 'pupils on a list',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('school_class', 'number'), name='number_once_on_a_list'), models.CheckConstraint(condition=models.Q(('number__range', (1, 60))), name='number_on_a_list_in_range'), models.CheckConstraint(condition=models.Q(('is_protected', False), ('short_name', ''), _connector='OR'), name='protected_pupil_has_no_short_name'), models.CheckConstraint(condition=models.Q(('names_nobody', False), ('asked_round__isnull', False), _connector='OR'), name='nobody_named_only_when_asked')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='e-mail')),
                ('role', models.CharField(choices=[('leader', 'session leader'), ('coordinator', 'school coordinator'), ('supervisor', 'MVP supervisor'), ('centre_younger', 'VPC coordinator, younger children'), ('centre_older', 'VPC coordinator, older children'), ('editor', 'editor'), ('evaluator', 'evaluator'), ('data_protection', 'data-protection officer'), ('administrator', 'system administrator')], max_length=16, verbose_name='role')),
                ('end_date', models.DateField(blank=True, null=True, verbose_name='to and including')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(verbose_name='made')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('expires_at', models.DateTimeField(verbose_name='works until')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.municipality', verbose_name='municipality')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='programmes.school', verbose_name='school')),
                ('classes', models.ManyToManyField(blank=True, related_name='+', to='programmes.schoolclass', verbose_name='classes')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'indexes': [models.Index(fields=['municipality', '-created_at'], name='invitation_by_municipality')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('leader', 'coordinator', 'supervisor')), ('school__isnull', False)), models.Q(models.Q(('role__in', ('leader', 'coordinator', 'supervisor')), _negated=True), ('school__isnull', True)), _connector='OR'), name='invitation_is_to_the_place_of_its_role'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='invitation_is_accepted_or_taken_back'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('evaluator',)), _negated=True), ('end_date__isnull', False), _connector='OR'), name='invitation_of_a_limited_role_ends'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('role'), models.F('school'), condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), name='invitation_open_once_at_a_school'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('role'), models.F('municipality'), condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), ('school__isnull', True)), name='invitation_open_once_in_a_municipality')],
            },
        ),
        migrations.CreateModel(
            name='ClassCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pupils', models.PositiveSmallIntegerField(verbose_name='pupils on the list')),
                ('asked', models.PositiveSmallIntegerField(verbose_name='asked')),
                ('named', models.PositiveSmallIntegerField(verbose_name='named an adult')),
                ('named_nobody', models.PositiveSmallIntegerField(verbose_name='named nobody')),
                ('by_adults', models.PositiveSmallIntegerField(verbose_name="by the adults' word")),
                ('covered', models.PositiveSmallIntegerField(verbose_name='has a secure adult')),
                ('mismatches', models.PositiveSmallIntegerField(verbose_name='the words differ')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='class_checks', to='programmes.checkround')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.schoolclass')),
            ],
            options={
                'verbose_name': 'figures of a closed round',
                'verbose_name_plural': 'figures of closed rounds',
                'constraints': [models.UniqueConstraint(fields=('round', 'school_class'), name='class_once_in_a_closed_round'), models.CheckConstraint(condition=models.Q(('asked__gte', django.db.models.expressions.CombinedExpression(models.F('named'), '+', models.F('named_nobody'))), ('asked__lte', models.F('pupils')), ('by_adults__lte', models.F('covered')), ('covered__lte', models.F('pupils')), ('mismatches__lte', models.F('asked'))), name='closed_figures_within_the_list')],
            },
        ),
        migrations.CreateModel(
            name='MenteeGroup',
            fields=[
            ],
            options={
                'verbose_name': 'mentee group',
                'verbose_name_plural': 'mentee groups',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('programmes.schoolclass',),
        ),
        migrations.CreateModel(
            name='SchoolYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='starts in the year')),
                ('autumn_first_day', models.DateField(verbose_name='first day of the autumn term')),
                ('autumn_last_day', models.DateField(verbose_name='last day of the autumn term')),
                ('spring_first_day', models.DateField(verbose_name='first day of the spring term')),
                ('spring_last_day', models.DateField(verbose_name='last day of the spring term')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='school_years', to='programmes.municipality', verbose_name='municipality')),
            ],
            options={
                'verbose_name': 'school year',
                'verbose_name_plural': 'school years',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'start_year'), name='school_year_once_per_municipality'), models.CheckConstraint(condition=models.Q(('autumn_first_day__lt', models.F('autumn_last_day')), ('autumn_last_day__lt', models.F('spring_first_day')), ('spring_first_day__lt', models.F('spring_last_day'))), name='school_year_terms_in_order', violation_error_message='The days must come in order: autumn first, then spring.')],
            },
        ),
        migrations.CreateModel(
            name='Break',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='name')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('school_year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='programmes.schoolyear')),
            ],
            options={
                'verbose_name': 'break',
                'verbose_name_plural': 'breaks',
                'constraints': [models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='break_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='SecureBase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(choices=[('adults', "the adults' word"), ('pupil', "the pupil's word")], max_length=6, verbose_name='by whose word')),
                ('adult', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secure_bases', to='programmes.schooladult')),
                ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secure_bases', to='programmes.listedpupil')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.checkround', verbose_name='confirmed in')),
            ],
            options={
                'verbose_name': 'secure base',
                'verbose_name_plural': 'secure bases',
                'constraints': [models.UniqueConstraint(fields=('pupil', 'adult', 'word'), name='secure_base_once_by_each_word')],
            },
        ),
        migrations.CreateModel(
            name='SelfAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=6, validators=[django.core.validators.RegexValidator('^[HV]T\\d{4}$')], verbose_name='term')),
                ('first_day', models.DateField(editable=False)),
                ('written_at', models.DateTimeField(auto_now=True)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_assessments', to='programmes.school', verbose_name='school')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'self-assessment',
                'verbose_name_plural': 'self-assessments',
                'constraints': [models.UniqueConstraint(fields=('school', 'term'), name='assessed_once_a_term')],
            },
        ),
        migrations.CreateModel(
            name='AssessedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'not yet'), (1, 'partly'), (2, 'in place')])),
                ('action', models.CharField(blank=True, max_length=200, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='what you will do')),
                ('responsible', models.CharField(blank=True, help_text="A function, never a person's name.", max_length=80, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='who sees to it')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='ready by')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='programmes.selfassessment')),
            ],
            options={
                'verbose_name': 'thing assessed',
                'verbose_name_plural': 'things assessed',
                'constraints': [models.UniqueConstraint(fields=('assessment', 'code'), name='assessed_once'), models.CheckConstraint(condition=models.Q(('level__range', (0, 2))), name='assessed_0_to_2')],
            },
        ),
        migrations.CreateModel(
            name='SignUpLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('state', 'where the sign-up stands'), ('moved_up', 'a seat from the waiting list'), ('changed', 'new days or place'), ('reminder', 'reminder before the first meeting'), ('cancelled', 'the sign-up is cancelled'), ('group_cancelled', 'the group is cancelled')], max_length=16, verbose_name='kind')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next try')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='programmes.parentsignup')),
            ],
            options={
                'verbose_name': 'letter about a sign-up',
                'verbose_name_plural': 'letters about sign-ups',
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['next_try_at'], name='sign_up_letter_to_send')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ('moved_up', 'reminder', 'group_cancelled'))), fields=('sign_up', 'kind'), name='sign_up_letter_once_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='StaffMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('staff_session', 'staff session'), ('workplace_meeting', 'APT'), ('training', 'further training'), ('exchange', 'exchange with another school')], max_length=20, verbose_name='kind')),
                ('topic', models.CharField(blank=True, max_length=120, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='what it was about')),
                ('date', models.DateField(verbose_name='date')),
                ('is_held', models.BooleanField(default=False, verbose_name='held')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='minutes')),
                ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='staff present')),
                ('total', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='staff in all')),
                ('reported_at', models.DateTimeField(auto_now=True)),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_meetings', to='programmes.school', verbose_name='school')),
                ('theme', models.ForeignKey(blank=True, help_text='The staff session that was held; empty for other meetings.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='curriculum.session', verbose_name='theme')),
            ],
            options={
                'verbose_name': 'staff meeting',
                'verbose_name_plural': 'staff meetings',
                'indexes': [models.Index(fields=['school', 'date'], name='staff_meeting_by_school')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'staff_session'), ('theme__isnull', False)), models.Q(models.Q(('kind', 'staff_session'), _negated=True), ('theme__isnull', True), models.Q(('topic', ''), _negated=True)), _connector='OR'), name='staff_session_has_a_theme_others_a_topic'), models.CheckConstraint(condition=models.Q(('present__isnull', True), ('total__isnull', True), ('present__lte', models.F('total')), _connector='OR'), name='staff_present_within_all'), models.CheckConstraint(condition=models.Q(('is_held', True), ('present__isnull', True), _connector='OR'), name='staff_counted_when_held'), models.UniqueConstraint(condition=models.Q(('theme__isnull', False)), fields=('school', 'date', 'theme'), name='staff_session_once_a_day_on_a_theme')],
            },
        ),
        migrations.CreateModel(
            name='StaffCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('teachers', 'teachers'), ('leisure', 'leisure staff'), ('health', 'pupil health'), ('management', 'school management'), ('other', 'other staff')], max_length=12, verbose_name='staff group')),
                ('present', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(500)], verbose_name='present')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='programmes.staffmeeting')),
            ],
            options={
                'verbose_name': 'staff count',
                'verbose_name_plural': 'staff counts',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'group'), name='staff_group_counted_once')],
            },
        ),
        migrations.CreateModel(
            name='StaffMeetingLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('teacher', 'teacher'), ('leisure', 'leisure teacher'), ('health', 'pupil health staff'), ('other_staff', 'other school staff'), ('guest', 'guest'), ('mentor', 'mentor')], max_length=12, verbose_name='role')),
                ('organisation', models.CharField(choices=[('school', 'the school'), ('social_services', 'social services'), ('police', 'police'), ('rescue_service', 'rescue service'), ('housing', 'housing company'), ('centre', 'violence-prevention centre'), ('other', 'other')], max_length=16, verbose_name='organisation')),
                ('is_trained', models.BooleanField(blank=True, null=True, verbose_name='trained')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaders', to='programmes.staffmeeting')),
            ],
            options={
                'verbose_name': 'leader of a staff meeting',
                'verbose_name_plural': 'leaders of staff meetings',
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='minutes')),
                ('present_count', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('invited', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supervisions', to='programmes.mentorcohort')),
                ('present', models.ManyToManyField(blank=True, related_name='+', to='programmes.mentor', verbose_name='mentors present')),
            ],
            options={
                'verbose_name': 'supervision',
                'verbose_name_plural': 'supervisions',
                'constraints': [models.UniqueConstraint(fields=('cohort', 'date'), name='supervision_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_year', models.PositiveSmallIntegerField()),
                ('audience', models.CharField(choices=[('taget_f3', 'Tåget, grades F–3'), ('taget_45', 'Tåget, grades 4–5'), ('mvp_6', 'MVP, year 6'), ('mvp_9', 'MVP, mentors')], max_length=12)),
                ('salt', models.CharField(blank=True, editable=False, max_length=64)),
                ('salt_until', models.DateField(blank=True, editable=False, null=True)),
                ('cohort', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey', to='programmes.mentorcohort')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.school')),
                ('school_class', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey', to='programmes.schoolclass')),
            ],
            options={
                'verbose_name': 'questions to a class',
                'verbose_name_plural': 'questions to classes',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cohort__isnull', False), ('school_class__isnull', True)), models.Q(('cohort__isnull', True), ('school_class__isnull', False)), _connector='OR'), name='survey_is_for_one_group')],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('taget_f3', 'Tåget, grades F–3'), ('taget_45', 'Tåget, grades 4–5'), ('mvp_6', 'MVP, year 6'), ('mvp_9', 'MVP, mentors')], max_length=12, verbose_name='for')),
                ('code', models.SlugField(max_length=20, verbose_name='code')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('place', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='place')),
                ('text_sv', models.CharField(max_length=140, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='in Swedish')),
                ('text_en', models.CharField(blank=True, max_length=140, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='in English')),
                ('text_ar', models.CharField(blank=True, max_length=140, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='in Arabic')),
                ('is_current', models.BooleanField(default=True, verbose_name='is asked')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.municipality')),
            ],
            options={
                'verbose_name': 'question to pupils',
                'verbose_name_plural': 'questions to pupils',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'audience', 'code', 'version'), name='survey_question_once_per_version'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('municipality', 'audience', 'code'), name='survey_question_asked_in_one_version')],
            },
        ),
        migrations.CreateModel(
            name='SurveyItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='programmes.survey')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.surveyquestion')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('survey', 'place'), name='survey_item_once_per_place'), models.UniqueConstraint(fields=('survey', 'question'), name='survey_item_once_per_question'), models.CheckConstraint(condition=models.Q(('place__range', (1, 8))), name='survey_item_has_one_of_eight_places')],
            },
        ),
        migrations.AddField(
            model_name='survey',
            name='questions',
            field=models.ManyToManyField(related_name='+', through='programmes.SurveyItem', to='programmes.surveyquestion'),
        ),
        migrations.CreateModel(
            name='SurveyRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6, verbose_name='when')),
                ('code', models.CharField(max_length=9, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]{4}-[A-Z0-9]{4}$')], verbose_name='code')),
                ('pupils', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='pupils')),
                ('devices', models.CharField(choices=[('own', 'a phone or computer each'), ('shared', 'tablets that several pupils share')], default='own', max_length=6, verbose_name='answers on')),
                ('opened_date', models.DateField(verbose_name='opened')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='programmes.survey')),
            ],
            options={
                'verbose_name': 'round of questions to pupils',
                'verbose_name_plural': 'rounds of questions to pupils',
                'constraints': [models.UniqueConstraint(fields=('survey', 'moment'), name='survey_round_once_per_moment')],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('match', models.CharField(blank=True, editable=False, max_length=64)),
                ('answer_1', models.PositiveSmallIntegerField(null=True)),
                ('answer_2', models.PositiveSmallIntegerField(null=True)),
                ('answer_3', models.PositiveSmallIntegerField(null=True)),
                ('answer_4', models.PositiveSmallIntegerField(null=True)),
                ('answer_5', models.PositiveSmallIntegerField(null=True)),
                ('answer_6', models.PositiveSmallIntegerField(null=True)),
                ('answer_7', models.PositiveSmallIntegerField(null=True)),
                ('answer_8', models.PositiveSmallIntegerField(null=True)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='programmes.surveyround')),
            ],
            options={
                'verbose_name': "a pupil's answers",
                'verbose_name_plural': "pupils' answers",
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_1__isnull', True), ('answer_1__lte', 4), _connector='OR'), name='survey_answer_1_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_2__isnull', True), ('answer_2__lte', 4), _connector='OR'), name='survey_answer_2_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_3__isnull', True), ('answer_3__lte', 4), _connector='OR'), name='survey_answer_3_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_4__isnull', True), ('answer_4__lte', 4), _connector='OR'), name='survey_answer_4_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_5__isnull', True), ('answer_5__lte', 4), _connector='OR'), name='survey_answer_5_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_6__isnull', True), ('answer_6__lte', 4), _connector='OR'), name='survey_answer_6_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_7__isnull', True), ('answer_7__lte', 4), _connector='OR'), name='survey_answer_7_is_on_the_scale'), models.CheckConstraint(condition=models.Q(('answer_8__isnull', True), ('answer_8__lte', 4), _connector='OR'), name='survey_answer_8_is_on_the_scale')],
            },
        ),
        migrations.CreateModel(
            name='Unlocking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, validators=[accounts.rules.validate_no_personal_identity_number], verbose_name='reason')),
                ('unlocked_at', models.DateTimeField(verbose_name='unlocked')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                ('planned_session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unlockings', to='programmes.plannedsession')),
                ('unlocked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'unlocked session',
                'verbose_name_plural': 'unlocked sessions',
            },
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.UniqueConstraint(fields=('municipality', 'name'), name='course_once_per_municipality'),
        ),
        migrations.AddConstraint(
            model_name='closedperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('reopened_at__isnull', True)), fields=('municipality', 'programme', 'period'), name='period_closed_once'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('municipality', 'name'), name='area_once_per_municipality'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['planned_session', 'date'], name='delivery_first_date'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('planned_session', 'group'), name='delivered_once_per_group'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('planned_session', 'client_id'), name='delivery_sent_once'),
        ),
        migrations.AddIndex(
            model_name='parentmeeting',
            index=models.Index(fields=['school', 'date'], name='parent_meeting_by_school'),
        ),
        migrations.AddIndex(
            model_name='parentgroup',
            index=models.Index(fields=['municipality', 'school'], name='parent_group_by_place'),
        ),
        migrations.AddConstraint(
            model_name='mentorcohort',
            constraint=models.UniqueConstraint(fields=('school', 'start_year', 'name'), name='cohort_once_per_school_and_year'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('school_class__isnull', True)), fields=('school', 'programme', 'sent_date'), name='school_reminded_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('school_class__isnull', False)), fields=('school_class', 'programme', 'sent_date'), name='class_reminded_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='plannedsession',
            constraint=models.UniqueConstraint(fields=('school_class', 'session'), name='session_planned_once_per_class'),
        ),
        migrations.RunPython(guard, unguard),
    ]
