"""Puts back what a backup holds."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from programmes.actions.backups import BackupError, restore_backup

REFUSED = 1


class Command(BaseCommand):
    help = (
        "Put back the database and the uploaded files of a backup, and bring them up to date with this version. Stop "
        "Stins first. Exits with 0 when done, 1 when refused with a reason, 2 on wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace", action="store_true", help="although there is something here, which is then gone"
        )

    def handle(self, *, file, replace, **options):
        try:
            about = restore_backup(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(
            _("Put back: the backup of %(day)s, Stins %(version)s.")
            % {"day": about.made[:10], "version": about.version}
        )
