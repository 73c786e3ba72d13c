"""What pupils are asked, as the centre keeps it: seen, worded anew in versions, added and left out."""

import pytest

from programmes.actions.surveys import open_survey_round, questions_asked, stored_questions
from programmes.enums import SurveyAudience, SurveyDevices, SurveyMoment
from programmes.models import Event, SurveyQuestion
from tests.factories import programme

CHANGE = "/elevfragor/taget_f3/adult/andra/"
NEW = {"text_sv": "Jag vet vem jag kan prata med.", "text_en": "", "text_ar": ""}
AUDIENCE = SurveyAudience.YOUNGER


@pytest.fixture
def signed_in(client, centre):
    programme("taget")
    programme("mvp")
    client.force_login(centre)
    return client


def asked_now(municipality):
    return [row.code for row in questions_asked(municipality=municipality, audience=AUDIENCE)]


@pytest.fixture
def is_asked(coordinator, school_class, today):
    return open_survey_round(
        group=school_class,
        audience=AUDIENCE,
        moment=SurveyMoment.BEFORE,
        pupils=20,
        last_day=today,
        devices=SurveyDevices.OWN,
        by=coordinator,
        today=today,
    )


def test_centre_sees_what_is_asked_before_anybody_has_changed_it(signed_in):
    page = signed_in.get("/elevfragor/")

    assert "Jag vet vilken vuxen i skolan jag kan prata med." in page.text
    assert [part["can_change"] for part in page.context["sets"]] == [True, True, False, False]
    assert not SurveyQuestion.objects.exists()


def test_statement_that_has_been_asked_gets_a_new_version(signed_in, municipality, is_asked):
    signed_in.post(CHANGE, NEW)

    rows = SurveyQuestion.objects.filter(code="adult").order_by("version")
    assert list(rows.values_list("version", "text_sv", "is_current")) == [
        (1, "Jag vet vilken vuxen i skolan jag kan prata med.", False),
        (2, "Jag vet vem jag kan prata med.", True),
    ]
    assert asked_now(municipality) == ["adult", "notice", "belong", "kind", "bystander", "norms"]
    assert [item.question.version for item in is_asked.survey.items.all()] == [1] * 6
    assert Event.objects.get(kind="survey_questions_changed").about["audience"] == "taget_f3"


def test_statement_that_nobody_has_been_asked_is_worded_in_place(signed_in, municipality):
    signed_in.post(CHANGE, NEW)

    row = SurveyQuestion.objects.get(code="adult")
    assert (row.version, row.text_sv, row.text_in("en"), row.is_current) == (1, NEW["text_sv"], NEW["text_sv"], True)


def test_same_words_change_nothing(signed_in, municipality, is_asked):
    row = SurveyQuestion.objects.get(code="adult")
    signed_in.post(CHANGE, {f"text_{code}": getattr(row, f"text_{code}") for code in ("sv", "en", "ar")})

    assert SurveyQuestion.objects.filter(code="adult").count() == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [("", "Det här fältet är obligatoriskt"), ("x" * 141, "140 tecken"), ("Jag är 20121212-1212", "personnummer")],
)
def test_statement_that_cannot_be_is_refused_and_kept_in_the_form(signed_in, municipality, text, error):
    page = signed_in.post(CHANGE, {**NEW, "text_sv": text, "text_en": "Something"})

    assert error in page.text
    assert 'value="Something"' in page.text
    assert not SurveyQuestion.objects.exists()


def test_statements_are_added_up_to_eight_and_left_out_down_to_five(signed_in, municipality):
    add = "/elevfragor/taget_f3/ny/"
    pages = [signed_in.post(add, {**NEW, "text_sv": f"Påstående {number}."}) for number in range(3)]
    assert [page.status_code for page in pages] == [302, 302, 200]
    assert "Ta bort ett först." in pages[2].text

    for code in ("own-1", "own-2", "kind", "belong"):
        page = signed_in.post(f"/elevfragor/taget_f3/{code}/andra/", {"action": "leave_out"}, follow=True)
    assert "Minst 5 påståenden måste vara kvar." in page.text
    assert asked_now(municipality) == ["adult", "notice", "belong", "bystander", "norms"]


def test_other_municipality_is_not_touched(signed_in, municipality, stranger):
    other = stranger.memberships.get().school.municipality
    stored_questions(municipality=other, audience=AUDIENCE)
    signed_in.post(CHANGE, NEW)

    assert SurveyQuestion.objects.get(municipality=other, code="adult").text_sv.startswith("Jag vet vilken vuxen")


def test_statement_or_audience_that_does_not_exist_is_not_there(signed_in):
    assert signed_in.get("/elevfragor/taget_f3/annat/andra/").status_code == 404
    assert signed_in.get("/elevfragor/annat/ny/").status_code == 404
