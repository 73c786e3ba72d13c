"""Django's admin, for the system administrator: the registers, and how they go out and come in as files."""

from programmes.admin import registers

__all__ = ["registers"]
