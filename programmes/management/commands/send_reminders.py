"""Plans weekly digests and parents' reminders when their time has come, and has the worker do what waits."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.letters import has_lessons, is_time_for_digests, plan_digests, put_back, readers
from programmes.actions.parent_letters import write_reminders
from programmes.models import Letter, Municipality, SignUpLetter
from programmes.models.terms import monday_of
from programmes.reports.digests import digests_for
from programmes.tasks import send_letters, send_parent_letters, take_up_lost_work


class Command(BaseCommand):
    help = (
        "Plan the weekly digests of the municipalities whose day and hour have come, remind parents of groups that "
        "begin within two days, and give the background worker (manage.py db_worker) every letter that waits, and "
        "what it was doing when it ended. "
        "Run it every quarter of an hour: a letter goes once, however often this runs. With --dry-run it only says "
        "how many people would be told something. Exits with 0."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="say who would be told something; plan and send nothing"
        )
        parser.add_argument("--here", action="store_true", help="send in this process, where no worker runs")

    def handle(self, *, dry_run, here, verbosity, **options):
        today, now = timezone.localdate(), timezone.localtime()
        for municipality in Municipality.objects.order_by("code"):
            if dry_run:
                self._say(municipality, today=today)
            elif is_time_for_digests(municipality, today=today, hour=now.hour):
                planned = plan_digests(municipality=municipality, today=today, now=now)
                if planned and verbosity:
                    values = {"municipality": municipality.name, "number": planned}
                    self.stdout.write(_("%(municipality)s: %(number)s letters planned") % values)
        if dry_run:
            return
        take_up_lost_work()
        self._remind_parents(here=here, today=today, now=now)
        put_back(now=now)
        if Letter.objects.to_send(at=now).exists():
            if here:
                send_letters.call()
            else:
                send_letters.enqueue()

    def _remind_parents(self, *, here, today, now):
        """Parents with a seat in a group that begins soon; and what the mail server did not take before."""
        write_reminders(today=today, now=now)
        if SignUpLetter.objects.waiting(at=now).exists():
            if here:
                send_parent_letters.call()
            else:
                send_parent_letters.enqueue()

    def _say(self, municipality, *, today):
        values = {"municipality": municipality.name}
        if not has_lessons(municipality, week=monday_of(today)):
            self.stdout.write(_("%(municipality)s: no lessons this week, so no letters") % values)
            return
        recipients = [(user.pk, municipality.pk) for user in readers(municipality, today=today)]
        said = sum(bool(digest.parts) for digest in digests_for(recipients, today=today).values())
        self.stdout.write(
            _("%(municipality)s: %(said)s of %(people)s people would be told something")
            % {**values, "said": said, "people": len(recipients)}
        )
