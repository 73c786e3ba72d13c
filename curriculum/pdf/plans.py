"""Session plans on paper: one plan, and its scenarios as cards to cut out."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.models import SupportContact
from cms.pdf import Card, Document
from cms.pdf.body import write_block, write_contacts
from curriculum.blocks import form_of_talk
from curriculum.enums import LineKind, SessionKind

if TYPE_CHECKING:
    from curriculum.models import SessionPlanPage


def plan_pdf(
    page: "SessionPlanPage", *, owner: str, made_at: datetime, contacts: Iterable[SupportContact] = ()
) -> bytes:
    """One plan as a document to hold in the hand: everything that its page says, for all grades."""
    document = Document(page.title, made_at=made_at, owner=owner, programme=page.session.programme.code)
    write_plan(document, page, level=1)
    write_contacts(document, contacts, heading=_("Support"), level=2)
    write_worksheets(document, page, level=2)
    return document.build()


def cards_pdf(page: "SessionPlanPage", *, owner: str, made_at: datetime) -> bytes:
    """The plan's scenarios as cards, four to an A4, with lines to cut along."""
    title = _("Scenario cards: %(title)s") % {"title": page.title}
    document = Document(title, made_at=made_at, owner=owner, programme=page.session.programme.code)
    document.cards(cards_of(page))
    return document.build()


def cards_of(page: "SessionPlanPage") -> list[Card]:
    """The scenarios of a plan as cards that say where they come from."""
    return [
        Card(
            title=scenario.title,
            text=scenario.text,
            questions=tuple(scenario.asks),
            origin=f"{page.title} · {scenario.code}",
        )
        for scenario in page.told_scenarios
    ]


def write_plan(document: Document, page: "SessionPlanPage", *, level: int, title: str = "") -> None:
    """Write a plan into a document, its title as a heading of a level; a handbook writes many, and names them."""
    document.rule(is_accent=True)
    document.heading(title or page.title, level=level, look="h1")
    document.paragraph(page.summary, look="lede")
    document.paragraph(_facts(page), look="small", muted=True)
    document.paragraph(page.aim, lead=_("Aim:"))
    _box(document, _("Before you begin"), page.guidance)
    _list(document, _("Prepare"), page.preparation, level=level + 1, boxes=True)
    _list(document, _("Bring"), page.material, level=level + 1, boxes=True)
    _heading(document, _("Steps"), level=level + 1)
    for number, step in enumerate(page.steps, start=1):
        _step(document, number, step.value, level=level + 2)
    _scenarios(document, page, level=level + 1)
    is_mentors = page.session.kind == SessionKind.MENTOR
    tells = _("If somebody tells you something") if is_mentors else _("If a child tells")
    _list(document, tells, page.if_a_child_tells, level=level + 1)
    _list(document, _("Afterwards"), page.follow_up, level=level + 1)


def _heading(document: Document, words: str, *, level: int, is_part: bool = True) -> None:
    """A heading within a plan; it looks the same whether the plan stands alone or in a book, a level further down."""
    document.heading(words, level=level, look="h2" if is_part else "h3", in_contents=False)


def _facts(page: "SessionPlanPage") -> str:
    session = page.session
    return " · ".join([session.get_kind_display(), _("%(minutes)s minutes") % {"minutes": page.minutes}, session.code])


def _step(document: Document, number: int, step: dict, *, level: int) -> None:
    words = {"number": number, "title": step["title"], "minutes": step["minutes"]}
    _heading(document, _("%(number)s. %(title)s, %(minutes)s min") % words, level=level, is_part=False)
    if step["is_core"]:
        document.paragraph(_("Core part: is not left out."), look="label", muted=True, is_kept=True)
    for line in step["lines"]:
        label = str(LineKind(line["kind"]).label)
        if line["grades"]:
            label = _("%(what)s, %(grades)s") % {"what": label, "grades": line["grades"].replace("-", "–")}
        document.cue(line["kind"], label, line["text"])
    for extra in step["extras"]:
        if extra.block_type == "discussion":
            _discussion(document, extra.value)
        elif extra.block_type == "worksheet" and extra.value["text"]:
            document.paragraph(_("Worksheet, last in the plan: %(title)s") % {"title": extra.value["title"]})
        else:
            write_block(document, extra, level=level)


def _discussion(document: Document, talk: dict) -> None:
    """The questions of a talk on one page, with how many talk with each other."""
    with document.kept_together():
        form = form_of_talk(talk)
        document.paragraph(" · ".join(filter(None, (_("Talk"), str(form)))), look="label", muted=True, is_kept=True)
        document.points(talk["questions"], numbered=True)


def write_worksheets(document: Document, page: "SessionPlanPage", *, level: int) -> None:
    """The sheets of a plan that are written in it, each on a page of its own with a line to cut or write along."""
    sheets = [extra.value for step in page.steps for extra in step.value["extras"] if extra.block_type == "worksheet"]
    for sheet in sheets:
        if sheet["text"]:
            document.new_page()
            _heading(document, _("Worksheet: %(title)s") % {"title": sheet["title"]}, level=level)
            for line in filter(None, map(str.strip, sheet["text"].splitlines())):
                document.space(8)
                document.paragraph(line, look="large")
                document.rule()


def _scenarios(document: Document, page: "SessionPlanPage", *, level: int) -> None:
    if not page.told_scenarios:
        return
    _heading(document, _("Scenarios"), level=level)
    for scenario in page.told_scenarios:
        with document.kept_together():
            _heading(document, scenario.title, level=level + 1, is_part=False)
            document.paragraph(scenario.text)
            document.points(scenario.asks, numbered=True)


def _box(document: Document, heading: str, points: Iterable) -> None:
    texts = [point.value for point in points]
    if texts:
        document.panel_begins()
        document.paragraph(heading, look="label")
        for text in texts:
            document.paragraph(text)
        document.panel_ends()


def _list(document: Document, heading: str, points: Iterable, *, level: int, boxes: bool = False) -> None:
    texts = [point.value for point in points]
    if texts:
        _heading(document, heading, level=level)
        document.points(texts, boxes=boxes)
