"""What is chosen about a file that is imported: what it holds, which school and year, and what its columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from programmes.models import School
from programmes.models.terms import school_year_label, start_year_of

YEARS_BACK = 3


class ImportForm(forms.Form):
    """The file itself, and what it does not say of itself."""

    kind = forms.ChoiceField(label=_("What the file holds"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"empty": _("The file is empty.")},
    )
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        required=False,
        empty_label=_("It stands in the file"),
        help_text=_("Where the file itself does not say which school it is about."),
    )
    start_year = forms.TypedChoiceField(
        label=_("School year"), coerce=int, help_text=_("Where the file itself does not say.")
    )

    def __init__(self, *args, kinds, schools, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].initial = next(iter(kinds), None)
        if len(schools) == 1:
            del self.fields["school"]
        else:
            self.fields["school"].queryset = School.objects.filter(pk__in=[school.pk for school in schools]).in_order()
        self.fields["start_year"].choices = _years(today)
        self.fields["start_year"].initial = start_year_of(today)


class ChooseSchoolsForm(forms.Form):
    """Which of the schools that a register would add or change come in; the others are left as they are."""

    quiet_optional = True

    schools = forms.MultipleChoiceField(
        label=_("Add or change these"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, choices, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = [code for code, _name in choices]
        self.fields["schools"].choices = choices
        self.fields["schools"].initial = chosen

    def told(self, answers):
        """The answers with an empty one for each school that is left, and none for one that comes in after all."""
        left = set(self.offered) - set(self.cleaned_data["schools"])
        kept = {code: answer for code, answer in answers.items() if answer or code not in self.offered}
        return {**kept, **dict.fromkeys(sorted(left), "")}


class FetchClassesForm(forms.Form):
    """Of which school year the classes of a register are fetched."""

    start_year = forms.TypedChoiceField(label=_("School year"), coerce=int)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start_year"].choices = _years(today)
        self.fields["start_year"].initial = start_year_of(today)


class HeaderForm(forms.Form):
    """One sheet of a file: whether it is read, which row holds the headings, and what each column means."""

    quiet_optional = True

    is_read = forms.BooleanField(label=_("Read this sheet"), required=False)
    row = forms.TypedChoiceField(label=_("The headings stand on row"), coerce=int)

    def __init__(self, *args, columns, rows, header_row, headings, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = headings
        self.fields["row"].choices = rows
        self.fields["row"].initial = header_row
        meanings = [("", _("Not read")), *columns.headings.items()]
        for place, heading, examples in headings:
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading, help_text=escape(examples), choices=meanings, required=False
            )
        self.required_columns = columns.required
        self.described = columns.described

    @property
    def column_fields(self):
        return [self[f"column_{place}"] for place, _heading, _examples in self.headings]

    @property
    def chosen(self):
        """The field of each column that is read, by the column's place."""
        return {
            place: field
            for place, _heading, _examples in self.headings
            if (field := self.cleaned_data.get(f"column_{place}"))
        }

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_read"):
            return cleaned
        fields = list(self.chosen.values())
        if len(set(fields)) != len(fields):
            self.add_error(None, _("Two columns mean the same. Choose one of them."))
        elif not all(alternatives & set(fields) for alternatives in self.required_columns):
            self.add_error(None, _("These columns are needed: %(names)s.") % {"names": self.described})
        return cleaned


@dataclass(frozen=True)
class Question:
    """What is asked of rows that say something unclear: the text that is asked about, and what it may mean.

    `choices` are a form's: the nearest group of answers first; `none` is how it is said that it means none of them.
    """

    asked: str
    label: str
    choices: Sequence[tuple[str, Any]]
    none: str


class AnswersForm(forms.Form):
    """What each unclear text means; what is left open stays a question. `left` are asked when these are answered."""

    NONE = "-"
    quiet_optional = True

    def __init__(self, *args, questions, left=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.left = questions, left
        for number, question in enumerate(questions):
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                label=question.label,
                required=False,
                choices=[("", _("Choose")), *question.choices, (self.NONE, question.none)],
            )
            self.fields[f"asked_{number}"] = forms.CharField(initial=question.asked, widget=forms.HiddenInput)

    @property
    def pairs(self):
        return [(self[f"answer_{number}"], self[f"asked_{number}"]) for number, _question in enumerate(self.questions)]

    def told(self, answers):
        """The answers with those that were given now; an empty one for none of them."""
        told = dict(answers)
        for number, question in enumerate(self.questions):
            answer = self.cleaned_data.get(f"answer_{number}")
            if answer and self.cleaned_data.get(f"asked_{number}") == question.asked:
                told[question.asked] = "" if answer == self.NONE else answer
        return told


def _years(today):
    this_year = start_year_of(today)
    return [(year, school_year_label(year)) for year in range(this_year + 1, this_year - YEARS_BACK - 1, -1)]
