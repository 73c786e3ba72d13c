"""What someone who invites writes, and what the invited person says about themselves."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import validate_no_personal_identity_number
from programmes.enums import LIMITED_ROLES, SCHOOL_ROLES, Role
from programmes.forms.choices import SeveralField
from programmes.forms.sessions import DateInput
from programmes.models import School, SchoolClass


class InvitationForm(forms.Form):
    """An address, a role and a place; only what the one who invites may give is offered."""

    quiet_optional = True

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The person's address at work. Only who reads that mail can accept."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        validators=[validate_no_personal_identity_number],
    )
    role = forms.TypedChoiceField(label=_("Role"), coerce=Role, widget=forms.RadioSelect)
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Choose a school"),
    )
    classes = SeveralField(
        label=_("Classes"),
        queryset=SchoolClass.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A session leader sees these classes only."),
    )
    end_date = forms.DateField(
        label=_("To and including"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty means until further notice."),
    )

    def __init__(self, *args, roles, schools, classes, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["school"].queryset = schools
        self.fields["classes"].queryset = classes
        if not set(roles) & set(SCHOOL_ROLES):
            del self.fields["school"]
        if Role.LEADER not in roles or not classes:
            del self.fields["classes"]

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean_end_date(self):
        day = self.cleaned_data["end_date"]
        if day and day < self.today:
            raise ValidationError(_("The day has passed."))
        return day

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        if role is None:
            return cleaned
        if role in LIMITED_ROLES and "end_date" not in self.errors and not cleaned.get("end_date"):
            self.add_error("end_date", _("This role is given for a limited time. Write its last day."))
        if role not in SCHOOL_ROLES:
            cleaned["school"] = None
        elif "school" not in self.errors and cleaned.get("school") is None:
            self.add_error("school", _("Choose the school where the person is to have the role."))
        if role != Role.LEADER:
            cleaned["classes"] = SchoolClass.objects.none()
        return cleaned


class AccountForm(forms.Form):
    """The invited person's name and, for who wants one, a password."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        validators=[validate_no_personal_identity_number],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        validators=[validate_no_personal_identity_number],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=4096,
        strip=False,
        help_text=_("At least 10 characters, for example some words in a row. Without one you sign in with a code."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        cleaned = super().clean()
        password = cleaned.get("password")
        if password:
            names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
            try:
                password_validation.validate_password(password, User(email=self.email, **names))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
