"""What a school makes of its figures, as it is typed: the cause analysis and the self-assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import Level
from programmes.forms.dates import DateField, DateInput
from programmes.models import CauseAnalysis


class AnalysisForm(forms.ModelForm):
    """The causes, what was decided, and how it is followed up."""

    follow_up_date = DateField(label=_("To be followed up by"), widget=DateInput(attrs={"data-day-words": ""}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CauseAnalysis
        fields = ("analysis", "action", "follow_up_by", "follow_up_date", "outcome")
        widgets = {
            "analysis": forms.Textarea(attrs={"rows": 6}),
            "action": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["analysis"].help_text = _("What helped, and what stood in the way? Never about individual persons.")
        self.fields["action"].help_text = _("One or two things that you will do, and that somebody can see being done.")
        self.fields["outcome"].help_text = _("Empty until you have followed it up.")
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.written_at.isoformat()


class AssessmentForm(forms.Form):
    """A level for each thing, by the words that describe it."""

    quiet_optional = True

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = [item.code for item in items]
        for item in items:
            self.fields[item.code] = forms.TypedChoiceField(
                label=item.title,
                coerce=int,
                choices=[(level.value, text) for level, text in zip(Level, item.levels, strict=True)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the line that fits best: %(title)s.") % {"title": item.title}},
            )

    @property
    def item_fields(self):
        return [self[code] for code in self.codes]

    def levels(self):
        return {code: self.cleaned_data[code] for code in self.codes}


def assessment_values(assessment):
    """An assessment as the form shows it, to be changed."""
    if assessment is None:
        return {}
    levels = {row.code: row.level for row in assessment.items.all()}
    return {**levels, "seen": assessment.written_at.isoformat()}


class AssessmentPlanForm(forms.Form):
    """What is to be done about each thing that is not in place; what is left empty is left for later."""

    quiet_optional = True

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        for item, row in waiting:
            self.fields[f"action_{item.code}"] = forms.CharField(
                label=_("What you will do"),
                required=False,
                max_length=200,
                initial=row.action,
                validators=[validate_no_personal_identity_number],
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"responsible_{item.code}"] = forms.CharField(
                label=_("Who sees to it"),
                required=False,
                max_length=80,
                initial=row.responsible,
                validators=[validate_no_personal_identity_number],
                help_text=_("A function, never a person's name."),
            )
            self.fields[f"due_{item.code}"] = DateField(
                label=_("Ready by"),
                required=False,
                initial=row.due_date,
                widget=DateInput(attrs={"data-day-words": ""}),
            )

    @property
    def item_fields(self):
        """For each thing: itself, its row, its fields, and whether something is written there already."""
        found = []
        for item, row in self.waiting:
            fields = [self[f"{name}_{item.code}"] for name in ("action", "responsible", "due")]
            found.append((item, row, fields, any(field.value() for field in fields)))
        return found

    def clean(self):
        cleaned = super().clean()
        for item, _row in self.waiting:
            others = cleaned.get(f"responsible_{item.code}") or cleaned.get(f"due_{item.code}")
            if others and not cleaned.get(f"action_{item.code}") and f"action_{item.code}" not in self.errors:
                self.add_error(f"action_{item.code}", _("Say what you will do first."))
        return cleaned

    def plan(self):
        cleaned = self.cleaned_data
        return {
            item.code: (
                cleaned[f"action_{item.code}"],
                cleaned[f"responsible_{item.code}"],
                cleaned[f"due_{item.code}"],
            )
            for item, _row in self.waiting
        }
