"""Opens a content file and says in one line what is wrong with it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from curriculum.actions import ContentError
from curriculum.imports.blocks import Fill

CONTENT = Path(__file__).resolve().parent.parent / "content"
SUPPORT_SLUG = "stod"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same reader, many times as fast where it is built in C


def reading(
    name: str, directory: Path, read: Callable[[Any, Fill], Any], words: Mapping[str, str] | None = None
) -> Any:
    """What `read` makes of a file; `words` fill the places that the file leaves for them."""
    try:
        data = yaml.load((directory / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one, both ways
        return read(data, Fill(words or {}))
    except OSError as error:
        raise ContentError(_("%(file)s cannot be read.") % {"file": name}) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ContentError(_("%(file)s, line %(line)s: this is not YAML.") % {"file": name, "line": line}) from error
    except KeyError as error:
        raise ContentError(_("%(file)s: %(key)s is missing.") % {"file": name, "key": error.args[0]}) from error
    except (TypeError, AttributeError, ValueError) as error:
        raise ContentError(_("%(file)s does not have the form it should have.") % {"file": name}) from error
