"""What an import asks: which session a text means, and which grade a class is whose name does not tell."""

from itertools import combinations

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.enums import HIGHEST_GRADE, SessionKind, grade_label
from curriculum.models import Session
from programmes.enums import ImportKind
from programmes.forms.imports import AnswersForm, Question

WIDEST_MIX = 2  # a class of F-2 or 4-6 is not rare; wider ones are written in the file


def answers_form(request, draft, preview):
    """The form of what is unclear, or None where nothing is or the file has been taken in."""
    if not preview or not preview.questions or draft.imported_at:
        return None
    data = request.POST if "answer" in request.POST else None
    return AnswersForm(data, questions=ASKED[draft.kind](draft, preview.questions))


def _sessions_asked(draft, rows):
    sessions = list(Session.objects.on_offer().filter(kind__in=[SessionKind.BASE, SessionKind.ADDITIONAL]).in_order())

    def words(chosen):
        return [(session.code, f"{session.code} {session.title}") for session in chosen]

    return [
        Question(
            asked=asked,
            label=_("”%(text)s” means") % {"text": row.written.get("session", "")},
            choices=[
                (_("Perhaps"), words(row.choices)),
                (_("Others"), words(session for session in sessions if session not in row.choices)),
            ],
            none=_("None of them: leave the rows out"),
        )
        for asked, row in rows.items()
    ]


def _grades_asked(draft, rows):
    return [
        Question(
            asked=asked,
            label=_("Class %(name)s at %(school)s") % {"name": row.values["name"], "school": row.school.name},
            choices=_grade_choices(row.start_year),
            none=_("None of them: leave the class out"),
        )
        for asked, row in rows.items()
    ]


def _grade_choices(start_year):
    labels = [
        grade_label(index, start_year=start_year, renumbered_from=settings.GRADE_RENUMBERING_START_YEAR)
        for index in range(HIGHEST_GRADE + 1)
    ]
    mixed = [
        f"{labels[lowest]}–{labels[highest]}"
        for lowest, highest in combinations(range(len(labels)), 2)
        if highest - lowest <= WIDEST_MIX
    ]
    return [
        (_("One grade"), [(label, label) for label in labels]),
        (_("A mixed class"), [(label, label) for label in mixed]),
    ]


ASKED = {ImportKind.DELIVERIES: _sessions_asked, ImportKind.CLASSES: _grades_asked}
