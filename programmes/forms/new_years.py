"""What a coordinator says of next year's classes: their names, grades and head-counts, and what follows them."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from curriculum.enums import HIGHEST_GRADE, LOWEST_GRADE, grade_label
from programmes.forms.choices import SeveralField
from programmes.forms.sessions import CountField
from programmes.models import Membership, SchoolClass
from programmes.models.schools import name_key

SAME_CHOICES, ONLY_BASE = "choices", "base"
BLANK_ROWS = 2


@dataclass(frozen=True)
class NewClass:
    """A class of the new year as it was typed, with the old classes that become it."""

    name: str
    lowest_grade: int
    highest_grade: int
    enrolled: int | None
    olds: tuple[SchoolClass, ...]


class MoveUpForm(forms.Form):
    """A row for each class of this year, one for each new class, and some empty ones."""

    quiet_optional = True

    plan = forms.ChoiceField(
        label=_("The plan of the new year"),
        choices=[
            (SAME_CHOICES, _("Base sessions, and the additional ones that the grade has this year")),
            (ONLY_BASE, _("Base sessions only")),
        ],
        initial=SAME_CHOICES,
        widget=forms.RadioSelect,
    )
    leaders = SeveralField(
        label=_("Leaders who follow their class"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, proposals, start_year, leaders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leaders"].queryset = leaders
        self.fields["leaders"].initial = [row.pk for row in leaders]
        self.fields["leaders"].label_from_instance = lambda row: f"{row.user} ({self.led_by(row)})"
        self.old_ids = {row.old.pk for row in proposals if row.old}
        self.keys = []
        for number, proposal in enumerate(proposals):
            self._add(str(proposal.old.pk) if proposal.old else f"ny{number}", proposal, start_year)
        for number in range(1, BLANK_ROWS + 1):
            self._add(f"tom{number}", None, start_year)

    def led_by(self, membership):
        """The classes that a leader has among those that move."""
        return ", ".join(row.name for row in membership.classes.all() if row.pk in self.old_ids)

    def _add(self, key, proposal, start_year):
        grades = [
            (grade, grade_label(grade, start_year=start_year, renumbered_from=settings.GRADE_RENUMBERING_START_YEAR))
            for grade in range(LOWEST_GRADE, HIGHEST_GRADE + 1)
        ]
        self.keys.append((key, proposal))
        self.fields[f"name_{key}"] = forms.CharField(
            label=_("Name"),
            required=False,
            max_length=40,
            initial=proposal.name if proposal else "",
            validators=[validate_no_personal_identity_number],
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        for end, label in (("lowest", _("From year")), ("highest", _("to year"))):
            self.fields[f"{end}_{key}"] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                choices=grades,
                initial=getattr(proposal, f"{end}_grade") if proposal else LOWEST_GRADE,
            )
        self.fields[f"enrolled_{key}"] = CountField(
            label=_("Pupils"), required=False, initial=proposal.enrolled if proposal else None
        )

    @property
    def rows(self):
        """For each class: what it was, and its four fields."""
        return [
            {
                "old": proposal.old if proposal else None,
                "is_blank": proposal is None,
                "leaves": bool(proposal and proposal.old and not proposal.name),
                "name": self[f"name_{key}"],
                "lowest": self[f"lowest_{key}"],
                "highest": self[f"highest_{key}"],
                "enrolled": self[f"enrolled_{key}"],
            }
            for key, proposal in self.keys
        ]

    def clean(self):
        cleaned = super().clean()
        named = [(key, proposal) for key, proposal in self.keys if cleaned.get(f"name_{key}")]
        if not named and not self.errors:
            self.add_error(None, _("Name at least one class of the new year."))
        seen = {}
        for key, proposal in named:
            if cleaned.get(f"lowest_{key}", 0) > cleaned.get(f"highest_{key}", HIGHEST_GRADE):
                self.add_error(f"highest_{key}", _("The years are in the wrong order."))
            twin = seen.setdefault(name_key(cleaned[f"name_{key}"]), (key, proposal))
            merges = twin[1] and twin[1].old and proposal and proposal.old
            if twin[0] != key and not merges:
                self.add_error(f"name_{key}", _("Another class has this name. Only classes of this year can merge."))
        return cleaned

    def new_classes(self):
        """The classes as they are to be; old classes that were given the same name become one."""
        cleaned, merged = self.cleaned_data, {}
        for key, proposal in self.keys:
            if not cleaned[f"name_{key}"]:
                continue
            olds = (proposal.old,) if proposal and proposal.old else ()
            row = NewClass(
                name=cleaned[f"name_{key}"],
                lowest_grade=cleaned[f"lowest_{key}"],
                highest_grade=cleaned[f"highest_{key}"],
                enrolled=cleaned[f"enrolled_{key}"],
                olds=olds,
            )
            same = merged.get(name_key(row.name))
            merged[name_key(row.name)] = _together(same, row) if same else row
        return list(merged.values())


def _together(one, other):
    """Two classes that become one: all their grades, and the sum of their pupils where both are known."""
    known = one.enrolled is not None and other.enrolled is not None
    return NewClass(
        name=one.name,
        lowest_grade=min(one.lowest_grade, other.lowest_grade),
        highest_grade=max(one.highest_grade, other.highest_grade),
        enrolled=one.enrolled + other.enrolled if known else None,
        olds=(*one.olds, *other.olds),
    )
