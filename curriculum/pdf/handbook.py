"""The whole handbook as one book: a cover, contents with page numbers, and what each chapter shows on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.enums import HandbookPart
from cms.models import HandbookChapterPage, HandbookPage, SupportContact, Word
from cms.pdf import Document
from cms.pdf.body import write_body, write_contacts
from curriculum.models import SessionPlanPage
from curriculum.pdf.plans import cards_of, write_plan, write_worksheets


@dataclass(frozen=True)
class Handbook:
    """What one reader may read of it, in order; words, contacts and plans are those that the chapters show."""

    page: HandbookPage
    chapters: Sequence[HandbookChapterPage]
    plans: Sequence[SessionPlanPage]
    words: Sequence[Word]
    contacts: Sequence[SupportContact]


def handbook_pdf(handbook: Handbook, *, owner: str, address: str, made_at: datetime) -> bytes:
    """The book; `address` is where the newest can be read, `made_at` (aware) when its words were last changed."""
    return write_handbook(handbook, owner=owner, address=address, made_at=made_at).build()


def write_handbook(handbook: Handbook, *, owner: str, address: str, made_at: datetime) -> Document:
    """The book, written and not yet set."""
    title = handbook.page.title
    document = Document(title, made_at=made_at, owner=owner, programme="mvp", is_book=True)
    day = date_format(made_at, "j F Y")
    words = {"day": day, "address": address}
    foot = _("As of %(day)s. The newest is always at %(address)s") % words
    document.cover(title, above=owner, below=handbook.page.intro, foot=foot, stops=len(handbook.plans))
    document.heading(_("Contents"), look="display", in_contents=False)
    document.contents()
    for number, chapter in enumerate(handbook.chapters, start=1):
        _chapter(document, number, chapter, handbook)
    return document


def _chapter(document: Document, number: int, chapter: HandbookChapterPage, handbook: Handbook) -> None:
    document.new_page()
    document.rule(is_accent=True)
    document.paragraph(_("Chapter %(number)s") % {"number": number}, look="label", muted=True, is_kept=True)
    document.heading(chapter.title, look="display")
    if chapter.intro:
        document.paragraph(chapter.intro, look="lede")
    write_body(document, chapter.body, level=2, contacts=handbook.contacts)
    match chapter.part:
        case HandbookPart.PLANS:
            _plans(document, handbook)
        case HandbookPart.SCENARIOS:
            _cards(document, handbook)
        case HandbookPart.WORDS:
            for word in handbook.words:
                document.paragraph(word.explanation, lead=f"{word.term[:1].upper()}{word.term[1:]}:")
        case HandbookPart.SUPPORT:
            write_contacts(document, handbook.contacts, heading=_("Someone to talk to"), level=2)


def _plans(document: Document, handbook: Handbook) -> None:
    """What there is, then every plan on a page of its own; a sensitive one ends with the numbers to ring."""
    document.heading(_("The sessions in short"), level=2, in_contents=False)
    document.points([f"{plan.title}. {plan.summary}" for plan in handbook.plans], numbered=True)
    for plan in handbook.plans:
        document.new_page()
        words = {"order": plan.session.order, "title": plan.title}
        write_plan(document, plan, level=2, title=_("Session %(order)s. %(title)s") % words)
        if plan.shows_support:
            write_contacts(document, handbook.contacts, heading=_("Support"), level=3, is_short=True)
        write_worksheets(document, plan, level=3)


def _cards(document: Document, handbook: Handbook) -> None:
    """What there is, then a sheet of cards for each plan."""
    plans = [plan for plan in handbook.plans if plan.told_scenarios]
    document.heading(_("A sheet for each session"), level=2, in_contents=False)
    told = [", ".join(scenario.title for scenario in plan.told_scenarios) for plan in plans]
    document.points([f"{plan.title}: {titles}" for plan, titles in zip(plans, told, strict=True)], numbered=True)
    for plan in plans:
        document.cards(cards_of(plan))
