"""What is hidden and what the marks mean, in words: printed on every screen and in every file that hides."""

from django.utils.translation import gettext as _, ngettext

from programmes.reports.suppression import HIDDEN, NEAR_ALL, NEAR_NONE, NOT_REPORTED, Profile


def profile_words(profile: Profile) -> str:
    """The profile in a sentence or two: its name, its threshold and its smallest group."""
    name = _("The open profile") if profile.inner else _("The internal profile")
    words = _(
        "%(name)s hides numbers of %(threshold)s persons or fewer, and everything but a nought in groups of fewer than "
        "%(group)s."
    )
    said = [words % {"name": name, "threshold": profile.threshold, "group": profile.smallest_group}]
    if profile.least_schools > 1:
        more = ngettext(
            "A sum is told of %(count)s school at least.",
            "A sum is told of %(count)s schools at least.",
            profile.least_schools,
        )
        said.append(more % {"count": profile.least_schools})
    said.append(_("What could be used to work out a hidden number is hidden too."))
    return " ".join(said)


def mark_words(profile: Profile) -> list[tuple[str, str]]:
    """Every mark and its meaning, in the order in which a reader meets them."""
    few = {"threshold": profile.threshold}
    return [
        ("0", _("A true zero.")),
        (NOT_REPORTED, _("Not reported.")),
        (HIDDEN, _("Hidden: a small number, or one that could be used to work out a small one.")),
        (NEAR_ALL, _("Nearly everybody: between 1 and %(threshold)s are not.") % few),
        (NEAR_NONE, _("Nearly nobody: between 1 and %(threshold)s are.") % few),
    ]
