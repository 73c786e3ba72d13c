"""How many parents a year: by a worked example, and what small numbers may not tell."""

from datetime import date

import pytest

from programmes.enums import ParentGroupState
from programmes.models import Area, ParentGroup, ParentMeeting, Period
from programmes.reports.parent_groups import (
    GroupFigures,
    ParentFigures,
    TrainFigures,
    by_age,
    by_area,
    by_format,
    divided,
    figures_of,
    languages,
    parent_figures,
    state_of,
    train_divided,
    train_figures,
    train_languages,
)
from programmes.reports.suppression import INTERNAL
from tests.factories import ParentGroupFactory, ParentMeetingFactory, SchoolFactory

YEAR = Period.school_year(2026)


@pytest.fixture
def groups(school):
    """Almskolan in Norra: Swedish, 12 then 14 came, 11 completed; Arabic, meeting 1 not counted, 7 at meeting 2.
    The municipality's own: Somali, 3 came. Last spring's group goes on into August and is last year's."""
    school.area = Area.objects.create(municipality=school.municipality, name="Norra")
    school.save()
    place = {"school": school, "municipality": school.municipality}
    ParentGroupFactory(**place, completed=11, counts=(12, 14, 13, 11))
    ParentGroupFactory(**place, language="arabic", first_day=date(2026, 10, 1), counts=(None, 7))
    ParentGroupFactory(school=None, municipality=school.municipality, language="somali", counts=(3,))
    ParentGroupFactory(**place, first_day=date(2026, 6, 20), completed=9, counts=(9, 10, 9, 9))
    ParentGroupFactory(**place, first_day=date(2027, 1, 12))
    return list(ParentGroup.objects.meeting_in(YEAR).with_meetings().order_by("pk"))


def test_started_is_the_higher_of_the_first_two_meetings(groups):
    assert [figures_of(group) for group in groups] == [
        GroupFigures(started=14, completed=11, held=4, start_date=date(2026, 9, 7)),
        GroupFigures(started=7, completed=None, held=1, start_date=date(2026, 10, 15)),
        GroupFigures(started=3, completed=None, held=1, start_date=date(2026, 9, 7)),
        GroupFigures(started=10, completed=9, held=4, start_date=date(2026, 6, 20)),
        GroupFigures(started=None, completed=None, held=0, start_date=None),
    ]


def test_years_number_of_parents_is_the_sum_over_groups_started_in_it(groups):
    assert parent_figures(groups, period=YEAR) == ParentFigures(
        groups=3, finished=1, started=24, completed=11, completed_of=14, counted=1
    )
    assert parent_figures(groups, period=YEAR).share_completed == 11 / 14
    assert parent_figures(groups, period=Period.school_year(2025)).started == 10


def test_cancelled_group_that_had_begun_has_reached_its_parents_but_is_not_finished(school):
    ParentGroupFactory(school=school, is_cancelled=True, counts=(8, 6, 6, 6))

    found = list(ParentGroup.objects.with_meetings())
    assert parent_figures(found, period=YEAR) == ParentFigures(groups=1, finished=0, started=8)


def test_group_nobody_came_to_has_not_started(school):
    ParentGroupFactory(school=school, counts=(0, 0))

    assert parent_figures(ParentGroup.objects.with_meetings(), period=YEAR) == ParentFigures()


AFTER = {"period": YEAR, "profile": INTERNAL, "today": date(2027, 7, 1)}


def told(parts):
    return [(part.label, part.parents.count) for part in parts]


def test_few_parents_of_a_language_are_hidden_and_cannot_be_worked_out(groups):
    assert told(languages(groups, **AFTER)) == [("svenska", 14), ("arabiska", ".."), ("somaliska", "..")]


def test_places_of_groups_are_told_as_each_group_is(groups):
    areas = [(part.key, part.parents) for part in divided(groups, by_area, period=YEAR)]

    assert areas == [("Norra", 21), ("", 3)]


@pytest.mark.parametrize(
    ("period", "today"),
    [
        ("2026/27", date(2027, 6, 30)),
        ("HT2026", date(2027, 7, 1)),
        ("VT2027", date(2027, 7, 1)),
        ("T3-2026", date(2027, 7, 1)),
    ],
)
def test_languages_wait_for_the_whole_year(groups, period, today):
    """A year that goes on, and a part of one, would tell of the small ones by the difference."""
    asked = {"period": Period.parse(period), "profile": INTERNAL, "today": today}

    assert languages(groups, **asked) == []
    assert train_languages([], **asked) == []


def test_two_languages_of_one_parent_each_are_not_given_away_by_the_known_total(school):
    ParentGroupFactory(school=school, counts=(1,))
    ParentGroupFactory(school=school, counts=(1,), language="arabic")
    parts = languages(list(ParentGroup.objects.with_meetings()), **AFTER)

    assert {part.parents.count for part in parts} == {".."}
    assert len(parts) == 14


def test_years_parents_by_format_and_childrens_age(school):
    place = {"school": school}
    ParentGroupFactory(**place, counts=(12, 14))
    ParentGroupFactory(**place, counts=(30,), format="digital", age="13-18")
    ParentGroupFactory(**place, counts=(3, 2), format="mixed", age="0-2")
    groups = list(ParentGroup.objects.with_meetings())

    def numbers(key_of):
        return [(part.key, part.parents) for part in divided(groups, key_of, period=YEAR)]

    assert numbers(by_format) == [("digitalt", 30), ("på plats", 14), ("blandat", 3)]
    assert numbers(by_age) == [("13–18 år", 30), ("3–12 år", 14), ("0–2 år", 3)]


def test_taget_for_parents_is_counted_by_area_and_language(school):
    school.area = Area.objects.create(municipality=school.municipality, name="Norra")
    school.save()
    other = SchoolFactory(municipality=school.municipality)
    ParentMeetingFactory(school=school, parents=30)
    ParentMeetingFactory(school=school, parents=20, language="arabic")
    ParentMeetingFactory(school=other, parents=12)
    ParentMeetingFactory(school=other, parents=3, language="somali")
    ParentMeetingFactory(school=other, parents=None)
    ParentMeetingFactory(school=other, parents=50, kind="theme")
    meetings = list(ParentMeeting.objects.select_related("school__area").order_by("pk"))

    assert train_figures(meetings) == TrainFigures(meetings=4, parents=65)
    assert [(part.key, part.parents) for part in train_divided(meetings, by_area)] == [("Norra", 50), ("", 15)]
    assert told(train_languages(meetings, **AFTER)) == [("svenska", 42), ("arabiska", ".."), ("somaliska", "..")]


def test_nothing_to_divide_gives_no_parts(db):
    assert divided([], by_area, period=YEAR) == []
    assert languages([], **AFTER) == []


@pytest.mark.parametrize(
    ("made", "state"),
    [
        ({"first_day": date(2026, 12, 1)}, ParentGroupState.PLANNED),
        ({"first_day": date(2026, 11, 22)}, ParentGroupState.RUNNING),
        ({"counts": (9, 9, 8, 8)}, ParentGroupState.FINISHED),
        ({"counts": (9, 9, 8)}, ParentGroupState.RUNNING),
        ({"is_cancelled": True}, ParentGroupState.CANCELLED),
    ],
)
def test_state_of_a_group_follows_its_days_and_counts(school, today, made, state):
    ParentGroupFactory(school=school, **made)

    assert state_of(ParentGroup.objects.with_meetings().get(), today=today) == state


@pytest.mark.parametrize("number", [1, 3, 30])
def test_figures_take_the_same_queries_for_any_number_of_groups(municipality, query_count, number):
    for index in range(number):
        ParentGroupFactory(school=SchoolFactory(municipality=municipality), counts=(10 + index % 5,))

    with query_count(2):
        groups = list(ParentGroup.objects.meeting_in(YEAR).with_meetings())
        assert parent_figures(groups, period=YEAR).groups == number
        divided(groups, by_area, period=YEAR)
        languages(groups, **AFTER)
