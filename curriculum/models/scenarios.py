"""Situations to talk about, each written in one place and told in the plans that choose it."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin, Site
from wagtail.search import index

from cms.blocks import NO_PERSONAL_IDENTITY_NUMBER
from cms.models import OfASiteForm

CODE = RegexValidator(
    r"^[A-ZÅÄÖ0-9]+(-[A-ZÅÄÖ0-9]+)+\Z", _("Write the code with capital letters, digits and hyphens, like T-T01-S4.")
)


class ScenarioQuerySet(models.QuerySet):
    def for_site(self, site):
        """The scenarios of a site and those common to all sites, in the order of their codes."""
        return self.filter(Q(site=site) | Q(site__isnull=True)).order_by("code", "pk")


class ScenarioForm(OfASiteForm):
    """A code that has been given stays: groups reserve scenarios by it, and it stands on printed cards."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            self.fields["code"].disabled = True


class Scenario(RevisionMixin, index.Indexed, models.Model):
    """A situation to talk about: a code that never changes, a text to read aloud, and questions about it."""

    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("Empty for scenarios that every site may choose."),
    )
    code = models.CharField(
        _("code"),
        max_length=20,
        validators=[CODE],
        help_text=_("The session's code and a number of its own, like T-T01-S4. It is never changed."),
    )
    title = models.CharField(_("title"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    text = models.TextField(_("text"), validators=NO_PERSONAL_IDENTITY_NUMBER)
    questions = StreamField(
        [
            (
                "question",
                blocks.CharBlock(max_length=240, label=_("Question"), validators=NO_PERSONAL_IDENTITY_NUMBER),
            )
        ],
        verbose_name=_("questions"),
        min_num=1,
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ScenarioQuerySet.as_manager()

    base_form_class = ScenarioForm
    panels = [
        FieldPanel("code"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("questions"),
        FieldPanel("site"),
    ]
    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("text"),
        index.AutocompleteField("code"),
        index.AutocompleteField("title"),
        index.FilterField("site"),
    ]

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code"],
                name="scenario_code_once_per_site",
                violation_error_message=_("There is already a scenario with this code."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(site__isnull=True),
                name="scenario_code_once_for_all_sites",
                violation_error_message=_("There is already a scenario with this code."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @cached_property
    def asks(self):
        """The questions as texts, in order."""
        return [question.value for question in self.questions]


def chosen_in(stream):
    """The keys of the scenarios that a plan's stream names, in order, without asking the database for them."""
    return [row["value"] for row in stream.raw_data if row["value"]]


def fetch_scenarios(plans):
    """The same plans, their scenarios asked for once for all of them instead of once for each."""
    plans = list(plans)
    chosen = {plan: chosen_in(plan.scenarios) for plan in plans}
    known = Scenario.objects.in_bulk({key for keys in chosen.values() for key in keys})
    for plan, keys in chosen.items():
        plan.told_scenarios = [known[key] for key in keys if key in known]
    return plans
