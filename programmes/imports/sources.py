"""Where the registers are and what opens them, as the settings say; how long is waited for them."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from programmes.imports.rest import RegisterError, Server
from programmes.imports.school_registry import read_school_units
from programmes.imports.sheets import Reading
from programmes.imports.ss12000 import Service, read_classes, token_of
from programmes.models import Municipality, School

# While a person waits for the page: then it is said that it takes too long. A command waits as long as it takes.
SECONDS, TIMEOUT, ATTEMPTS = 20.0, 8.0, 2


def fetch_schools(municipality: Municipality, *, address: str = "", waits: bool = True) -> Reading:
    """The schools of a municipality as Skolverket's register has them; RegisterError where it cannot be read.

    With `waits` it takes as long as it takes.
    """
    address = address or settings.SCHOOL_REGISTER_URL
    if not address:
        raise RegisterError(_("The settings do not say where the register is."))
    known = School.objects.filter(municipality=municipality).values_list("unit_code", flat=True)
    return read_school_units(
        _server(address, {}, waits=waits), municipality_code=municipality.code, known_codes=set(known)
    )


def fetch_classes(municipality: Municipality, *, schools: set[str] | None, start_year: int, today: date) -> Reading:
    """The classes of a municipality's SS 12000 register, of the schools with these unit codes or of all (None).

    RegisterError where it cannot be read, or not in the time that a person waits.
    """
    if not settings.SS12000_URL:
        raise RegisterError(_("The settings do not say where the register is."))
    register = ss12000_service(settings.SS12000_URL, waits=False)
    reading = read_classes(register, start_year=start_year, today=today, municipality_code=municipality.code)
    rows = [row for row in reading.rows if schools is None or row.cells["unit_code"] in schools]
    if not rows:
        raise RegisterError(_("The register has no classes of the school year."))
    return Reading(rows, [])


def ss12000_service(address: str, *, waits: bool) -> Service:
    """An SS 12000 register that answers over the network, opened as the settings say."""
    token = settings.SS12000_TOKEN
    if settings.SS12000_TOKEN_URL:
        token = token_of(
            _server(settings.SS12000_TOKEN_URL, {}, waits=waits),
            client_id=settings.SS12000_CLIENT_ID,
            client_secret=settings.SS12000_CLIENT_SECRET,
        )
    return Service(_server(address, {"Authorization": f"Bearer {token}"} if token else {}, waits=waits))


def _server(address: str, headers: dict[str, str], *, waits: bool) -> Server:
    if waits:
        return Server(address, headers=headers)
    return Server(address, headers=headers, timeout=TIMEOUT, attempts=ATTEMPTS, seconds=SECONDS)
