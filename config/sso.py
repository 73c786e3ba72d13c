"""Reads how the municipality's own sign-in is reached: the YAML file that SSO_FILE names (docs/sign-in.md)."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import yaml
from django.core.exceptions import ImproperlyConfigured

KNOWN = {
    "openid_connect": {"id", "name", "server_url", "client_id", "client_secret", "client_secret_file"},
    "saml": {
        "id",
        "name",
        "entity_id",
        "metadata_url",
        "sso_url",
        "certificate",
        "certificate_file",
        "uid_attribute",
        "email_attribute",
        "private_key_file",
        "own_certificate_file",
    },
}
NEEDED = {"openid_connect": {"server_url", "client_id"}, "saml": {"entity_id"}}
SHARED = {"email_domains", "second_factor"}
# Anyone's Microsoft account gets through these, with an e-mail address of their own choice.
ANY_TENANT = ("/common", "/organizations", "/consumers")
EPPN = ["urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName"]
MAIL = [
    "urn:oid:0.9.2342.19200300.100.1.3",
    "mail",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
]
GIVEN_NAME = ["urn:oid:2.5.4.42", "givenName", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname"]
SURNAME = ["urn:oid:2.5.4.4", "sn", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"]


@dataclass
class SingleSignOn:
    """What the settings need to know: allauth's providers, and which of them ask for a second factor themselves."""

    providers: dict = field(default_factory=dict)
    with_second_factor: list = field(default_factory=list)

    @property
    def has_saml(self):
        return "saml" in self.providers


def read_single_sign_on(path: str) -> SingleSignOn:
    """The providers of a file, none where there is no file; a wrong line is named in the error."""
    found = SingleSignOn()
    if not path:
        return found
    try:
        told = yaml.safe_load(Path(path).read_text()) or {}
    except (OSError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"SSO_FILE {path} cannot be read: {error}") from error
    if not isinstance(told, dict) or set(told) - set(KNOWN):
        raise ImproperlyConfigured(f"SSO_FILE: the lists are {' and '.join(KNOWN)}, nothing else.")
    for kind, make in (("openid_connect", _openid_connect), ("saml", _saml)):
        for number, entry in enumerate(told.get(kind) or [], start=1):
            _check(entry, kind, f"SSO_FILE, {kind} {number}")
            found.providers.setdefault(kind, {"APPS": []})["APPS"].append(make(entry))
            if entry.get("second_factor"):
                found.with_second_factor.append(entry["id"])
    if found.has_saml and not find_spec("onelogin"):
        raise ImproperlyConfigured("SSO_FILE names SAML: install requirements-saml.txt too.")
    return found


def _check(entry, kind, where):
    if not isinstance(entry, dict):
        raise ImproperlyConfigured(f"{where}: write one name and value a line.")
    required = {"id", "name", "email_domains"} | (
        {"server_url", "client_id"} if kind == "openid_connect" else {"entity_id"}
    )
    if missing := sorted(required - {name for name, value in entry.items() if value}):
        raise ImproperlyConfigured(f"{where}: {', '.join(missing)} is missing.")
    if unknown := sorted(set(entry) - KNOWN[kind] - SHARED):
        raise ImproperlyConfigured(f"{where}: {', '.join(unknown)} is not known.")
    if not isinstance(entry["email_domains"], list):
        raise ImproperlyConfigured(f"{where}: email_domains is a list of the domains that this sign-in vouches for.")
    if kind == "openid_connect" and any(part in entry["server_url"] for part in ANY_TENANT):
        raise ImproperlyConfigured(f"{where}: server_url lets in every tenant; write the municipality's own tenant id.")
    if kind == "saml" and not (entry.get("metadata_url") or (entry.get("sso_url") and _text(entry, "certificate"))):
        raise ImproperlyConfigured(f"{where}: metadata_url, or sso_url and certificate, is missing.")


def _text(entry, name):
    """A value written in the file, or kept in a file of its own (`<name>_file`)."""
    if path := entry.get(f"{name}_file"):
        return Path(path).read_text().strip()
    return entry.get(name, "")


def _vouching(entry):
    domains = [domain.lower() for domain in entry["email_domains"]]
    return {"verified_email": domains, "email_authentication": True, "email_authentication_auto_connect": True}


def _openid_connect(entry):
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": _text(entry, "client_secret"),
        "settings": {"server_url": entry["server_url"], "oauth_pkce_enabled": True, **_vouching(entry)},
    }


def _saml(entry):
    """Signed assertions for us alone, answering a question of ours: nothing else is let in."""
    idp = {"entity_id": entry["entity_id"]}
    if entry.get("metadata_url"):
        idp["metadata_url"] = entry["metadata_url"]
    else:
        idp |= {"sso_url": entry["sso_url"], "x509cert": _text(entry, "certificate")}
    advanced = {"strict": True, "want_assertion_signed": True, "reject_idp_initiated_sso": True}
    if entry.get("private_key_file"):
        own = {"private_key": _text(entry, "private_key"), "x509cert": _text(entry, "own_certificate")}
        advanced |= {"authn_request_signed": True, "metadata_signed": True, **own}
    mapping = {
        "uid": [entry["uid_attribute"]] if entry.get("uid_attribute") else EPPN,
        "email": [entry["email_attribute"]] if entry.get("email_attribute") else [*MAIL, *EPPN],
        "first_name": GIVEN_NAME,
        "last_name": SURNAME,
    }
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["id"],
        "settings": {"idp": idp, "advanced": advanced, "attribute_mapping": mapping, **_vouching(entry)},
    }
