"""The two questions to parents after a meeting."""

from django import forms

from programmes.models.feedback import QUESTIONS, STEPS


class FeedbackForm(forms.Form):
    """One answer to each question, in the words of the reader's language; nothing can be written."""

    quiet_optional = True

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question] = forms.TypedChoiceField(
                label=getattr(words, question),
                choices=list(zip(STEPS, words.scale, strict=True)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": words.missing, "invalid_choice": words.missing},
            )

    def values(self):
        return {question: self.cleaned_data[question] for question in QUESTIONS}
