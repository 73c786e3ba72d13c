"""Several rows chosen at once, by numbers that a database can look for."""

from django import forms

MOST_DIGITS = 18  # no row has a longer number, and the databases refuse to look for one


class SeveralField(forms.ModelMultipleChoiceField):
    """Django's own, that answers a number too long for the database as any other that is not there."""

    def clean(self, value):
        for chosen in value if isinstance(value, list | tuple) else ():
            if isinstance(chosen, str) and len(chosen) > MOST_DIGITS and chosen.lstrip("+-").isdecimal():
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": chosen}
                )
        return super().clean(value)
