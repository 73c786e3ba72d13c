"""The house keeps its own rules about words: templates without code in them, and a complete Swedish catalogue."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "cms", "curriculum", "programmes")
CATALOGUE = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
LARGEST_TEMPLATE = 150

# Templates that a library asks for by name, so that no line of ours does.
ASKED_FOR_BY_LIBRARIES = re.compile(
    r"^(400|403|403_csrf|404|413|429|500)\.html$|^(account|allauth|mfa|socialaccount|usersessions|django|wagtailadmin|wagtailusers|admin|simple_history)/"
)

# The page that shows every component holds sample texts, as an editor would write them.
SAMPLES = "cms/components"


def templates():
    """Every template of the rooms: the name it is loaded by, and its file."""
    for room in ROOMS:
        folder = ROOT / room / "templates"
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(folder)), path


def html():
    return [(name, path.read_text()) for name, path in templates() if path.suffix == ".html"]


# Templates


def test_no_template_is_unused():
    sources = [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    sources += [path.read_text() for _, path in templates()]
    page_types = {f"{match}.html" for source in sources for match in re.findall(r'template = "(.+)\.html"', source)}
    unused = [
        name
        for name, path in templates()
        if not ASKED_FOR_BY_LIBRARIES.search(name)
        and name not in page_types
        and not any(f'"{name}"' in source or f"'{name}'" in source for source in sources if source)
    ]

    assert unused == [], "No line asks for these templates."


def test_every_block_of_text_is_trimmed():
    untrimmed = [name for name, text in html() if re.search(r"{%-? *blocktrans(?:late)?\b(?![^%]*\btrimmed\b)", text)]

    assert untrimmed == [], "Write {% blocktranslate trimmed %}: line breaks do not belong in the catalogue."


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a script inside the page", r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>"),
        ("a style sheet inside the page", r"<style\b"),
        ("a style attribute", r"<[^>]*\sstyle="),
        ("an on… attribute", r"<[a-z][^>]*\son[a-z]+="),
        ("a javascript: address", r"(?:href|src|action)=[\"']javascript:"),
    ],
)
def test_no_template_holds_code(what, pattern):
    found = [name for name, text in html() if re.search(pattern, text, re.IGNORECASE)]

    assert found == [], f"The content policy blocks {what}: move it to a file under static/."


def test_no_template_is_too_long():
    sizes = {name: len(text.splitlines()) for name, text in html()}

    assert {name: size for name, size in sizes.items() if size > LARGEST_TEMPLATE} == {}, "Split with {% include %}."


def test_no_template_writes_swedish_of_its_own():
    no_words = (
        r"{#.*?#}|{% comment %}.*?{% endcomment %}|{% blocktrans.*?{% endblocktrans\w* %}|{%.*?%}|{{.*?}}|<[^>]*>"
    )
    swedish = [
        name
        for name, text in html()
        if re.search(r"[åäöÅÄÖ]", re.sub(no_words, "", text, flags=re.DOTALL)) and not name.startswith(SAMPLES)
    ]

    assert swedish == [], "Write an English text in {% translate %} and its Swedish in the catalogue."


# The catalogue


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_swedish_is_complete(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_compiled_swedish_is_the_written_one(catalogue):
    def content(entries):
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr or tuple(entry.msgstr_plural.values())
            for entry in entries
            if entry.msgid
        }

    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert content(compiled) == content(e for e in catalogue if not e.obsolete), "Run `make messages`."


def test_swedish_keeps_the_places_for_values(catalogue):
    place = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
    lost = [
        entry.msgid
        for entry in catalogue
        if not entry.obsolete and set(place.findall(entry.msgid)) != set(place.findall(entry.msgstr or entry.msgid))
    ]

    assert lost == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_every_text_is_in_the_catalogue(catalogue, tmp_path):
    for folder in (*ROOMS, "config", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "var").mkdir()
    command = [sys.executable, "manage.py", "makemessages", "--locale", "sv", "--no-location", "--no-obsolete"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr

    collected = polib.pofile(str(tmp_path / CATALOGUE.relative_to(ROOT)))

    def keys(entries):
        return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries if not entry.obsolete}

    assert keys(collected) == keys(catalogue), "Run `make messages`."
