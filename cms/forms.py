"""Who reads a page, a picture that is sent in, and the form of every field that the component page shows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.enums import Access
from cms.models import access_above, own_access

READ_BY = {
    Access.PUBLIC: _("Everyone: it is found by searching here and on the web"),
    Access.MENTORS: _("MVP mentors and staff: who has a mentors' code, or a role in the municipality"),
    Access.STAFF: _("Staff: who has a role in the municipality"),
    Access.CENTRE: _("VPC: the violence-prevention centre"),
}


class AccessForm(forms.Form):
    """One choice; what is above has the first word, and below it only fewer can be chosen."""

    access = forms.TypedChoiceField(label=_("Read by"), widget=forms.RadioSelect, coerce=Access)

    def __init__(self, *args, place, **kwargs):
        above, decider = access_above(place)
        own = own_access(place)
        super().__init__(*args, initial={"access": own if own in above.narrower() else Access.PUBLIC}, **kwargs)
        first = READ_BY[Access.PUBLIC]
        if decider:
            name = getattr(decider, "title", "") or decider.name
            words = {"title": name, "who": above.label}
            first = gettext("The same as “%(title)s” above it: %(who)s") % words
        narrower = [(access, READ_BY[access]) for access in above.narrower()]
        self.fields["access"].choices = [(Access.PUBLIC, first), *narrower]


class PictureFileField(WagtailImageField):
    """A small file that unfolds to an enormous picture is refused in words; the library that reads it only stops."""

    def check_image_pixel_size(self, f):
        try:
            super().check_image_pixel_size(f)
        except DecompressionBombError:
            raise ValidationError(gettext("The picture has far too many pixels. Make it smaller.")) from None


class SiteImageForm(BaseImageForm):
    """What sends a picture in, wherever in the admin that is done."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        self.fields["file"] = PictureFileField(label=file.label, widget=file.widget, required=file.required)


class ExampleForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("held", _("held")), ("cancelled", _("not held"))],
        widget=forms.RadioSelect,
    )
    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    group_size = forms.IntegerField(label=_("Pupils in the group"), min_value=1, max_value=60)
    present = forms.IntegerField(
        label=_("Pupils present"), min_value=0, max_value=60, required=False, help_text=_("Empty means not counted.")
    )
    parts = forms.MultipleChoiceField(
        label=_("Core parts done"),
        choices=[
            ("1", "Vad är en vän?"),
            ("2", "Säga förlåt"),
            ("3", "Utanför leken"),
            ("4", "Åskådarperspektivet i korridoren"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    engagement = forms.ChoiceField(
        label=_("The pupils' engagement"),
        choices=[("1", _("1 low")), ("2", "2"), ("3", "3"), ("4", _("4 high"))],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose")), ("1", "sjukdom"), ("2", "vikarie eller personalbrist")],
        required=False,
    )
    days = forms.ChoiceField(
        label=_("Meets"), choices=[("1", "måndagar"), ("2", "onsdagar, jämna veckor")], widget=forms.RadioSelect
    )
    email = forms.EmailField(label=_("E-mail"), help_text=_("We write to it once, with the link."))
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Never write about individual pupils."),
    )
    is_adapted = forms.BooleanField(label=_("The session was adapted"), required=False)
