"""The tags of the catalogue."""
