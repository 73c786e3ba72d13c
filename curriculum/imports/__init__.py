"""Reads the content files: YAML in, neutral rows and pages out; nothing is saved here.

All of them raise ContentError, in one line with the file's name, when a file is not YAML or lacks something.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cms.enums import ReaderGroup
from cms.models import (
    BasePage,
    GlossaryPage,
    HandbookChapterPage,
    HandbookPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
    SupportPage,
)
from curriculum.actions import ContactRow, PageContent, ProgrammeRow, ScenarioRow, SessionRow, WordRow
from curriculum.enums import SessionKind
from curriculum.imports.blocks import Block, Fill, block, body, extras, items, points
from curriculum.imports.files import CONTENT, SUPPORT_SLUG, reading
from curriculum.imports.translations import read_contact_words, read_translation, shipped_languages
from curriculum.models import ProgrammeIndexPage, ProgrammePage, SessionPlanPage

# Who reads the plans of a programme when they are loaded; nobody named means everybody.
PLANS_SHOWN_TO = {"taget": (), "mvp": (ReaderGroup.STAFF, ReaderGroup.MENTORS)}


def read_catalogue(directory: Path = CONTENT) -> list[ProgrammeRow]:
    """Read `catalogue.yaml`: programmes in order, each with its sessions, a staff session after its pupils'."""
    return reading("catalogue.yaml", directory, _catalogue)


def read_pages(directory: Path = CONTENT, *, words: Mapping[str, str], with_example: bool = False) -> PageContent:
    """Read `site.yaml` and the plans beside it as one tree of pages, the start page at the root.

    The example's invented news come along when asked for. `words` fills `{municipality}`, `{phone}` and `{email}`; a
    line that asks for a word that is empty is left out.
    """
    plans = {programme: _plans(directory, programme) for programme in PLANS_SHOWN_TO}
    home = reading("site.yaml", directory, lambda data, fill: _home(data, fill, plans, with_example), words)
    home.children.append(reading("handbook.yaml", directory, _handbook, words))
    home.children.append(reading("glossary.yaml", directory, _glossary, words))
    home.children.extend(reading("about.yaml", directory, _about, words))
    return home


def _plans(directory: Path, programme: str) -> list[PageContent]:
    """The plans of a programme in the order of their codes, the pupils' first; each closed to all but its readers."""
    readers = PLANS_SHOWN_TO[programme]
    names = _plan_files(directory, programme)
    return [reading(name, directory, lambda data, fill, name=name: _plan(data, name, readers)) for name in names]


def _plan_files(directory: Path, programme: str) -> list[str]:
    paths = sorted((directory / programme).glob("*.yaml"), key=lambda path: (path.name.startswith("P-"), path.name))
    return [f"{programme}/{path.name}" for path in paths]


def read_scenarios(directory: Path = CONTENT) -> list[ScenarioRow]:
    """Read the scenarios that stand in the files of the plans: each with its code, its text and its questions."""
    names = [name for programme in PLANS_SHOWN_TO for name in _plan_files(directory, programme)]
    read = [
        reading(name, directory, lambda data, fill: [_scenario(row) for row in data["scenarios"]]) for name in names
    ]
    return [row for rows in read for row in rows]


def read_contacts(directory: Path = CONTENT, *, with_example: bool) -> list[ContactRow]:
    """Read the support list of `site.yaml`; the invented municipality's own contacts only where it is an example."""

    def contacts(data: Any, fill: "Fill") -> list[ContactRow]:
        national = [_contact(row, is_national=True) for row in data["contacts"]]
        own = [_contact(row, is_national=False) for row in data["example"]["contacts"]]
        return national + (own if with_example else [])

    return reading("site.yaml", directory, contacts)


def read_words(directory: Path = CONTENT) -> list[WordRow]:
    """Read `glossary.yaml`: each word with the forms it takes in a sentence, and what it means."""
    return reading("glossary.yaml", directory, lambda data, fill: [_word(row) for row in data["words"]])


def _word(row: Mapping[str, Any]) -> WordRow:
    return WordRow(term=row["word"], forms=", ".join(row.get("forms", [])), explanation=row["explanation"])


def read_example_words(directory: Path = CONTENT) -> dict[str, str]:
    """Read the invented telephone and e-mail that stand in for a municipality's own in a demonstration."""
    return reading("site.yaml", directory, lambda data, fill: {key: data["example"][key] for key in ("phone", "email")})


def _catalogue(data: Any, fill: Fill) -> list[ProgrammeRow]:
    kinds = {"mvp": SessionKind.MENTOR, "abc": SessionKind.MEETING}
    rows = []
    for programme in data["programmes"]:
        code = programme["code"]
        grades = [programme["lowest_grade"], programme["highest_grade"]]
        sessions = [
            _session(row, kinds.get(code) or _pupil_kind(row), order, row.get("grades", grades))
            for order, row in enumerate(data[code], start=1)
        ]
        if code == "taget":
            sessions += [_staff_session(row, data["staff_sessions"]) for row in sessions]
        rows.append(ProgrammeRow(**programme, sessions=sessions))
    return rows


def _pupil_kind(row: Mapping[str, Any]) -> SessionKind:
    return SessionKind.BASE if "month" in row else SessionKind.ADDITIONAL


def _session(row: Mapping[str, Any], kind: SessionKind, order: int, grades: Iterable[int]) -> SessionRow:
    lowest, highest = grades
    return SessionRow(
        code=row["code"],
        title=row["title"],
        short_title=row["short_title"],
        kind=kind,
        order=order,
        lowest_grade=lowest,
        highest_grade=highest,
        planned_minutes=row["minutes"],
        month=row.get("month"),
        principles=row.get("principles", []),
        is_sensitive=row.get("sensitive", False),
    )


def _staff_session(pupils: SessionRow, common: Mapping[str, Any]) -> SessionRow:
    return SessionRow(
        code=f"P-{pupils.code}",
        title=common["title"].format(title=pupils.title),
        short_title=pupils.short_title,
        kind=SessionKind.STAFF,
        order=100 + pupils.order,
        lowest_grade=pupils.lowest_grade,
        highest_grade=pupils.highest_grade,
        planned_minutes=common["minutes"],
        principles=pupils.principles,
        is_sensitive=pupils.is_sensitive,
        prepares=pupils.code,
    )


def _home(data: Any, fill: Fill, plans: Mapping[str, list[PageContent]], with_example: bool) -> PageContent:
    home = data["home"]
    programmes = dict(data["programmes"])
    index = programmes.pop("index")
    children = [_programme(code, page, fill, plans.get(code, [])) for code, page in programmes.items()]
    start = {"title": home["title"], "heading": fill(home["heading"]), "support_prompt": fill(home["support_prompt"])}
    intro = {"intro": fill(home["intro"]), "search_description": fill(home["intro"])}
    return PageContent(
        HomePage,
        "home",
        {**start, **intro},
        "site.yaml",
        [
            _page(ProgrammeIndexPage, index["slug"], index, fill, {"intro": fill(index["intro"])}, children),
            *[_plain_page(page, fill) for page in data["pages"]],
            _news(data, fill, with_example),
        ],
    )


def _programme(code: str, page: Any, fill: Fill, plans: list[PageContent]) -> PageContent:
    fields = {
        "programme": code,
        "teaser": fill(page["teaser"]),
        "summary": fill(page["summary"]),
        "body": body(page, fill, f"{code}"),
        "search_description": fill(page["summary"]),
    }
    return _page(ProgrammePage, code, page, fill, fields, plans)


def _plain_page(page: Any, fill: Fill) -> PageContent:
    slug = page["slug"]
    kind = SupportPage if slug == SUPPORT_SLUG else StandardPage
    return _page(kind, slug, page, fill, {"intro": fill(page["intro"]), "body": body(page, fill, slug)}, [])


def _handbook(data: Any, fill: Fill) -> PageContent:
    """The chapters in the order of the file; some are for fewer readers than the handbook itself."""
    fields = {"title": data["title"], "intro": data["intro"], "search_description": data["intro"]}
    chapters = [_chapter(chapter, fill) for chapter in data["chapters"]]
    return PageContent(HandbookPage, data["slug"], fields, "handbook.yaml", chapters, _readers(data))


def _chapter(chapter: Any, fill: Fill) -> PageContent:
    written = body(chapter, fill, f"handbook/{chapter['slug']}")
    fields = {"title": chapter["title"], "intro": fill(chapter["intro"]), "body": written, "part": chapter["part"]}
    return PageContent(HandbookChapterPage, chapter["slug"], fields, "handbook.yaml", readers=_readers(chapter))


def _readers(page: Any) -> tuple[ReaderGroup, ...]:
    return tuple(ReaderGroup[name] for name in page.get("readers", []))


def _glossary(data: Any, fill: Fill) -> PageContent:
    page = data["page"]
    fields = {"title": page["title"], "intro": page["intro"], "search_description": page["intro"]}
    return PageContent(GlossaryPage, page["slug"], fields, "glossary.yaml")


def _about(data: Any, fill: Fill) -> list[PageContent]:
    """Plain pages, each with those that stand under it."""

    def page(row: Any) -> PageContent:
        intro = fill(row["intro"])
        written = body(row, fill, f"about/{row['slug']}")
        fields = {"title": row["title"], "intro": intro, "body": written, "search_description": intro}
        below = [page(child) for child in row.get("pages", [])]
        return PageContent(StandardPage, row["slug"], fields, "about.yaml", below)

    return [page(row) for row in data["pages"]]


def _news(data: Any, fill: Fill, with_example: bool) -> PageContent:
    index, slug = data["news"], data["news"]["slug"]
    items = [
        _page(
            NewsPage,
            row["slug"],
            row,
            fill,
            {"date": row["date"], "intro": fill(row["intro"]), "body": body(row, fill, f"{slug}/{row['slug']}")},
            [],
        )
        for row in (data["example"]["news"] if with_example else [])
    ]
    return _page(NewsIndexPage, slug, index, fill, {"intro": fill(index["intro"])}, items)


def _page(
    kind: type[BasePage], slug: str, page: Any, fill: Fill, fields: dict[str, Any], children: list[PageContent]
) -> PageContent:
    return PageContent(kind, slug, {"title": fill(page["title"]), **fields}, "site.yaml", children)


def _contact(row: Mapping[str, Any], *, is_national: bool) -> ContactRow:
    fields = {
        "name": row["name"],
        "description": row["description"],
        "phone": row["phone"],
        "url": row.get("url", ""),
        "hours": row["hours"],
        "audience": row["audience"],
        "checked_date": row["checked"],
        "order": row["order"],
    }
    return ContactRow(is_national=is_national, fields=fields)


def _plan(data: Any, source: str, readers: tuple[ReaderGroup, ...]) -> PageContent:
    code = data["code"]
    fields = {
        "session": code,
        "title": data["title"],
        "summary": data["summary"],
        "search_description": data["summary"],
        "aim": data["aim"],
        "minutes": data["minutes"],
        "guidance": points(code, "guidance", data["guidance"]),
        "preparation": points(code, "prepare", data["prepare"]),
        "material": points(code, "material", data["material"]),
        "steps": [_step(code, step) for step in data["steps"]],
        "scenarios": [block(f"{code}/scenarios", row["code"], "scenario", row["code"]) for row in data["scenarios"]],
        "if_a_child_tells": points(code, "if_a_child_tells", data["if_a_child_tells"]),
        "follow_up": points(code, "follow_up", data["follow_up"]),
        "show_support": data["support"],
    }
    return PageContent(SessionPlanPage, data["slug"], fields, source, readers=readers)


def _step(code: str, step: Any) -> Block:
    """A step; its id comes from its title, so that a core part keeps it when steps are added or moved."""
    name = f"{code}/steps/{step['title']}"
    value = {
        "title": step["title"],
        "minutes": step["minutes"],
        "is_core": step["core"],
        "core_label": step.get("core_label", ""),
        "lines": items(name, [_line(line) for line in step["lines"]]),
        "extras": extras(name, step),
    }
    return block(name, "", "step", value)


def _line(line: Mapping[str, str]) -> Block:
    grades = line.get("grades", "")
    [(kind, text)] = [(key, text) for key, text in line.items() if key != "grades"]
    return {"kind": kind, "text": text, "grades": grades}


def _scenario(row: Mapping[str, Any]) -> ScenarioRow:
    return ScenarioRow(row["code"], row["title"], row["text"], _questions(row["code"], row["questions"]))


def _questions(code: str, lines: list[str]) -> list[Block]:
    return [block(f"{code}/questions", number, "question", line) for number, line in enumerate(lines)]


__all__ = [
    "CONTENT",
    "read_catalogue",
    "read_contact_words",
    "read_contacts",
    "read_example_words",
    "read_pages",
    "read_scenarios",
    "read_translation",
    "read_words",
    "shipped_languages",
]
