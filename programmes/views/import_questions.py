"""What an import asks: which session a text means, which grade a class is, and which schools come in or have closed."""

from itertools import combinations, islice

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.enums import HIGHEST_GRADE, SessionKind, grade_label
from curriculum.models import Session
from programmes.enums import ImportKind, ImportResult
from programmes.forms.imports import AnswersForm, ChooseSchoolsForm, Question
from programmes.models import Period
from programmes.models.terms import start_year_of

QUESTIONS_AT_ONCE = 50
WIDEST_MIX = 2  # a class of F-2 or 4-6 is not rare; wider ones are written in the file


def answers_form(request, draft, preview):
    """The form of what is unclear, the first of it where it is much; None where nothing is or the file is taken in."""
    if not preview or not preview.questions or draft.imported_at:
        return None
    data = request.POST if "answer" in request.POST else None
    asked = dict(islice(preview.questions.items(), QUESTIONS_AT_ONCE))
    return AnswersForm(data, questions=ASKED[draft.kind](draft, asked), left=len(preview.questions) - len(asked))


def choice_form(request, draft, preview):
    """The form of which schools come in, or None where nothing would be added or changed."""
    if draft.kind != ImportKind.SCHOOLS or not preview or draft.imported_at:
        return None
    rows = [row for row in preview.rows if row.asked and row.result != ImportResult.QUESTION]
    if not rows:
        return None
    return ChooseSchoolsForm(
        request.POST if "choose" in request.POST else None,
        choices=[(row.asked, f"{row.values['name']} ({row.asked})") for row in rows],
        chosen=[row.asked for row in rows if row.result != ImportResult.UNCHANGED],
    )


def _closings_asked(draft, rows):
    """The last day of a school that has closed: the end of the last school year, or today."""
    today = timezone.localdate()
    ended = Period.school_year(start_year_of(today) - 1).last_day
    days = [(day.isoformat(), _("Its last day was %(day)s") % {"day": date_format(day)}) for day in (ended, today)]
    return [
        Question(
            asked=asked,
            label=_("%(school)s has closed, says the register") % {"school": row.school.name},
            choices=days,
            none=_("It is still there: leave it as it is"),
        )
        for asked, row in rows.items()
    ]


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


ASKED = {
    ImportKind.DELIVERIES: _sessions_asked,
    ImportKind.CLASSES: _grades_asked,
    ImportKind.SCHOOLS: _closings_asked,
}
