"""Trygg bas in figures: who has a secure adult by whose word, who has none, and how many pupils each adult carries.

Definitions, of one class in one check round: pupils = those on the list; asked = those who have been asked; named = of
the asked, those who named at least one adult who still works there; named nobody = of the asked, those who said so;
by the adults' word = pupils with an active adult by it; covered = by either word; mismatch = of the asked, those for
whom the adults name somebody and the pupil nobody of these. An adult who has left counts for nobody. While the round is
open, what was last confirmed in the round before counts; when it is closed, only what was confirmed in it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import QuerySet

from programmes.enums import Word
from programmes.models import (
    CheckRound,
    ListedPupil,
    School,
    SchoolAdult,
    SchoolClass,
    SecureBase,
)


@dataclass(frozen=True)
class SecureBaseFigures:
    """Head-counts of pupils, of a class or of classes together."""

    pupils: int = 0
    asked: int = 0
    named: int = 0
    named_nobody: int = 0
    by_adults: int = 0
    covered: int = 0
    mismatches: int = 0

    def __add__(self, other: "SecureBaseFigures") -> "SecureBaseFigures":
        return SecureBaseFigures(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(SecureBaseFigures))
        )

    @property
    def uncovered(self) -> int:
        return self.pupils - self.covered

    @property
    def not_asked(self) -> int:
        return self.pupils - self.asked


@dataclass(frozen=True)
class PupilStanding:
    """What is known of one pupil: the active adults by each word, and whether the pupil has been asked."""

    pupil: ListedPupil
    by_pupil: tuple[SchoolAdult, ...]
    by_adults: tuple[SchoolAdult, ...]
    left: tuple[SchoolAdult, ...]
    is_asked: bool
    names_nobody: bool
    unconfirmed: int

    @property
    def adults(self) -> list[SchoolAdult]:
        """Everybody by either word, the pupil's own first."""
        return list(dict.fromkeys((*self.by_pupil, *self.by_adults)))

    @property
    def is_covered(self) -> bool:
        return bool(self.by_pupil or self.by_adults)

    @property
    def is_mismatch(self) -> bool:
        return self.is_asked and bool(self.by_adults) and not set(self.by_pupil) & set(self.by_adults)

    def has(self, adult: SchoolAdult | None, word: str) -> bool:
        return adult in (self.by_pupil if word == Word.PUPIL else self.by_adults)


@dataclass(frozen=True)
class ClassStanding:
    """One class's list as it stands on a day: every pupil by number, and the figures they add up to."""

    school_class: SchoolClass
    pupils: list[PupilStanding]

    @property
    def figures(self) -> SecureBaseFigures:
        return figures_of(self.pupils)

    @property
    def uncovered(self) -> list[PupilStanding]:
        return [row for row in self.pupils if not row.is_covered]

    @property
    def mismatches(self) -> list[PupilStanding]:
        return [row for row in self.pupils if row.is_mismatch]

    @property
    def settled(self) -> list[PupilStanding]:
        return [row for row in self.pupils if row.is_covered and not row.is_mismatch]

    @property
    def unconfirmed(self) -> int:
        """How many pupils have something that was confirmed in the round before and not yet in this one."""
        return sum(1 for row in self.pupils if row.unconfirmed)


@dataclass(frozen=True)
class Rounds:
    """A school's current check round and the one before; both None where none was ever opened."""

    current: CheckRound | None = None
    before: CheckRound | None = None

    @property
    def standing(self) -> set[int]:
        """The rounds whose confirmations count."""
        if self.current is None:
            return set()
        carried = {self.before.pk} if self.before and self.current.is_open else set()
        return {self.current.pk} | carried

    def when_closed(self) -> "Rounds":
        """The same rounds as they will count once the current one is closed: without what was only carried along."""
        return Rounds(self.current)


def rounds_of(school: School) -> Rounds:
    """The rounds that a school's lists stand on."""
    return Rounds(*CheckRound.objects.latest_two(school))


def standings(
    *, pupils: QuerySet[ListedPupil], classes: Iterable[SchoolClass], rounds: Rounds, today: date
) -> list[ClassStanding]:
    """How each class stands, in the order given; `pupils` are those whom the asker may see. Two questions."""
    by_class: dict[int, list[PupilStanding]] = {}
    classes = list(classes)
    rows = pupils.filter(school_class__in=classes).order_by("number")
    links: dict[int, list[SecureBase]] = {}
    found = SecureBase.objects.filter(pupil__in=rows.order_by().values("pk"), round__in=rounds.standing)
    for link in found.select_related("adult").order_by("pk"):
        links.setdefault(link.pupil_id, []).append(link)
    for pupil in rows:
        standing = _standing(pupil, links.get(pupil.pk, []), rounds, today)
        by_class.setdefault(pupil.school_class_id, []).append(standing)
    return [ClassStanding(school_class, by_class.get(school_class.pk, [])) for school_class in classes]


def _standing(pupil: ListedPupil, links: Sequence[SecureBase], rounds: Rounds, today: date) -> PupilStanding:
    active = [link for link in links if link.adult.is_active(on=today)]
    is_asked = pupil.asked_round_id in rounds.standing
    return PupilStanding(
        pupil=pupil,
        by_pupil=tuple(link.adult for link in active if link.word == Word.PUPIL),
        by_adults=tuple(link.adult for link in active if link.word == Word.ADULTS),
        left=tuple(dict.fromkeys(link.adult for link in links if link not in active)),
        is_asked=is_asked,
        names_nobody=is_asked and pupil.names_nobody,
        unconfirmed=sum(1 for link in active if rounds.current and link.round_id != rounds.current.pk),
    )


def figures_of(pupils: Iterable[PupilStanding]) -> SecureBaseFigures:
    """The head-counts that some pupils add up to."""
    rows = list(pupils)
    return SecureBaseFigures(
        pupils=len(rows),
        asked=sum(1 for row in rows if row.is_asked),
        named=sum(1 for row in rows if row.is_asked and row.by_pupil),
        named_nobody=sum(1 for row in rows if row.names_nobody),
        by_adults=sum(1 for row in rows if row.by_adults),
        covered=sum(1 for row in rows if row.is_covered),
        mismatches=sum(1 for row in rows if row.is_mismatch),
    )


def load_of(classes: Iterable[ClassStanding]) -> list[tuple[SchoolAdult, int]]:
    """How many of these pupils turn to each active adult, by either word; the most burdened first."""
    load = Counter(adult for row in classes for pupil in row.pupils for adult in pupil.adults)
    return sorted(load.items(), key=lambda pair: (-pair[1], pair[0].inline.casefold(), pair[0].pk))


def together(figures: Iterable[SecureBaseFigures]) -> SecureBaseFigures:
    """Head-counts of several classes as one."""
    return sum(figures, start=SecureBaseFigures())


def live_figures(rounds: Sequence[CheckRound], *, start_year: int, today: date) -> dict[int, SecureBaseFigures]:
    """The figures of open rounds, by round; each stands on the round before it as well."""
    schools = {row.school_id: row for row in rounds}
    stands_on: dict[int, Rounds] = {}
    for row in CheckRound.objects.filter(school__in=schools).order_by("first_day"):
        current = schools[row.school_id]
        if row.first_day < current.first_day:
            stands_on[row.school_id] = Rounds(current, row)
    pupils = ListedPupil.objects.filter(school_class__school__in=schools, school_class__start_year=start_year)
    links: dict[int, list[SecureBase]] = {}
    for link in SecureBase.objects.filter(pupil__in=pupils.order_by().values("pk")).select_related("adult"):
        links.setdefault(link.pupil_id, []).append(link)
    rows: dict[int, list[PupilStanding]] = {}
    for pupil in pupils.select_related("school_class"):
        school_id = pupil.school_class.school_id
        on = stands_on.get(school_id, Rounds(schools[school_id]))
        counted = [link for link in links.get(pupil.pk, []) if link.round_id in on.standing]
        rows.setdefault(schools[school_id].pk, []).append(_standing(pupil, counted, on, today))
    return {pk: figures_of(standing) for pk, standing in rows.items()}
