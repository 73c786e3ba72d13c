"""The demo municipality, Ekbacka: invented from its name to its last head-count, and loaded only with DEMO."""

from programmes.actions.demo.accounts import DEMO_ACCOUNTS
from programmes.actions.demo.load import DemoRefusedError, load_demo

__all__ = ["DEMO_ACCOUNTS", "DemoRefusedError", "load_demo"]
