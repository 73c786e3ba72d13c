"""An app of the bench alone: the page that Wagtail's editor is measured with."""
