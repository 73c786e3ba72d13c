"""Sign-in and the own account at /konto/: allauth's views, at Swedish addresses."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("logga-in/", views.login, name="account_login"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("stangt/", views.account_inactive, name="account_inactive"),
    path("ny/", views.signup, name="account_signup"),
    path("losenord/andra/", views.password_change, name="account_change_password"),
    path("losenord/valj/", views.password_set, name="account_set_password"),
    path("losenord/glomt/", views.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", views.password_reset_done, name="account_reset_password_done"),
    path("losenord/nytt/<uidb36>/<key>/", views.password_reset_from_key, name="account_reset_password_from_key"),
    path("losenord/nytt/klart/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("e-post/", views.email, name="account_email"),
    path("e-post/bekrafta/", views.email_verification_sent, name="account_email_verification_sent"),
    path("e-post/bekrafta/<key>/", views.confirm_email, name="account_confirm_email"),
]
