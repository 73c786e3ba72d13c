"""Sign-in and the own account at /konto/: the sign-in library's views, at Swedish addresses."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from allauth.urls import build_provider_urlpatterns
from allauth.usersessions import views as usersessions
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from accounts.views import overview, refuse_junk

entrance = [
    path("logga-in/", views.login, name="account_login"),
    path("logga-in/kod/", views.request_login_code, name="account_request_login_code"),
    path("logga-in/kod/svara/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logga-in/nyckel/", login_not_required(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("logga-in/steg-tva/", mfa.authenticate, name="mfa_authenticate"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("stangt/", views.account_inactive, name="account_inactive"),
    path("ny/", views.signup, name="account_signup"),
]

own_account = [
    path("", overview, name="account_overview"),
    path("losenord/andra/", views.password_change, name="account_change_password"),
    path("losenord/valj/", views.password_set, name="account_set_password"),
    path("losenord/glomt/", views.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", views.password_reset_done, name="account_reset_password_done"),
    path("losenord/nytt/<uidb36>/<key>/", views.password_reset_from_key, name="account_reset_password_from_key"),
    path("losenord/nytt/klart/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("bekrafta/kod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bekrafta/nyckel/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("e-post/", views.email, name="account_email"),
    path("e-post/bekrafta/", views.email_verification_sent, name="account_email_verification_sent"),
    path("e-post/bekrafta/<key>/", views.confirm_email, name="account_confirm_email"),
    path("inloggningar/", usersessions.list_usersessions, name="usersessions_list"),
]

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/stang-av/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("nycklar/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("nycklar/ny/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("nycklar/<int:pk>/andra/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("nycklar/<int:pk>/ta-bort/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("reservkoder/hamta/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

providers = build_provider_urlpatterns()
for resolver in providers:
    for pattern in resolver.url_patterns:
        if pattern.name == "saml_finish_acs":
            pattern.callback = refuse_junk(pattern.callback)

single_sign_on = [
    path("", socialaccount.connections, name="socialaccount_connections"),
    path("avbruten/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("fel/", login_not_required(socialaccount.login_error), name="socialaccount_login_error"),
    path("ny/", socialaccount.signup, name="socialaccount_signup"),
    *providers,
]

urlpatterns = [
    *entrance,
    *own_account,
    path("steg-tva/", include(second_factor)),
    path("kommunens/", include(single_sign_on)),
]
