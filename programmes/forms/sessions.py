"""What a leader types about a session that was held, or was not."""

from uuid import uuid4

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import (
    AdaptationWhat,
    AdaptationWhy,
    Engagement,
    NotHeldReason,
    PreparationBand,
)
from programmes.forms.dates import DateField, DateInput
from programmes.forms.leaders import YES_NO, WithLeaders, boolean, word
from programmes.models import Delivery, Period
from programmes.models.sessions import LARGEST_GROUP

HELD, NOT_HELD = "held", "not_held"
NO_CORE_PART = "none"
GROUPS = [(0, _("whole class")), (1, _("group 1")), (2, _("group 2")), (3, _("group 3")), (4, _("group 4"))]


class CountField(forms.IntegerField):
    """A head-count, typed with the numeric keypad."""

    def __init__(self, **options):
        options.setdefault("widget", forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**{"min_value": 0, "max_value": LARGEST_GROUP, **options})


class ReportForm(WithLeaders, forms.Form):
    """One session for one class, or the same session for several classes at once."""

    quiet_optional = True

    outcome = forms.ChoiceField(
        label=_("What happened"), choices=[(HELD, _("Held")), (NOT_HELD, _("Not held"))], widget=forms.RadioSelect
    )
    date = DateField(label=_("Date"), required=False, widget=DateInput(attrs={"data-day-words": ""}))
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=NotHeldReason.choices, widget=forms.RadioSelect
    )
    group = forms.TypedChoiceField(
        label=_("Group"),
        required=False,
        choices=GROUPS,
        coerce=int,
        empty_value=Delivery.WHOLE_CLASS,
        widget=forms.RadioSelect,
    )
    core_parts = forms.MultipleChoiceField(
        label=_("Core parts done"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("The plan had other core parts on that day. Tick them again.")},
    )
    engagement = forms.TypedChoiceField(
        label=_("Pupils' engagement"),
        required=False,
        choices=Engagement.choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    preparation = forms.ChoiceField(
        label=_("Preparation time"), required=False, choices=PreparationBand.choices, widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    adapted = forms.ChoiceField(label=_("Adapted"), required=False, choices=YES_NO, widget=forms.RadioSelect)
    adaptation_what = forms.ChoiceField(
        label=_("What was changed"), required=False, choices=AdaptationWhat.choices, widget=forms.RadioSelect
    )
    adaptation_why = forms.ChoiceField(
        label=_("Why"), required=False, choices=AdaptationWhy.choices, widget=forms.RadioSelect
    )
    adaptation_planned = forms.ChoiceField(
        label=_("Was it planned?"), required=False, choices=YES_NO, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        validators=[validate_no_personal_identity_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("About the session, never about individual pupils."),
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, classes, session, core_parts, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.classes, self.session, self.today = classes, session, today
        self.core_part_ids = [identifier for identifier, _label in core_parts]
        if core_parts:
            self.fields["core_parts"].choices = [*core_parts, (NO_CORE_PART, _("None"))]
        else:
            del self.fields["core_parts"]
        self.fields["outcome"].initial = HELD
        self.fields["date"].initial = today
        self.fields["client_id"].initial = uuid4()
        self.fields["minutes"].initial = session.planned_minutes
        self.fields["minutes"].help_text = _("The plan says %(minutes)s minutes.") % {
            "minutes": session.planned_minutes
        }
        self.fields["group"].initial = Delivery.WHOLE_CLASS
        for school_class in classes:
            self._add_counts(school_class)
        self.add_leaders()

    def _add_counts(self, school_class):
        self.fields[f"group_size_{school_class.pk}"] = CountField(
            label=_("Pupils in the group"), required=False, min_value=1, initial=school_class.enrolled
        )
        self.fields[f"present_{school_class.pk}"] = CountField(label=_("Pupils present"), required=False)
        self.fields[f"seen_{school_class.pk}"] = forms.RegexField(
            r"^\d+\.\d+$", required=False, widget=forms.HiddenInput
        )

    @property
    def count_fields(self):
        """For each class: the class, its two numbers, and the earlier report that was shown."""
        return [
            (
                school_class,
                self[f"group_size_{school_class.pk}"],
                self[f"present_{school_class.pk}"],
                self[f"seen_{school_class.pk}"],
            )
            for school_class in self.classes
        ]

    @property
    def opens_more(self):
        """Whether the optional part must be seen: it holds an error, or values of the report being corrected."""
        first = {
            "outcome",
            "date",
            "reason",
            *(name for name in self.fields if name.startswith(("group_size_", "present_"))),
        }
        told = ("core_parts", "engagement", "preparation", "group", "adapted", "note")
        return bool(set(self.errors) - first - {"__all__"}) or any(self.initial.get(name) for name in told)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == HELD:
            self._check_date(cleaned)
            self._check_counts(cleaned)
            self._check_core_parts(cleaned)
            if cleaned.get("adapted") != "yes":
                cleaned.update(adaptation_what="", adaptation_why="", adaptation_planned="")
        elif cleaned.get("outcome") == NOT_HELD and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose why the session was not held."))
        return cleaned

    def _check_date(self, cleaned):
        day = cleaned.get("date")
        if day is None:
            if "date" not in self.errors:
                self.add_error("date", _("Fill in the day the session was held."))
            return
        year = Period.school_year(self.classes[0].start_year)
        if day > self.today:
            self.add_error("date", _("The date lies ahead. Report when the session has been held."))
        elif not year.first_day <= day <= year.last_day:
            self.add_error(
                "date",
                _("The date is not in the school year %(year)s (1 July to 30 June).") % {"year": year.label},
            )
        else:
            for school_class in self.classes:
                if school_class.start_date and day < school_class.start_date:
                    self.add_error(
                        "date",
                        _("Class %(name)s did not exist before %(date)s.")
                        % {"name": school_class.name, "date": date_format(school_class.start_date)},
                    )
                elif school_class.end_date and day > school_class.end_date:
                    self.add_error(
                        "date",
                        _("Class %(name)s ended on %(date)s.")
                        % {"name": school_class.name, "date": date_format(school_class.end_date)},
                    )

    def _check_counts(self, cleaned):
        for school_class in self.classes:
            size_name, present_name = f"group_size_{school_class.pk}", f"present_{school_class.pk}"
            size, present = cleaned.get(size_name), cleaned.get(present_name)
            if size is None and size_name not in self.errors:
                self.add_error(size_name, _("Fill in how many pupils the group has."))
            elif size is not None and present is not None and present > size:
                self.add_error(
                    present_name,
                    _("The pupils present cannot be more than the pupils in the group (%(size)s).") % {"size": size},
                )

    def _check_core_parts(self, cleaned):
        ticked = cleaned.get("core_parts") or []
        if NO_CORE_PART in ticked and len(ticked) > 1:
            self.add_error("core_parts", _("Choose either core parts or “None”, not both."))

    def core_parts_done(self):
        """The ids of the core parts done: an empty list for none of them, None for not recorded."""
        ticked = self.cleaned_data.get("core_parts") or []
        if not ticked:
            return None
        return [identifier for identifier in self.core_part_ids if identifier in ticked]

    def seen(self, school_class):
        """The earlier report that was shown for a class, as (id, version); None when there was none."""
        shown = self.cleaned_data.get(f"seen_{school_class.pk}")
        if not shown:
            return None
        entry, version = shown.split(".")
        return int(entry), int(version)

    def delivery_values(self, school_class, *, plan_revision):
        """The columns of a delivery of one class, as they were typed."""
        cleaned, done = self.cleaned_data, self.core_parts_done()
        return {
            "date": cleaned["date"],
            "group_size": cleaned[f"group_size_{school_class.pk}"],
            "present": cleaned[f"present_{school_class.pk}"],
            "minutes": cleaned["minutes"],
            "core_parts_done": done,
            "core_parts_count": None if done is None else len(done),
            "core_parts_total": None if done is None else len(self.core_part_ids),
            "engagement": cleaned["engagement"],
            "preparation": cleaned["preparation"],
            "is_adapted": boolean(cleaned["adapted"]),
            "adaptation_what": cleaned["adaptation_what"],
            "adaptation_why": cleaned["adaptation_why"],
            "adaptation_planned": boolean(cleaned["adaptation_planned"]),
            "note": cleaned["note"],
            "plan_revision": plan_revision,
        }


def values_of(delivery):
    """A delivery as the form shows it, to be corrected."""
    pk = delivery.planned_session.school_class_id
    ticked = delivery.core_parts_done
    values = {
        "outcome": HELD,
        "date": delivery.date,
        "group": delivery.group,
        f"group_size_{pk}": delivery.group_size,
        f"present_{pk}": delivery.present,
        f"seen_{pk}": f"{delivery.pk}.{delivery.version}",
        "minutes": delivery.minutes,
        "core_parts": [NO_CORE_PART] if ticked == [] else (ticked or []),
        "engagement": delivery.engagement,
        "preparation": delivery.preparation,
        "adapted": word(delivery.is_adapted),
        "adaptation_what": delivery.adaptation_what,
        "adaptation_why": delivery.adaptation_why,
        "adaptation_planned": word(delivery.adaptation_planned),
        "note": delivery.note,
    }
    return values | ReportForm.leader_values(delivery.leaders.all())


def not_held_values_of(entry):
    """A report of a session that was not held, as the form shows it."""
    pk = entry.planned_session.school_class_id
    return {
        "outcome": NOT_HELD,
        "reason": entry.reason,
        "note": entry.note,
        f"seen_{pk}": f"{entry.pk}.{entry.version}",
    }
