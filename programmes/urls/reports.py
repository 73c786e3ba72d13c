"""Where the reports are: coverage, every other kind, closed periods, saved selections and prepared files."""

from django.urls import path, re_path

from programmes.views import closings, prepared_files, report_kinds, reports, rewrite_list, saved_reports

urlpatterns = [
    path("rapporter/perioder/", closings.period_list, name="period_list"),
    path("rapporter/perioder/<str:code>/", closings.period, name="period"),
    path("rapporter/perioder/<str:code>/stang/", closings.period_close, name="period_close"),
    path("rapporter/perioder/<str:code>/oppna/", closings.period_reopen, name="period_reopen"),
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/urval/ny/", saved_reports.saved_report_add, name="saved_report_add"),
    path("rapporter/urval/<int:pk>/andra/", saved_reports.saved_report_change, name="saved_report_change"),
    path("rapporter/urval/<int:pk>/ta-bort/", saved_reports.saved_report_remove, name="saved_report_remove"),
    path("rapporter/skriv-om/", rewrite_list.rewrite_list, name="rewrite_list"),
    path("rapporter/skriv-om.xlsx", rewrite_list.rewrite_list_xlsx, name="rewrite_list_xlsx"),
    path("rapporter/skriv-om.csv", rewrite_list.rewrite_list_csv, name="rewrite_list_csv"),
    path("rapporter/filer/", prepared_files.prepared_files, name="prepared_files"),
    path("rapporter/filer/<uuid:reference>/", prepared_files.prepared_file, name="prepared_file"),
    path(
        "rapporter/filer/<uuid:reference>/hamta/",
        prepared_files.prepared_file_download,
        name="prepared_file_download",
    ),
    path("rapporter/tackning.xlsx", reports.coverage_xlsx, name="coverage_xlsx"),
    path("rapporter/tackning.pdf", reports.coverage_pdf, name="coverage_pdf"),
    path("rapporter/tackning.csv", reports.coverage_csv, name="coverage_csv"),
    path("rapporter/<slug:slug>/", report_kinds.report, name="report"),
    re_path(
        r"^rapporter/(?P<slug>[-a-z0-9]+)\.(?P<file_format>xlsx|pdf|csv)$",
        report_kinds.report_file,
        name="report_file",
    ),
]
