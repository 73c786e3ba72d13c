"""Checks of accounts."""
