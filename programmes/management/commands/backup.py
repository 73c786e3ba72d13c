"""Writes everything that this installation keeps to one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from programmes.actions.backups import BackupError, write_backup

REFUSED = 1


class Command(BaseCommand):
    help = (
        "Write the database and the uploaded files to one file, while Stins is running. Exits with 0 when done, 1 when "
        "refused with a reason, 2 on wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="is made, and never written over")

    def handle(self, *, file, **options):
        try:
            write_backup(file, now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        except OSError as error:
            raise CommandError(_("The file cannot be written."), returncode=REFUSED) from error
        size = localize(round(file.stat().st_size / 1_000_000, 1))
        self.stdout.write(
            _("Written: %(file)s, %(size)s MB. Keep it as safe as the database.") % {"file": file, "size": size}
        )
