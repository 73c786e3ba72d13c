"""Loads the demo municipality, Ekbacka, or lists the accounts that can be tried in it."""

from argparse import ArgumentTypeError
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.actions.demo import DEMO_ACCOUNTS, DemoRefusedError, load_demo
from programmes.actions.demo.schools import MOST_SCHOOLS, SIX_SCHOOLS
from programmes.management.demo import close_last_autumn, keep_last_years_package


def number_of_schools(text):
    if text.isdecimal() and len(SIX_SCHOOLS) <= int(text) <= MOST_SCHOOLS:
        return int(text)
    raise ArgumentTypeError(f"a number from {len(SIX_SCHOOLS)} to {MOST_SCHOOLS}, not {text!r}")


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"a day such as 2026-11-22, not {text!r}") from error


class Command(BaseCommand):
    help = (
        "Loads the demo municipality Ekbacka: schools, people, this school year and the one before. Refuses where DEMO "
        "is not set. Where Ekbacka is already, nothing is changed. Exit 0 done, 1 refused with a reason, 2 wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--schools",
            type=number_of_schools,
            default=len(SIX_SCHOOLS),
            metavar="N",
            help="how many schools in all; with more than 60 no history of changes is made",
        )
        parser.add_argument("--today", type=day, metavar="DATE", help="the day to tell the year until; else today")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number tells another year")
        parser.add_argument("--list-accounts", action="store_true", help="only list the accounts that can be tried")

    def handle(self, *, schools, today, seed, list_accounts, verbosity, **options):
        if list_accounts:
            return self.list_accounts()
        today = today or timezone.localdate()
        try:
            with transaction.atomic():
                summary = load_demo(schools=schools, seed=seed, today=today)
                if summary and summary.has_history:
                    close_last_autumn(today=today)
                    keep_last_years_package(today=today)
        except DemoRefusedError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(self.describe(summary))
        return None

    def describe(self, summary):
        if summary is None:
            return _("Ekbacka is there already; nothing was changed.")
        loaded = _("Ekbacka is loaded: %(schools)s schools, %(classes)s classes, %(deliveries)s deliveries.") % {
            "schools": summary.schools,
            "classes": summary.classes,
            "deliveries": summary.deliveries,
        }
        return loaded if summary.has_history else " ".join([loaded, _("No history was made of so many.")])

    def list_accounts(self):
        if not settings.DEMO:
            raise CommandError(_("The demo accounts exist only where DEMO is set."))
        width = max(len(account.email) for account in DEMO_ACCOUNTS)
        self.stdout.write(_("Try Stins as (password %(password)s):") % {"password": DEMO_ACCOUNTS[0].password})
        for account in DEMO_ACCOUNTS:
            self.stdout.write(f"  {account.email:<{width}}  {account.label}")
