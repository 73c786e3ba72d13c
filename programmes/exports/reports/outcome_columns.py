"""The columns of what became of sessions, in numbers of classes, and of what people have written about them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from programmes.exports import figure_columns as figure
from programmes.exports.figure_columns import EXPECTED, NOT_HELD, NOT_REPORTED
from programmes.exports.reports.school_sentences import reason_words
from programmes.exports.tables import Column, Value
from programmes.reports.outcomes import Outcomes

REASONS = Column(
    "reasons",
    pgettext_lazy("column", "Reasons"),
    "text",
    30,
    _("Why the sessions were not held, with how many of each. Empty: none was reported as not held."),
)
BESIDES = Column(
    "besides",
    pgettext_lazy("column", "Held besides"),
    "integer",
    12,
    _("Sessions first held in the period that were not expected in it: not planned, or due another time."),
)
# As they are called on the page, where their own names are too long for a column.
PLANNED = replace(figure.PLANNED, short=pgettext_lazy("column", "Planned"))
HELD = replace(figure.HELD, short=pgettext_lazy("sessions", "Held"))
RATE = replace(figure.DELIVERY_RATE, short=_("Share"))
OUTCOME_COLUMNS = (PLANNED, EXPECTED, HELD, NOT_HELD, REASONS, NOT_REPORTED, BESIDES)
FACT_COLUMNS = (EXPECTED, HELD, RATE, NOT_HELD, NOT_REPORTED)
PART = Column("part", pgettext_lazy("column", "Part"), "text", 34, _("What the text is about."))
TEXT = Column("text", pgettext_lazy("column", "Text"), "text", 100, _("As it stands on the page."))


def outcome_cells(outcomes: Outcomes) -> list[Value]:
    """The cells of OUTCOME_COLUMNS."""
    return [
        outcomes.planned,
        outcomes.expected,
        outcomes.held,
        outcomes.not_held,
        reason_words(outcomes) or None,
        outcomes.not_reported,
        outcomes.besides,
    ]
