"""Checks of e2e."""
