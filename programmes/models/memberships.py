"""By whom: what a person is, where, and from when to when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programmes.enums import CENTRE_ROLES, LIMITED_ROLES, SCHOOL_ROLES, Role

SEES_THE_MUNICIPALITY = (*CENTRE_ROLES, Role.ADMINISTRATOR)


class MembershipQuerySet(models.QuerySet):
    def in_municipality(self, municipality):
        """The roles in a municipality and at its schools."""
        return self.filter(Q(municipality=municipality) | Q(school__municipality=municipality))

    def active(self, *, on):
        """Memberships that hold on a day: started, and not ended before it."""
        return self.filter(Q(start_date__lte=on), Q(end_date__isnull=True) | Q(end_date__gte=on))

    def ending_after(self, day):
        """Memberships that hold on a day or later: running, or still to come."""
        return self.filter(Q(end_date__isnull=True) | Q(end_date__gte=day))

    def of(self, user):
        return self.filter(user_id=user.pk) if user.is_authenticated and user.is_active else self.none()

    def visible_to(self, user, *, on):
        """The one gate to who is what: a coordinator sees the own school's people, the centre the municipality's."""
        own = Membership.objects.of(user).active(on=on)
        sees_all = own.filter(role__in=SEES_THE_MUNICIPALITY)
        return self.filter(
            Q(Exists(own.filter(role=Role.COORDINATOR, school=OuterRef("school"))))
            | Q(Exists(sees_all.filter(municipality=OuterRef("municipality"))))
            | Q(Exists(sees_all.filter(municipality=OuterRef("school__municipality"))))
        )


class Membership(models.Model):
    """A person is something (a role) at a school or in a municipality, between two dates; nothing else gives rights."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    municipality = models.ForeignKey(
        "programmes.Municipality",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("municipality"),
    )
    school = models.ForeignKey(
        "programmes.School",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("school"),
    )
    classes = models.ManyToManyField(
        "programmes.SchoolClass",
        blank=True,
        related_name="memberships",
        verbose_name=_("classes"),
        help_text=_("A session leader sees these classes only."),
    )
    start_date = models.DateField(_("from"))
    end_date = models.DateField(_("to and including"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="successors",
        verbose_name=_("taken over from"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=SCHOOL_ROLES, school__isnull=False, municipality__isnull=True)
                | (~Q(role__in=SCHOOL_ROLES) & Q(school__isnull=True, municipality__isnull=False)),
                name="membership_is_at_the_place_of_its_role",
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=models.F("start_date")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=LIMITED_ROLES) | Q(end_date__isnull=False),
                name="membership_of_a_limited_role_ends",
            ),
        ]
        indexes = [models.Index(fields=["user", "role", "start_date"], name="membership_by_user")]

    def __str__(self):
        return f"{self.get_role_display()}, {self.school or self.municipality}"

    @property
    def place(self):
        """The school or the municipality that the role is at."""
        return self.school or self.municipality

    def clean(self):
        super().clean()
        if (self.role in SCHOOL_ROLES) != bool(self.school_id) or bool(self.school_id) == bool(self.municipality_id):
            raise ValidationError(
                _("Leaders, coordinators and supervisors belong to a school, the other roles to a municipality.")
            )
        if self.role in LIMITED_ROLES and not self.end_date:
            raise ValidationError({"end_date": _("This role is given for a limited time. Write its last day.")})
