"""What several tables of the package share: their ids, their codes, and how a week is written."""

from collections.abc import Iterable, Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.exports.evaluation.schema import IDENTITY, Field


def codes_of(choices: type[TextChoices], leave_out: Iterable[str] = ()) -> Mapping[str, str | Promise]:
    """The codes of an enumeration with their words."""
    left_out = set(leave_out)
    return {str(choice.value): choice.label for choice in choices if choice.value not in left_out}


SCHOOL_ID = Field("school_id", "string", _("Pseudonym of the school, the same in every package."), IDENTITY)
CLASS_ID = Field(
    "class_id", "string", _("Pseudonym of the class or mentee group, the same in every package."), IDENTITY
)
PLANNED_ID = Field("planned_session_id", "string", _("Pseudonym of a session on a class's line."), IDENTITY)
PROGRAMME = Field("programme", "string", _("Code of the programme: taget, mvp, or abc for parents."))
DELIVERY_ID = Field("delivery_id", "string", _("Pseudonym of the delivery."), IDENTITY)
TO_SCHOOL, TO_CLASS = ("schools", "school_id"), ("classes", "class_id")
TO_SESSION = ("sessions", "session_code")
SESSION_CODE = Field("session_code", "string", _("Code of the session in the catalogue."))
WEEK = "ISO 8601 week"
