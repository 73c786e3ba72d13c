"""Tells what is due for deletion, and deletes it by a decision."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.retention import (
    DeletionRefusedError,
    delete_by_decision,
    delete_technical_traces,
    what_is_due,
)
from programmes.imports.retention import RetentionError, read_decisions

REFUSED, USAGE = 1, 2


class Command(BaseCommand):
    help = (
        "List what is due for deletion by the decisions in config/retention.yaml. With --apply and --decision DNR it "
        "deletes what the decisions of that reference number let go, and keeps a record. With --technical it deletes "
        "old sign-ins, invitations and job results, which need no decision. Exits with 0 when done, 1 when refused, "
        "2 on wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="delete, not only list")
        parser.add_argument("--decision", metavar="DNR", help="the reference number of the decision to follow")
        parser.add_argument("--technical", action="store_true", help="delete what needs no decision")

    def handle(self, *, apply, decision, technical, verbosity, **options):
        if apply != bool(decision):
            raise CommandError(_("--apply and --decision go together."), returncode=USAGE)
        today = timezone.localdate()
        try:
            decisions = read_decisions()
        except RetentionError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        if technical:
            counts = delete_technical_traces(decisions, today=today)
            if verbosity:
                self._say_deleted(counts)
            return
        self._list(decisions, today)
        if apply:
            try:
                deletion = delete_by_decision(decisions, reference=decision, today=today, now=timezone.now())
            except DeletionRefusedError as error:
                raise CommandError(
                    _("No decision has the reference number %(number)s. Nothing was deleted.") % {"number": decision},
                    returncode=REFUSED,
                ) from error
            self._say_deleted(deletion.counts)

    def _list(self, decisions, today):
        for due in what_is_due(decisions, today=today):
            self.stdout.write(
                _("%(reference)s · %(model)s · %(number)s rows, %(days)s days after: %(after)s")
                % {
                    "reference": due.decision.reference,
                    "model": due.rule.model,
                    "number": due.count,
                    "days": due.decision.days,
                    "after": due.decision.after,
                }
            )
        for row in decisions:
            if row.days is None:
                self.stdout.write(_("Not decided, so it is kept: %(name)s.") % {"name": row.name})

    def _say_deleted(self, counts):
        if not counts:
            self.stdout.write(_("Nothing was due."))
        for model, number in sorted(counts.items()):
            self.stdout.write(_("Deleted: %(model)s, %(number)s rows.") % {"model": model, "number": number})
