"""What is stored about people and for how long, in words: the list behind `Så behandlar vi personuppgifter`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from programmes.actions.retention import Decision

# What each decision is about, and what happens when its time has passed.
HEADINGS = {
    "account": (gettext_lazy("Accounts of staff"), gettext_lazy("The person is taken out of everything, history too.")),
    "session_data": (
        gettext_lazy("What is reported about sessions"),
        gettext_lazy("Notes, and who reported, are emptied. The figures stay, without people."),
    ),
    "secure_bases": (
        gettext_lazy("Trygg bas: numbers on a class's list and their adults"),
        gettext_lazy("The class's list is removed."),
    ),
    "mentor_cohorts": (gettext_lazy("MVP: mentors and their groups"), gettext_lazy("The rows are removed.")),
    "editorial": (gettext_lazy("Who wrote what on the site"), gettext_lazy("Goes with the page.")),
    "log": (gettext_lazy("The event log: who did what"), gettext_lazy("The rows are removed.")),
    "invitation": (gettext_lazy("Invitations"), gettext_lazy("The invitation is removed.")),
    "sign_up": (
        gettext_lazy("Sign-ups for parent groups: first name, e-mail or phone"),
        gettext_lazy("The sign-up is removed with its letters. The number of parents at the meetings stays."),
    ),
    "prepared_file": (gettext_lazy("Large files made in the background"), gettext_lazy("The file is removed.")),
    "technical": (gettext_lazy("Sign-ins and technical traces"), gettext_lazy("The rows are removed.")),
}
AFTER = {
    "account": gettext_lazy("the last role ended"),
    "session_data": gettext_lazy("the school year ended"),
    "secure_bases": gettext_lazy("the class left the school"),
    "mentor_cohorts": gettext_lazy("the school year ended"),
    "editorial": gettext_lazy("the page was removed"),
    "log": gettext_lazy("the event"),
    "invitation": gettext_lazy("it stopped working"),
    "sign_up": gettext_lazy("the group's last meeting"),
    "prepared_file": gettext_lazy("the file was asked for"),
    "technical": gettext_lazy("the last use"),
}
KINDS = {
    "identity": gettext_lazy("who somebody is"),
    "role": gettext_lazy("what somebody is, and where"),
    "activity": gettext_lazy("what somebody has done, and when"),
    "free_text": gettext_lazy("what somebody has written"),
    "secret": gettext_lazy("what opens an account, kept so that nobody can read it"),
}

# Libraries' registers whose own names say little, or are not in Swedish.
REGISTERS = {
    "usersessions.UserSession": gettext_lazy("Sign-ins"),
    "mfa.Authenticator": gettext_lazy("Second factors"),
    "socialaccount.SocialAccount": gettext_lazy("The municipality's sign-in"),
    "wagtailadmin.EditingSession": gettext_lazy("Pages being edited"),
    "wagtailadmin.FormState": gettext_lazy("Drafts not yet saved"),
    "wagtailcore.UploadedFile": gettext_lazy("Files on their way in"),
    "wagtailcore.PageSubscription": gettext_lazy("Pages that are followed"),
    "cms.SiteImage": gettext_lazy("Pictures"),
}
OWN_ROOMS = ("accounts.", "programmes.")


@dataclass(frozen=True)
class Kept:
    """What one decision is about: its heading, what is stored, in which registers, for how long, and then."""

    heading: str
    kinds: str
    registers: str
    time: str
    then: str
    is_decided: bool


def kept_in_words(decisions: Sequence[Decision], policy: dict[str, Any]) -> list[Kept]:
    """Each decision in words, in the order of the file; one that holds nothing is left out."""
    return [row for row in (_kept(decision, policy["personal"]) for decision in decisions) if row.kinds]


def _kept(decision: Decision, personal: dict[str, Any]) -> Kept:
    lines = [(model, line) for model, fields in personal.items() for line in fields.values()]
    mine = [(model, line["kind"]) for model, line in lines if line["keep"] == decision.name]
    heading, then = HEADINGS[decision.name]
    return Kept(
        heading=str(heading),
        kinds=_listed(str(words) for kind, words in KINDS.items() if kind in {found for _model, found in mine}),
        registers=_listed(dict.fromkeys(_own_registers(model for model, _kind in mine))),
        time=_time(decision),
        then=str(then),
        is_decided=decision.days is not None,
    )


def _own_registers(labels: Iterable[str]) -> Iterator[str]:
    """The names of our own registers: those of the libraries say nothing to a reader."""
    for label in labels:
        if label.startswith(OWN_ROOMS):
            model = apps.get_model(label)
            yield str(getattr(model, "instance_type", model)._meta.verbose_name_plural)


def register_name(model: Any) -> str:
    """What a register is called; the history of one is its earlier versions."""
    if model._meta.label in REGISTERS:
        return str(REGISTERS[model._meta.label])
    tracked = getattr(model, "instance_type", None)
    name = capfirst(str((tracked or model)._meta.verbose_name_plural))
    return _("%(register)s, earlier versions") % {"register": name} if tracked else name


def _listed(words: Iterable[str]) -> str:
    """Words in a row; semicolons where one of them has a comma of its own."""
    words = list(words)
    return ("; " if any("," in word for word in words) else ", ").join(words)


def _time(decision: Decision) -> str:
    if decision.days is None:
        return _("The municipality has not decided yet: it is kept until then.")
    length = ngettext("%(number)s day", "%(number)s days", decision.days) % {"number": decision.days}
    words = _("%(length)s after %(what)s") % {"length": length, "what": AFTER[decision.name]}
    if decision.goes_by_itself:
        return _("%(time)s, by itself.") % {"time": capfirst(words)}
    return _("%(time)s, by decision %(reference)s.") % {"time": capfirst(words), "reference": decision.reference}
