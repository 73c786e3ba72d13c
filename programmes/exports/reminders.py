"""A reminder in words: who sends it, the own words, and what is missing as it stands when it is sent."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.actions.addresses import address_of
from programmes.enums import DigestTopic
from programmes.exports.digests import LetterText, greeting, heading, listed
from programmes.models import Municipality, Period, Reminder
from programmes.models.mentors import PROGRAMME as MVP
from programmes.reports.missing import Missing


def reminder_letter(reminder: Reminder, missing: Missing, *, user: User, municipality: Municipality) -> LetterText:
    """The letter to one person; `missing` is what is still missing."""
    what = heading(DigestTopic.NOT_REPORTED, missing.count)
    place = f"{missing.school.name}, {missing.school_class.name}" if missing.school_class else missing.school.name
    about = {
        "place": place,
        "programme": reminder.programme.name,
        "period": Period.parse(reminder.period).label,
        "sender": str(reminder.sent_by) if reminder.sent_by else municipality.name,
    }
    parts = [
        greeting(user),
        _("%(sender)s reminds you of what has not been reported at %(place)s: %(programme)s, %(period)s.") % about,
    ]
    if reminder.words:
        parts.append(_("%(sender)s writes:") % about + f"\n{reminder.words}")
    parts.append("\n".join([_("%(what)s:") % {"what": what}, *listed(DigestTopic.NOT_REPORTED, missing.rows)]))
    name = "cohort_list" if reminder.programme.code == MVP else "school_year"
    url = address_of(municipality, reverse(f"programmes:{name}", args=[missing.school.slug]))
    parts.append(_("Report here. If a session was not held, say so there, with the reason.") + f"\n{url}")
    subject = _("Reminder: %(what)s at %(place)s") % {"what": what, "place": place}
    return LetterText(" ".join(subject.split()), "\n\n".join(parts) + "\n")
