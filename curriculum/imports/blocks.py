"""Turns the lines of a content file into blocks as Wagtail stores them; an id follows from its place in the file."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
Block = dict[str, Any]


class Fill:
    """Puts words in the place of `{municipality}` and its like, with a capital where a text begins."""

    def __init__(self, words: Mapping[str, str]):
        self.words = words

    def __call__(self, text: str) -> str:
        filled = _PLACEHOLDER.sub(lambda match: self.words[match[1]], text)
        return filled[0].upper() + filled[1:] if text.startswith("{") else filled

    def has_words_for(self, text: str) -> bool:
        return all(self.words[name] for name in _PLACEHOLDER.findall(text))


def body(page: Any, fill: Fill, name: str) -> list[Block]:
    """Headings, paragraphs, lists and links, in the order of the file."""
    blocks: list[Block] = []

    def add(kind: str, value: Any) -> None:
        blocks.append(block(name, len(blocks), kind, value))

    for section in page["body"]:
        if "heading" in section:
            add("heading", fill(section["heading"]))
        for part in section["paragraphs"]:
            if isinstance(part, str):
                if fill.has_words_for(part):
                    add("paragraph", fill(part))
            elif "support" in part:
                add("support", None)
            elif kind := next((kind for kind in ("drawing", "ages", "table", "summary") if kind in part), None):
                add(kind, rich(kind, part[kind], f"{name}/{len(blocks)}"))
            elif "link" in part:
                add("link", {"text": fill(part["link"]), "url": part["url"]})
            elif lines := [fill(line) for line in part["list"] if fill.has_words_for(line)]:
                add("points", items(f"{name}/{len(blocks)}", lines))
    return blocks


# The lists within the blocks that are more than a text.
_LISTS = {"drawing": ["levels"], "ages": ["spans"], "table": ["columns", "rows"], "summary": ["paragraphs"]}


def rich(kind: str, value: Any, name: str) -> Block:
    """A drawing, a table or a summary: its lists become lists of blocks, the rows of a table twice."""
    lists = {key: items(f"{name}/{key}", value[key]) for key in _LISTS[kind]}
    if kind == "table":
        rows = [items(f"{name}/rows/{number}", row) for number, row in enumerate(value["rows"])]
        lists["rows"] = items(f"{name}/rows", rows)
    return {**value, **lists}


def extras(name: str, step: Mapping[str, Any]) -> list[Block]:
    """What a step has besides its lines: a talk with its questions, a sheet to print with a line for each thing."""
    found = []
    if talk := step.get("discussion"):
        value = {"form": talk.get("form", ""), "questions": items(f"{name}/discussion", talk["questions"])}
        found.append(block(name, "discussion", "discussion", value))
    if sheet := step.get("worksheet"):
        value = {"title": sheet["title"], "text": "\n".join(sheet["lines"]), "document": None}
        found.append(block(name, "worksheet", "worksheet", value))
    return found


def points(code: str, name: str, lines: list[str] | None) -> list[Block]:
    return [block(f"{code}/{name}", number, "point", line) for number, line in enumerate(lines or [])]


def items(name: str, values: list[Any]) -> list[Block]:
    return [block(f"{name}/items", number, "item", value) for number, value in enumerate(values)]


def block(name: str, number: int | str, kind: str, value: Any) -> Block:
    """A block as Wagtail stores it; the id follows from its place, so that reading a file twice gives the same."""
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"stins:{name}/{number}"))}
