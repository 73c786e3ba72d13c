"""Checks of programmes."""
