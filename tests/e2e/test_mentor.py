"""A fifteen-year-old's way: from the QR code on the wall to the last step, and then without network."""

import gc
import warnings
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect
from wagtail.models import Site

from cms.models import HandbookChapterPage, SiteImage
from curriculum.enums import SessionKind
from curriculum.models import SessionPlanPage
from tests.e2e.conftest import PHONE, TODAY
from tests.factories import CohortFactory, MunicipalityFactory, SchoolFactory, UserFactory, mentor_plan


@pytest.fixture
def starting_database(curriculum_database):
    return curriculum_database


@pytest.fixture
def cohort(db, settings, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: TODAY)
    municipality = MunicipalityFactory(name="Ekbacka kommun", site=Site.objects.get(is_default_site=True))
    # Eleven short plans instead of those that ship: the way is the same, and the test is not about their words.
    for shipped in SessionPlanPage.objects.filter(session__kind=SessionKind.MENTOR):
        shipped.delete()
    for number in range(1, 12):
        mentor_plan(f"MVP-{number:02d}", steps=("Samling", "Fyra hörn", "Avslut"))
    return CohortFactory(school=SchoolFactory(municipality=municipality), door_code="EKBA-9MVP")


@pytest.fixture
def _picture_in_a_chapter(cohort, settings, tmp_path):
    """At the end of a chapter, where a browser does not ask for it before somebody scrolls there."""
    files = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    settings.MEDIA_ROOT, settings.STORAGES = tmp_path / "media", {**settings.STORAGES, **files}
    drawn = BytesIO()
    Image.new("RGB", (900, 600), "#7a2a6a").save(drawn, "JPEG")
    words = "Två elever sitter i en trappa."
    picture = SiteImage.objects.create(title=words, description=words, file=ContentFile(drawn.getvalue(), "trappa.jpg"))
    picture.contextual_alt_text, picture.decorative = words, False
    chapter = HandbookChapterPage.objects.get(title="När någon berättar")
    chapter.body.append(("picture", picture))
    chapter.save_revision().publish()
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        picture.get_rendition("max-900x900")  # Wagtail leaves it to chance when the file of a new size is closed
        gc.collect()


@pytest.mark.usefixtures("_picture_in_a_chapter")
def test_from_the_qr_code_to_the_last_step_and_then_without_network(page, cohort, assert_accessible):
    # When the camera opens the link on the sheet
    page.goto(reverse("programmes:mentor_enter", args=["EKBA-9MVP", cohort.door_key]))

    # Then the eleven sessions are there, with the first one as the next
    expect(page.get_by_role("heading", level=1, name="Dina elva pass")).to_be_visible()
    expect(page.get_by_role("list", name="De elva passen").get_by_role("listitem")).to_have_count(11)
    assert_accessible(page)
    expect(page.get_by_text("Passen finns nu i telefonen")).to_be_visible(timeout=30_000)

    # When it is read step by step, with thumb and keys
    page.get_by_role("region", name="Nästa pass").get_by_role("link", name="Steg för steg").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samling")
    page.get_by_role("link", name="Nästa steg").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fyra hörn")
    expect(page.get_by_text("Pass 1 · Steg 2 av 3")).to_be_visible()
    expect(page.get_by_role("img", name="12 minuter")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Avslut")
    page.get_by_role("link", name="Avsluta").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det var sista steget")
    page.get_by_role("link", name="Till mina pass").tap()

    # And what is held moves the next one on
    page.get_by_role("button", name="Vi har hållit det").tap()
    expect(page.get_by_role("region", name="Nästa pass")).to_contain_text("2. Vad är våld?")

    # When the network is gone, then plans, steps, pictures and the support list are all there
    page.context.set_offline(True)
    page.goto("/program/mvp/mvp-11/")
    expect(page.get_by_role("heading", level=1, name="Det vi tar med oss")).to_be_visible()
    page.get_by_role("link", name="Steg för steg").tap()
    page.get_by_role("link", name="Nästa steg").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fyra hörn")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fyra hörn")
    page.get_by_role("link", name="Stöd", exact=True).tap()
    expect(page.get_by_role("heading", name="Bris", exact=True)).to_be_visible()
    page.goto("/handbok/")
    page.get_by_role("link", name="När någon berättar").tap()
    expect(page.get_by_role("heading", level=1, name="När någon berättar")).to_be_visible()
    picture = page.get_by_role("img", name="Två elever sitter i en trappa.")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 900
    page.goto("/mentor/")
    expect(page.get_by_role("heading", level=1, name="Dina elva pass")).to_be_visible()
    page.goto("/program/abc/")
    expect(page.get_by_role("heading", level=1, name="Inget nätverk")).to_be_visible()

    # When the mentor leaves, then nothing is left
    page.context.set_offline(False)
    page.goto("/mentor/")
    page.get_by_text("Meny", exact=True).tap()
    page.get_by_role("button", name="Logga ut").tap()
    expect(page.get_by_text("Du har loggat ut. Inget finns kvar i telefonen.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    page.goto("/program/mvp/mvp-11/")
    expect(page.get_by_role("heading", level=1, name="Är du MVP-mentor?")).to_be_visible()


def test_the_code_is_typed_and_a_wrong_one_is_told(page, cohort, assert_accessible):
    page.goto("/program/mvp/mvp-05/")
    page.get_by_label("Kod").fill("ekba-0000")
    page.get_by_role("button", name="Öppna").tap()
    expect(page.get_by_text("Ingen dörr öppnas med den koden.").first).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Kod").fill("ekba 9mvp")
    page.get_by_role("button", name="Öppna").tap()
    expect(page.get_by_role("heading", level=1, name="Bara på skoj?")).to_be_visible()
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, only=["color-contrast"])


def test_steps_are_read_without_a_script(new_page, cohort):
    page = new_page(viewport=PHONE, has_touch=True, java_script_enabled=False)
    page.goto("/program/taget/normer-och-dess-konsekvenser/")
    page.get_by_role("link", name="Steg för steg").tap()
    page.get_by_role("link", name="Nästa steg").tap()

    expect(page.get_by_text("Steg 2 av 6")).to_be_visible()
    page.get_by_role("link", name="Föregående").tap()
    expect(page.get_by_text("Steg 1 av 6")).to_be_visible()


def test_tab_says_nothing_of_a_sensitive_step(page, cohort):
    page.goto("/program/taget/vald-i-hemmet/steg/?steg=3")
    expect(page).to_have_title("Pass i Tåget – Stins, Ekbacka kommun")


def test_a_word_is_explained_where_it_stands_and_the_age_is_remembered(page, cohort, assert_accessible):
    page.goto("/program/taget/normer-och-dess-konsekvenser/")
    page.get_by_role("button", name="norm", exact=True).first.tap()
    expect(page.get_by_text("En oskriven regel om hur man ska vara eller göra.").first).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text("En oskriven regel om hur man ska vara eller göra.").first).to_be_hidden()

    page.get_by_role("link", name="2–3: årskurs 2–3").tap()
    page.goto("/program/taget/aktiva-askadare-och-forandring/")
    expect(page.get_by_role("link", name="2–3: årskurs 2–3")).to_have_attribute("aria-current", "true")


def test_who_is_signed_in_keeps_nothing_on_the_device(page, cohort, sign_in, assert_accessible):
    sign_in(page, UserFactory())
    page.goto("/program/taget/normer-och-dess-konsekvenser/")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.goto("/program/mvp/mvp-05/")
    expect(page.get_by_role("heading", level=1, name="Du får inte se den här sidan")).to_be_visible()
    assert_accessible(page)
