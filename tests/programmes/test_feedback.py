"""Two questions after a meeting: who may answer and how often, in which language, and when the answers are shown."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from programmes.actions.feedback import open_feedback
from programmes.imports.feedback import feedback_words, language_of
from programmes.models import FeedbackRound
from programmes.reports.feedback import Answers, Feedback, feedback_of, feedback_together
from programmes.reports.suppression import INTERNAL, OPEN
from tests.factories import ParentGroupFactory, ParentMeetingFactory, SchoolFactory

ANSWERS = {"useful": "4", "welcome": "3"}


@pytest.fixture(autouse=True)
def _nothing_counted():
    """How often an address has answered is kept between requests; not between tests."""
    cache.clear()


@pytest.fixture
def group(school):
    return ParentGroupFactory(school=school, first_day=date(2026, 11, 20), counts=(9,))


@pytest.fixture
def feedback(group, today):
    """The questions after the group's first meeting, two days ago."""
    return open_feedback(meeting=group.meetings.get(number=1), today=today)


def page_of(feedback, **query):
    return reverse("programmes:feedback_answer", args=[feedback.code], query=query or None)


def sheet(group, number=1):
    return reverse("programmes:group_feedback", args=[group.pk, number])


def round_of(useful=(0, 0, 0, 0), welcome=(0, 0, 0, 0), **fields):
    """Questions with answers, which have closed."""
    counts = {f"useful_{step}": count for step, count in enumerate(useful, start=1)}
    counts |= {f"welcome_{step}": count for step, count in enumerate(welcome, start=1)}
    return FeedbackRound(last_day=date(2026, 11, 21), **counts, **fields)


# Asking


def test_coordinator_asks_the_parents_and_gets_a_code_to_print(client, coordinator, group):
    client.force_login(coordinator)
    page = client.post(sheet(group), {"action": "open"}, follow=True)
    client.post(sheet(group), {"action": "open"})

    feedback = FeedbackRound.objects.get()
    assert (feedback.meeting.number, feedback.last_day) == (1, date(2026, 11, 29))
    assert f"testserver/tyck/{feedback.code}/" in page.text
    assert "<title>QR-kod till frågorna</title>" in page.text


def test_questions_that_are_asked_before_the_meeting_close_a_week_after_it(group, today):
    ahead = group.meetings.get(number=3)

    assert open_feedback(meeting=ahead, today=today).last_day == ahead.date + timedelta(days=7)


def test_leader_prints_the_code_but_opens_nothing(client, leader, group):
    client.force_login(leader)

    assert client.get(sheet(group)).status_code == 200
    assert client.post(sheet(group), {"action": "open"}).status_code == 403
    assert not FeedbackRound.objects.exists()


def test_meeting_that_a_group_does_not_have_is_not_there(client, coordinator, group):
    client.force_login(coordinator)

    assert client.get(sheet(group, 5)).status_code == 404
    assert client.post(sheet(group), {"action": "close"}).status_code == 404


def test_parents_are_asked_after_taget_for_parents_too(client, coordinator, school):
    meeting = ParentMeetingFactory(school=school, date=date(2026, 11, 20))
    client.force_login(coordinator)
    client.post(reverse("programmes:meeting_feedback", args=["almskolan", meeting.pk]), {"action": "open"})
    client.logout()

    page = client.post(page_of(meeting.feedback), ANSWERS)
    assert "Tack för dina svar!" in page.text
    meeting.feedback.refresh_from_db()
    assert meeting.feedback.answers == 1


# Answering


def test_answer_is_counted_and_nothing_else_is_kept(client, feedback):
    page = client.post(page_of(feedback), ANSWERS)

    feedback.refresh_from_db()
    assert "Tack för dina svar!" in page.text
    assert (feedback.counts("useful"), feedback.counts("welcome")) == ((0, 0, 0, 1), (0, 0, 1, 0))
    cookie = client.cookies["answered"]
    assert cookie.value.partition(":")[0] == "answered"
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (page_of(feedback), True, "Lax")
    assert "sessionid" not in client.cookies


def test_device_answers_once_for_each_meeting(client, feedback, group, today):
    client.post(page_of(feedback), ANSWERS)
    assert "Du har redan svarat." in client.get(page_of(feedback)).text
    assert "Du har redan svarat." in client.post(page_of(feedback), ANSWERS).text
    other = open_feedback(meeting=ParentMeetingFactory(school=group.school, date=today), today=today)

    assert "Du har redan svarat." not in client.get(page_of(other)).text
    feedback.refresh_from_db()
    assert feedback.answers == 1


def test_mark_that_was_made_up_is_not_believed(client, feedback):
    client.cookies["answered"] = "answered:made-up"

    assert "Tack för dina svar!" in client.post(page_of(feedback), ANSWERS).text


def test_one_address_answers_only_so_often_however_many_devices_it_has(feedback, settings):
    settings.ACCOUNT_RATE_LIMITS = {"parent_feedback": "2/10m/ip"}

    answers = [Client().post(page_of(feedback), ANSWERS).status_code for _device in range(3)]

    assert answers == [200, 200, 429]
    feedback.refresh_from_db()
    assert feedback.answers == 2


@pytest.mark.parametrize("changes", [{"useful": ""}, {"useful": "5"}, {"welcome": "annat"}])
def test_answer_that_cannot_be_is_refused_and_the_other_is_kept(client, feedback, changes):
    page = client.post(page_of(feedback), {**ANSWERS, **changes})

    assert "Välj ett svar." in page.text
    assert page.text.count(" checked") == 1
    feedback.refresh_from_db()
    assert feedback.answers == 0


def test_closed_questions_count_nothing(client, feedback):
    FeedbackRound.objects.update(last_day=date(2026, 11, 21))

    assert "Frågorna är stängda." in client.post(page_of(feedback), ANSWERS).text
    feedback.refresh_from_db()
    assert feedback.answers == 0


def test_questions_open_on_the_day_of_the_meeting(client, group, today):
    ahead = open_feedback(meeting=group.meetings.get(number=2), today=today)

    assert "Frågorna öppnar när träffen har varit." in client.post(page_of(ahead), ANSWERS).text
    ahead.refresh_from_db()
    assert ahead.answers == 0


def test_code_of_another_municipality_or_nobody_opens_nothing(client, municipality, today):
    other = open_feedback(meeting=ParentMeetingFactory(school=SchoolFactory(), date=today), today=today)

    assert client.get(page_of(other)).status_code == 404
    assert client.get("/tyck/AAAA-2222/").status_code == 404


def test_questions_are_read_in_the_groups_language_or_another(client, school, today):
    group = ParentGroupFactory(school=school, language="arabic", first_day=today)
    feedback = open_feedback(meeting=group.meetings.get(number=1), today=today)
    arabic, english = client.get(page_of(feedback)), client.get(page_of(feedback, sprak="en"))

    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert "ما رأيك في اللقاء؟" in arabic.text
    assert '<html lang="en" dir="ltr">' in english.text
    assert "Was the meeting useful to you?" in english.text
    assert "Hade du nytta av träffen?" in client.get(page_of(feedback, sprak="sv")).text
    assert client.get(page_of(feedback, sprak="?")).text.count("ما رأيك في اللقاء؟") == 2


def test_every_language_has_every_word_and_four_steps():
    words = feedback_words()

    assert list(words) == ["sv", "en", "ar", "es"]
    assert [len(row.scale) for row in words.values()] == [4, 4, 4, 4]
    assert [code for code, row in words.items() if not all(vars(row).values())] == []
    assert (language_of("arabic"), language_of("somali")) == ("ar", "sv")


# What is shown


def test_open_questions_tell_how_many_have_answered_and_no_more(today):
    open_round = round_of((0, 0, 0, 9), (0, 0, 0, 9))
    open_round.last_day = today

    assert feedback_of(open_round, today=today, profile=INTERNAL) == Feedback(9, 5, is_open=True, answers=())


@pytest.mark.parametrize(
    ("useful", "shown"),
    [((1, 0, 0, 3), ()), ((1, 0, 1, 3), (Answers("useful", (1, 0, 1, 3)), Answers("welcome", (0, 0, 0, 5))))],
)
def test_answers_are_shown_from_five_on(today, useful, shown):
    told = feedback_of(round_of(useful, (0, 0, 0, sum(useful))), today=today, profile=INTERNAL)

    assert told == Feedback(sum(useful), 5, is_open=False, answers=shown)


def test_answers_together_leave_out_the_hidden_ones(today):
    rounds = [
        round_of((1, 0, 1, 3), (0, 0, 0, 5)),
        round_of((0, 0, 2, 8), (0, 1, 0, 9)),
        round_of((4, 0, 0, 0), (4, 0, 0, 0)),
    ]
    together = feedback_together(rounds, today=today, profile=INTERNAL)

    assert together == (Answers("useful", (1, 0, 3, 11)), Answers("welcome", (0, 1, 0, 14)))
    assert [row.share_good for row in together] == [14 / 15, 14 / 15]
    assert feedback_together([rounds[2]], today=today, profile=INTERNAL) == ()
    assert feedback_together(rounds, today=today, profile=OPEN) == (
        Answers("useful", (0, 0, 2, 8)),
        Answers("welcome", (0, 1, 0, 9)),
    )


def test_coordinator_closes_the_questions_and_sees_the_answers(client, coordinator, group, feedback):
    FeedbackRound.objects.update(useful_4=6, welcome_3=6)
    client.force_login(coordinator)
    assert '<td class="num">6</td>' not in client.get(sheet(group)).text

    page = client.post(sheet(group), {"action": "close"}, follow=True)
    assert page.text.count('<td class="num">6</td>') == 2
    assert "6 av 9 föräldrar har svarat" in page.text
    assert "6 svar efter träffar: 100" in client.get(reverse("programmes:parent_group", args=[group.pk])).text


def test_few_answers_stay_hidden_when_the_questions_close(client, coordinator, group, feedback):
    FeedbackRound.objects.update(useful_1=4, welcome_1=4)
    client.force_login(coordinator)
    page = client.post(sheet(group), {"action": "close"}, follow=True)

    assert "Svaren visas från och med 5" in page.text
    assert '<td class="num">' not in page.text


def test_more_answers_than_parents_are_told_of(client, coordinator, group, feedback):
    FeedbackRound.objects.update(useful_4=10, welcome_4=10)
    client.force_login(coordinator)

    assert "Det finns fler svar än föräldrar" in client.post(sheet(group), {"action": "close"}, follow=True).text


def test_municipality_reads_the_years_answers(client, centre, group, feedback):
    FeedbackRound.objects.update(useful_4=6, useful_1=2, welcome_3=8, last_day=date(2026, 11, 21))
    client.force_login(centre)

    page = client.get(reverse("programmes:all_parents"))
    assert "8 svar efter träffar: 75,0\xa0% hade god nytta av träffen, 100,0\xa0% kände sig välkomna." in page.text


def test_half_an_answer_is_refused_by_the_database(feedback):
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackRound.objects.filter(pk=feedback.pk).update(useful_1=1)
