"""What is filled in to ask a class, what a pupil answers, and how the centre words a statement."""

from uuid import UUID, uuid4

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from programmes.enums import SurveyDevices
from programmes.forms.dates import DateField
from programmes.models import Period, SurveyQuestion
from programmes.models.surveys import STEPS, WILL_NOT_SAY
from programmes.models.terms import start_year_of

LENGTHS = range(2, 16)
MATCH = ("toy", "food", "animal")


class OpenSurveyForm(forms.Form):
    """How many are asked, until when, and what they answer on."""

    pupils = forms.IntegerField(
        label=_("Pupils in the group"),
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("So many answers are taken, and two more."),
    )
    last_day = DateField(label=_("Open until"), help_text=_("Who was away can answer later."))
    devices = forms.ChoiceField(
        label=_("The pupils answer on"),
        choices=SurveyDevices,
        initial=SurveyDevices.OWN,
        widget=forms.RadioSelect,
        help_text=_("On a device of one's own one can answer once."),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        last = Period.school_year(start_year_of(self.today)).last_day
        if not self.today <= day <= last:
            raise forms.ValidationError(_("Choose a day from today to the end of the school year."))
        return day


class SurveyAnswerForm(forms.Form):
    """One step of the scale for each statement, or not to say; no words. The code of one's own is optional.

    `sheet` is a number drawn for this page: the same page sent twice is one answer.
    """

    quiet_optional = True
    sheet = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, words, survey, salt, asks_match, **kwargs):
        super().__init__(*args, **kwargs)
        self.words, self.items, self.signer = words, list(survey.items.all()), Signer(salt=salt)
        self.initial["sheet"] = self.signer.sign(str(uuid4()))
        choices = [*zip(STEPS, words.scale_for(survey.audience), strict=True), (WILL_NOT_SAY, words.will_not_say)]
        for item in self.items:
            self.fields[f"q{item.place}"] = forms.TypedChoiceField(
                label=item.question.text_in(words.code),
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": words.missing, "invalid_choice": words.missing},
            )
        for name in MATCH if asks_match else ():
            signs = map(str, LENGTHS) if name == "animal" else words.match_letters
            self.fields[name] = forms.ChoiceField(
                label=getattr(words, f"match_{name}"),
                choices=[("", words.match_choose), *((sign, sign) for sign in signs)],
                required=False,
                error_messages={"invalid_choice": words.match_missing},
            )

    @property
    def questions(self):
        return [self[f"q{item.place}"] for item in self.items]

    @property
    def match_fields(self):
        return [self[name] for name in MATCH if name in self.fields]

    def clean(self):
        chosen = [bool(self.cleaned_data.get(name)) for name in MATCH if name in self.fields]
        if any(chosen) and not all(chosen):
            for name in MATCH:
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, self.words.match_missing)
        try:
            self.cleaned_data["sheet"] = UUID(self.signer.unsign(self.cleaned_data.get("sheet", "")))
        except (BadSignature, ValueError):
            self.data = self.data.copy()
            self.data["sheet"] = self.initial["sheet"]
            self.add_error(None, self.words.again)
        return self.cleaned_data

    def values(self):
        return {
            "sheet": self.cleaned_data["sheet"],
            "answers": {item.place: self.cleaned_data[f"q{item.place}"] for item in self.items},
            "match": [self.cleaned_data.get(name, "") for name in MATCH],
        }


class SurveyQuestionForm(forms.ModelForm):
    """A statement in Swedish, and in the other languages where somebody has translated it."""

    class Meta:
        model = SurveyQuestion
        fields = ["text_sv", "text_en", "text_ar"]
        widgets = dict.fromkeys(fields, forms.TextInput)
        help_texts = {
            "text_sv": _(
                "Something good that is true or not, about the class, the adults or what one can do. Never about what a"
                " child has been through."
            ),
            "text_en": _("Empty: asked in Swedish."),
            "text_ar": _("Empty: asked in Swedish."),
        }

    def texts(self):
        """The statement by language, without stray spaces."""
        return {name: " ".join(self.cleaned_data[f"text_{name}"].split()) for name in ("sv", "en", "ar")}
