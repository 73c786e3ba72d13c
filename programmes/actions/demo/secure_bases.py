"""Trygg bas at Ekbacka: adults, lists by number, who has whom; last term's round closed and this one's open."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from accounts.models import User
from programmes.actions.demo.outcomes import seeded
from programmes.actions.demo.scene import Scene
from programmes.actions.demo.schools import ALMSKOLAN, CEDERGRENSSKOLAN, DJUPVIKS_SKOLA, DemoSchool
from programmes.enums import AdultRole, Word
from programmes.models import (
    CheckRound,
    ClassCheck,
    ListedPupil,
    Period,
    School,
    SchoolAdult,
    SchoolClass,
    SecureBase,
)

INITIALS = "ABDEFGHIJKLMNOPRSTUVY"
TEACHER, LEISURE, COUNSELLOR = AdultRole.TEACHER, AdultRole.LEISURE, AdultRole.COUNSELLOR
ALMSKOLANS_ADULTS = (
    (TEACHER, "K."),
    (LEISURE, "S."),
    (COUNSELLOR, "M."),
    (TEACHER, "A."),
    (TEACHER, "J."),
    (AdultRole.ASSISTANT, "B."),
    (AdultRole.NURSE, "E."),
    (AdultRole.CARETAKER, "R."),
    (AdultRole.KITCHEN, "T."),
    (AdultRole.SPECIAL, "N."),
    (AdultRole.PRINCIPAL, "P."),
    (TEACHER, "H."),
)
# The class of the drawing: who has the teacher K., the leisure leader S. and the counsellor M., by whose word.
DRAWN_CLASS, DRAWN_WITHOUT, DRAWN_PROTECTED = "3B", (4, 17), 9
DRAWN_FIRST = {1: (("K.", "both"), ("S.", "both")), 2: (("K.", "adults"),), 3: (("M.", "pupil"),)}
SHORT_NAMES = ("Alma", "Bilal", "Ceren", "Disa", "Elis")

Pairs = Sequence[tuple[DemoSchool, School]]
Told = Sequence[tuple[DemoSchool, SchoolClass]]


def keep_secure_bases(scene: Scene, pairs: Pairs, told: Told, *, coordinators: dict[int, User]) -> None:
    """Give the schools that run Tåget their adults, rounds and lists, the same for the same seed and day."""
    for demo_school, school in pairs:
        if demo_school.taget_years is None:
            continue
        classes = [row for _demo, row in told if row.school_id == school.pk]
        adults = _adults(scene, demo_school, school)
        before, current = _rounds(scene, demo_school, school, coordinators[school.pk])
        _close(scene, before, classes)
        now = [row for row in classes if scene.is_now(row)]
        if demo_school is DJUPVIKS_SKOLA:
            now = now[:-2]
        _lists(scene, demo_school, now, adults, before, current)


def _adults(scene: Scene, demo_school: DemoSchool, school: School) -> list[SchoolAdult]:
    random = seeded(scene.seed, demo_school.slug, "adults")
    first_day = date(scene.before.start_year, 8, 10)
    if demo_school is ALMSKOLAN:
        named = list(ALMSKOLANS_ADULTS)
    else:
        letters = random.sample(INITIALS, 11)
        roles = [TEACHER] * 5 + [LEISURE] * 2 + [COUNSELLOR, AdultRole.NURSE, AdultRole.CARETAKER, AdultRole.KITCHEN]
        named = [(role, f"{letter}.") for role, letter in zip(roles, letters, strict=True)]
    rows = [SchoolAdult(school=school, role=role, name=name, start_date=first_day) for role, name in named]
    # One has left: whoever turned to nobody else is on the uncovered list again.
    rows[-1].end_date = max(first_day, scene.today - timedelta(days=20))
    SchoolAdult.objects.bulk_create(rows)
    return rows


def _rounds(
    scene: Scene, demo_school: DemoSchool, school: School, coordinator: User
) -> tuple[CheckRound, CheckRound | None]:
    """Last term's round, closed, and this term's, open; the struggling school has not begun."""
    this = Period.term_of(scene.today)
    last = Period.term_of(this.first_day - timedelta(days=1))
    before = CheckRound(
        school=school,
        term=last.code,
        first_day=last.first_day,
        opened_date=last.first_day + timedelta(days=50),
        closed_date=last.last_day - timedelta(days=25),
        opened_by=coordinator,
        closed_by=coordinator,
    )
    before.save()
    if demo_school is CEDERGRENSSKOLAN:
        return before, None
    is_autumn = this.first_day.month == 7
    due = date(this.first_day.year, 12, 11) if is_autumn else date(this.first_day.year, 5, 28)
    current = CheckRound(
        school=school,
        term=this.code,
        first_day=this.first_day,
        opened_date=min(scene.today, this.first_day + timedelta(days=60)),
        due_date=due if due >= scene.today else None,
        opened_by=coordinator,
    )
    current.save()
    return before, current


def _close(scene: Scene, closed: CheckRound, classes: Iterable[SchoolClass]) -> None:
    """What last term's round came to, class by class."""
    [start_year] = closed.period.start_years
    checks = []
    for row in classes:
        if row.start_year != start_year or not row.enrolled:
            continue
        random = seeded(scene.seed, row.school.slug, row.start_year, row.name, "closed round")
        pupils = row.enrolled
        covered = pupils - random.choice((0, 0, 1, 1, 2))
        asked = pupils - random.choice((0, 1, 3, 6))
        nobody = random.choice((0, 0, 1))
        checks.append(
            ClassCheck(
                round=closed,
                school_class=row,
                pupils=pupils,
                asked=asked,
                named=asked - nobody - random.choice((0, 1)),
                named_nobody=nobody,
                by_adults=covered - random.choice((0, 1, 2)),
                covered=covered,
                mismatches=random.choice((0, 1, 2)),
            )
        )
    ClassCheck.objects.bulk_create(checks)
    closed.load_adults = 12 + len(checks)
    closed.load_pairs = max(sum(check.covered for check in checks) * 13 // 10, closed.load_adults)
    closed.save()


def _lists(
    scene: Scene,
    demo_school: DemoSchool,
    classes: Iterable[SchoolClass],
    adults: list[SchoolAdult],
    before: CheckRound,
    current: CheckRound | None,
) -> None:
    """Every class's list and who has whom, most of it confirmed this term."""
    pupils: list[ListedPupil] = []
    links: list[tuple[ListedPupil, SchoolAdult, str, CheckRound]] = []
    for row in classes:
        random = seeded(scene.seed, demo_school.slug, row.start_year, row.name, "secure bases")
        is_drawn = demo_school is ALMSKOLAN and row.name == DRAWN_CLASS
        rate = 0.7 if is_drawn else random.choice((0, 0.6, 1, 1))
        without = set(DRAWN_WITHOUT) if is_drawn else set(random.sample(range(4, 16), random.choice((0, 0, 1, 2))))
        for number in range(1, (row.enrolled or 0) + 1):
            pupil = ListedPupil(school_class=row, number=number)
            pupils.append(pupil)
            if is_drawn:
                pupil.is_protected = number == DRAWN_PROTECTED
            elif demo_school is ALMSKOLAN and row.name == "2A" and number <= len(SHORT_NAMES):
                pupil.short_name = SHORT_NAMES[number - 1]
            confirmed = current if current and (is_drawn or random.random() < 0.85) else before
            said = DRAWN_FIRST.get(number) if is_drawn else None
            if said:
                words = [(_named(adults, name), whose) for name, whose in said]
            elif number in without:
                words = []
            else:
                words = _words(adults, random, rate)
            _answer(pupil, words, random.random() < rate and number in without, confirmed)
            links += [
                (pupil, adult, word, confirmed)
                for adult, whose in words
                for word in Word.values
                if whose in ("both", word)
            ]
    ListedPupil.objects.bulk_create(pupils, batch_size=500)
    SecureBase.objects.bulk_create(
        (SecureBase(pupil=pupil, adult=adult, word=word, round=confirmed) for pupil, adult, word, confirmed in links),
        batch_size=500,
    )


def _named(adults: list[SchoolAdult], name: str) -> SchoolAdult:
    return next(adult for adult in adults if adult.name == name)


def _words(adults: list[SchoolAdult], random: Random, rate: float) -> list[tuple[SchoolAdult, str]]:
    """One adult or two, by the adults' word, the pupil's or both; now and then the two words differ."""
    weights = [9, 6, 5, 7, 6, 3, 2, 1, 1, 2, 1, 1][: len(adults)]
    first, second = random.choices(adults, weights, k=2)
    if random.random() >= rate:
        return [(first, "adults")]
    if first is not second and random.random() < 0.12:
        return [(first, "pupil"), (second, "adults")]
    words = [(first, random.choice(("both", "both", "both", "pupil")))]
    return [*words, (second, "pupil")] if first is not second and random.random() < 0.35 else words


def _answer(pupil: ListedPupil, words: list[tuple[SchoolAdult, str]], says_nobody: bool, confirmed: CheckRound) -> None:
    if any(whose != "adults" for _adult, whose in words):
        pupil.asked_round = confirmed
    elif says_nobody:
        pupil.asked_round, pupil.names_nobody = confirmed, True
