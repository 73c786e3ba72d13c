"""By whom: what every leader of something is known by, wherever the leader stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import LeaderRole, Organisation


class Leader(models.Model):
    """One who leads: profession, organisation, and trained or not; never who."""

    role = models.CharField(_("role"), max_length=12, choices=LeaderRole)
    organisation = models.CharField(_("organisation"), max_length=16, choices=Organisation)
    is_trained = models.BooleanField(_("trained"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.get_role_display()}, {self.get_organisation_display()}"
