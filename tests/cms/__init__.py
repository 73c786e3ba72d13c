"""Checks of cms."""
