"""Where files and registers come in: sent or fetched, looked at, and taken in."""

from django.urls import path

from programmes.views import import_columns, import_registers, imports

urlpatterns = [
    path("import/", imports.import_start, name="import_start"),
    path("import/hamta/<slug:source>/", import_registers.import_fetch, name="import_fetch"),
    path("import/mall/<slug:kind>.xlsx", imports.import_template, name="import_template"),
    path("import/<int:pk>/", imports.import_preview, name="import_preview"),
    path("import/<int:pk>/kolumner/", import_columns.import_columns, name="import_columns"),
    path("import/<int:pk>/avvisade.csv", imports.import_refused, name="import_refused"),
    path("import/<int:pk>/ta-bort/", imports.import_remove, name="import_remove"),
]
