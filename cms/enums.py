"""The fixed words of the site."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Whom a support contact is for."""

    CHILD = "child", _("children and young people")
    ADULT = "adult", _("adults")
    EVERYONE = "everyone", _("everyone")
