"""Where the signed-in person's pages are."""

from django.urls import path, re_path

from programmes.views import (
    check_rounds,
    class_lists,
    corrections,
    events,
    extracts,
    invitations,
    many_reports,
    mentors,
    new_years,
    notices,
    paper,
    people,
    plan_changes,
    plans,
    policy,
    reports,
    schools,
    secure_base_shares,
    secure_bases,
    sessions,
    staff,
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
    path("skolor/<slug:slug>/rapportera/flera/", many_reports.report_many_sessions, name="report_many"),
    path("skolor/<slug:slug>/papper/", paper.paper, name="paper"),
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
    # /personer/
    path("skolor/<slug:slug>/personer/", people.school_people, name="school_people"),
    path("personer/", people.people, name="people"),
    path("personer/<int:pk>/andra/", people.membership_change, name="membership_change"),
    path("personer/<int:pk>/avsluta/", people.membership_end, name="membership_end"),
    path("personer/<int:pk>/lamna-over/", people.membership_hand_over, name="membership_hand_over"),
    # /inbjudningar/, and the link in the letter
    path("inbjudningar/", invitations.invitation_list, name="invitation_list"),
    path("inbjudningar/ny/", invitations.invitation_new, name="invitation_new"),
    path("inbjudningar/<int:pk>/skicka-igen/", invitations.invitation_resend, name="invitation_resend"),
    path("inbjudningar/<int:pk>/ta-tillbaka/", invitations.invitation_revoke, name="invitation_revoke"),
    path("inbjudan/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    # /skolor/<slug>/trygg-bas/
    path("skolor/<slug:slug>/trygg-bas/", secure_bases.secure_bases, name="secure_bases"),
    path("skolor/<slug:slug>/trygg-bas/vuxna/", check_rounds.school_adults, name="school_adults"),
    path("skolor/<slug:slug>/trygg-bas/vuxna/<int:pk>/", check_rounds.school_adult, name="school_adult"),
    path("skolor/<slug:slug>/trygg-bas/avstamning/ny/", check_rounds.check_round_open, name="check_round_open"),
    path("skolor/<slug:slug>/trygg-bas/avstamning/avsluta/", check_rounds.check_round_close, name="check_round_close"),
    path(
        "skolor/<slug:slug>/trygg-bas/avstamning/listor/",
        class_lists.secure_base_fetch_all,
        name="secure_base_fetch_all",
    ),
    path("skolor/<slug:slug>/trygg-bas/avstamning/oppna/", check_rounds.check_round_reopen, name="check_round_reopen"),
    path("skolor/<slug:slug>/trygg-bas/<str:klass>/", secure_bases.secure_base_class, name="secure_base_class"),
    path(
        "skolor/<slug:slug>/trygg-bas/<str:klass>/bekrafta/",
        secure_bases.secure_base_confirm,
        name="secure_base_confirm",
    ),
    path("skolor/<slug:slug>/trygg-bas/<str:klass>/lista/", class_lists.secure_base_list, name="secure_base_list"),
    path("skolor/<slug:slug>/trygg-bas/<str:klass>/lista/fler/", class_lists.secure_base_add, name="secure_base_add"),
    path("skolor/<slug:slug>/trygg-bas/<str:klass>/hamta/", class_lists.secure_base_fetch, name="secure_base_fetch"),
    path(
        "skolor/<slug:slug>/trygg-bas/<str:klass>/elev/<int:number>/",
        class_lists.secure_base_pupil,
        name="secure_base_pupil",
    ),
    path(
        "skolor/<slug:slug>/trygg-bas/<str:klass>/elev/<int:number>/vuxen/",
        secure_bases.secure_base_mark,
        name="secure_base_mark",
    ),
    path("skolor/<slug:slug>/trygg-bas/<str:klass>/fraga/", class_lists.secure_base_ask, name="secure_base_ask"),
    path(
        "skolor/<slug:slug>/trygg-bas/<str:klass>/fraga/<int:number>/",
        class_lists.secure_base_answer,
        name="secure_base_answer",
    ),
    path(
        "skolor/<slug:slug>/trygg-bas/<str:klass>/fraga/tack/",
        class_lists.secure_base_thanks,
        name="secure_base_thanks",
    ),
    path("skolor/<slug:slug>/trygg-bas/<str:klass>/blankett/", class_lists.secure_base_sheet, name="secure_base_sheet"),
    # /skolor/<slug>/personal/
    path("skolor/<slug:slug>/personal/", staff.staff_list, name="staff_list"),
    path("skolor/<slug:slug>/personal/ny/", staff.staff_add, name="staff_add"),
    path("skolor/<slug:slug>/personal/<int:pk>/andra/", staff.staff_change, name="staff_change"),
    path("skolor/<slug:slug>/personal/<int:pk>/ta-bort/", staff.staff_remove, name="staff_remove"),
    path("skolor/<slug:slug>/mvp/<int:pk>/dorr/", mentors.mentor_door_sheet, name="mentor_door_sheet"),
    # /mentor/
    path("mentor/", mentors.mentor_page, name="mentor_page"),
    path("mentor/hallet/", mentors.mentor_held, name="mentor_held"),
    path("mentor/ut/", mentors.mentor_leave, name="mentor_leave"),
    re_path(
        r"^mentor/(?P<code>[A-Z0-9]{4}-[A-Z0-9]{4})/(?P<key>[0-9a-f]{20})/$", mentors.mentor_enter, name="mentor_enter"
    ),
    # /oversikt/ and /rapporter/
    path("oversikt/", reports.overview, name="overview"),
    path("oversikt/krisnotis/", notices.notice_list, name="notices"),
    path("oversikt/krisnotis/<int:pk>/publicera/", notices.notice_publish, name="notice_publish"),
    path("oversikt/krisnotis/<int:pk>/ta-bort/", notices.notice_end, name="notice_end"),
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/trygg-bas/", secure_base_shares.secure_base_shares, name="secure_base_shares"),
    path("rapporter/tackning.xlsx", reports.coverage_xlsx, name="coverage_xlsx"),
    path("rapporter/tackning.pdf", reports.coverage_pdf, name="coverage_pdf"),
    path("rapporter/tackning.csv", reports.coverage_csv, name="coverage_csv"),
    # /mina-uppgifter/
    path("mina-uppgifter/", extracts.own_extract, name="own_extract"),
    path("mina-uppgifter/fil/", extracts.own_extract_file, name="own_extract_file"),
    path("personer/<int:pk>/utdrag/", extracts.person_extract, name="person_extract"),
    path("personer/<int:pk>/utdrag/fil/", extracts.person_extract_file, name="person_extract_file"),
    # /logg/
    path("logg/", events.event_log, name="event_log"),
    path("logg/logg.xlsx", events.event_log_xlsx, name="event_log_xlsx"),
    path("logg/logg.csv", events.event_log_csv, name="event_log_csv"),
]
