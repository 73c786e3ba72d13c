"""The parts that a session plan is written in; core parts are marked here, so that they are versioned with the page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import NO_PERSONAL_IDENTITY_NUMBER, FilmBlock, NumberBlock, WorksheetBlock
from curriculum.enums import GradeBand, LineKind, TalkForm


class LineBlock(blocks.StructBlock):
    """One thing to say, do or ask."""

    kind = blocks.ChoiceBlock(choices=LineKind.choices, label=_("Kind"))
    text = blocks.TextBlock(label=_("Text"), rows=2, validators=NO_PERSONAL_IDENTITY_NUMBER)
    grades = blocks.ChoiceBlock(choices=GradeBand.choices, required=False, label=_("Only for"))

    class Meta:
        icon = "edit"
        label = _("Line")


class DiscussionBlock(blocks.StructBlock):
    """A talk with its questions in order, and how many talk with each other."""

    form = blocks.ChoiceBlock(choices=TalkForm.choices, required=False, label=_("Who talk with each other"))
    questions = blocks.ListBlock(
        blocks.CharBlock(max_length=240, label=_("Question"), validators=NO_PERSONAL_IDENTITY_NUMBER),
        label=_("Questions"),
        min_num=1,
        max_num=8,
    )

    class Meta:
        icon = "group"
        label = _("Discussion")
        template = "curriculum/blocks/discussion.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["form"] = form_of_talk(value)
        return context


def form_of_talk(value):
    """How many talk with each other, in the reader's language; nothing when the leader may choose."""
    return dict(TalkForm.choices).get(value["form"], "") if value["form"] else ""


class StepBlock(blocks.StructBlock):
    """A step of a session: a title, its minutes, and its lines. A core part is a step that may not be left out."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, validators=NO_PERSONAL_IDENTITY_NUMBER)
    minutes = NumberBlock(label=_("Minutes"), min_value=1, max_value=240)
    is_core = blocks.BooleanBlock(required=False, label=_("Core part"))
    core_label = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Core part in short"),
        help_text=_("What the leader ticks when reporting."),
        validators=NO_PERSONAL_IDENTITY_NUMBER,
    )
    lines = blocks.ListBlock(LineBlock(), label=_("Lines"), min_num=1)
    extras = blocks.StreamBlock(
        [("discussion", DiscussionBlock()), ("film", FilmBlock()), ("worksheet", WorksheetBlock())],
        required=False,
        label=_("Discussion, film and worksheets"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "curriculum/blocks/step.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if cleaned["is_core"] and not (cleaned["core_label"] or "").strip():
            raise blocks.StructBlockValidationError(
                {"core_label": ValidationError(_("A core part needs a short title to tick when reporting."))}
            )
        return cleaned


class ScenarioChooserBlock(SnippetChooserBlock):
    """A scenario that is written in one place; every plan that chooses it tells it as it reads today."""

    def __init__(self, **options):
        super().__init__("curriculum.Scenario", **options)

    def get_searchable_content(self, value):
        return [value.title, value.text, *value.asks] if value else []

    class Meta:
        icon = "comment"
        label = _("Scenario")
        template = "curriculum/blocks/scenario.html"


class PointBlock(blocks.TextBlock):
    """One point of a plain list, shown whole while it is written."""

    def __init__(self, **options):
        options.setdefault("max_length", 300)
        options.setdefault("rows", 2)
        options.setdefault("validators", NO_PERSONAL_IDENTITY_NUMBER)
        super().__init__(**options)
