"""What is typed and tapped about trygg bas: adults, a class's list, one pupil's words, and a pupil's own answer."""

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from programmes.actions.class_lists import ListEdit, ListedValues
from programmes.actions.secure_bases import PupilWords
from programmes.enums import AdultRole, Word
from programmes.forms.choices import SeveralField
from programmes.forms.dates import DateField
from programmes.models import ListedPupil, Period, SchoolAdult
from programmes.models.secure_bases import LARGEST_LIST

NOT_ASKED, NAMED, NOBODY = "not_asked", "named", "nobody"


class OpenRoundForm(forms.Form):
    """Until when a round is open: a day of the term, or nothing."""

    due_date = DateField(
        label=_("Open until"), required=False, help_text=_("A day to aim at. The round is open until you close it.")
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self):
        day = self.cleaned_data["due_date"]
        if day and not self.today <= day <= Period.term_of(self.today).last_day:
            raise forms.ValidationError(_("Choose a day from today to the end of the term."))
        return day


class AdultForm(forms.ModelForm):
    """A new adult of the school."""

    class Meta:
        model = SchoolAdult
        fields = ["role", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Choose")), *AdultRole.choices]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class AdultChangeForm(AdultForm):
    """An adult's role, name and last day."""

    class Meta(AdultForm.Meta):
        fields = ["role", "name", "end_date"]
        field_classes = {"end_date": DateField}
        help_texts = {"end_date": _("After this day the adult counts for nobody. Empty while the adult is here.")}

    def clean_end_date(self):
        day = self.cleaned_data["end_date"]
        if day and day < self.instance.start_date:
            raise forms.ValidationError(_("The last day is before the adult's first day here."))
        return day


class ChooseForm(forms.Form):
    """The adult and the word that the next taps on a list are about; nobody while none is chosen."""

    ord = forms.ChoiceField(choices=Word.choices, required=False)
    vuxen = forms.ModelChoiceField(queryset=SchoolAdult.objects.none(), required=False)

    def __init__(self, *args, adults, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vuxen"].queryset = adults

    @property
    def word(self):
        return Word(self.cleaned_data.get("ord") or Word.ADULTS) if self.is_valid() else Word.ADULTS

    @property
    def adult(self):
        return self.cleaned_data.get("vuxen") if self.is_valid() else None


class PupilForm(forms.Form):
    """All that is known of one pupil: the adults by each word, and whether the pupil has been asked."""

    quiet_optional = True

    adults_word = SeveralField(
        label=_("The adults' word"),
        queryset=SchoolAdult.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asked = forms.ChoiceField(
        label=_("The pupil"),
        choices=[
            (NOT_ASKED, _("has not been asked")),
            (NAMED, _("named somebody")),
            (NOBODY, _("named nobody")),
        ],
        widget=forms.RadioSelect,
    )
    pupils_word = SeveralField(
        label=_("The pupil's word"),
        queryset=SchoolAdult.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, adults, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("adults_word", "pupils_word"):
            self.fields[name].queryset = adults

    @classmethod
    def initial_of(cls, standing):
        """The form as one pupil stands now, and what was seen, as `adults-3 pupil-4`."""
        seen = [
            f"{word}-{adult.pk}"
            for word, adults in ((Word.ADULTS, standing.by_adults), (Word.PUPIL, standing.by_pupil))
            for adult in adults
        ]
        asked = NOBODY if standing.names_nobody else NAMED if standing.is_asked else NOT_ASKED
        return {
            "adults_word": [adult.pk for adult in standing.by_adults],
            "pupils_word": [adult.pk for adult in standing.by_pupil],
            "asked": asked,
            "seen": " ".join(seen),
        }

    def clean(self):
        cleaned = super().clean()
        if "asked" in cleaned and "pupils_word" in cleaned:
            if cleaned["asked"] == NAMED and not cleaned["pupils_word"]:
                self.add_error("pupils_word", _("Mark whom the pupil named."))
            if cleaned["asked"] != NAMED and cleaned["pupils_word"]:
                self.add_error("asked", _("Somebody is marked by the pupil's word: choose “named somebody”."))
        return cleaned

    def words(self):
        """What was said, beside what stood there when the form was opened."""
        cleaned = self.cleaned_data
        said = {(Word.ADULTS, adult.pk) for adult in cleaned["adults_word"]}
        said |= {(Word.PUPIL, adult.pk) for adult in cleaned["pupils_word"]}
        seen = set()
        for part in cleaned["seen"].split():
            word, _dash, number = part.partition("-")
            if word in Word.values and number.isdecimal() and len(number) < 19:
                seen.add((Word(word), int(number)))
        return PupilWords(
            seen=frozenset(seen),
            said=frozenset(said),
            is_asked=cleaned["asked"] != NOT_ASKED,
            names_nobody=cleaned["asked"] == NOBODY,
        )


class AnswerForm(forms.Form):
    """What a pupil answers on the teacher's device: some adults, or nobody."""

    quiet_optional = True

    adults = SeveralField(
        label=_("Which adults at school can you go to?"),
        queryset=SchoolAdult.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You may choose several."),
    )
    nobody = forms.BooleanField(label=_("No adult that I can think of"), required=False)

    def __init__(self, *args, adults, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["adults"].queryset = adults

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("adults")) == cleaned.get("nobody"):
            self.add_error("adults", _("Choose one or more adults, or that there is none."))
        return cleaned


class AddPupilsForm(forms.Form):
    """How many pupils more a list gets."""

    count = forms.IntegerField(
        label=_("Number of pupils"),
        min_value=1,
        max_value=LARGEST_LIST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ListRowForm(forms.Form):
    """One pupil on a list; the hidden fields hold what stood there when the form was opened."""

    quiet_optional = True

    short_name = forms.CharField(
        label=_("Short name"), max_length=12, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    is_protected = forms.BooleanField(label=_("Protected identity"), required=False)
    is_removed = forms.BooleanField(label=_("Has left the class"), required=False)
    short_name_before = forms.CharField(required=False, widget=forms.HiddenInput)
    is_protected_before = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, pupil, **kwargs):
        self.pupil = pupil
        initial = {
            "short_name": pupil.short_name,
            "short_name_before": pupil.short_name,
            "is_protected": pupil.is_protected,
            "is_protected_before": pupil.is_protected,
        }
        super().__init__(*args, prefix=f"elev-{pupil.number}", initial=initial, **kwargs)

    def clean_short_name(self):
        name = self.cleaned_data["short_name"]
        if name:
            for validator in ListedPupil._meta.get_field("short_name").validators:
                validator(name)
        return name

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_protected") and cleaned.get("short_name") and not cleaned.get("is_removed"):
            self.add_error("short_name", gettext("A pupil with protected identity is a number only."))
        return cleaned

    def edit(self):
        cleaned = self.cleaned_data
        return ListEdit(
            before=ListedValues(cleaned["short_name_before"], cleaned["is_protected_before"]),
            after=ListedValues(cleaned["short_name"], cleaned["is_protected"]),
            is_removed=cleaned["is_removed"],
        )
