"""The rows in which leaders are filled in, the same in every form that asks who led."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.enums import LeaderRole, Organisation

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class WithLeaders:
    """A form with a row for each of some leaders: profession, organisation, and trained or not."""

    leader_count = 3

    def add_leaders(self):
        for number in self._numbers:
            words = {"number": number}
            self.fields[f"leader_role_{number}"] = forms.ChoiceField(
                label=_("Leader %(number)s, profession") % words,
                required=False,
                choices=[("", _("– none –")), *LeaderRole.choices],
            )
            self.fields[f"leader_organisation_{number}"] = forms.ChoiceField(
                label=_("Leader %(number)s, from") % words,
                required=False,
                choices=Organisation.choices,
                initial=Organisation.SCHOOL,
            )
            self.fields[f"leader_trained_{number}"] = forms.ChoiceField(
                label=_("Leader %(number)s, trained") % words,
                required=False,
                choices=[("", _("not said")), *YES_NO],
            )

    @property
    def _numbers(self):
        return range(1, self.leader_count + 1)

    @property
    def leader_fields(self):
        return [
            (self[f"leader_role_{number}"], self[f"leader_organisation_{number}"], self[f"leader_trained_{number}"])
            for number in self._numbers
        ]

    def leader_rows(self):
        """The leaders that were filled in, as (profession, organisation, trained)."""
        return [
            (
                self.cleaned_data[f"leader_role_{number}"],
                self.cleaned_data[f"leader_organisation_{number}"] or Organisation.SCHOOL,
                boolean(self.cleaned_data[f"leader_trained_{number}"]),
            )
            for number in self._numbers
            if self.cleaned_data[f"leader_role_{number}"]
        ]

    @classmethod
    def leader_values(cls, leaders):
        """Leaders as the form shows them: those of what is being corrected, or of the latest one as a start."""
        values = {}
        for number, leader in enumerate(list(leaders)[: cls.leader_count], start=1):
            values[f"leader_role_{number}"] = leader.role
            values[f"leader_organisation_{number}"] = leader.organisation
            values[f"leader_trained_{number}"] = word(leader.is_trained)
        return values


def boolean(answer):
    """An answer to yes or no; None when there is none."""
    return {"yes": True, "no": False}.get(answer)


def word(value):
    """Yes, no or nothing, as a form shows it."""
    return {True: "yes", False: "no"}.get(value, "")
