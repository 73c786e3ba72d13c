"""How signing in works here: nobody opens an account on their own."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from programmes.actions.demo import is_open_account


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are given, never taken: the sign-up form is closed."""

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """Nobody comes in by a demo account whose password everybody knows, unless this is a demo."""
        if is_open_account(user):
            messages.error(request, _("This account belongs to the demo and is closed here."))
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)
