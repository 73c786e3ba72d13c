"""What a person typed stands in the field again after an error, but never a personal identity number."""

import pytest
from django import forms

from accounts.rules import hide_personal_identity_numbers, validate_no_personal_identity_number
from programmes.models import School


class ReasonForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea, validators=[validate_no_personal_identity_number])
    reference = forms.CharField(required=False)
    day = forms.DateField()


def test_refused_number_is_not_shown_again_and_the_words_are():
    form = ReasonForm({"reason": "Ring 20121212-1212 om 3B", "reference": "20121212-1212", "day": "2026-11-25"})

    assert not form.is_valid()
    assert form["reason"].value() == "Ring … om 3B"
    assert "1212" not in str(form["reason"])
    assert form["reference"].value() == "20121212-1212"


def test_words_that_were_not_refused_stand_as_they_were_typed():
    form = ReasonForm({"reason": "Ring 08-465 004 00, klart 2026-09-15", "day": "i fredags"})

    assert list(form.errors) == ["day"]
    assert form["reason"].value() == "Ring 08-465 004 00, klart 2026-09-15"
    assert form["day"].value() == "i fredags"


def test_number_that_the_model_refuses_is_not_shown_again(db):
    form = forms.modelform_factory(School, fields=["name"])({"name": "Almskolan 121212-1212"})

    assert not form.is_valid()
    assert form["name"].value() == "Almskolan …"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Klass 3B, 18 av 20", "Klass 3B, 18 av 20"),
        ("121212-1212 och 20121272-1212", "… och …"),
        ("2024-08-19–2025-06-11", "2024-08-19–2025-06-11"),
    ],
)
def test_numbers_are_hidden_one_by_one(text, shown):
    assert hide_personal_identity_numbers(text) == shown
