"""What a server refuses to start on, although its settings are right: a database with the demo's open accounts."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection


def refuse_demo_accounts():
    """Raise ImproperlyConfigured where DEMO is off and anyone could sign in with the password of the README."""
    if settings.DEMO:
        return
    # The room's modules need Django set up before they are read.
    from programmes.actions.demo import open_accounts  # noqa: PLC0415 -- after setup

    try:
        left = open_accounts()
    except DatabaseError:  # no tables yet, or no database: /halsa/ tells that
        return
    finally:
        connection.close()
    if left:
        raise ImproperlyConfigured(
            f"The database holds demo accounts with a password that everybody knows: {', '.join(left)}. Use a database "
            "of your own (DATABASE_URL), or remove these accounts."
        )
