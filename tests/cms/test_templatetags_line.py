"""The line: stations stand at their dates, never touch, keep their order, and say their names."""

import gzip
import re
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given, settings, strategies

from cms.templatetags.line import GAP, RADII, WIDTH, Line, Stop, place, spread

WIDTHS = (216, 255, 320, 480, 620, 800, 1200)


def stops_at(*positions, sign="held", is_major=False):
    return [Stop(position=position, sign=sign, name=str(position), is_major=is_major) for position in positions]


def drawn(line, tag="{% line line %}"):
    return Template("{% load line %}" + tag).render(Context({"line": line}))


def test_spread_leaves_points_with_room_where_they_are():
    assert spread([10, 50, 90], [20, 20], 100) == [10, 50, 90]


def test_spread_moves_two_on_the_same_spot_equally_apart():
    assert spread([50, 50], [20], 100) == [40, 60]


def test_spread_keeps_within_the_edges():
    assert spread([0, 0, 100], [20, 20], 100) == [0, 20, 100]
    assert spread([100, 100], [20], 100) == [80, 100]


def test_spread_without_room_shrinks_all_gaps_alike():
    assert spread([0, 0, 0], [60, 60], 60) == [0, 30, 60]


def test_spread_of_nothing_is_nothing():
    assert spread([], [], 100) == []


@settings(max_examples=200, deadline=None)
@given(
    strategies.lists(
        strategies.tuples(strategies.floats(0, 1), strategies.sampled_from(sorted(RADII)), strategies.booleans()),
        max_size=14,
    )
)
def test_no_two_stations_touch_at_any_width(drawn_stops):
    stops = [Stop(position=position, sign=sign, name="", is_major=major) for position, sign, major in drawn_stops]
    placed, room = place(stops)
    for width in {room, *[width for width in WIDTHS if room <= width <= WIDTH]}:
        centres = [item.at(width) for item in placed]
        assert all(-0.15 <= centre <= width + 0.15 for centre in centres)
        for (left, a), (right, b) in pairwise(zip(centres, placed, strict=True)):
            assert right - left >= a.stop.radius + b.stop.radius + GAP - 1e-6


@given(strategies.lists(strategies.floats(0, 1), max_size=14))
def test_stations_keep_the_order_of_their_dates(positions):
    placed, _ = place(stops_at(*positions))
    assert [item.stop.position for item in placed] == sorted(positions)


def test_a_lone_station_stands_exactly_at_its_date():
    placed, _ = place(stops_at(0.25))
    assert [(item.percent, item.offset) for item in placed] == [(25.0, 0.0)]


def test_eleven_stations_fit_a_phone_and_a_crowd_scrolls():
    assert place(stops_at(*[number / 10 for number in range(11)]))[1] == 216
    assert place(stops_at(*[0.5] * 14, sign="missing"))[1] == 480


def test_an_unknown_sign_is_refused():
    with pytest.raises(ValueError, match="Unknown sign 'late'"):
        Stop(position=0, sign="late", name="x")


def test_a_station_with_an_address_is_a_link_with_its_name():
    stop = Stop(position=0.5, sign="missing", name="3B Mobbning: ej rapporterat", url="/x/?klass=3B&pass=T-T05")
    html = drawn(Line(stops=[stop], progress=0.4, name="3B"))
    assert '<a href="/x/?klass=3B&amp;pass=T-T05" aria-label="3B Mobbning: ej rapporterat">' in html
    assert 'href="#sign-missing"' in html


def test_a_station_without_an_address_is_a_picture_with_its_name():
    html = drawn(Line(stops=stops_at(0.5, is_major=True), progress=0.4))
    assert '<g role="img" aria-label="0.5">' in html
    assert "<a " not in html
    assert 'href="#sign-held-major"' in html


def test_the_line_is_solid_up_to_today_and_numbers_have_points():
    html = drawn(Line(stops=[], progress=0.385))
    assert '<line class="line__done" x1="0" x2="38.5%"' in html
    assert '<line class="line__mark" x1="38.5%" x2="38.5%"' in html


def test_a_line_without_progress_is_solid_and_unmarked():
    html = drawn(Line(stops=[], progress=None))
    assert '<line class="line__done" x1="0" x2="100%"' in html
    assert "line__mark" not in html


@pytest.mark.parametrize("progress", [0, 1])
def test_there_is_no_mark_outside_the_year(progress):
    assert "line__mark" not in drawn(Line(stops=[], progress=progress))


def test_a_name_cannot_break_out_of_the_drawing():
    html = drawn(Line(stops=[Stop(position=0, sign="held", name='"><script>', url="/")], progress=None))
    assert "<script>" not in html


def test_no_drawing_carries_inline_style():
    line = Line(stops=[Stop(0.1, "held", "a", label="Normer", sublabel="september")], progress=0.5, mark_label="v. 47")
    tags = "{% line line %}{% line line size='map' %}{% stations line %}{% line_legend %}{% bar 1 1 1 %}{% ring 8 %}"
    assert "style=" not in drawn(line, tags)


def test_stations_list_the_same_line():
    html = drawn(Line(stops=stops_at(0.2, 0.1), progress=0.1), "{% stations line %}")
    assert re.findall(r"<strong>(.*?)</strong>", html) == ["0.1", "0.2"]
    assert html.count("is-passed") == 1


def test_the_axis_gives_way_to_the_week():
    axis = Line(stops=[], progress=None, scale=[(0.05, "aug"), (0.25, "okt"), (0.33, "nov")])
    html = drawn(axis, "{% line_axis line.scale mark=0.33 mark_label='v. 47' %}")
    assert re.findall(r'data-gives-way="(\w+)"', html) == ["narrow", "always"]
    assert "v. 47" in html


def test_a_bar_says_its_parts_in_words():
    html = drawn(None, "{% bar 13 1 3 %}")
    assert 'aria-label="Av 17 förväntade: 13 genomförda, 1 ej hållet, 3 ej rapporterade"' in html
    assert 'width="76.47%"' in html


def test_a_bar_of_nothing_says_so():
    html = drawn(None, "{% bar 0 0 0 %}")
    assert 'aria-label="Inget förväntat"' in html
    assert "<rect" not in html


def test_thirty_full_lines_stay_light():
    stops = [
        Stop(
            position=n / 12,
            sign="held" if n < 5 else "planned",
            name=f"3B Pass {n}: genomfört",
            url=f"/skolor/x/?pass={n}",
        )
        for n in range(11)
    ]
    html = "".join(drawn(Line(stops=stops, progress=0.4, name=f"Klass {n}")) for n in range(30))
    assert len(gzip.compress(html.encode())) < 8_000
