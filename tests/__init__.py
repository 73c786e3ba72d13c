"""The checks, mirroring the rooms."""
