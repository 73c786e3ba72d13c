"""The page that pupils answer on: what is kept, how often one may answer, and in which languages."""

import hashlib
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.actions.surveys import close_survey_round, open_survey_round
from programmes.enums import SurveyAudience, SurveyDevices, SurveyMoment
from programmes.models import Survey, SurveyAnswer, SurveyRound
from programmes.rules.survey_texts import shipped_questions, survey_words
from tests.factories import ClassFactory, SchoolFactory

OWN_CODE = {"toy": "N", "food": "P", "animal": "4"}


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def asking(coordinator, today):
    """Opens the questions to a class."""

    def ask(group, moment="before", *, devices="own", pupils=21, audience=SurveyAudience.YOUNGER):
        return open_survey_round(
            group=group,
            audience=audience,
            moment=SurveyMoment(moment),
            pupils=pupils,
            last_day=date(2026, 12, 6),
            devices=SurveyDevices(devices),
            by=coordinator,
            today=today,
        )

    return ask


@pytest.fixture
def before(asking, school_class):
    return asking(school_class)


def page_of(round_, **query):
    return reverse("programmes:survey_answer", args=[round_.code], query=query or None)


def filled(round_, step=3, **changes):
    """A sheet that has been opened and answered, as the browser sends it."""
    sheet = Signer(salt=round_.code).sign(str(uuid4()))
    return {"sheet": sheet, **{f"q{item.place}": str(step) for item in round_.survey.items.all()}, **changes}


def test_answers_are_kept_without_a_trace_of_who_or_when(client, before):
    page = client.post(page_of(before), filled(before, q2="0", **OWN_CODE))

    answer = SurveyAnswer.objects.get()
    assert "Tack för dina svar!" in page.text
    assert [answer.answer_1, answer.answer_2, answer.answer_6, answer.answer_7] == [3, 0, 3, None]
    assert {field.name for field in SurveyAnswer._meta.get_fields()} == {
        "id",
        "round",
        "match",
        *(f"answer_{place}" for place in range(1, 9)),
    }
    assert "sessionid" not in client.cookies
    assert client.cookies["answered"]["path"] == page_of(before)


def test_own_code_is_kept_as_a_keyed_hash_alone(client, before):
    client.post(page_of(before), filled(before, **OWN_CODE))

    kept = SurveyAnswer.objects.get().match
    assert len(kept) == 64
    assert kept != hashlib.sha256(b"N:P:4").hexdigest()
    assert SurveyAnswer.objects.filter(match__contains="N:P").count() == 0


def test_same_code_is_the_same_before_and_after_and_another_in_another_class(client, asking, before, school):
    Client().post(page_of(before), filled(before, **OWN_CODE))
    after = asking(before.survey.school_class, "after")
    Client().post(page_of(after), filled(after, **OWN_CODE))
    other = asking(ClassFactory(school=school, name="3A", lowest_grade=3))
    Client().post(page_of(other), filled(other, **OWN_CODE))

    codes = {answer.round_id: answer.match for answer in SurveyAnswer.objects.all()}
    assert codes[before.pk] == codes[after.pk] != codes[other.pk]


def test_what_codes_were_made_with_is_forgotten_when_both_rounds_are_closed(asking, before, coordinator):
    close_survey_round(round_=before, by=coordinator, now=timezone.now())
    assert Survey.objects.get().salt != ""
    close_survey_round(round_=asking(before.survey.school_class, "after"), by=coordinator, now=timezone.now())

    assert Survey.objects.get().salt == ""


def test_code_is_not_asked_for_where_there_is_nothing_to_compare_with(client, asking, school_class):
    after = asking(school_class, "after")

    assert "Din egen kod" not in client.get(page_of(after)).text


@pytest.mark.parametrize("changes", [{"toy": "N"}, {"toy": "N", "food": "P", "animal": "99"}])
def test_half_a_code_is_refused_and_nothing_is_lost(client, before, changes):
    page = client.post(page_of(before), filled(before, **changes))

    assert "Välj i alla tre, eller låt alla tre vara tomma." in page.text
    assert page.text.count(" checked") == 6
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("changes", [{"q1": ""}, {"q1": "5"}, {"q1": "annat"}])
def test_answer_that_cannot_be_is_refused_and_the_others_are_kept(client, before, changes):
    page = client.post(page_of(before), filled(before, **changes))

    assert "Välj ett svar." in page.text
    assert page.text.count(" checked") == 5
    assert not SurveyAnswer.objects.exists()


def test_same_sheet_sent_twice_is_one_answer(before):
    sheet = filled(before)

    pages = [Client().post(page_of(before), sheet).text for _again in range(2)]

    assert ["Tack för dina svar!" in page for page in pages] == [True, True]
    assert SurveyAnswer.objects.count() == 1


def test_sheet_that_was_made_up_is_asked_for_once_more(client, before):
    page = client.post(page_of(before), filled(before, sheet=str(uuid4())))

    assert "Skicka svaren en gång till." in page.text
    assert page.text.count(" checked") == 6
    assert not SurveyAnswer.objects.exists()


def test_row_cannot_be_pointed_out_by_who_saw_the_sheet(client, before):
    sheet = filled(before)
    client.post(page_of(before), sheet)

    assert str(SurveyAnswer.objects.get().pk) not in sheet["sheet"]


def test_own_device_answers_once_and_a_shared_one_for_each_pupil(client, asking, before, school):
    client.post(page_of(before), filled(before))
    assert "Du har redan svarat." in client.post(page_of(before), filled(before)).text
    shared = asking(ClassFactory(school=school, name="3A", lowest_grade=3), devices="shared")
    pages = [client.post(page_of(shared), filled(shared)).text for _pupil in range(2)]

    assert ["Nästa elev" in page for page in pages] == [True, True]
    assert (before.answers.count(), shared.answers.count()) == (1, 2)


def test_no_more_answers_are_taken_than_pupils_and_two(asking, school):
    round_ = asking(ClassFactory(school=school, name="3A", lowest_grade=3), pupils=3)

    pages = [Client().post(page_of(round_), filled(round_)).text for _pupil in range(6)]

    assert ["Tack för dina svar!" in page for page in pages] == [True] * 5 + [False]
    assert "Alla i gruppen har redan svarat." in pages[5]
    assert round_.answers.count() == 5


def test_closed_round_keeps_nothing(client, before, coordinator):
    close_survey_round(round_=before, by=coordinator, now=timezone.now())

    assert "Frågorna är stängda." in client.post(page_of(before), filled(before)).text
    assert not SurveyAnswer.objects.exists()


def test_round_closes_by_itself_after_its_last_day(client, before):
    SurveyRound.objects.update(last_day=date(2026, 11, 21))

    assert "Frågorna är stängda." in client.get(page_of(before)).text


def test_one_address_answers_only_so_often(before, settings):
    settings.ACCOUNT_RATE_LIMITS = {"survey_answer": "2/10m/ip"}

    answers = [Client().post(page_of(before), filled(before)).status_code for _device in range(3)]

    assert answers == [200, 200, 429]


def test_whole_school_answers_at_once_behind_one_address(settings):
    assert settings.ACCOUNT_RATE_LIMITS["survey_answer"] == "1500/10m/ip"


@pytest.mark.parametrize("written", ["SVAR-2345", "svar2345", " svar 2345 "])
def test_code_from_the_board_opens_however_it_is_written(client, before, written):
    SurveyRound.objects.update(code="SVAR-2345")

    assert client.post("/svara/", {"kod": written})["Location"] == "/svara/SVAR-2345/"
    assert client.post("/svara/?sprak=ar", {"kod": written})["Location"] == "/svara/SVAR-2345/?sprak=ar"


def test_wrong_code_says_so_and_is_counted(client, before, settings):
    settings.ACCOUNT_RATE_LIMITS = {"survey_code": "2/10m/ip"}

    answers = [client.post("/svara/", {"kod": "AAAA-2222"}) for _guess in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Koden stämmer inte." in answers[0].text
    assert 'value="AAAA-2222"' in answers[0].text


def test_code_of_another_municipality_or_nobody_opens_nothing(client, asking, municipality):
    other = asking(ClassFactory(school=SchoolFactory(), name="3C", lowest_grade=3))

    assert client.get(page_of(other)).status_code == 404
    assert client.get("/svara/AAAA-2222/").status_code == 404
    assert "Koden stämmer inte." in client.post("/svara/", {"kod": other.code}).text


def test_questions_are_read_in_other_languages(client, before):
    arabic, english = client.get(page_of(before, sprak="ar")), client.get(page_of(before, sprak="en"))

    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert "في صفي يُسمح للجميع بالمشاركة." in arabic.text
    assert "In my class everybody may join in." in english.text
    assert "I min klass får alla vara med." in client.get(page_of(before, sprak="?")).text


def test_what_must_be_put_right_is_told_in_the_language_of_the_page(client, before):
    page = client.post(page_of(before, sprak="ar"), filled(before, step=""))

    assert "<h2>هناك ما يجب تصحيحه</h2>" in page.text
    assert page.text.count('<li><a href="#id_q') == 6
    assert "must be put right" not in page.text
    assert "Nothing has been saved" not in page.text


def test_own_code_can_be_made_in_the_letters_of_the_language(client, before):
    page = client.get(page_of(before, sprak="ar"))
    client.post(page_of(before, sprak="ar"), filled(before, toy="د", food="P", animal="4"))

    assert '<option value="د">د</option>' in page.text
    assert '<option value="د">' not in client.get(page_of(before)).text
    assert len(SurveyAnswer.objects.get().match) == 64


def test_support_is_a_link_away_before_and_after_answering(client, before):
    support = '<a class="link-strong" href="/stod/">Här finns stöd</a>'

    assert support in client.get(page_of(before)).text
    assert support in client.post(page_of(before), filled(before)).text


def test_language_of_the_page_is_marked(client, before):
    page = client.get(page_of(before, sprak="en"))

    assert 'lang="en" hreflang="en" aria-current="true">English</a>' in page.text
    assert page.text.count('aria-current="true"') == 1


def test_page_asks_in_a_fixed_number_of_queries(client, before, query_count):
    client.get(page_of(before))
    with query_count(7):
        client.get(page_of(before))


def test_shipped_questions_and_words_are_whole():
    words = survey_words()

    assert list(words) == ["sv", "en", "ar"]
    assert [code for code, row in words.items() if not all(vars(row).values())] == []
    assert {len(scale) for row in words.values() for scale in (row.scale, row.simple_scale)} == {4}
    assert [len(shipped_questions(audience)) for audience in SurveyAudience] == [6, 7, 7, 7]
    assert {frozenset(row.text) for audience in SurveyAudience for row in shipped_questions(audience)} == {
        frozenset({"sv", "en", "ar"})
    }


def test_answer_off_the_scale_is_refused_by_the_database(before):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(round=before, answer_1=5)


def test_closing_leaves_no_order_behind(before, coordinator):
    for step in (1, 2, 3, 4, 3, 2):
        Client().post(page_of(before), filled(before, step=step))
    answers = sorted(SurveyAnswer.objects.values_list("pk", "answer_1"))
    close_survey_round(round_=before, by=coordinator, now=timezone.now())

    stored = list(SurveyAnswer.objects.order_by().values_list("pk", "answer_1"))
    assert stored == answers
