"""What has happened in Ekbacka lately: sign-ins, lists looked at, files taken away, so that the log is alive."""

from datetime import UTC, date, datetime, time, timedelta

from accounts.models import User
from programmes.actions.demo.accounts import ADMINISTRATOR, CENTRE, COORDINATOR, LEADER, SUPERVISOR
from programmes.actions.demo.outcomes import seeded
from programmes.actions.demo.schools import ALMSKOLAN
from programmes.enums import EventKind, Role
from programmes.models import Event, Municipality, School

DAYS = 21
SIGNED_IN = {"method": "password"}
ROLE = {"role": Role.SUPERVISOR.value}
CHECKSUM = "{:064x}"


def create_events(*, municipality: Municipality, users: dict[str, User], today: date, seed: int) -> None:
    """Three weeks of the log up to yesterday, the same for the same seed and day."""
    school = School.objects.filter(municipality=municipality, name=ALMSKOLAN.name).first()
    events: list[Event] = []
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() < 5:
            events += _events_of(day, municipality, school, users, seed)
    Event.objects.bulk_create(events)


def _events_of(
    day: date, municipality: Municipality, school: School | None, users: dict[str, User], seed: int
) -> list[Event]:
    random = seeded(seed, day.isoformat(), "events")
    events: list[Event] = []

    def add(
        kind: EventKind, who: str, hour: int, about: dict[str, str], place: School | None = None, person: str = ""
    ) -> None:
        moment = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), tzinfo=UTC)
        events.append(
            Event(
                kind=kind,
                at=moment,
                actor=users.get(who),
                person=users.get(person),
                municipality=municipality,
                school=place,
                about=about,
            )
        )

    add(EventKind.SIGNED_IN, COORDINATOR.email, 7, SIGNED_IN)
    if day.weekday() in (1, 3):
        add(EventKind.SIGNED_IN, LEADER.email, 10, SIGNED_IN)
        add(EventKind.SIGNED_OUT, LEADER.email, 12, {})
    if school and day.weekday() == 2:
        add(EventKind.SECURE_BASE_SEEN, COORDINATOR.email, 13, {"class": "3B"}, school)
    if random.random() < 0.25:
        add(EventKind.SIGN_IN_FAILED, "", 8, {})
    if day.weekday() == 0:
        add(EventKind.SIGNED_IN, CENTRE.email, 8, SIGNED_IN)
        add(
            EventKind.EXPORTED,
            CENTRE.email,
            9,
            {
                "what": "coverage",
                "format": "xlsx",
                "selection": f"{municipality.name}, Tåget, alla skolor",
                "profile": "profil intern",
                "export_id": f"{day:%Y%m%d}-{random.getrandbits(32):08x}",
                "checksum": CHECKSUM.format(random.getrandbits(256)),
            },
        )
    if day.weekday() == 4 and random.random() < 0.6:
        add(EventKind.SIGNED_IN, ADMINISTRATOR.email, 9, SIGNED_IN)
        add(
            EventKind.ROLE_CHANGED,
            ADMINISTRATOR.email,
            10,
            {"role": str(Role.SUPERVISOR.value)},
            person=SUPERVISOR.email,
        )
    return sorted(events, key=lambda event: event.at)
