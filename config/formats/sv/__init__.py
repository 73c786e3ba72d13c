"""The formats of Swedish."""
