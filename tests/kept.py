"""Where the checks keep their databases between runs, and what each was made of: another model makes another one."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var"


def fingerprint():
    """What the tables and their first rows are made of: our models and migrations, and the libraries' versions."""
    parts = [path for room in ("accounts", "cms", "curriculum", "programmes") for path in (ROOT / room).rglob("*.py")]
    kept = [path for path in parts if {"models", "migrations"} & {*path.parts, path.stem} or path.stem == "enums"]
    return digest_of([*kept, ROOT / "requirements.txt", ROOT / "config" / "settings" / "base.py"])


def fingerprint_of_the_curriculum():
    """What the loaded curriculum is made of besides: the content, the code that reads it, and the words."""
    code = [path for room in ("accounts", "cms", "curriculum") for path in (ROOT / room).rglob("*.py")]
    content = [*(ROOT / "curriculum" / "content").rglob("*.yaml"), *(ROOT / "locale").rglob("*.mo")]
    return fingerprint() + digest_of([*code, *content])


def digest_of(paths):
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
