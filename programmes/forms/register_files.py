"""What is asked when a register of Django's admin is taken out as a file, or taken in again."""

from django import forms
from django.utils.translation import gettext_lazy as _
from import_export.forms import ExportForm, ImportForm


class RegisterImportForm(ImportForm):
    """The file alone: what it is, is told by what it holds."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        del self.fields["format"]
        self.fields["import_file"] = forms.FileField(
            label=_("File"),
            help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 20 MB."),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
            error_messages={"empty": _("The file is empty.")},
        )

    @property
    def media(self):
        """Nothing: the library's script guesses a format, which is not asked for."""
        return forms.Media()


class RegisterExportForm(ExportForm):
    """Which kind of file."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        choices = [(value, title) for value, title in self.fields["format"].choices if value]
        self.fields["format"] = forms.ChoiceField(
            label=_("Kind of file"), choices=choices, initial="0", widget=forms.RadioSelect
        )
