"""How many parents the groups reach: started, completed, and the year's number by area, language, format and age.

Definitions: a group has started when parents were counted at meeting 1 or 2; its started parents are the higher of the
two counts, and it started on the day of the first of them that was counted. Completed is what the leader counted by the
municipality's rule (three of four meetings unless it decides otherwise). A group is finished when all four meetings
have been counted. A parent who comes in two groups counts twice: nobody is known by name.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from programmes.enums import ChildAge, GroupFormat, GroupLanguage, ParentGroupState, ParentMeetingKind
from programmes.models import ParentGroup, ParentMeeting
from programmes.models.meetings import EARLY, MEETINGS
from programmes.models.terms import Period
from programmes.reports.suppression import (
    ALL,
    HIDDEN,
    NOT_REPORTED,
    Group,
    Profile,
    Shown,
    suppressed,
)

OWN = ""  # the key of the groups that belong to no area


@dataclass(frozen=True)
class GroupFigures:
    """One group's numbers; None is not counted yet."""

    started: int | None
    completed: int | None
    held: int
    start_date: date | None


@dataclass(frozen=True)
class ParentFigures:
    """The groups of a period, raw. `started` is the period's number of parents; `completed` is a sum over the groups
    whose leader has counted it, and `completed_of` the started parents of those very groups."""

    groups: int = 0
    finished: int = 0
    started: int = 0
    completed: int = 0
    completed_of: int = 0
    counted: int = 0

    @property
    def share_completed(self) -> float | None:
        return self.completed / self.completed_of if self.completed_of else None


@dataclass(frozen=True)
class MeetingFigures:
    """One of the four meetings, over groups: how many groups have counted it, and the parents there in sum."""

    number: int
    groups: int
    parents: int


@dataclass(frozen=True)
class TrainFigures:
    """Tåget for parents in a period: meetings that were counted, and the parents at them. One who comes to two
    meetings counts twice."""

    meetings: int
    parents: int


@dataclass(frozen=True)
class Part:
    """A row of a division: its key, and the number of parents."""

    key: str
    parents: int


@dataclass(frozen=True)
class LanguagePart:
    """A language, and the number of parents as it may be shown."""

    code: str
    label: str
    parents: Shown


def figures_of(group: ParentGroup) -> GroupFigures:
    """A group's numbers; its `meetings` should be prefetched."""
    meetings = sorted(group.meetings.all(), key=lambda meeting: meeting.number)
    counted = [meeting for meeting in meetings if meeting.parents is not None]
    early = [meeting for meeting in counted if meeting.number in EARLY and meeting.parents]
    return GroupFigures(
        started=max((meeting.parents or 0 for meeting in early), default=0) if counted else None,
        completed=group.completed,
        held=len(counted),
        start_date=early[0].date if early else None,
    )


def state_of(group: ParentGroup, *, today: date) -> ParentGroupState:
    """Where a group stands: it runs from its first meeting's day until all four have been counted."""
    if group.is_cancelled:
        return ParentGroupState.CANCELLED
    meetings = list(group.meetings.all())
    if len([meeting for meeting in meetings if meeting.parents is not None]) == MEETINGS:
        return ParentGroupState.FINISHED
    begun = any(meeting.parents is not None or meeting.date <= today for meeting in meetings)
    return ParentGroupState.RUNNING if begun else ParentGroupState.PLANNED


def parent_figures(groups: Iterable[ParentGroup], *, period: Period) -> ParentFigures:
    """The numbers of the groups that started in a period, whenever they ended. A cancelled group that had begun has
    reached its parents and counts."""
    told = [(group, figures_of(group)) for group in started_in(groups, period=period)]
    completed = [figures for _group, figures in told if figures.completed is not None]
    return ParentFigures(
        groups=len(told),
        finished=sum(figures.held == MEETINGS and not group.is_cancelled for group, figures in told),
        started=sum(figures.started or 0 for _group, figures in told),
        completed=sum(figures.completed or 0 for figures in completed),
        completed_of=sum(figures.started or 0 for figures in completed),
        counted=len(completed),
    )


def parents_by(
    groups: Iterable[ParentGroup], key_of: Callable[[ParentGroup], str], *, period: Period
) -> dict[str, ParentFigures]:
    """The numbers of the groups that started in a period, for each part that they are divided into."""
    parts: dict[str, list[ParentGroup]] = {}
    for group in started_in(groups, period=period):
        parts.setdefault(key_of(group), []).append(group)
    return {key: parent_figures(part, period=period) for key, part in parts.items()}


def at_meetings(groups: Iterable[ParentGroup], *, period: Period) -> list[MeetingFigures]:
    """The parents at the first to the fourth meeting of the groups that started in a period; empty without groups."""
    started = started_in(groups, period=period)
    told = [meeting for group in started for meeting in group.meetings.all() if meeting.parents is not None]
    rows = [
        (number, [meeting.parents or 0 for meeting in told if meeting.number == number])
        for number in range(1, MEETINGS + 1)
    ]
    return [MeetingFigures(number, len(counts), sum(counts)) for number, counts in rows] if started else []


def started_in(groups: Iterable[ParentGroup], *, period: Period) -> list[ParentGroup]:
    """The groups whose first counted meeting (1 or 2) was in the period."""
    days = [(group, figures_of(group).start_date) for group in groups]
    return [group for group, day in days if day and period.first_day <= day <= period.last_day]


def by_area(group: ParentGroup | ParentMeeting) -> str:
    """The area of the group's school; the municipality's own groups, and schools without an area, stand together."""
    return group.school.area.name if group.school and group.school.area else OWN


def by_format(group: ParentGroup) -> str:
    return str(GroupFormat(group.format).label)


def by_age(group: ParentGroup) -> str:
    return str(ChildAge(group.age).label)


def divided(groups: Iterable[ParentGroup], key_of: Callable[[ParentGroup], str], *, period: Period) -> list[Part]:
    """The period's parents divided by where, how or for which ages their groups meet, the most first.

    Head-counts of groups, which each group's own page tells as well: nothing is hidden. By language, see `languages`.
    """
    parents: Counter[str] = Counter()
    for group in started_in(groups, period=period):
        parents[key_of(group)] += figures_of(group).started or 0
    return _parts(parents)


def languages(groups: Iterable[ParentGroup], *, period: Period, profile: Profile, today: date) -> list[LanguagePart]:
    """The parents of a school year that is over, divided by the language of their group, the most first.

    What a parent speaks says something about the person, so each part is `c` of all the year's `n` parents, a number
    that is told, and small ones are hidden. Empty for a shorter period and for a year that goes on: what grows, or is
    divided in two ways, tells by the difference what each look hides.
    """
    parents: Counter[str] = Counter()
    for group in started_in(groups, period=period):
        parents[group.language] += figures_of(group).started or 0
    return _languages(parents, profile) if _is_told(period, today) else []


def told_of_groups(
    groups: Iterable[ParentGroup], *, period: Period, profile: Profile, today: date
) -> dict[int, tuple[int | str, int | str]]:
    """Of each group that started in the period (by its pk): who started and who completed, as may be told outside.

    The public calendar tells a group's language beside its week and its format, so that a group's count is a count of
    those who speak it. Groups of a language that is hidden are hidden; those of another are parts of its number, which
    is told. While the year goes on all are hidden; what nobody has counted is not reported.
    """
    begun = started_in(groups, period=period)
    counts = {group.pk: (figures_of(group).started, figures_of(group).completed) for group in begun}
    persons = sum(started or 0 for started, _completed in counts.values())
    told: dict[int, tuple[int | str, int | str]] = {
        pk: (HIDDEN, NOT_REPORTED if completed is None else HIDDEN) for pk, (_started, completed) in counts.items()
    }
    for language in languages(begun, period=period, profile=profile, today=today):
        of_it = [group.pk for group in begun if group.language == language.code]
        if not language.parents.is_hidden:
            started, completed = (
                _parts_of_known(persons, {pk: counts[pk][place] for pk in of_it}, profile) for place in (0, 1)
            )
            told |= {pk: (started[pk], completed[pk]) for pk in of_it if started[pk] != HIDDEN}
    return told


def _parts_of_known(persons: int, counts: dict[int, int | None], profile: Profile) -> dict[int, int | str]:
    """The groups of a language whose number is known, as they may be told."""
    parts = [Group(str(pk), None if count is None else persons, count) for pk, count in counts.items()]
    whole = Group(ALL, persons, sum(count or 0 for count in counts.values()), tuple(parts), is_known=True)
    shown = suppressed(whole, profile)
    return {pk: shown.of(str(pk)).count for pk in counts}


def train_figures(meetings: Iterable[ParentMeeting]) -> TrainFigures:
    """How many meetings of Tåget for parents have been held and counted, and how many parents were at them in sum."""
    counted = [meeting.parents for meeting in meetings if _is_counted_train(meeting)]
    return TrainFigures(len(counted), sum(count or 0 for count in counted))


def train_divided(meetings: Iterable[ParentMeeting], key_of: Callable[[ParentMeeting], str]) -> list[Part]:
    """The parents at Tåget for parents, divided as `divided` does."""
    parents: Counter[str] = Counter()
    for meeting in meetings:
        if _is_counted_train(meeting):
            parents[key_of(meeting)] += meeting.parents or 0
    return _parts(parents)


def train_languages(
    meetings: Iterable[ParentMeeting], *, period: Period, profile: Profile, today: date
) -> list[LanguagePart]:
    """The parents at Tåget for parents in a school year that is over, by language, as `languages` does."""
    parents: Counter[str] = Counter()
    for meeting in meetings:
        if _is_counted_train(meeting):
            parents[meeting.language] += meeting.parents or 0
    return _languages(parents, profile) if _is_told(period, today) else []


def _is_counted_train(meeting: ParentMeeting) -> bool:
    return meeting.kind == ParentMeetingKind.TRAIN and meeting.parents is not None


def _is_told(period: Period, today: date) -> bool:
    return period.is_school_year and period.last_day < today


def _parts(parents: Counter[str]) -> list[Part]:
    return [Part(key, parents[key]) for key in sorted(parents, key=lambda key: (-parents[key], key))]


def _languages(parents: Counter[str], profile: Profile) -> list[LanguagePart]:
    """Every language there is belongs to the tree: one that nobody spoke may have to be hidden beside another."""
    total = parents.total()
    groups = tuple(Group(language.value, total, parents[language.value]) for language in GroupLanguage)
    shown = suppressed(Group(ALL, total, total, groups, is_known=True), profile)
    labels = {language.value: str(language.label) for language in GroupLanguage}
    told = [LanguagePart(code, label, shown.of(code)) for code, label in labels.items() if shown.of(code).count != 0]
    return sorted(told, key=lambda part: (_order(part.parents), part.label)) if total else []


def _order(parents: Shown) -> int:
    """The most first; hidden ones stand last, in an order that says nothing of how many they are."""
    return -parents.count if isinstance(parents.count, int) else 0
