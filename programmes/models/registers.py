"""The centre's registers: who it cooperates with, what the world around looks like, and the action plan."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number
from programmes.enums import AgreementArea, MeasureFigure, MeasureState, Organisation
from programmes.models.municipalities import Area, Municipality

NO_NUMBERS = [validate_no_personal_identity_number]


class Partner(models.Model):
    """An organisation that the agreement is with, in one of its areas; the hours of those whom it sends are its own.

    One partner for each organisation that leaders come from, so that no hour is counted twice; only `other` may be
    several, whose hours cannot be told apart.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=80, validators=NO_NUMBERS)
    area = models.CharField(_("area of the agreement"), max_length=12, choices=AgreementArea)
    organisation = models.CharField(
        _("leaders from"),
        max_length=16,
        choices=Organisation,
        default=Organisation.OTHER,
        help_text=_("What is chosen when a session is reported. Its hours become the partner's."),
    )
    contact = models.CharField(
        _("contact function"),
        max_length=80,
        validators=NO_NUMBERS,
        help_text=_("Which function to ask for, never a person's name."),
    )
    address = models.CharField(
        _("how to reach it"),
        max_length=120,
        blank=True,
        validators=NO_NUMBERS,
        help_text=_("A switchboard or a shared mailbox, never a person's own."),
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="partner_once_per_municipality"),
            models.UniqueConstraint(
                fields=["municipality", "organisation"],
                condition=~Q(organisation=Organisation.OTHER),
                name="partner_once_per_organisation",
                violation_error_message=_("Another partner has the hours of those leaders already."),
            ),
        ]

    def __str__(self):
        return self.name


class Indicator(models.Model):
    """A figure about the world around, entered by hand with its source; it stands beside, and explains nothing."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="indicators")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("Empty for the whole municipality."),
    )
    name = models.CharField(_("what is measured"), max_length=120, validators=NO_NUMBERS)
    unit = models.CharField(
        _("unit"), max_length=20, help_text=_("For example per cent or pupils."), validators=NO_NUMBERS
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    source = models.CharField(_("source"), max_length=160, validators=NO_NUMBERS)

    class Meta:
        verbose_name = _("context indicator")
        verbose_name_plural = _("context indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "year"], condition=Q(area__isnull=True), name="indicator_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["municipality", "area", "name", "year"],
                condition=Q(area__isnull=False),
                name="indicator_once_a_year_in_an_area",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.year}"

    def clean(self):
        super().clean()
        if self.area_id and self.municipality_id and self.area.municipality_id != self.municipality_id:
            raise ValidationError({"area": _("The area belongs to another municipality.")})
        twins = Indicator.objects.filter(
            municipality=self.municipality_id, area=self.area_id, name=self.name, year=self.year
        ).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError({"year": _("This is already written down for that year.")})


class Measure(models.Model):
    """A row of the municipality's action plan: a problem, and what is done about it. Source: lag (2023:196), 5-7 §§."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="measures")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("Empty for the whole municipality."),
    )
    problem = models.CharField(_("problem"), max_length=300, validators=NO_NUMBERS)
    goal = models.CharField(_("goal"), max_length=300, validators=NO_NUMBERS)
    measure = models.CharField(_("measure"), max_length=300, validators=NO_NUMBERS)
    responsible = models.CharField(
        _("responsible"), max_length=80, validators=NO_NUMBERS, help_text=_("A function, never a person's name.")
    )
    start_date = models.DateField(_("begins"))
    end_date = models.DateField(_("ready"))
    indicator = models.CharField(
        _("indicator"), max_length=200, validators=NO_NUMBERS, help_text=_("How you will see whether it worked.")
    )
    figure = models.CharField(
        _("figure in Stins"),
        max_length=16,
        choices=MeasureFigure,
        blank=True,
        help_text=_("Stands beside the measure in the follow-up, in its area. It does not say what caused what."),
    )
    follow_up = models.TextField(_("follow-up"), max_length=1000, blank=True, validators=NO_NUMBERS)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="measure_ends_after_it_starts")
        ]
        indexes = [models.Index(fields=["municipality", "end_date"], name="measure_by_municipality")]

    def __str__(self):
        return self.measure

    def clean(self):
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The last day comes before the first.")})

    def state_on(self, day):
        """How far it has come on a day; what has been followed up is so whenever it was."""
        if self.follow_up:
            return MeasureState.FOLLOWED_UP
        if day < self.start_date:
            return MeasureState.AHEAD
        return MeasureState.RUNNING if day <= self.end_date else MeasureState.TO_FOLLOW_UP
