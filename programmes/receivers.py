"""What is done when something happens elsewhere: sign-ins are written in the event log, groups follow memberships."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.apps import apps
from django.contrib.auth.signals import user_logged_in as came_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from programmes.actions.events import log_event
from programmes.actions.groups import renew_editors_rights, sync_groups
from programmes.actions.sign_ins import end_sign_ins, keep_address, remember_roles
from programmes.enums import EventKind
from programmes.models import Membership


def connect():
    """Listen to the sign-in library; called once, when the room is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="log_signed_in")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="log_sign_in_failed")
    user_logged_out.connect(_signed_out, dispatch_uid="log_signed_out")
    for signal in (password_set, password_changed, password_reset):
        signal.connect(_password_changed, dispatch_uid="log_password_changed")
    authenticator_added.connect(_second_factor_added, dispatch_uid="log_second_factor_added")
    authenticator_removed.connect(_second_factor_removed, dispatch_uid="log_second_factor_removed")
    for signal in (post_save, post_delete):
        signal.connect(_membership_changed, sender=Membership, dispatch_uid="groups_follow_membership")
    # After the rooms in INSTALLED_APPS, whose new rights are there by then.
    post_migrate.connect(
        _rights_of_a_new_version, sender=apps.get_app_config("auth"), dispatch_uid="rights_of_a_new_version"
    )
    copy_for_translation_done.connect(_new_language, dispatch_uid="editors_of_a_new_language")
    came_in.connect(_groups_of_the_day, dispatch_uid="groups_of_the_day")


def _log(kind, request, user, *, person=None, **about):
    # A test's client and a script have no municipality: they leave no trace of a visit that never was.
    if hasattr(request, "municipality"):
        municipality = request.municipality or None
        log_event(kind=kind, actor=user, municipality=municipality, person=person, about=about)


def _signed_in(request, user, **kwargs):
    keep_address(user=user)
    remember_roles(session=request.session, user=user, on=timezone.localdate())
    steps = request.session.get("account_authentication_methods", [])
    method = ", ".join(dict.fromkeys(step.get("method", "") for step in steps))
    _log(EventKind.SIGNED_IN, request, user, method=method)


def _sign_in_failed(request=None, **kwargs):
    """Neither the address nor the person is kept: it may be a slip, or somebody who has no account."""
    _log(EventKind.SIGN_IN_FAILED, request, None)


def _signed_out(request, user, **kwargs):
    if user is not None:
        _log(EventKind.SIGNED_OUT, request, user)


def _password_changed(request, user, **kwargs):
    _log(EventKind.PASSWORD_CHANGED, request, user)


def _second_factor_added(request, user, authenticator, **kwargs):
    """Setting it up has shown that the person has it: this very sign-in need not ask for it again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _log(EventKind.SECOND_FACTOR_ADDED, request, user, method=authenticator.type)


def _second_factor_removed(request, user, authenticator, **kwargs):
    """By the person, or by an administrator for one who has lost the phone: what runs on it ends with it."""
    is_own = request.user.pk == user.pk
    end_sign_ins(user=user, but=request.session.session_key)
    _log(
        EventKind.SECOND_FACTOR_REMOVED,
        request,
        request.user,
        person=None if is_own else user,
        method=authenticator.type,
    )


def _membership_changed(instance, **kwargs):
    """Whichever way a role is given or taken, also from a script, the groups follow at once."""
    if not kwargs.get("raw"):
        sync_groups(user=instance.user, on=timezone.localdate())


def _groups_of_the_day(request, user, **kwargs):
    """A role begins and ends by itself with a day, which ends the sign-in: the next one finds the groups of the day."""
    sync_groups(user=user, on=timezone.localdate())


def _rights_of_a_new_version(**kwargs):
    """An upgrade may bring a new kind of text: those who write the others write it too, at once."""
    renew_editors_rights()


def _new_language(sender, target_obj, **kwargs):
    """Whoever edits the Swedish start page edits the one of a new language, and all pages below it."""
    if isinstance(target_obj, Page) and target_obj.depth == 2:
        renew_editors_rights()
