"""What someone chooses a report by: a period, a programme, an area, a school."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from curriculum.enums import SessionKind
from curriculum.models import Programme, Session
from programmes.models import Area, Period
from programmes.models.terms import CALENDAR_YEAR, PERIOD_KINDS, SCHOOL_YEAR, TERM, TERTIAL, start_year_of

YEARS_BACK = 3
ON_A_CLASSES_LINE = [SessionKind.BASE, SessionKind.ADDITIONAL, SessionKind.MENTOR]


def programmes_with_coverage():
    """Programmes whose sessions are held with classes."""
    taught = Session.objects.filter(kind__in=ON_A_CLASSES_LINE).values("programme")
    return Programme.objects.filter(pk__in=taught).order_by("order", "code")


def period_choices(today, chosen=None, *, kinds=PERIOD_KINDS, looks_ahead=False):
    """This school year and the ones before it: terms, school years, tertials and calendar years, the latest first.

    With `looks_ahead` the coming school year too, for what is written before it begins.
    """
    this_year = start_year_of(today)
    years = range(this_year, this_year - YEARS_BACK, -1)
    terms = [Period.term(year + offset, autumn=not offset) for year in years for offset in (1, 0)]
    tertials = [Period.tertial(number, year) for year in (today.year, today.year - 1) for number in (3, 2, 1)]
    school_years = range(this_year + looks_ahead, years.stop, -1)
    of_kind = {
        TERM: (_("Term"), terms),
        SCHOOL_YEAR: (
            _("School year"),
            [Period.school_year(year) for year in school_years],
        ),
        TERTIAL: (_("Tertial"), tertials),
        CALENDAR_YEAR: (_("Calendar year"), [Period.calendar_year(year) for year in (today.year, today.year - 1)]),
    }
    groups = [of_kind[kind] for kind in kinds]
    choices = [(name, [(period.code, period.label) for period in periods]) for name, periods in groups]
    if chosen and chosen not in (period for _name, periods in groups for period in periods):
        choices.insert(0, (chosen.code, chosen.label))
    return choices


class ProgrammeForm(forms.Form):
    quiet_optional = True

    program = forms.TypedChoiceField(
        label=_("Programme"),
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("There is no such programme.")},
    )

    def __init__(self, data, **options):
        self.programmes = {programme.code: programme for programme in programmes_with_coverage()}
        asked = {name: data[name] for name in self.base_fields if data.get(name)}
        if self.programmes:
            asked.setdefault("program", next(iter(self.programmes)))
        super().__init__(asked, **options)
        self.fields["program"].choices = [(code, programme.name) for code, programme in self.programmes.items()]
        self.fields["program"].coerce = self.programmes.get

    def clean_program(self):
        programme = self.cleaned_data["program"]
        if programme is None:
            raise forms.ValidationError(_("There is no programme yet."))
        return programme


class PeriodForm(forms.Form):
    """A period and nothing else; this school year unless another one is asked for."""

    quiet_optional = True

    period = forms.CharField(label=_("Period"), required=False, widget=forms.Select)

    def __init__(self, data, *, today, **options):
        text = data.get("period") or Period.school_year(start_year_of(today)).code
        chosen = period_or_none(text)
        super().__init__({"period": chosen.code if chosen else text}, **options)
        self.fields["period"].widget.choices = period_choices(today, chosen)

    def clean_period(self):
        return _period_or_error(self.cleaned_data["period"])


class CoverageForm(ProgrammeForm):
    """Everything is optional: without a choice it is this term, the first programme and all schools one may see."""

    field_order = ["period", "program", "omrade", "skola"]

    period = forms.CharField(label=_("Period"), required=False, widget=forms.Select)
    omrade = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such area among your schools.")},
    )
    skola = forms.ModelChoiceField(
        label=_("School"),
        queryset=None,
        to_field_name="slug",
        required=False,
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such school among yours.")},
    )

    def __init__(self, data, *, schools, today, kinds=PERIOD_KINDS, looks_ahead=False, **options):
        self.kinds = kinds
        super().__init__(data, **options)
        areas = Area.objects.filter(pk__in=schools.order_by().values("area")).order_by("name")
        self.fields["omrade"].queryset = areas
        self.fields["skola"].queryset = schools.in_order()
        self.data.setdefault("period", Period.current(kinds[0], today=today).code)
        chosen = period_or_none(self.data["period"])
        if chosen:
            self.data["period"] = chosen.code
        known = chosen if chosen and chosen.kind in kinds else None
        self.fields["period"].widget.choices = period_choices(today, known, kinds=kinds, looks_ahead=looks_ahead)
        name = self.data.get("omrade", "")
        if name and not name.isdigit() and "\x00" not in name:
            self.data["omrade"] = str(areas.filter(name=name).values_list("pk", flat=True).first() or name)

    def clean_period(self):
        period = _period_or_error(self.cleaned_data["period"])
        if period.kind not in self.kinds:
            raise forms.ValidationError(_("This report is not made for such a period. Choose one in the list."))
        return period


BEFORE, SAME = "fore", "samma"
FEWEST, MOST, USUAL = 2, 6, 4


class ReportForm(CoverageForm):
    """The same question with the fields that a kind of report asks; what it does not ask is None.

    A comparison is by one of the `measures` (key and name), the first unless another is chosen.
    One that `opens_with_last` starts with the last period that has ended, one `of_one_school` with the first school.
    """

    field_order = ["period", "antal", "med", "matt", "program", "omrade", "skola"]

    antal = forms.TypedChoiceField(
        label=_("Periods"),
        required=False,
        coerce=int,
        empty_value=USUAL,
        choices=[(count, str(count)) for count in range(FEWEST, MOST + 1)],
        error_messages={"invalid_choice": _("Compare two to six periods.")},
    )
    med = forms.ChoiceField(
        label=_("Compared with"),
        required=False,
        choices=[(BEFORE, _("those before")), (SAME, _("the same of earlier years"))],
        error_messages={"invalid_choice": _("Choose one in the list.")},
    )
    matt = forms.ChoiceField(
        label=pgettext_lazy("figure", "Measure"),
        required=False,
        error_messages={"invalid_choice": _("There is no such measure.")},
    )

    def __init__(
        self,
        data,
        *,
        asks,
        schools,
        today,
        kinds=PERIOD_KINDS,
        opens_with_last=False,
        of_one_school=False,
        measures=(),
        **options,
    ):
        asked = {name: data[name] for name in asks if name in data}
        if opens_with_last and not asked.get("period"):
            current = Period.current(kinds[0], today=today)
            asked["period"] = Period.current(kinds[0], today=current.first_day - timedelta(days=1)).code
        if of_one_school and not asked.get("skola"):
            asked["skola"] = schools.in_order().values_list("slug", flat=True).first() or ""
        super().__init__(asked, schools=schools, today=today, kinds=kinds, **options)
        self.fields["matt"].choices = measures
        for name, value in (("antal", USUAL), ("med", BEFORE), ("matt", next(iter(measures), ("",))[0])):
            self.data.setdefault(name, str(value))
        if of_one_school:
            self.fields["skola"].empty_label = None
        self.not_asked = [name for name in self.fields if name not in asks]
        for name in self.not_asked:
            del self.fields[name]
            self.data.pop(name, None)

    def clean(self):
        return {**dict.fromkeys(self.not_asked), **super().clean()}

    def compared(self):
        """The periods that stand side by side, the earliest first; none where nothing is compared."""
        asked = self.cleaned_data
        if not asked["antal"]:
            return []
        step = asked["period"].in_a_year if asked["med"] == SAME else 1
        return [asked["period"].earlier(step * back) for back in reversed(range(asked["antal"]))]


def _period_or_error(text):
    period = period_or_none(text)
    if period is None:
        raise forms.ValidationError(_("Write the period as HT2026, VT2027, 2026/27 or T1-2027."))
    return period


def period_or_none(text):
    try:
        return Period.parse(text)
    except ValueError:
        return None
