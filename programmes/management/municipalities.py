"""Which municipality a command is about: the only one, or the one that is named."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from programmes.models import Municipality

USAGE = 2


def the_municipality(code: str | None) -> Municipality:
    """The municipality with a code, or the only one there is; ends the command where that is not one."""
    found = Municipality.objects.filter(code=code.zfill(4)) if code else Municipality.objects.all()
    match list(found[:2]):
        case [municipality]:
            return municipality
        case []:
            raise CommandError(_("There is no such municipality."), returncode=USAGE)
    raise CommandError(_("There are several municipalities: say which with --municipality."), returncode=USAGE)
