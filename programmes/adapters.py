"""How signing in works here: nobody opens an account on their own."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are given, never taken: the sign-up form is closed."""

    def is_open_for_signup(self, request):
        return False
