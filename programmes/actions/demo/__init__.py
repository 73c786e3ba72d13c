"""The demo municipality, Ekbacka: invented from its name to its last head-count, and loaded only with DEMO."""

from programmes.actions.demo.accounts import DEMO_ACCOUNTS

__all__ = ["DEMO_ACCOUNTS"]
