"""Reads files and outside systems: neutral rows, then a preview, then one action."""
