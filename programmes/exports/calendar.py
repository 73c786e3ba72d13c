"""Calendar files (.ics, RFC 5545) for Outlook, Google and phones: whole days, the same event by the same id."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Stins//Stins//SV"
REFRESH = "PT12H"


@dataclass(frozen=True)
class CalendarEntry:
    """Something on one or more whole days; `key` names it for as long as it exists, also when it is moved."""

    key: str
    title: str
    first_day: date
    last_day: date
    about: str = ""
    url: str = ""


def write_calendar(entries: Iterable[CalendarEntry], *, name: str, host: str, today: date) -> bytes:
    """The bytes of a calendar called `name`; the same entries on the same day give the same bytes.

    A whole day has no time zone and is free time: what stands in the calendar stops no meeting from being booked.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Stockholm")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    stamp = datetime.combine(today, time.min, tzinfo=UTC)
    for entry in sorted(entries, key=lambda entry: (entry.first_day, entry.last_day, entry.key)):
        calendar.add_component(_event(entry, host=host, stamp=stamp))
    return calendar.to_ical()


def _event(entry: CalendarEntry, *, host: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.first_day)
    event.add("dtend", entry.last_day + timedelta(days=1))  # the first day that is no longer in it
    event.add("summary", entry.title)
    if entry.about:
        event.add("description", entry.about)
    if entry.url:
        event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    return event
