"""The reports: each a sentence that answers, drawings and tables, shown on the page and written to files from these."""
