"""How far a mentor has come along the eleven sessions, by what one phone has marked and nothing else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from curriculum.models import Session


class MentorState(Enum):
    """Where a session stands on a mentor's way."""

    HELD = "held"
    NEXT = "next"
    AHEAD = "ahead"


@dataclass(frozen=True)
class MentorStation:
    """One session on the way; without an address there is no plan to read yet."""

    number: int
    code: str
    title: str
    minutes: int
    url: str
    state: MentorState


@dataclass(frozen=True)
class MentorWay:
    """The sessions in order, and the first that is not held; None when all of them are."""

    stations: list[MentorStation]
    next: MentorStation | None


def way_of_mentors(*, sessions: Iterable[Session], plan_urls: Mapping[int, str], held: Collection[str]) -> MentorWay:
    """Lay out the mentors' sessions; the first not in `held` (codes) is next, whatever came after it."""
    stations: list[MentorStation] = []
    following: MentorStation | None = None
    for number, session in enumerate(sessions, start=1):
        ahead = MentorState.AHEAD if following else MentorState.NEXT
        station = MentorStation(
            number=number,
            code=session.code,
            title=session.title,
            minutes=session.planned_minutes,
            url=plan_urls.get(session.pk, ""),
            state=MentorState.HELD if session.code in held else ahead,
        )
        stations.append(station)
        if station.state == MentorState.NEXT:
            following = station
    return MentorWay(stations=stations, next=following)
