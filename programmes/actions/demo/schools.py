"""Ekbacka's schools and their classes: six that are always there, and as many more as one asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from random import Random

from django.utils.text import slugify

from programmes.actions.demo.habits import ALL_BUT_PERFECT, AS_DRAWN, STEADY, STRUGGLING, Habits

NORTH, CENTRE, SOUTH = AREAS = ("Norra", "Centrum", "Södra")
SEED_CODE = 99000000
EXTRA_CODE = 99010000


@dataclass(frozen=True)
class DemoClass:
    """A class as it is called and how many pupils it has."""

    name: str
    lowest_grade: int
    highest_grade: int
    enrolled: int


@dataclass(frozen=True)
class DemoSchool:
    """A school: where it is, since how many years it runs the programmes, its classes, and how well it does."""

    name: str
    unit_code: str
    area: str
    classes: tuple[DemoClass, ...]
    classes_before: tuple[DemoClass, ...]
    habits: Habits = STEADY
    taget_years: int | None = None
    pause_years: tuple[int, int] | None = None
    mvp_years: int | None = None
    mentors: bool = False

    @property
    def slug(self) -> str:
        return slugify(self.name)


def _classes(text: str) -> tuple[DemoClass, ...]:
    """Read `3B 21` or `Åk 1-2 [1-2] 19`, one class after the other, split by commas."""
    return tuple(_class(part.strip()) for part in text.split(","))


def _class(text: str) -> DemoClass:
    name, _space, enrolled = text.rpartition(" ")
    grades = next((sign for sign in name if sign.isdigit()), "0")
    if name.endswith("]"):
        name, _space, span = name[:-1].rpartition(" [")
        lowest, _dash, highest = span.partition("-")
        return DemoClass(name, int(lowest), int(highest), int(enrolled))
    return DemoClass(name, int(grades), int(grades), int(enrolled))


ALMSKOLAN = DemoSchool(
    "Almskolan",
    f"{SEED_CODE + 11}",
    NORTH,
    _classes("FA 19, 1A 22, 2A 24, 3A 23, 3B 21, 4A 25, 5A 26"),
    _classes("FA 22, 1A 24, 2A 23, 2B 20, 3A 14, 3B 12, 4A 26, 5A 23"),
    habits=AS_DRAWN,
    taget_years=7,
)
BJORKSKOLAN = DemoSchool(
    "Björkskolan",
    f"{SEED_CODE + 22}",
    CENTRE,
    _classes(
        "Förskoleklass Räven 18, Förskoleklass Ugglan 19, 1A 23, 1B 22, 2A 20, 2B 21, 3A 24, 3B 22, 4 a 25, 4 b 24,"
        "5A 23, 5B 25, 6A 26, 6B 24"
    ),
    _classes(
        "Förskoleklass Räven 22, Förskoleklass Ugglan 23, 1A 20, 1B 20, 2A 24, 2B 23, 3 a 25, 3 b 24, 4 a 23, 4 b 25,"
        "5A 26, 5B 25, 6A 22, 6B 23"
    ),
    taget_years=7,
    pause_years=(4, 3),
)
CEDERGRENSSKOLAN = DemoSchool(
    "Cedergrensskolan",
    f"{SEED_CODE + 33}",
    SOUTH,
    _classes("F-klass 24, 1A 21, 1B 20, 2A 25, 3A 22, 3B 23, 4A 27, 5A 26, 6A 25"),
    _classes("F-klass 21, 1A 25, 2A 22, 2B 23, 3A 26, 4A 26, 5A 25, 6A 24"),
    habits=STRUGGLING,
    taget_years=2,
    mvp_years=1,
)
DJUPVIKS_SKOLA = DemoSchool(
    "Djupviks skola",
    f"{SEED_CODE + 44}",
    NORTH,
    _classes("F 17, 1A 16, Åk 1-2 [1-2] 19, 2A 18, 3A 22, 4A 24, 5A 21"),
    _classes("F 20, 1A 17, Åk 1-2 [1-2] 18, 2A 20, 3A 24, 4A 21, 5A 19"),
    habits=ALL_BUT_PERFECT,
    taget_years=5,
)
EKBACKASKOLAN = DemoSchool(
    "Ekbackaskolan",
    f"{SEED_CODE + 55}",
    CENTRE,
    _classes("FA 23, 1A 24, 2A 22, 3A 25, 4A 26, 5A 24, 6A 25, 6B 23, 7A 27, 7B 26, 8A 25, 8B 27, 9A 26, 9B 25"),
    _classes("FA 24, 1A 22, 2A 25, 3A 26, 4A 25, 5A 26, 6A 27, 6B 24, 7A 25, 7B 27, 8A 26, 8B 25, 9A 24, 9B 26"),
    taget_years=1,
    mvp_years=4,
    mentors=True,
)
FURUSKOLAN = DemoSchool(
    "Furuskolan",
    f"{SEED_CODE + 66}",
    SOUTH,
    _classes("7:1 26, 7:2 27, 7:3 25, 8:1 28, 8:2 26, 8:3 27, 9:1 25, 9:2 26, 9:3 24"),
    _classes("7:1 28, 7:2 27, 7:3 26, 8:1 25, 8:2 26, 8:3 25, 9:1 27, 9:2 25, 9:3 26"),
    mvp_years=2,
    mentors=True,
)
SIX_SCHOOLS = (ALMSKOLAN, BJORKSKOLAN, CEDERGRENSSKOLAN, DJUPVIKS_SKOLA, EKBACKASKOLAN, FURUSKOLAN)

_SIDES = ("", "Norra ", "Södra ", "Östra ", "Västra ", "Nya ", "Gamla ", "Lilla ")
_FIRST = (
    "Asp Berg Björn Bok Dal Eke Fager Fjäll Gran Gård Hassel Hav Hjort Holm Häger Kull Kvarn Käll Lind Ljung Lund "
    "Lärk Lönn Mo Mål Nord Näs Rönn Sjö Skog Skär Sol Sten Ström Sund Säl Tall Trast Vide Vik Vind Åker Äng Älv"
)
_SECOND = (
    "backa berga borgs bro by dala fors gårda haga hamra hults hög kulla lida lunda marks mossa näs rums sjö "
    "skogs slätts stads stens strands torps tuna vads vikens åsens ängs"
)
MOST_SCHOOLS = len(SIX_SCHOOLS) + len(_SIDES) * len(_FIRST.split()) * len(_SECOND.split())


def demo_schools(*, count: int, seed: int) -> Iterator[DemoSchool]:
    """The six schools and then as many invented ones as make up the count, the same for every count and seed."""
    yield from islice(SIX_SCHOOLS, count)
    for number, name in enumerate(islice(_names(), count - len(SIX_SCHOOLS))):
        yield _invent(name, number, Random(f"{seed} {name}"))  # noqa: S311 -- a story, not a secret


def _names() -> Iterator[str]:
    """Names that differ from one another, and that change their first letter from each to the next."""
    for side, second, first in product(_SIDES, _SECOND.split(), _FIRST.split()):
        yield f"{side}{first}{second}skolan"


def _invent(name: str, number: int, random: Random) -> DemoSchool:
    highest = random.choice((5, 6, 6))
    shape = [(grade, random.choice((1, 1, 2, 2))) for grade in range(highest + 1)]
    return DemoSchool(
        name,
        f"{EXTRA_CODE + number}",
        random.choice(AREAS),
        _parallel_classes(shape, random),
        _parallel_classes(shape, random),
        habits=random.choice((ALL_BUT_PERFECT, STEADY, STEADY, STEADY, STRUGGLING)),
        taget_years=random.randint(1, 7),
    )


def _parallel_classes(shape: list[tuple[int, int]], random: Random) -> tuple[DemoClass, ...]:
    return tuple(
        DemoClass(f"{grade or 'F'}{letter}", grade, grade, random.randint(17, 28))
        for grade, parallels in shape
        for letter in "AB"[:parallels]
    )
