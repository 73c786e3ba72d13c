"""Keeps who has whom: one row added or taken away at a time, so that two people at the same list lose nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from programmes.enums import Word
from programmes.models import CheckRound, ListedPupil, SchoolAdult, SecureBase


@dataclass(frozen=True)
class PupilWords:
    """What somebody says of one pupil; `seen` is what stood there when the form was opened, as (word, adult id)."""

    seen: frozenset[tuple[str, int]]
    said: frozenset[tuple[str, int]]
    is_asked: bool
    names_nobody: bool


@transaction.atomic
def add_secure_base(*, pupil: ListedPupil, adult: SchoolAdult, word: str, check_round: CheckRound) -> None:
    """Note that a pupil has an adult, or confirm it in this round; again changes nothing.

    By the pupil's word, the pupil has thereby been asked.
    """
    SecureBase.objects.update_or_create(pupil=pupil, adult=adult, word=word, defaults={"round": check_round})
    if word == Word.PUPIL:
        ListedPupil.objects.filter(pk=pupil.pk).update(asked_round=check_round, names_nobody=False)


@transaction.atomic
def remove_secure_base(*, pupil: ListedPupil, adult: SchoolAdult, word: str, standing: Iterable[int]) -> None:
    """Take back that a pupil has an adult; a pupil whose only word is taken back has not been asked."""
    SecureBase.objects.filter(pupil=pupil, adult=adult, word=word).delete()
    if word == Word.PUPIL:
        _forget_asking_without_words(pupil, standing)


def _forget_asking_without_words(pupil: ListedPupil, standing: Iterable[int]) -> None:
    words = SecureBase.objects.filter(pupil=pupil, word=Word.PUPIL, round__in=list(standing))
    if not words.exists():
        ListedPupil.objects.filter(pk=pupil.pk, names_nobody=False).update(asked_round=None)


@transaction.atomic
def record_answer(*, pupil: ListedPupil, adults: Iterable[SchoolAdult], check_round: CheckRound) -> None:
    """Keep what the pupil answered: these adults by the pupil's own word and no others, or nobody."""
    adults = list(adults)
    locked = ListedPupil.objects.select_for_update().get(pk=pupil.pk)
    SecureBase.objects.filter(pupil=locked, word=Word.PUPIL).exclude(adult__in=adults).delete()
    for adult in adults:
        SecureBase.objects.update_or_create(pupil=locked, adult=adult, word=Word.PUPIL, defaults={"round": check_round})
    locked.asked_round = check_round
    locked.names_nobody = not adults
    locked.save(update_fields=["asked_round", "names_nobody"])


@transaction.atomic
def change_words(*, pupil: ListedPupil, words: PupilWords, check_round: CheckRound) -> None:
    """Apply what a person changed of one pupil, and confirm what the person left; what others did meanwhile stays."""
    locked = ListedPupil.objects.select_for_update().get(pk=pupil.pk)
    for word, adult_id in words.seen - words.said:
        SecureBase.objects.filter(pupil=locked, word=word, adult=adult_id).delete()
    for word, adult_id in words.said:
        if word == Word.ADULTS or words.is_asked:
            SecureBase.objects.update_or_create(
                pupil=locked, adult_id=adult_id, word=word, defaults={"round": check_round}
            )
    if not words.is_asked:
        SecureBase.objects.filter(pupil=locked, word=Word.PUPIL, adult__in=_ids(words.seen, Word.PUPIL)).delete()
    _set_asked(locked, words, check_round)


def _set_asked(pupil: ListedPupil, words: PupilWords, check_round: CheckRound) -> None:
    has_words = SecureBase.objects.filter(pupil=pupil, word=Word.PUPIL, round=check_round).exists()
    pupil.asked_round = check_round if words.is_asked or has_words else None
    pupil.names_nobody = words.is_asked and words.names_nobody and not has_words
    pupil.save(update_fields=["asked_round", "names_nobody"])


def _ids(words: Iterable[tuple[str, int]], wanted: str) -> list[int]:
    return [adult_id for word, adult_id in words if word == wanted]


@transaction.atomic
def confirm_adults_word(
    *, pupils: Iterable[ListedPupil], adults: Iterable[SchoolAdult], check_round: CheckRound, before: CheckRound | None
) -> int:
    """Confirm in this round what the adults said of these pupils in the one before; returns how many links.

    The pupils' own words are confirmed by asking them.
    """
    links = SecureBase.objects.filter(pupil__in=list(pupils), adult__in=list(adults), word=Word.ADULTS, round=before)
    return links.update(round=check_round)
