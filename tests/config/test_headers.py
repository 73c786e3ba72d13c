"""The headers of every answer, to the letter: as Mozilla's Observatory grades A+, and what a server refuses."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from tests.factories import MembershipFactory, UserFactory
from tests.factories.programmes import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
CSP = (
    "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=(), browsing-topics=(), screen-wake-lock=(self), "
        "publickey-credentials-get=(self), fullscreen=(self)"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def safe_headers(response):
    return {name: response.headers.get(name) for name in SAFE}


def as_sets(policy):
    """A policy by its directives; the library writes them in an order of its own."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [("/konto/logga-in/", 200), ("/start/", 302), ("/finns/inte/", 404), ("/halsa/", 200), ("/django-admin/", 302)],
)
def test_every_answer_carries_the_same_headers(client, municipality, address, status):
    response = client.get(address)
    headers = safe_headers(response)

    assert response.status_code == status
    assert as_sets(headers.pop("Content-Security-Policy")) == as_sets(CSP)
    assert headers == {name: value for name, value in SAFE.items() if name != "Content-Security-Policy"}


def test_broken_page_carries_them_too(client, municipality, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("programmes.rules.can_read_event_log", broken)
    client.force_login(UserFactory())
    client.raise_request_exception = False

    response = client.get("/logg/")

    assert response.status_code == 500
    assert as_sets(response.headers["Content-Security-Policy"]) == as_sets(CSP)


def test_inline_scripts_are_allowed_in_the_editors_pages_alone(client, municipality):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))

    policies = {
        address: as_sets(client.get(address).headers["Content-Security-Policy"])
        for address in ("/admin/", "/django-admin/", "/logg/")
    }

    assert {address for address, policy in policies.items() if "'unsafe-inline'" in policy["script-src"]} == {"/admin/"}
    assert {address for address, policy in policies.items() if "'unsafe-inline'" in policy["style-src"]} == {"/admin/"}
    assert policies["/admin/"]["default-src"] == {"'none'"}


def test_page_of_a_signed_in_person_is_kept_in_no_cache(client, municipality):
    assert "no-store" not in client.get("/stod/").headers.get("Cache-Control", "")
    user = UserFactory()
    MembershipFactory(user=user, role="editor", municipality=municipality)
    client.force_login(user)

    assert client.get("/start/").headers["Cache-Control"] == "private, no-store"


# Cookies


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(client, coordinator):
    response = client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    for name in (django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME):
        kept = response.cookies[name]
        assert (kept["httponly"], kept["samesite"], kept["path"], kept["domain"]) == (True, "Lax", "/", "")


# In production

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "ALLOWED_HOSTS": "stins.ekbacka.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "BASE_URL": "https://stins.ekbacka.example",
}
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
call_command("check", deploy=True, fail_level="WARNING")
# A server has collected its static files; here nobody has.
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
    refused = Client().get("/", secure=True, headers={"host": "evil.example"})
    unsafe = Client().get("/skolor/?a=1", headers={"host": "stins.ekbacka.example"})
print(json.dumps({
    "status": refused.status_code, "headers": dict(refused.headers), "said": refused.content.decode(),
    "key": settings.SECRET_KEY,
    "unsafe": [unsafe.status_code, unsafe.headers["Location"]],
    "cookies": [
        [getattr(settings, f"{name}_COOKIE_{part}") for part in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")]
        for name in ("SESSION", "CSRF")
    ],
}))
"""


@pytest.fixture(scope="module")
def in_production(tmp_path_factory):
    """What a production server says of itself, and answers to a request for a host that is not its own."""
    secret = tmp_path_factory.mktemp("secrets") / "key"
    secret.write_text("x9" * 20 + "en-nyckel-ur-en-fil-som-ar-lang-nog\n")
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    result = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={**kept, **PRODUCTION, "SECRET_KEY_FILE": str(secret)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_deployment_checks_find_nothing_and_the_key_is_read_from_a_file(in_production):
    assert in_production["key"] == "x9" * 20 + "en-nyckel-ur-en-fil-som-ar-lang-nog"


def test_strange_host_is_refused_with_every_header_and_without_its_name(in_production):
    headers = in_production["headers"]

    assert in_production["status"] == 400
    assert "evil.example" not in in_production["said"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert as_sets(headers["Content-Security-Policy"]) == {**as_sets(CSP), "upgrade-insecure-requests": set()}


def test_cookies_in_production_are_bound_to_the_host(in_production):
    assert in_production["cookies"] == [
        ["__Host-sessionid", True, True, "Lax"],
        ["__Host-csrftoken", True, True, "Lax"],
    ]


def test_what_is_asked_for_without_encryption_is_led_to_the_same_place_with_it(in_production):
    assert in_production["unsafe"] == [301, "https://stins.ekbacka.example/skolor/?a=1"]


def observatory_score(headers, cookies, scripts):
    """The grade's points by Observatory's published rules: 100, less what is missing, and the bonuses from 90 on."""
    policy = as_sets(headers.get("Content-Security-Policy", ""))
    hsts = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    runs = policy.get("script-src", policy.get("default-src", {"*"}))
    penalties = {
        "CSP": 25 * (not policy),
        "scripts": 20 * bool({"'unsafe-inline'", "http:", "https:", "data:", "*"} & runs),
        "eval": 10 * ("'unsafe-eval'" in runs),
        "HSTS": 20 * (hsts is None) or 10 * (int(hsts[1]) < 15_768_000),
        "nosniff": 5 * (headers.get("X-Content-Type-Options") != "nosniff"),
        "framing": 20 * ("frame-ancestors" not in policy and headers.get("X-Frame-Options") != "DENY"),
        "referrer": 5 * (headers.get("Referrer-Policy") in {"unsafe-url", "origin", "origin-when-cross-origin", None}),
        "CORS": 50 * ("Access-Control-Allow-Origin" in headers),
        "CORP": 50 * (headers.get("Cross-Origin-Resource-Policy") == "cross-origin"),
        "cookies": 40 * (not all(secure and httponly for _name, secure, httponly, _samesite in cookies)),
        "SRI": 5 * any("//" in script for script in scripts),
    }
    bonuses = {
        "CSP": 5 * (policy.get("default-src") == {"'none'"})
        + 5 * ("'unsafe-inline'" not in policy.get("style-src", ())),
        "cookies": 5 * all(samesite in {"Lax", "Strict"} for *_flags, samesite in cookies),
        "framing": 5 * ("frame-ancestors" in policy),
        "referrer": 5 * (headers.get("Referrer-Policy") in {"no-referrer", "same-origin", "strict-origin"}),
    }
    score = 100 - sum(penalties.values())
    return score + sum(bonuses.values()) if score >= 90 else score


def test_observatory_gives_a_plus(in_production, client, municipality):
    """A+ is 100 and more. The site itself cannot be asked from here: its rules are, of what production sends."""
    scripts = re.findall(r'<script[^>]*src="([^"]+)"', client.get("/konto/logga-in/").text)

    assert scripts
    assert observatory_score(in_production["headers"], in_production["cookies"], scripts) == 125


@pytest.mark.parametrize(
    ("header", "value", "score"),
    [
        ("Content-Security-Policy", "frame-ancestors 'none'; script-src 'unsafe-inline'", 80),
        ("Content-Security-Policy", "", 35),
        ("Strict-Transport-Security", "max-age=3600", 115),
        ("Access-Control-Allow-Origin", "*", 50),
    ],
)
def test_weaker_header_costs_what_observatory_says(in_production, header, value, score):
    headers = {**in_production["headers"], header: value}

    assert observatory_score(headers, in_production["cookies"], []) == score


# Addresses that can be moved


def test_admins_stand_where_the_settings_say():
    moved = {**os.environ, "ADMIN_PATH": "redaktion-7f", "DJANGO_ADMIN_PATH": "system-7f"}
    ask = (
        "import django; django.setup(); from django.urls import reverse; "
        "print(reverse('wagtailadmin_home'), reverse('admin:index'), reverse('components'))"
    )
    result = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=moved, capture_output=True, text=True, check=True
    )

    assert result.stdout.split() == ["/redaktion-7f/", "/system-7f/", "/redaktion-7f/komponenter/"]


# security.txt


def test_security_txt_says_whom_to_tell(client, municipality, settings):
    settings.SECURITY_CONTACT = "sakerhet@ekbacka.example"

    lines = client.get(reverse("security_txt")).text.splitlines()

    assert lines[0] == "Contact: mailto:sakerhet@ekbacka.example"
    assert [line.split(":")[0] for line in lines] == ["Contact", "Expires", "Preferred-Languages", "Canonical"]


def test_security_txt_without_anyone_to_tell_is_not_there(client, municipality):
    assert client.get("/.well-known/security.txt").status_code == 404
