"""How figures are written for a Swedish reader."""

import pytest

from programmes.templatetags.figures import mean, part_of, percent

NOTHING = '<span aria-hidden="true">.</span><span class="sr-only">inget att räkna på</span>'


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.8, "80,0\N{NO-BREAK SPACE}%"),
        (39 / 45, "86,7\N{NO-BREAK SPACE}%"),
        (0, "0,0\N{NO-BREAK SPACE}%"),
        (1, "100,0\N{NO-BREAK SPACE}%"),
        (1 / 16, "6,3\N{NO-BREAK SPACE}%"),
        (0.0005, "0,1\N{NO-BREAK SPACE}%"),
        (1999 / 2000, "100,0\N{NO-BREAK SPACE}%"),
        (None, NOTHING),
    ],
)
def test_share_is_written_in_per_cent_rounded_as_a_person_would(share, written):
    assert percent(share) == written


@pytest.mark.parametrize(("value", "written"), [(1.75, "1,75"), (2, "2,00"), (2.005, "2,01"), (None, NOTHING)])
def test_mean_is_written_with_two_decimals(value, written):
    assert mean(value) == written


def test_part_of_a_whole_groups_its_thousands():
    assert part_of(1689, 1801) == "1\N{NO-BREAK SPACE}689 av 1\N{NO-BREAK SPACE}801"
    assert part_of(0, 4) == "0 av 4"
    assert part_of(0, 0) == NOTHING
