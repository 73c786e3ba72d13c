"""The words of the glossary, each explained in one place and shown wherever it stands in the running text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Site

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import validate_no_placeholder
from cms.models.snippets import OfASiteForm

TWICE = _("The word is in the glossary already.")


class WordQuerySet(models.QuerySet):
    def for_site(self, site):
        """The words of a site and those common to all sites, in the order of the alphabet."""
        return self.filter(Q(site=site) | Q(site__isnull=True)).order_by("term", "pk")


class Word(models.Model):
    """A word, the forms it takes in a sentence, and what it means in a sentence or two."""

    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("Empty for words that are explained on every site."),
    )
    term = models.CharField(_("word"), max_length=60, validators=[validate_no_personal_identity_number])
    forms = models.CharField(
        _("other forms"),
        max_length=240,
        blank=True,
        validators=[validate_no_personal_identity_number],
        help_text=_("How the word stands in a sentence, with commas between: norms, the norm, the norms."),
    )
    explanation = models.CharField(
        _("explanation"),
        max_length=320,
        validators=[validate_no_personal_identity_number, validate_no_placeholder],
        help_text=_("In one or two plain sentences, as you would say it to a twelve-year-old."),
    )

    objects = WordQuerySet.as_manager()

    base_form_class = OfASiteForm
    panels = [FieldPanel("term"), FieldPanel("forms"), FieldPanel("explanation"), FieldPanel("site")]

    class Meta:
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("glossary")
        constraints = [
            models.UniqueConstraint(fields=["site", "term"], name="word_once_per_site", violation_error_message=TWICE),
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(site__isnull=True),
                name="word_once_for_all_sites",
                violation_error_message=TWICE,
            ),
        ]

    def __str__(self):
        return self.term

    @property
    def spellings(self):
        """Every form of the word as it may stand in a text."""
        return [self.term, *(form.strip() for form in self.forms.split(",") if form.strip())]
