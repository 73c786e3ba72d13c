"""Names for schools, classes and occasions that are the same in every package and lead nowhere without the key."""

import hashlib
import hmac

from django.conf import settings

LENGTH = 16


class Pseudonyms:
    """Keyed hashes (HMAC-SHA256) of ids; the key never leaves the server, and another key gives other names.

    Source: keyed hashing as pseudonymisation, ENISA, Pseudonymisation techniques and best practices (2019), 5.1.4.
    """

    def __init__(self, key: str = "") -> None:
        secret = key or settings.PSEUDONYM_KEY or f"stins pseudonyms {settings.SECRET_KEY}"
        self._key = hashlib.sha256(secret.encode()).digest()

    def of(self, kind: str, identifier: int | str | None) -> str:
        """The name of a row of a kind; empty where there is no row."""
        if identifier is None:
            return ""
        return hmac.new(self._key, f"{kind}:{identifier}".encode(), hashlib.sha256).hexdigest()[:LENGTH]
