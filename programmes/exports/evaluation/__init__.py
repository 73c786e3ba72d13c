"""Makes the evaluation package: open tables that describe themselves, without a name and without free text."""
