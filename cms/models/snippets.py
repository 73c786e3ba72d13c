"""Facts that stand on many pages and are changed once: the contacts of the support list."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import PagePermissionTester, Site

from accounts.rules import validate_no_personal_identity_number
from cms.enums import Audience


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
        return self.filter(Q(site=Site.find_for_request(request)) | Q(site__isnull=True)).order_by("order", "name")


class SupportContact(models.Model):
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
    name = models.CharField(_("name"), max_length=80)
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
    hours = models.CharField(_("hours"), max_length=120)
    audience = models.CharField(_("for"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    checked_date = models.DateField(_("last checked"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

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

    class Meta:
        verbose_name = _("support contact")
        verbose_name_plural = _("support contacts")

    def __str__(self):
        return self.name

    @property
    def phone_link(self):
        return "tel:" + "".join(character for character in self.phone if character in "+0123456789")
