"""Where the signed-in person's pages are."""

from django.urls import path, re_path

from programmes.views import (
    corrections,
    events,
    invitations,
    new_years,
    plan_changes,
    plans,
    policy,
    reports,
    schools,
    sessions,
    start,
)

app_name = "programmes"

urlpatterns = [
    path("start/", start.start, name="start"),
    path("halsa/", start.health, name="health"),
    path("roller/", policy.role_list, name="role_list"),
    # /skolor/
    path("skolor/", schools.school_list, name="school_list"),
    path("skolor/<slug:slug>/", schools.school_year, name="school_year"),
    path("skolor/<slug:slug>/rapportera/", sessions.delivery_report, name="delivery_report"),
    re_path(
        r"^skolor/(?P<slug>[-\w]+)/rapportera/(?P<kind>genomfort|ej-hallet)/(?P<pk>\d{1,18})/ta-bort/$",
        corrections.report_remove,
        name="report_remove",
    ),
    path("skolor/<slug:slug>/angra/<str:token>/", corrections.report_undo, name="report_undo"),
    path("skolor/<slug:slug>/plan/", plans.plan_list, name="plan_list"),
    path("skolor/<slug:slug>/plan/baspass/", plans.plan_base, name="plan_base"),
    path("skolor/<slug:slug>/plan/ny/", plan_changes.plan_add, name="plan_add"),
    path("skolor/<slug:slug>/plan/kopiera/", plan_changes.plan_copy, name="plan_copy"),
    path("skolor/<slug:slug>/plan/klass/<int:pk>/", plans.plan_class, name="plan_class"),
    path("skolor/<slug:slug>/plan/<int:pk>/andra/", plan_changes.plan_change, name="plan_change"),
    path("skolor/<slug:slug>/plan/<int:pk>/ta-bort/", plan_changes.plan_remove, name="plan_remove"),
    path("skolor/<slug:slug>/nytt-lasar/", new_years.new_year, name="new_year"),
    path("skolor/<slug:slug>/nytt-lasar/angra/", new_years.new_year_undo, name="new_year_undo"),
    # /inbjudningar/, and the link in the letter
    path("inbjudningar/", invitations.invitation_list, name="invitation_list"),
    path("inbjudningar/ny/", invitations.invitation_new, name="invitation_new"),
    path("inbjudningar/<int:pk>/skicka-igen/", invitations.invitation_resend, name="invitation_resend"),
    path("inbjudningar/<int:pk>/ta-tillbaka/", invitations.invitation_revoke, name="invitation_revoke"),
    path("inbjudan/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    # /oversikt/ and /rapporter/
    path("oversikt/", reports.overview, name="overview"),
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/tackning.xlsx", reports.coverage_xlsx, name="coverage_xlsx"),
    path("rapporter/tackning.pdf", reports.coverage_pdf, name="coverage_pdf"),
    path("rapporter/tackning.csv", reports.coverage_csv, name="coverage_csv"),
    # /logg/
    path("logg/", events.event_log, name="event_log"),
    path("logg/logg.xlsx", events.event_log_xlsx, name="event_log_xlsx"),
    path("logg/logg.csv", events.event_log_csv, name="event_log_csv"),
]
