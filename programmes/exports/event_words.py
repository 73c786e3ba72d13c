"""What happened, in sentences: each kind of event has one, made of the facts that were written down with it."""

from collections import defaultdict

from django.apps import apps
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from accounts.models import User
from programmes.enums import EventKind, ProgrammeStatus, Role
from programmes.exports.reports.kinds import KINDS
from programmes.models import Event

UNKNOWN = "–"
SENTENCES = {
    EventKind.SIGNED_IN: gettext_lazy("signed in"),
    EventKind.SIGN_IN_FAILED: gettext_lazy("somebody tried to sign in and failed"),
    EventKind.SIGNED_OUT: gettext_lazy("signed out"),
    EventKind.SIGN_INS_ENDED: gettext_lazy("ended sign-ins on other devices"),
    EventKind.PASSWORD_CHANGED: gettext_lazy("changed the own password"),
    EventKind.SECOND_FACTOR_ADDED: gettext_lazy("added a second factor (%(method)s)"),
    EventKind.SECOND_FACTOR_REMOVED: gettext_lazy("removed a second factor (%(method)s)"),
    EventKind.ACCOUNT_CHANGED: gettext_lazy("changed %(person)s's account: %(fields)s"),
    EventKind.INVITATION_MADE: gettext_lazy("invited a person as %(role)s"),
    EventKind.INVITATION_RESENT: gettext_lazy("sent an invitation as %(role)s again"),
    EventKind.INVITATION_REVOKED: gettext_lazy("revoked an invitation as %(role)s"),
    EventKind.INVITATION_ACCEPTED: gettext_lazy("accepted an invitation as %(role)s"),
    EventKind.ROLE_GIVEN: gettext_lazy("gave %(person)s the role of %(role)s"),
    EventKind.ROLE_CHANGED: gettext_lazy("changed %(person)s's role as %(role)s"),
    EventKind.ROLE_ENDED: gettext_lazy("ended %(person)s's role as %(role)s"),
    EventKind.CLASSES_MOVED_UP: gettext_lazy("moved classes up to %(year)s: %(classes)s"),
    EventKind.MOVING_UP_UNDONE: gettext_lazy("undid the moving up to %(year)s: %(classes)s"),
    EventKind.SECURE_BASE_SEEN: gettext_lazy("looked at the trygg bas list of class %(class)s"),
    EventKind.SECURE_BASE_CHANGED: gettext_lazy("changed the trygg bas list of class %(class)s"),
    EventKind.SECURE_BASE_PRINTED: gettext_lazy("printed the trygg bas list of class %(class)s"),
    EventKind.SECURE_BASE_EXPORTED: gettext_lazy("exported the trygg bas list of class %(class)s"),
    EventKind.SECURE_BASE_OPENED: gettext_lazy("opened the check round of %(term)s"),
    EventKind.SECURE_BASE_CLOSED: gettext_lazy("closed the check round of %(term)s"),
    EventKind.SECURE_BASE_SHARES_SEEN: gettext_lazy("looked at the schools' shares of trygg bas, %(term)s"),
    EventKind.EXPORTED: gettext_lazy("exported %(what)s (%(format)s): %(selection)s, %(profile)s, id %(export_id)s"),
    EventKind.IMPORTED: gettext_lazy(
        "imported %(what)s: %(created)s new, %(changed)s changed, %(refused)s refused rows"
    ),
    EventKind.DELETED: gettext_lazy("deleted %(rows)s rows by decision %(decision)s"),
    EventKind.PERIOD_CLOSED: gettext_lazy("closed %(period)s for %(programme)s"),
    EventKind.PERIOD_REOPENED: gettext_lazy("reopened %(period)s for %(programme)s: %(reason)s"),
    EventKind.UNLOCKED: gettext_lazy("unlocked %(session)s in class %(class)s, %(period)s: %(reason)s"),
    EventKind.DOOR_CHANGED: gettext_lazy("gave the mentors' door of %(cohort)s a new code"),
    EventKind.DOOR_CLOSED: gettext_lazy("closed the mentors' door of %(cohort)s"),
    EventKind.COHORT_SET_UP: gettext_lazy("set up %(cohort)s: %(mentors)s mentors, %(groups)s groups"),
    EventKind.COHORT_CHANGED: gettext_lazy("changed %(what)s of %(cohort)s"),
    EventKind.COHORT_REMOVED: gettext_lazy("removed %(cohort)s"),
    EventKind.NOTICE_WRITTEN: gettext_lazy("wrote the crisis notice “%(heading)s”, until %(until)s"),
    EventKind.NOTICE_PUBLISHED: gettext_lazy("published the crisis notice “%(heading)s”, until %(until)s"),
    EventKind.NOTICE_ENDED: gettext_lazy("took down the crisis notice “%(heading)s”"),
    EventKind.REPORT_REMOVED: gettext_lazy("removed the report of %(session)s in class %(class)s"),
    EventKind.REMINDED: gettext_lazy("reminded %(people)s people of %(programme)s, %(period)s"),
    EventKind.CALENDAR_OPENED: gettext_lazy("made a private calendar address"),
    EventKind.CALENDAR_CLOSED: gettext_lazy("closed a private calendar address"),
    EventKind.SIGN_UPS_SEEN: gettext_lazy("looked at who has signed up for %(group)s, %(day)s"),
    EventKind.SIGN_UP_CANCELLED: gettext_lazy("cancelled a sign-up for %(group)s, %(day)s"),
    EventKind.SIGN_UPS_OPENED: gettext_lazy("opened the sign-up for %(group)s, %(day)s"),
    EventKind.SIGN_UPS_CLOSED: gettext_lazy("closed the sign-up for %(group)s, %(day)s"),
    EventKind.REGISTER_ADDED: gettext_lazy("added “%(name)s” to the register of %(register)s"),
    EventKind.REGISTER_CHANGED: gettext_lazy("changed “%(name)s” in the register of %(register)s"),
    EventKind.REGISTER_REMOVED: gettext_lazy("removed “%(name)s” from the register of %(register)s"),
    EventKind.PARTICIPATION_CHANGED: gettext_lazy("%(programme)s: %(status)s from or until %(day)s. %(reason)s"),
    EventKind.ANALYSIS_WRITTEN: gettext_lazy("wrote the cause analysis of %(year)s"),
    EventKind.SCHOOL_ASSESSED: gettext_lazy("assessed the school in %(term)s"),
    EventKind.SURVEY_OPENED: gettext_lazy("opened the questions to the pupils of %(class)s, %(moment)s"),
    EventKind.SURVEY_CLOSED: gettext_lazy("closed the questions to the pupils of %(class)s, %(moment)s"),
    EventKind.SURVEY_READ: gettext_lazy("read the answers of the pupils of %(class)s"),
    EventKind.SURVEY_ANSWERS_SEEN: gettext_lazy("looked at what pupils have answered, %(term)s"),
    EventKind.SURVEY_QUESTIONS_CHANGED: gettext_lazy("changed a question to pupils: “%(question)s”"),
    EventKind.LOG_READ: gettext_lazy("read the event log: %(selection)s"),
    EventKind.PERSON_EXTRACTED: gettext_lazy("took an extract of what is stored about %(person)s"),
}
# The same kind has another sentence where one person did it to another.
TO_ANOTHER = {
    EventKind.SECOND_FACTOR_REMOVED: gettext_lazy("took away %(person)s's second factor (%(method)s)"),
}
# What `what`, `method` and `moment` may say, in words; anything else is shown as it was written.
WORDS = {
    "coverage": gettext_lazy("coverage"),
    "classes": gettext_lazy("a class list"),
    "deliveries": gettext_lazy("a log of sessions"),
    "event_log": gettext_lazy("the event log"),
    "rewrite_list": gettext_lazy("what to rewrite"),
    "evaluation": gettext_lazy("an evaluation package"),
    "action_plan": gettext_lazy("the action plan"),
    "archive": gettext_lazy("the archive"),
    "schools": gettext_lazy("schools"),
    "schoolclass": gettext_lazy("the register of classes"),
    "school": gettext_lazy("the register of schools"),
    "area": gettext_lazy("the register of areas"),
    "programmetarget": gettext_lazy("the programme targets"),
    "schoolyear": gettext_lazy("the school years"),
    "days": gettext_lazy("the days"),
    "mentors": gettext_lazy("the mentors"),
    "groups": gettext_lazy("the groups"),
    "supervision": gettext_lazy("the supervision"),
    "meetings": gettext_lazy("training and gatherings"),
    "before": pgettext_lazy("survey", "before"),
    "after": pgettext_lazy("survey", "after"),
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("passkey"),
    "recovery_codes": gettext_lazy("recovery codes"),
}


# The fields of an account, in words; one that is not here is shown by its name.
FIELDS = {
    "email": gettext_lazy("e-mail"),
    "password": gettext_lazy("password"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "alias": gettext_lazy("alias"),
    "is_active": gettext_lazy("may sign in"),
    "is_staff": gettext_lazy("system administration"),
    "is_superuser": gettext_lazy("all rights"),
    "groups": gettext_lazy("groups"),
}


def event_sentence(event: Event) -> str:
    """What happened, without the one who did it; facts that were not written down are a dash."""
    sentence = SENTENCES.get(EventKind(event.kind)) if event.kind in EventKind.values else None
    if sentence is None:
        return event.kind
    if event.person_id:
        sentence = TO_ANOTHER.get(EventKind(event.kind), sentence)
    facts: defaultdict[str, str] = defaultdict(lambda: UNKNOWN)
    for name, value in event.about.items():
        facts[name] = _word(name, value)
    facts["person"] = person_name(event.person) if event.person_id else UNKNOWN
    return str(sentence) % facts


def actor_name(event: Event) -> str:
    """Who did it, or what: nobody is known at a failed sign-in, and a command has no name."""
    if event.actor_id:
        return person_name(event.actor)
    if event.kind == EventKind.SIGN_IN_FAILED:
        return pgettext("event log", "Unknown")
    return pgettext("event log", "Stins itself")


def person_name(person: User | None) -> str:
    """The name that a person is shown by."""
    return str(person)


def event_kind_label(event: Event) -> str:
    return str(EventKind(event.kind).label) if event.kind in EventKind.values else event.kind


def _register_name(model_name: str) -> str:
    """A register in words, by the name of its model; one that there is no more is shown by that name."""
    try:
        return str(apps.get_model("programmes", model_name)._meta.verbose_name_plural)
    except LookupError:
        return model_name


def _word(name: str, value: object) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        if name == "fields":
            value = [FIELDS.get(field, field) for field in value]
        return ", ".join(str(item) for item in value) or UNKNOWN
    text = str(value)
    if name == "role" and text in Role.values:
        return str(Role(text).label)
    if name == "register":
        return _register_name(text)
    if name == "status" and text in ProgrammeStatus.values:
        return str(ProgrammeStatus(text).label)
    return str(_named(text)) if name in {"what", "method", "format", "moment"} else text


def _named(text: str) -> object:
    """What was taken out, or by which way, in words; a report by its own name."""
    return KINDS[text].name if text in KINDS else WORDS.get(text, text)
