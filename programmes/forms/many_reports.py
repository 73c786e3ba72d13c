"""What is typed from a paper in one go: a row for each session that waits, most of them left as they are."""

from uuid import uuid4

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from programmes.enums import NotHeldReason
from programmes.forms.sessions import CountField
from programmes.models import Period
from programmes.models.terms import parse_day

MINE, THEIRS = "mine", "theirs"


class ShortDayField(forms.CharField):
    """A day as one writes it by hand, `12/9`: the school year is known."""

    def __init__(self, *, start_year, **options):
        self.start_year = start_year
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})
        super().__init__(required=False, max_length=20, widget=widget, **options)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_day(text, start_year=self.start_year)
        except ValueError as error:
            raise forms.ValidationError(_("Write the day as 12/9.")) from error


class ManyReportsForm(forms.Form):
    """Rows of the plan, each with day and head-counts, or a reason; an empty row is left for later."""

    quiet_optional = True
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, rows, start_year, today, conflicts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.planned, self.start_year, self.today = {row.pk: row for row in rows}, start_year, today
        self.year = Period.school_year(start_year)
        self.conflicts = conflicts or {}
        self.fields["client_id"].initial = uuid4()
        for row in rows:
            self._add(row, start_year)

    def _add(self, row, start_year):
        words = {"name": row.school_class.name, "title": row.session.title}
        self.fields[f"date_{row.pk}"] = ShortDayField(
            start_year=start_year, label=_("%(name)s %(title)s, day held") % words
        )
        self.fields[f"present_{row.pk}"] = CountField(label=_("%(name)s %(title)s, present") % words, required=False)
        self.fields[f"size_{row.pk}"] = CountField(
            label=_("%(name)s %(title)s, of") % words,
            required=False,
            min_value=1,
            initial=row.school_class.enrolled,
        )
        self.fields[f"reason_{row.pk}"] = forms.ChoiceField(
            label=_("%(name)s %(title)s, not held") % words,
            required=False,
            # With the numbers of the paper, which a keyboard jumps to.
            choices=[
                ("", "–"),
                *((code, f"{number} {label}") for number, (code, label) in enumerate(NotHeldReason.choices, start=1)),
            ],
        )
        self.fields[f"choice_{row.pk}"] = forms.ChoiceField(
            label=_("%(name)s %(title)s, which report counts") % words,
            required=False,
            choices=[(THEIRS, _("Keep what stands there")), (MINE, _("Save mine instead"))],
            widget=forms.RadioSelect,
        )
        self.fields[f"seen_{row.pk}"] = forms.RegexField(
            r"^\d{1,18}\.\d{1,9}$", required=False, widget=forms.HiddenInput
        )

    @property
    def groups(self):
        """The rows by class, in the order of the paper."""
        groups = {}
        for row in self.planned.values():
            groups.setdefault(row.school_class, []).append(self._as_row(row))
        return list(groups.items())

    def _as_row(self, row):
        fields = {name: self[f"{name}_{row.pk}"] for name in ("date", "present", "size", "reason", "choice", "seen")}
        has_errors = any(fields[name].errors for name in ("date", "present", "size", "reason"))
        return {"planned": row, "conflict": self.conflicts.get(row.pk), "has_errors": has_errors, **fields}

    def filled(self):
        """The rows that somebody has written in and wants saved."""
        return [row for pk, row in self.planned.items() if self._is_filled(pk)]

    def _is_filled(self, pk):
        gives_way = self.cleaned_data.get(f"seen_{pk}") and self.cleaned_data.get(f"choice_{pk}") != MINE
        return self._is_touched(pk) and not gives_way

    def clean(self):
        cleaned = super().clean()
        for row in self.planned.values():
            if cleaned.get(f"seen_{row.pk}") and not cleaned.get(f"choice_{row.pk}"):
                self.add_error(
                    f"choice_{row.pk}", _("Somebody else reported it before you. Choose which report is to count.")
                )
            elif self._is_filled(row.pk):
                self._check(row, cleaned)
        if not self.errors and not any(self._is_touched(pk) for pk in self.planned):
            self.add_error(None, _("Fill in at least one row."))
        return cleaned

    def _is_touched(self, pk):
        return any(self.cleaned_data.get(f"{name}_{pk}") not in (None, "") for name in ("date", "present", "reason"))

    def _check(self, row, cleaned):
        day, present, size, reason = (cleaned.get(f"{name}_{row.pk}") for name in ("date", "present", "size", "reason"))
        if reason:
            if day or present is not None:
                self.add_error(f"reason_{row.pk}", _("Fill in a day or a reason, not both."))
            return
        self._check_day(row, day)
        if size is None and f"size_{row.pk}" not in self.errors:
            self.add_error(f"size_{row.pk}", _("Fill in how many pupils the group has."))
        elif size is not None and present is not None and present > size:
            self.add_error(
                f"present_{row.pk}",
                _("The pupils present cannot be more than the pupils in the group (%(size)s).") % {"size": size},
            )

    def _check_day(self, row, day):
        name, start = f"date_{row.pk}", row.school_class.start_date
        if name in self.errors:
            return
        if day is None:
            self.add_error(name, _("Fill in the day the session was held."))
        elif day > self.today:
            self.add_error(name, _("The date lies ahead. Report when the session has been held."))
        elif not self.year.first_day <= day <= self.year.last_day:
            self.add_error(
                name, _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": self.year.label}
            )
        elif start and day < start:
            words = {"name": row.school_class.name, "date": date_format(start)}
            self.add_error(name, _("Class %(name)s did not exist before %(date)s.") % words)

    def seen(self, row):
        """The other person's report that was shown for a row, as (id, version); None when there was none."""
        shown = self.cleaned_data.get(f"seen_{row.pk}")
        return tuple(map(int, shown.split("."))) if shown else None
