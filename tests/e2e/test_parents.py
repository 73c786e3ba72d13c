"""Parents: a group that is set up and counted, one that is signed up for, and two questions after a meeting."""

from datetime import date

import pytest
from playwright.sync_api import expect

from programmes.actions.feedback import open_feedback
from programmes.models import FeedbackRound, ParentGroup, ParentSignUp
from tests.e2e.conftest import DESKTOP, PHONE, TODAY
from tests.factories import ParentGroupFactory, ParentSignUpFactory

DAYS = ("2026-10-01", "2026-10-15", "2026-11-12", "2026-12-03")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_parent_group_is_set_up_and_counted(new_page, coordinator, sign_in, assert_accessible, size):
    page = new_page(viewport=size)
    sign_in(page, coordinator)

    # The school has no group yet, and says what to do
    page.goto("/skolor/almskolan/foraldrar/")
    expect(page.get_by_text("Inga grupper det här läsåret")).to_be_visible()
    assert_accessible(page)

    # A group with its four meetings
    page.get_by_role("link", name="Lägg upp en ABC-grupp").click()
    page.get_by_label("3–12 år").check()
    for number, day in enumerate(DAYS, start=1):
        page.get_by_label(f"Träff {number}", exact=True).fill(day)
    page.get_by_label("Språk").select_option("arabiska")
    assert_accessible(page)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", level=1, name="ABC 3–12 år, arabiska")).to_be_visible()

    # Those who came are counted; more cannot have completed than started
    for number, parents in enumerate(("12", "13", "11"), start=1):
        page.get_by_label(f"Träff {number}", exact=True).fill(parents)
    page.get_by_label("Fullföljde").fill("14")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_label("Fullföljde")).to_have_value("14")
    assert_accessible(page)
    page.get_by_label("Fullföljde").fill("11")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status").get_by_text("Antalen är sparade.")).to_be_visible()
    assert ParentGroup.objects.get().completed == 11

    # The year's parents
    page.goto("/skolor/almskolan/foraldrar/")
    expect(page.locator("main")).to_contain_text("13 föräldrar har börjat i en grupp i år")
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "computer"])
def test_parent_finds_a_group_signs_up_and_cancels(new_page, school, assert_accessible, size):
    group = ParentGroupFactory(school=school, takes_sign_ups=True, first_day=date(2026, 12, 1), seats=1)
    ParentSignUpFactory(group=group)
    ParentGroupFactory(school=school, takes_sign_ups=True, first_day=date(2026, 12, 8), language="arabic")
    page = new_page(viewport=size)

    # Two groups are to come; one of them is in Arabic
    page.goto("/program/abc/grupper/")
    assert_accessible(page)
    page.get_by_label("Språk").select_option("Arabiska")
    page.get_by_role("button", name="Visa").click()
    expect(page.get_by_text("12 platser kvar")).to_be_visible()
    expect(page.get_by_text("Fullt")).to_have_count(0)

    # The other is full, and has a line
    page.goto("/program/abc/grupper/")
    page.get_by_role("link", name="Ställ dig i kö").click()
    page.get_by_role("button", name="Ställ dig i kö").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv ditt förnamn.")
    assert_accessible(page)
    page.get_by_label("Förnamn").fill("Amina")
    page.get_by_label("Telefon").fill("070-174 06 05")
    page.get_by_role("button", name="Ställ dig i kö").click()
    expect(page.get_by_role("heading", name="Tack för din anmälan")).to_be_visible()
    assert_accessible(page)

    # The private page says where one stands, and lets go of the place
    row = ParentSignUp.objects.get(first_name="Amina", phone="0701740605")
    page.goto(f"/anmalan/{row.link_token}/")
    expect(page.get_by_text("Du är nummer 1 i kön.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Avanmäl mig").click()
    expect(page.get_by_role("heading", name="Du är avanmäld")).to_be_visible()
    assert_accessible(page)


def test_parent_answers_two_questions_in_arabic_on_a_phone(new_page, school, assert_accessible):
    group = ParentGroupFactory(school=school, language="arabic", first_day=TODAY)
    feedback = open_feedback(meeting=group.meetings.get(number=1), today=TODAY)
    page = new_page(viewport=PHONE)

    page.goto(f"/tyck/{feedback.code}/")
    assert_accessible(page)
    for question in page.get_by_role("group").all():
        question.get_by_label("نعم، كثيرًا").check()
    page.get_by_role("button", name="أرسل الإجابات").click()
    expect(page.get_by_role("status").get_by_text("شكرًا على إجاباتك!")).to_be_visible()
    assert_accessible(page)
    assert FeedbackRound.objects.get().counts("welcome") == (0, 0, 0, 1)
