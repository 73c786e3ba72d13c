"""What a prepared file is called, and the letter that says that it is ready: a link and no figure."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from programmes.actions.addresses import address_of
from programmes.exports.digests import LetterText, greeting
from programmes.exports.selections import Selection
from programmes.models import PreparedFile


def title_of(selection: Selection) -> str:
    """What the file holds, as its reader would say it."""
    return _("Coverage, %(programme)s, %(period)s, %(selection)s") % {
        "programme": selection.programme.name,
        "period": selection.period.label,
        "selection": selection.words,
    }


def file_name(selection: Selection, file_format: str) -> str:
    return f"{selection.file_name}.{file_format}"


def failed_letter(file: PreparedFile) -> LetterText:
    """The letter to who asked, when no file came of it: they may have closed the page that says so."""
    url = address_of(file.municipality, reverse("programmes:prepared_file", args=[file.reference]))
    body = [
        greeting(file.owner),
        _("The file that you asked for could not be made. Nothing has been lost. Sign in and try again here:")
        + f"\n{url}",
        _("If it fails once more, tell the system administrator."),
    ]
    return LetterText(_("Stins: your file could not be made"), "\n\n".join(body) + "\n")


def ready_letter(file: PreparedFile) -> LetterText:
    """The letter to who asked; whoever else reads it learns that there is a file, and cannot open it."""
    url = address_of(file.municipality, reverse("programmes:prepared_file", args=[file.reference]))
    until = date_format(localtime(file.kept_until), "j F")
    body = [
        greeting(file.owner),
        _("The file that you asked for is ready. Sign in and download it here:") + f"\n{url}",
        _("It is kept until %(day)s.") % {"day": until},
    ]
    return LetterText(_("Stins: your file is ready"), "\n\n".join(body) + "\n")
