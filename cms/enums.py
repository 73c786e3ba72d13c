"""The fixed words of the site."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Audience(TextChoices):
    """Whom a support contact is for."""

    CHILD = "child", _("children and young people")
    ADULT = "adult", _("adults")
    EVERYONE = "everyone", _("everyone")


class ReaderGroup(TextChoices):
    """Who reads a page that is not public: the value is the name of a Django group, which page privacy is set by.

    The groups lie in each other: the centre is staff too, and whoever may see what mentors see is a mentor or staff.
    """

    STAFF = "Personal", _("staff")
    MENTORS = "MVP-mentorer", _("MVP mentors")
    CENTRE = "VPC", _("the violence-prevention centre")


class Access(TextChoices):
    """Who reads a page, or the documents of a collection: each lets in fewer than the one before it."""

    PUBLIC = "public", _("everyone")
    MENTORS = "mentors", _("MVP mentors and staff")
    STAFF = "staff", _("staff")
    CENTRE = "centre", _("the violence-prevention centre")

    def narrower(self) -> "list[Access]":
        """Those that let in fewer, the widest first."""
        return list(Access)[list(Access).index(self) + 1 :]


class HandbookPart(TextChoices):
    """What stands in a chapter of the handbook under its own words."""

    TEXT = "text", _("nothing more")
    PLANS = "plans", _("the session plans")
    SCENARIOS = "scenarios", _("the scenarios")
    WORDS = "words", _("the glossary")
    SUPPORT = "support", _("the support list")


class Shape(TextChoices):
    """How levels are drawn: towards a point, or as steps that get wider downwards."""

    PYRAMID = "pyramid", _("pyramid")
    STEPS = "steps", _("steps")


class Colour(TextChoices):
    """The colours of the lines, by the line that carries each."""

    TAGET = "taget", _("blue")
    MVP = "mvp", _("plum")
    ABC = "abc", _("teal")
    STAFF = "staff", _("slate")


class SearchKind(TextChoices):
    """What a search finds, in the order that equals are shown."""

    PLAN = "plan", pgettext_lazy("search", "Session plans")
    HANDBOOK = "handbook", _("The handbook")
    WORD = "word", _("Words")
    CONTACT = "contact", _("Someone to talk to")
    PAGE = "page", _("Pages")
    NEWS = "news", _("News")


class FooterPage(TextChoices):
    """The pages that every page leads to at its foot, by their addresses."""

    SUPPORT = "stod", _("Support and help")
    NEWS = "nyheter", _("News")
    PARENTS = "for-foraldrar", _("For parents")
    ABOUT = "om-arbetet", _("About the work")
    GLOSSARY = "begrepp", _("Glossary")
    ACCESSIBILITY = "tillganglighet", _("Accessibility statement")
    COOKIES = "kakor", _("About cookies")
    PERSONAL_DATA = "personuppgifter", _("How we handle personal data")
