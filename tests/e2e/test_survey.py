"""The anonymous questions: opened for a class, answered on a phone, and read when five have answered."""

from playwright.sync_api import expect

from programmes.models import SurveyAnswer, SurveyRound
from tests.e2e.conftest import PHONE

STATEMENTS = 6


def test_class_is_asked_and_answers_show_at_the_fifth(new_page, coordinator, school_class, sign_in, assert_accessible):
    page = new_page(viewport=PHONE)
    sign_in(page, coordinator)

    # The coordinator opens the questions to 3B and gets a code for the board
    page.goto("/skolor/almskolan/elevfragor/")
    page.get_by_role("link", name="Öppna 3B").click()
    page.get_by_role("link", name="Fråga klassen före").click()
    assert_accessible(page)
    opens = page.get_by_role("button", name="Öppna frågorna")
    places = page.get_by_role("navigation", name="Dina platser")
    assert opens.bounding_box()["y"] + opens.bounding_box()["height"] <= places.bounding_box()["y"]
    opens.click()
    expect(page.get_by_role("img", name="QR-kod till frågorna")).to_be_visible()
    assert_accessible(page)
    round_ = SurveyRound.objects.get()

    # Four have answered; a pupil who writes the code from the board is the fifth
    SurveyAnswer.objects.bulk_create(SurveyAnswer(round=round_, answer_1=3, answer_2=4) for _pupil in range(4))
    pupil = new_page(viewport=PHONE)
    pupil.goto("/svara/")
    pupil.get_by_label("Kod").fill(round_.code.lower().replace("-", " "))
    pupil.get_by_role("button", name="Öppna").click()
    for number in range(STATEMENTS - 1):
        pupil.get_by_role("group").nth(number).get_by_label("Ja, helt").check()
    pupil.get_by_role("button", name="Skicka svaren").click()
    expect(pupil.get_by_text("Välj ett svar.")).to_have_count(1)
    assert_accessible(pupil)
    pupil.get_by_role("group").nth(STATEMENTS - 1).get_by_label("Vill inte svara").check()
    pupil.get_by_role("button", name="Skicka svaren").click()
    expect(pupil.get_by_text("Tack för dina svar!")).to_be_visible()
    assert_accessible(pupil)

    # Open questions tell how many; closed ones show the answers, since five have answered
    page.get_by_role("link", name="Se hur många som har svarat").click()
    expect(page.locator("main")).to_contain_text("5 av 21 har svarat")
    page.get_by_role("button", name="Stäng frågorna").click()
    expect(page.get_by_role("img", name="Av 5: Nej, inte alls 0, Lite 0, Ganska mycket 4, Ja, helt 1")).to_be_visible()
    expect(page.get_by_text("Visas inte: för få har svarat")).to_have_count(4)
    assert_accessible(page)
