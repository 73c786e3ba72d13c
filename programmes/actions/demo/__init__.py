"""The demo municipality, Ekbacka: invented from its name to its last head-count, and loaded only with DEMO."""

from programmes.actions.demo.accounts import DEMO_ACCOUNTS, is_open_account, open_accounts
from programmes.actions.demo.load import DemoRefusedError, load_demo

__all__ = ["DEMO_ACCOUNTS", "DemoRefusedError", "is_open_account", "load_demo", "open_accounts"]
