"""Grades as they are called in the school year of today; what is stored is a number in the pupil's schooling."""

from django import forms
from django.conf import settings
from django.utils import timezone

from curriculum.enums import HIGHEST_GRADE, grade_label
from programmes.models.terms import start_year_of


class GradeField(forms.TypedChoiceField):
    """A grade by its name; what is stored is its number in the pupil's schooling."""

    def __init__(self, **options):
        options = {name: options[name] for name in ("label", "required", "help_text") if name in options}
        super().__init__(choices=_grades, coerce=int, **options)


def _grades():
    this_year, renumbered_from = start_year_of(timezone.localdate()), settings.GRADE_RENUMBERING_START_YEAR
    return [
        (index, grade_label(index, start_year=this_year, renumbered_from=renumbered_from))
        for index in range(HIGHEST_GRADE + 1)
    ]
