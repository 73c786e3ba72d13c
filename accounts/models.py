"""A person who can sign in."""

from django.contrib.auth.models import AbstractUser, UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number


class UserManager(DjangoUserManager):
    def _create_user(self, email, password, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email, password=None, **fields):
        fields.setdefault("is_staff", False)
        fields.setdefault("is_superuser", False)
        return self._create_user(email, password, **fields)

    def create_superuser(self, email, password=None, **fields):
        return self._create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A person is an e-mail address and a name; what they may do is a membership, in another room."""

    username = None
    email = models.EmailField(_("e-mail"), unique=True)

    alias = models.CharField(
        _("alias"),
        max_length=60,
        blank=True,
        validators=[validate_no_personal_identity_number],
        help_text=_("For protected identity: shown everywhere instead of the name and the e-mail address."),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case")]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        """What others call the person: the alias, where there is one, and never anything beside it."""
        return self.alias or super().get_full_name()

    def get_short_name(self):
        return self.alias or super().get_short_name()

    @property
    def public_email(self):
        """The address as colleagues may see it: one with protected identity shows none, since it holds the name."""
        return "" if self.alias else self.email
