"""What a parent types to come to a group, and what narrows the list of coming groups."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import find_personal_identity_number, validate_no_personal_identity_number
from programmes.enums import ChildAge, GroupFormat, GroupLanguage
from programmes.models.sign_ups import LONGEST_NAME, PHONE

NAME = re.compile(r"[^\W\d_][^\d_@/<>]*")
FULL_NUMBER = re.compile(r"\d{6}\s?[-+–]\s?\d{4}|(19|20)\d{10}")  # as a phone number is not written
ODD_PHONE = _("Write the number as 070-123 45 67, or with + and the country first.")


class SignUpForm(forms.Form):
    """A first name, and e-mail or phone: nothing more is asked, and nothing more can be written."""

    quiet_optional = True

    first_name = forms.CharField(
        label=_("First name"),
        max_length=LONGEST_NAME,
        validators=[validate_no_personal_identity_number],
        error_messages={"required": _("Write your first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        validators=[validate_no_personal_identity_number],
        error_messages={"invalid": _("Write an e-mail address, such as name@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    # Not for people: whoever fills it in is a machine, and is thanked like anybody
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_first_name(self):
        name = " ".join(self.cleaned_data["first_name"].split())
        if not NAME.fullmatch(name):
            raise forms.ValidationError(_("Write a first name, in letters only."))
        return name

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean_phone(self):
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        if FULL_NUMBER.search(typed) and find_personal_identity_number(typed):
            raise forms.ValidationError(ODD_PHONE)
        number = re.sub(r"[\s\-–—().\u00a0/]", "", typed)
        number = re.sub(r"^(\+|00)46\(?0?", "0", number)
        number = re.sub(r"^00", "+", number)
        if not re.fullmatch(PHONE, number):
            raise forms.ValidationError(ODD_PHONE)
        return number

    def clean(self):
        cleaned = super().clean()
        if "email" in cleaned and "phone" in cleaned and not (cleaned["email"] or cleaned["phone"]):
            self.add_error("email", _("Fill in e-mail or phone, so that we can reach you."))
        return cleaned

    @property
    def is_from_a_machine(self):
        return bool(self.cleaned_data["website"])

    def values(self):
        return {name: self.cleaned_data[name] for name in ("first_name", "email", "phone")}


class ComingGroupsForm(forms.Form):
    """Which of the coming groups to show; only what there is to choose between can be chosen."""

    quiet_optional = True
    WHOLE = "kommunen"

    omrade = forms.ChoiceField(label=_("Area"), required=False)
    sprak = forms.ChoiceField(label=_("Language"), required=False)
    form = forms.ChoiceField(label=_("Format"), required=False)
    alder = forms.ChoiceField(label=_("The children's age"), required=False)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = groups
        areas = sorted({one.area for one in groups if one.area})
        whole = [(self.WHOLE, _("the whole municipality"))] if any(not one.area for one in groups) else []
        self._offer("omrade", [(area, area) for area in areas] + whole)
        self._offer("sprak", self._there(GroupLanguage, "language"))
        self._offer("form", self._there(GroupFormat, "format"))
        self._offer("alder", self._there(ChildAge, "age"))

    def _there(self, choices, name):
        there = {getattr(one.group, name) for one in self.groups}
        return [(value, str(label).capitalize()) for value, label in choices.choices if value in there]

    def _offer(self, name, choices):
        """A field with one choice, or none, asks nothing."""
        if len(choices) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = [("", _("All")), *choices]

    def chosen(self):
        """The groups that are asked for; what makes no sense narrows nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        return [
            one
            for one in self.groups
            if wanted.get("omrade", "") in {"", one.area or self.WHOLE}
            and wanted.get("sprak", "") in {"", one.group.language}
            and wanted.get("form", "") in {"", one.group.format}
            and wanted.get("alder", "") in {"", one.group.age}
        ]
