"""How a class's list is written out: a row for each pupil, with the words in which a person reads it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from programmes.enums import Word
from programmes.models import School, SchoolAdult, SchoolClass
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.secure_bases import PupilStanding


def list_url(name, school_class, *args, today, **query):
    """An address under a class's list; a `/` in a class's name is written as a dash there."""
    address = reverse(f"programmes:{name}", args=[school_class.school.slug, key_of(school_class), *args])
    if school_class.start_year != start_year_of(today):
        query["lasar"] = school_year_label(school_class.start_year)
    return f"{address}?{urlencode(query)}" if query else address


def key_of(school_class):
    return school_class.name.replace("/", "-")


def named(adults):
    """Adults in a sentence: `lärare K. och fritidsledare S.`"""
    return get_text_list([adult.inline for adult in adults], _("and"))


@dataclass(frozen=True)
class PupilRow:
    """A pupil as the list shows it, with the adult and the word that a tap would add or take away."""

    standing: PupilStanding
    school: School
    school_class: SchoolClass
    today: object
    adult: SchoolAdult | None
    word: Word

    @property
    def number(self):
        return self.standing.pupil.number

    @property
    def short_name(self):
        return self.standing.pupil.short_name

    @property
    def is_marked(self):
        return self.standing.has(self.adult, self.word)

    @property
    def words(self):
        return capfirst(named(self.standing.adults)) if self.standing.is_covered else _("No adult yet")

    @property
    def small(self):
        parts = [self._whose_word()]
        if self.standing.left:
            parts.append(_("%(adults)s has left") % {"adults": capfirst(named(self.standing.left))})
        if self.standing.unconfirmed:
            parts.append(_("to be confirmed"))
        return "; ".join(filter(None, parts))

    def _whose_word(self):
        standing = self.standing
        if standing.by_pupil and standing.by_adults:
            if set(standing.by_pupil) == set(standing.by_adults):
                return _("the pupil's word and the adults'")
            words = {"pupil": named(standing.by_pupil), "adults": named(standing.by_adults)}
            return _("the pupil's word: %(pupil)s, the adults': %(adults)s") % words
        if standing.by_pupil:
            return _("the pupil's word")
        if standing.names_nobody:
            return _("the adults' word, the pupil named nobody") if standing.by_adults else _("the pupil named nobody")
        if standing.by_adults:
            return _("the adults' word") if standing.is_asked else _("the adults' word, pupil not asked")
        return "" if standing.is_asked else _("the pupil has not been asked")

    @property
    def pupil_url(self):
        return list_url("secure_base_pupil", self.school_class, self.number, today=self.today)

    @property
    def mark_url(self):
        return list_url("secure_base_mark", self.school_class, self.number, today=self.today)

    @property
    def label(self):
        """What the button says to those who only hear it."""
        if self.adult is None:
            return _("Add an adult for pupil %(number)s") % {"number": self.number}
        words = {"adult": self.adult.inline, "number": self.number}
        if self.is_marked:
            return _("Take away %(adult)s for pupil %(number)s") % words
        return _("Add %(adult)s for pupil %(number)s") % words


@dataclass(frozen=True)
class ClassRow:
    """A class as the school's page shows it: how many have somebody, and what needs doing."""

    standing: object
    url: str

    @property
    def name(self):
        return self.standing.school_class.name

    @property
    def figures(self):
        return self.standing.figures

    @property
    def enrolled_differs(self):
        enrolled = self.standing.school_class.enrolled
        return bool(self.figures.pupils) and enrolled is not None and enrolled != self.figures.pupils
