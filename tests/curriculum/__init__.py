"""Checks of curriculum."""
