"""What a municipality sets for its site."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from accounts.rules import validate_no_personal_identity_number


@register_setting
class SiteSettings(BaseSiteSetting):
    """The name and logo that stand before the product's own in the header, and whom to ask."""

    owner_name = models.CharField(
        _("name in the header"), max_length=80, blank=True, validators=[validate_no_personal_identity_number]
    )
    logo = models.ForeignKey(
        "cms.SiteImage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(
        _("contact telephone"), max_length=20, blank=True, validators=[RegexValidator(r"^\+?[0-9][0-9 -]{1,18}$")]
    )

    # Chosen where notices are published, never in this form; kept here, since every page reads these settings.
    crisis_notice = models.ForeignKey(
        "cms.CrisisNotice", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    publishes_alone = models.BooleanField(
        _("publish without a second reader"),
        default=False,
        help_text=_("Only for an editorial office of one: whoever may publish then does so alone."),
    )

    select_related = ["crisis_notice"]
    panels = [
        FieldPanel("owner_name"),
        FieldPanel("logo"),
        FieldPanel("contact_email"),
        FieldPanel("contact_phone"),
        FieldPanel("publishes_alone"),
    ]

    class Meta:
        verbose_name = _("site settings")
