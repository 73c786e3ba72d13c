"""Facts that stand on many pages and are changed once: the contacts of the support list."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import PagePermissionTester, Site, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from accounts.rules import validate_no_personal_identity_number
from cms.enums import Audience
from cms.models.languages import is_source_language


def sites_edited_by(user):
    """The sites whose pages a person may change."""
    sites = Site.objects.select_related("root_page")
    return [site for site in sites if PagePermissionTester(user, site.root_page).can_edit()]


def of_sites_edited_by(rows, user):
    """What stands on a site of the person's own, or on every site: nobody meets what is another municipality's."""
    return rows.filter(Q(site__isnull=True) | Q(site__in=sites_edited_by(user)))


class OfASiteForm(WagtailAdminModelForm):
    """Gives what is written to a site of the writer's own, or to every site."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user and "site" in self.fields:
            own = [site.pk for site in sites_edited_by(self.for_user)]
            self.fields["site"].queryset = Site.objects.filter(pk__in=own)


class SupportContactQuerySet(models.QuerySet):
    def for_request(self, request):
        """The contacts of the request's site and those common to all sites, in order."""
        here = self.filter(Q(site=Site.find_for_request(request)) | Q(site__isnull=True))
        return here.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("order", "name")

    def shown_to(self, request):
        """The same with their words in the language of the address, where somebody has translated them.

        Number, address and day are always the contact's own: they are changed in one place for all languages.
        """
        contacts = list(self.for_request(request))
        if is_source_language():
            return contacts
        keys = [contact.translation_key for contact in contacts]
        spoken = self.filter(translation_key__in=keys, locale__language_code=get_language())
        words = {one.translation_key: one for one in spoken}
        for contact in contacts:
            contact.say_as(words.get(contact.translation_key))
        return contacts


class SupportContact(TranslatableMixin):
    """Somewhere to turn: a number, its hours, whom it is for and when that was last checked."""

    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
        help_text=_("Empty for national numbers, shown on every site."),
    )
    name = models.CharField(_("name"), max_length=80, validators=[validate_no_personal_identity_number])
    description = models.CharField(
        _("description"), max_length=240, blank=True, validators=[validate_no_personal_identity_number]
    )
    phone = models.CharField(
        _("telephone"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9][0-9 -]{1,18}$", _("Write the number with digits, spaces and hyphens."))],
    )
    url = models.URLField(_("web address"), blank=True)
    hours = models.CharField(_("hours"), max_length=120, validators=[validate_no_personal_identity_number])
    audience = models.CharField(_("for"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    checked_date = models.DateField(_("last checked"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    # What a translator writes is the words: the rest stands in one place.
    override_translatable_fields = [SynchronizedField("phone", overridable=False)]
    is_untranslated = False

    objects = SupportContactQuerySet.as_manager()

    base_form_class = OfASiteForm
    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("phone"),
        FieldPanel("url"),
        FieldPanel("hours"),
        FieldPanel("audience"),
        FieldPanel("checked_date"),
        FieldPanel("order"),
        FieldPanel("site"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("support contact")
        verbose_name_plural = _("support contacts")

    def __str__(self):
        return self.name

    def clean(self):
        """The same name twice on a site would be two numbers to keep in step."""
        super().clean()
        same = SupportContact.objects.filter(name__iexact=self.name, site=self.site_id).exclude(pk=self.pk)
        if same.exclude(translation_key=self.translation_key).exists():
            raise ValidationError({"name": _("There is already a contact of this name.")})

    def say_as(self, translation):
        """Take over a translation's words; what is still the same in both has not been translated."""
        self.is_untranslated = translation is None or (translation.description, translation.hours) == (
            self.description,
            self.hours,
        )
        if not self.is_untranslated:
            self.name, self.description, self.hours = translation.name, translation.description, translation.hours

    @property
    def phone_link(self):
        return "tel:" + "".join(character for character in self.phone if character in "+0123456789")
