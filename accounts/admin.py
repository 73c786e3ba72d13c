"""People and their second factors, for the system administrator; what the sign-in library keeps is not edited here."""

from importlib import import_module

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag

from accounts.models import User

# Read first, so that they do not register their own pages after ours.
LIBRARIES = (
    *("allauth.account.admin", "allauth.mfa.admin", "allauth.socialaccount.admin", "allauth.usersessions.admin"),
    *("taggit.admin", "django_tasks_db.admin"),
)
for name in LIBRARIES:
    import_module(name)
for model in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession, Tag, DBTaskResult):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


# What the library sends when the person takes a second factor away.
LETTERS = {
    Authenticator.Type.TOTP: "mfa/email/totp_deactivated",
    Authenticator.Type.WEBAUTHN: "mfa/email/webauthn_removed",
}


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    ordering = ["email"]
    list_display = ["__str__", "public_email", "is_active", "is_staff"]
    search_fields = ["email", "first_name", "last_name"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Name"), {"fields": ["first_name", "last_name", "alias"]}),
        (_("Doors"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "usable_password", "password1", "password2"]})
    ]


# Said in Swedish where the libraries have no words for it.
apps.get_app_config("mfa").verbose_name = _("Two-step sign-in")
Authenticator._meta.verbose_name, Authenticator._meta.verbose_name_plural = _("second factor"), _("second factors")


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """Taken away for a person who has lost the phone and the codes; never made, changed or read here.

    It leaves its trace in the event log, and the person gets a letter.
    """

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        authenticator_removed.send(sender=Authenticator, request=request, user=obj.user, authenticator=obj)
        if letter := LETTERS.get(obj.type):
            get_adapter(request).send_notification_mail(letter, obj.user)

    def delete_queryset(self, request, queryset):
        for authenticator in queryset.select_related("user"):
            self.delete_model(request, authenticator)
