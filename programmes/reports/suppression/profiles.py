"""How much a municipality hides: among its own (internal), and in what leaves it (open)."""

from dataclasses import dataclass
from typing import Literal

from programmes.models import Municipality
from programmes.models.municipalities import INTERNAL_THRESHOLD, LEAST_SCHOOLS, OPEN_THRESHOLD, SMALLEST_GROUP


@dataclass(frozen=True)
class Profile:
    """How much is hidden: `threshold` is the largest count that is, `smallest_group` the least that is told of at all.

    Where `least_schools` is above 1, a sum over fewer schools is hidden as well. `inner` is the profile that some of
    the readers also see: what it hides is hidden here, and no mark here says more of it than the mark there.
    """

    code: str
    threshold: int
    smallest_group: int = SMALLEST_GROUP
    least_schools: int = 1
    inner: "Profile | None" = None

    @property
    def least_answers(self) -> int:
        """The fewest anonymous answers that are told of in sum: nobody knows whose, but few could be guessed."""
        return self.threshold + 1


INTERNAL = Profile("internal", INTERNAL_THRESHOLD)
OPEN = Profile("open", OPEN_THRESHOLD, least_schools=LEAST_SCHOOLS, inner=INTERNAL)


def profile_of(municipality: Municipality, code: Literal["internal", "open"]) -> Profile:
    """A profile as the municipality has set it; until it has, 4 in the internal one and 9 in the open one."""
    internal = Profile("internal", municipality.internal_threshold, municipality.smallest_group)
    if code == "internal":
        return internal
    return Profile("open", municipality.open_threshold, municipality.smallest_group, LEAST_SCHOOLS, internal)
