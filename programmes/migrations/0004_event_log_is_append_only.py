"""The database itself refuses to change the event log, or to shorten it outside a deletion with a decision.

SQLite drops a table's triggers when a later migration makes the table anew: such a migration has to run `guard` again
(tests/programmes/test_models_events.py tells).
"""

from django.db import migrations

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

    dependencies = [('programmes', '0003_event_log')]

    operations = [migrations.RunPython(guard, unguard)]
