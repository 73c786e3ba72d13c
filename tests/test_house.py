"""The house keeps its own rules: rooms, guards, personal data and documents. A failure says what to do."""

import ast
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models
from django.urls import get_resolver

from tests.programmes.rights import own_routes, rows

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "cms", "curriculum", "programmes")
PACKAGES = {*ROOMS, "config", "tests", "bench"}
LARGEST_MODULE = 350
JUNK = ("utils", "helpers", "common", "core", "mixins")


def modules(*folders):
    """The Python files of some folders, without migrations, as paths from the root."""
    for folder in folders or sorted(PACKAGES):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


# Rooms and modules


def test_import_contracts_are_kept():
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )

    assert result.returncode == 0, result.stdout


def test_top_level_packages_are_the_known_ones():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py") if not path.parent.name.startswith(".")}

    assert packages - {"bench"} == PACKAGES - {"bench"}


def test_every_module_opens_with_its_sentence():
    silent = []
    for path in modules():
        tree = ast.parse((ROOT / path).read_text())
        is_test = path.parts[0] == "tests" and path.name.startswith("test_")
        sentence = (ast.get_docstring(tree) or "").split("\n\n")[0].rstrip()
        if tree.body and not is_test and not sentence.endswith((".", "?", "!", ":")):
            silent.append(str(path))

    assert silent == [], "These modules do not say in one sentence who lives there."


def test_no_module_is_a_junk_room():
    junk = [str(path) for path in modules(*ROOMS) if path.stem in JUNK or path.parent.name in JUNK]

    assert junk == [], "A line has a room of its own: see the table in CONTRIBUTING.md."


def test_no_module_is_too_long():
    sizes = {str(path): len((ROOT / path).read_text().splitlines()) for path in modules("config", *ROOMS)}

    assert {path: size for path, size in sizes.items() if size > LARGEST_MODULE} == {}, "Split by subject."


def test_no_test_asserts_a_time():
    timed = [
        str(path)
        for path in modules("tests")
        if re.search(r"\b(perf_counter|time\.time|time\.monotonic|process_time)\(", (ROOT / path).read_text())
        and path.name.startswith("test_")
        and path.name != Path(__file__).name
    ]

    assert timed == [], "Times differ from machine to machine: `make bench` measures, tests count queries."


# Migrations


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, verbosity=1)
    except SystemExit:
        pytest.fail(f"A model changed without its migration:\n{out.getvalue()}")


def test_every_migration_is_named():
    files = [path for room in ROOMS for path in sorted((ROOT / room / "migrations").glob("[0-9]*.py"))]

    assert [path.name for path in files if "_auto" in path.name or re.search(r"_\d{4,}", path.name[4:])] == []


# Routes

# What anyone may open without signing in, and why: every address as the URLconf writes it.
PUBLIC = {
    "konto/logga-in/": "the door",
    "konto/logga-ut/": "leaving asks for no account",
    "konto/ny/": "says that accounts are given by invitation",
    "konto/stangt/": "says that an account is closed",
    "konto/losenord/glomt/": "a forgotten password",
    "konto/losenord/glomt/skickat/": "a forgotten password",
    "konto/losenord/nytt/<uidb36>/<key>/": "a forgotten password",
    "konto/losenord/nytt/klart/": "a forgotten password",
    "konto/e-post/bekrafta/": "an address is confirmed from a letter",
    "konto/e-post/bekrafta/<key>/": "an address is confirmed from a letter",
    "konto/logga-in/kod/": "a code by e-mail instead of a password",
    "konto/logga-in/kod/svara/": "the code that came by e-mail",
    "konto/logga-in/nyckel/": "a passkey instead of a password",
    "konto/logga-in/steg-tva/": "the second step of a sign-in that has begun",
    "konto/kommunens/avbruten/": "says that the municipality's sign-in was stopped",
    "konto/kommunens/fel/": "says that the municipality's sign-in did not work",
    "konto/kommunens/ny/": "says that accounts are given by invitation",
    r"konto/kommunens/^(?P<provider_id>[^/]+)/login/": "to the municipality's sign-in",
    r"konto/kommunens/^(?P<provider_id>[^/]+)/login/callback/": "back from the municipality's sign-in",
    r"konto/kommunens/^saml/(?P<organization_slug>[^/]+)/login/": "to the municipality's sign-in",
    r"konto/kommunens/^saml/(?P<organization_slug>[^/]+)/acs/": "back from the municipality's sign-in",
    r"konto/kommunens/^saml/(?P<organization_slug>[^/]+)/acs/finish/": "back from the municipality's sign-in",
    r"konto/kommunens/^saml/(?P<organization_slug>[^/]+)/sls/": "the municipality's sign-out",
    r"konto/kommunens/^saml/(?P<organization_slug>[^/]+)/metadata/": "what the identity provider needs to know of us",
    "veckobrev/av/<str:token>/": "the way out of the weekly letter; the signed link says whose it is",
    "kalender/lasar.ics": "terms, breaks and base months are no secret; nothing about any school",
    "kalender/<str:token>/stins.ics": "a calendar program cannot sign in: the address is the key",
    "inbjudan/<str:token>/": "the link in an invitation is opened before there is an account",
    "favicon.ico": "browsers ask for it on pages that are not ours to write, such as the admin's",
    "admin/login/": "leads to the one door",
    "admin/logout/": "leads to the one door",
    "django-admin/login/": "leads to the one door",
    "media/images/<path:path>": "pictures are as open as the pages they stand on",
    "roller/": "what each role may see is no secret: parents read it too",
    ".well-known/security.txt": "whom to tell about a weakness",
    "robots.txt": "tells search engines what is for them",
    "sitemap.xml": "lists what is public, and nothing else",
    "sok/": "finds what is public, and for who is inside what they may read",
    "sw.js": "keeps public and mentors' pages for reading without network; holds no page itself",
    "mentor/": "the mentors' door, and the page behind it for who has come in",
    "mentor/hallet/": "does nothing for who has not come in by the mentors' door",
    "mentor/grupp/": "does nothing for who has not come in by the mentors' door",
    "mentor/logg/": "does nothing for who has not come in by the mentors' door",
    "mentor/scenario/": "does nothing for who has not come in by the mentors' door",
    "mentor/kalender.ics": "leads who has not come in by the mentors' door to it",
    "mentor/ut/": "leaving asks for no account",
    r"^mentor/(?P<code>[A-Z0-9]{4}-[A-Z0-9]{4})/(?P<key>[0-9a-f]{20})/$": "the mentors' door, by QR",
    "program/abc/grupper/": "parents look for a group to come to",
    "program/abc/grupper/<int:pk>/": "parents sign up without an account",
    "program/abc/grupper/<int:pk>/tack/": "says to the one who has signed up what happens next",
    "anmalan/<str:token>/": "the private link in a letter about a sign-up",
    r"^tyck/(?P<code>[A-Z0-9]{4}-[A-Z0-9]{4})/$": "parents answer two questions after a meeting, without an account",
    "svara/": "pupils write the code of the anonymous questions",
    r"^svara/(?P<code>[A-Z0-9]{4}-[A-Z0-9]{4})/$": "pupils answer the anonymous questions, without an account",
    "tema/<slug:slug>/": "parents read this month's theme at their child's school; it says nothing of any class",
    "halsa/": "a load balancer has no account; says no secrets",
    r"^((?:[\w\-]+/)*)$": "pages are public or private one by one: tests/cms holds the kinds",
}
# Django REST framework opens its views to decide by itself; Wagtail's admin closes all of these around it.
CLOSED_AROUND = ("admin/api/main/", "admin/localize/")


def routes(resolver=None, prefix=""):
    """Every address with its pattern, however deep it is included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, address)
        else:
            yield address, pattern


def public_routes():
    """The address of every view that asks for no account."""
    for address, pattern in routes():
        if not getattr(pattern.callback, "login_required", True) and not address.startswith(CLOSED_AROUND):
            yield address


def test_every_route_is_guarded_or_listed():
    assert sorted(set(public_routes()) - set(PUBLIC)) == [], (
        "These are open to anyone. Remove login_not_required, or list them in PUBLIC with a reason."
    )


def test_list_of_public_routes_has_no_dead_entries():
    assert sorted(set(PUBLIC) - set(public_routes())) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/start/",
        "/admin/",
        "/admin/pages/",
        "/admin/api/main/pages/",
        "/admin/api/main/images/1/",
        "/admin/localize/api/snippets/cms/supportcontact/",
        "/admin/localize/translate/1/strings/1/edit/",
        "/django-admin/",
        "/django-admin/accounts/user/",
        "/dokument/1/hemligt.pdf",
    ],
)
def test_closed_addresses_lead_to_the_door(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] in {f"/konto/logga-in/?next={address}", f"/django-admin/login/?next={address}"}


@pytest.mark.parametrize("address", ["/admin/login/", "/django-admin/login/"])
def test_second_doors_lead_to_the_one_door(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == "/konto/logga-in/"


def test_every_route_stands_in_the_table_of_rights():
    assert own_routes() - {row.route for row in rows()} == set(), (
        "Say in tests/programmes/rights.txt what each role gets."
    )


def test_table_of_rights_has_no_line_twice():
    lines = [str(row) for row in rows()]

    assert [line for line in lines if lines.count(line) > 1] == []


# Models and personal data

POINTS_BACK_ON_PURPOSE = {"programmes.Membership.user"}
PERSONAL_BY_ROW = {
    "accounts.User",
    "programmes.ListedPupil",
    "programmes.Membership",
    "programmes.ParentSignUp",
    "programmes.SchoolAdult",
    "programmes.SecureBase",
}
TEXT_OWNERS = ("accounts", "programmes")


def lower_rooms_and_libraries(room):
    order = ("accounts", "cms", "curriculum", "programmes")
    return {config.label for config in apps.get_app_configs()} - set(order[order.index(room) :])


def test_no_reverse_relation_from_a_lower_room():
    reaching = [
        f"{model._meta.label}.{field.name}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in own_relations(model)
        if field.related_model._meta.app_label in lower_rooms_and_libraries(room) and not field.remote_field.hidden
    ]

    assert set(reaching) == POINTS_BACK_ON_PURPOSE, 'Write related_name="+": a page must not walk into tracking data.'


def own_relations(model):
    """The relations that a model of ours declares: not a page's link to its parent, nor what a library declares."""
    bases = [base for base in model.__mro__ if hasattr(base, "_meta") and base._meta.abstract]
    theirs = {
        field.name
        for base in bases
        if not base.__module__.startswith(ROOMS)
        for field in [*base._meta.local_fields, *base._meta.local_many_to_many]
    }
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if field.remote_field and field.name not in theirs and not field.remote_field.parent_link:
            yield field


def personal_by_kind():
    """Every field that points at a person, and every field of the rows that are about one."""
    user = get_user_model()
    for model in apps.get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            is_about_a_person = model._meta.label in PERSONAL_BY_ROW and not field.primary_key
            if field.related_model is user or is_about_a_person:
                yield f"{model._meta.label}.{field.name}"


def texts():
    """Every field of the rooms with people in them that holds words of somebody's own."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
            if model._meta.app_label in TEXT_OWNERS and is_text:
                yield f"{model._meta.label}.{field.name}"


@pytest.fixture
def retention():
    return yaml.safe_load((ROOT / "config" / "retention.yaml").read_text())


def lines_of(section):
    return {f"{model}.{field}" for model, fields in section.items() for field in fields}


def test_every_personal_field_has_a_line_in_retention(retention):
    known = lines_of(retention["personal"]) | lines_of(retention["not_personal"])

    assert sorted({*personal_by_kind(), *texts()} - known) == [], "Place these in config/retention.yaml."


def test_every_line_in_retention_is_a_field(retention):
    known = lines_of(retention["personal"]) | lines_of(retention["not_personal"])

    assert sorted(known - {*personal_by_kind(), *texts()}) == [], "Take these out of config/retention.yaml."


def test_no_field_is_both_personal_and_not(retention):
    assert lines_of(retention["personal"]) & lines_of(retention["not_personal"]) == set()
    assert set(personal_by_kind()) & lines_of(retention["not_personal"]) == set()


def test_every_line_in_retention_says_kind_reason_and_decision(retention):
    kinds = {"identity", "activity", "role", "free_text", "secret"}
    lines = [line for fields in retention["personal"].values() for line in fields.values()]

    assert {frozenset(line) for line in lines} == {frozenset({"kind", "keep", "why"})}
    assert {line["kind"] for line in lines} <= kinds
    assert {line["keep"] for line in lines} == set(retention["decisions"])


def test_every_free_text_refuses_personal_identity_numbers(retention):
    open_texts = []
    for label, fields in retention["personal"].items():
        for name, line in fields.items():
            field = apps.get_model(label)._meta.get_field(name)
            refuses = "validate_no_personal_identity_number" in {getattr(v, "__name__", "") for v in field.validators}
            if line["kind"] == "free_text" and field.name != "history_change_reason" and not refuses:
                open_texts.append(f"{label}.{name}")

    assert open_texts == []


# Documents


def test_map_in_the_readme_equals_the_folders():
    rows = re.findall(r"^\| `(\w+)/` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    folders = {line.split("/")[0] for line in tracked.splitlines() if "/" in line and not line.startswith(".")}

    assert sorted(rows) == sorted(folders)


def test_every_setting_is_documented():
    read = set()
    for path in [*(ROOT / "config" / "settings").glob("*.py"), ROOT / "config" / "run.py"]:
        source = path.read_text()
        read |= set(re.findall(r'(?:\benv(?:\.\w+)?|_required)\(\s*"([A-Z_]+)"', source))
        read |= set(re.findall(r'environ(?:\.get\(|\.setdefault\(|\[)\s*"([A-Z_]+)"', source))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))

    assert read == documented
