"""The public pages in other languages: what is shown, what says that it is Swedish, and what stays closed."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.enums import ReaderGroup
from cms.models import HomePage, StandardPage, SupportContact, SupportPage
from curriculum.actions import load_translations
from curriculum.imports import read_pages, read_translation, shipped_languages
from programmes.enums import Role
from tests.factories import MembershipFactory, UserFactory

SWEDISH_NOTE, ARABIC_NOTE = "Den här delen finns bara på svenska.", "هذا الجزء متوفر باللغة السويدية فقط."
WORDS = {"municipality": "Ekbacka kommun", "phone": "08-465 004 20", "email": "stins@ekbacka.example"}


def in_language(code, *slugs):
    """The pages of a language by their addresses; the start page is the empty one."""
    pages = Page.objects.filter(locale__language_code=code)
    return pages.filter(slug__in=[slug or f"home-{code}" for slug in slugs]).order_by("depth")


def publish(code, *slugs):
    for page in in_language(code, *slugs):
        page.get_latest_revision().publish()


@pytest.fixture
def arabic(curriculum):
    """The start page, the programmes with ABC, and the support list in Arabic, read and published."""
    publish("ar", "", "program", "abc", "stod")
    Site.clear_site_root_paths_cache()
    return curriculum


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS).groups.set(
        Group.objects.filter(name=ReaderGroup.STAFF)
    )


def languages(html):
    """The languages at the foot of the page: code and address."""
    part = re.search(r'id="sprak".*?</ul>', html, re.DOTALL)
    return re.findall(r'<a href="([^"]*)" lang="([^"]*)"', part[0]) if part else []


def alternates(html):
    return re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="http://testserver([^"]*)">', html)


# What is shown


def test_shipped_translation_is_a_draft_until_somebody_publishes_it(client, curriculum):
    drafts = in_language("ar", "", "program", "taget", "mvp", "abc", "stod", "for-foraldrar", "taget-for-foraldrar")

    assert [page.live for page in drafts] == [False] * 8
    assert [client.get(address).status_code for address in ("/ar/", "/ar/stod/")] == [404, 404]
    assert languages(client.get("/stod/").text) == []


def test_demonstration_shows_its_translations(curriculum):
    pages = read_translation("ar", words=WORDS)
    load_translations(site=curriculum, language="ar", content=pages, publish=True)
    in_language("ar", "", "program").delete()

    result = load_translations(site=curriculum, language="ar", content=pages, publish=True)

    assert result.created == 8
    assert {page.live for page in in_language("ar", "", "program", "abc", "stod")} == {True}


def test_page_is_read_in_the_language_of_its_address(client, arabic):
    html = client.get("/ar/stod/").text

    assert re.search(r"<html ([^>]*)>", html)[1] == 'lang="ar" dir="rtl"'
    assert re.search(r"<h1[^>]*>(.*?)</h1>", html)[1] == "الدعم والمساعدة"
    assert client.get("/ar/stod/")["Content-Language"] == "ar"
    assert 'lang="sv" dir="ltr"' in client.get("/stod/").text


def test_what_the_browser_wishes_changes_nothing(client, arabic):
    html = client.get("/stod/", headers={"accept-language": "ar"}).text

    assert 'lang="sv" dir="ltr"' in html
    assert "Accept-Language" not in client.get("/stod/").get("Vary", "")


def test_page_leads_to_itself_in_other_languages(client, arabic):
    swedish, translated = client.get("/stod/").text, client.get("/ar/stod/").text

    assert languages(swedish) == languages(translated) == [("/stod/", "sv"), ("/ar/stod/", "ar")]
    assert alternates(swedish) == alternates(translated) == [("sv", "/stod/"), ("ar", "/ar/stod/")]
    assert re.findall(r'lang="(\w+)" hreflang="\w+" dir="auto" aria-current', translated) == ["ar"]


def test_page_that_is_not_translated_leads_to_the_nearest_one_above(client, arabic):
    html = client.get("/program/mvp/").text

    assert languages(html) == [("/program/mvp/", "sv"), ("/ar/program/", "ar")]
    assert alternates(html) == [("sv", "/program/mvp/")]
    assert client.get("/ar/program/mvp/").status_code == 404


def test_shell_leads_to_what_is_translated_and_says_what_is_swedish(client, arabic):
    footer = re.search(r"<footer.*</footer>", client.get("/ar/stod/").text, re.DOTALL)[0]
    links = re.findall(r'<li><a href="([^"]*)"( hreflang="sv")?>', footer)

    assert links == [
        ("/ar/stod/", ""),
        ("/nyheter/", ' hreflang="sv"'),
        ("/for-foraldrar/", ' hreflang="sv"'),
        ("/om-arbetet/", ' hreflang="sv"'),
        ("/begrepp/", ' hreflang="sv"'),
        ("/tillganglighet/", ' hreflang="sv"'),
        ("/kakor/", ' hreflang="sv"'),
        ("/personuppgifter/", ' hreflang="sv"'),
    ]
    assert 'class="brand" href="/ar/"' in client.get("/ar/stod/").text


def test_places_of_who_is_signed_in_are_swedish_everywhere(client, arabic, school):
    client.force_login(MembershipFactory(role=Role.COORDINATOR, school=school).user)
    html = client.get("/ar/stod/").text

    assert '<li lang="sv" dir="ltr"><a href="/skolor/">Skolor</a></li>' in html
    assert "تسجيل الخروج" in html


# What is Swedish says so


def test_part_that_nobody_has_translated_says_so(client, arabic):
    html = client.get("/ar/program/abc/").text

    assert html.count(ARABIC_NOTE) == 1
    assert SWEDISH_NOTE not in html
    assert re.search(r'<div lang="sv" dir="ltr">.*?<h2 id="passen">Träffarna</h2>', html, re.DOTALL)
    assert "Lättläst" not in html


def test_new_paragraph_in_swedish_is_read_as_swedish_in_the_translation(client, arabic):
    page = SupportPage.objects.get(locale__language_code="sv")
    translated = SupportPage.objects.get(locale__language_code="ar")
    new = {"type": "paragraph", "value": "En ny mening på svenska.", "id": "7d9f1a30-5d5e-4b5c-9d3a-1f2e3d4c5b6a"}
    for one in (page, translated):
        one.body = one._meta.get_field("body").to_python([*one.body.get_prep_value(), new])
        one.save_revision().publish()
    html = client.get("/ar/stod/").text

    assert re.search(
        rf'<div lang="sv" dir="ltr"><p class="untranslated" lang="ar" dir="auto">{ARABIC_NOTE}</p>'
        r"\s*<p>En ny mening på svenska.</p>",
        html,
    )
    assert html.count(ARABIC_NOTE) == 1


def test_contact_has_its_words_in_the_language_and_its_number_from_one_place(client, arabic):
    SupportContact.objects.filter(name="Bris", locale__language_code="sv").update(phone="116 112")
    html = client.get("/ar/stod/").text

    assert "لمن هو دون 18 عاماً" in html
    assert 'href="tel:116112"' in html
    assert 'href="tel:116111"' not in html


def test_contact_that_nobody_has_translated_is_read_as_swedish(client, arabic):
    SupportContact.objects.filter(name="Bris", locale__language_code="ar").delete()
    html = client.get("/ar/stod/").text

    assert re.search(r'<li class="contact" lang="sv" dir="ltr">\s*<div>\s*<h3>Bris</h3>', html)


@pytest.mark.parametrize(("code", "direction"), [("so", "ltr"), ("syr", "rtl")])
def test_language_that_django_does_not_know_works(client, curriculum, code, direction):
    home = HomePage.objects.get(locale__language_code="sv")
    translated = home.copy_for_translation(Locale.objects.get(language_code=code))
    translated.get_latest_revision().publish()
    Site.clear_site_root_paths_cache()
    html = client.get(f"/{code}/").text

    assert re.search(r"<html ([^>]*)>", html)[1] == f'lang="{code}" dir="{direction}"'
    # Nobody has translated the header: it is Swedish and says so.
    assert '<header class="header" lang="sv" dir="ltr">' in html
    assert re.search(rf'lang="{code}" hreflang="{code}"[^>]*>(.*?)</a>', html)[1] in {"Soomaali", "ܣܘܪܝܝܐ"}


# What is closed is closed in every language


@pytest.mark.parametrize("closed_in", ["sv", "ar"])
def test_page_that_is_closed_in_one_language_is_closed_in_all(client, arabic, closed_in):
    close(SupportPage.objects.get(locale__language_code=closed_in))

    for address in ("/stod/", "/ar/stod/"):
        assert client.get(address).status_code == 302
        assert f"{address}<" not in client.get("/sitemap.xml").text
    assert '<h3><a href="/ar/stod/">' not in client.get("/ar/sok/", {"q": "الدعم"}).text
    client.force_login(UserFactory())
    assert client.get("/ar/stod/").status_code == 403


def test_what_stands_below_a_closed_page_is_closed_in_all_languages(client, arabic):
    close(Page.objects.get(slug="program", locale__language_code="sv"))

    assert client.get("/ar/program/abc/").status_code == 302
    assert "/ar/program/abc/" not in client.get("/ar/").text
    assert "/program/abc/<" not in client.get("/sitemap.xml").text


# What finds pages


def test_search_stays_within_its_language(client, arabic):
    arabic_hits = client.get("/ar/sok/", {"q": "ABC"}).text
    swedish_hits = client.get("/sok/", {"q": "ABC"}).text

    assert '<h3><a href="/ar/stod/">' in client.get("/ar/sok/", {"q": "الدعم"}).text
    assert '<a href="/ar/program/abc/">' in arabic_hits
    assert '<a href="/program/abc/">' not in arabic_hits
    assert '<a href="/program/abc/">' in swedish_hits
    assert "/ar/program/abc/" not in swedish_hits
    assert client.get("/ar/sok/?q=a%00b").status_code == 200


def test_sitemap_names_the_languages_of_each_page(client, arabic):
    places = {
        re.search("<loc>(.*?)</loc>", url)[1]: re.findall(r'hreflang="(\w+)" href="([^"]*)"', url)
        for url in re.findall(r"<url>.*?</url>", client.get("/sitemap.xml").text, re.DOTALL)
    }
    both = [("sv", "http://testserver/stod/"), ("ar", "http://testserver/ar/stod/")]

    assert places["http://testserver/stod/"] == places["http://testserver/ar/stod/"] == both
    assert places["http://testserver/kakor/"] == []
    assert "http://testserver/ar/for-foraldrar/" not in places


def test_translated_pages_ask_the_database_little(client, arabic, query_count):
    for address, number in {"/ar/": 17, "/ar/stod/": 14, "/ar/program/abc/": 18}.items():
        with query_count(number):
            client.get(address)


# Translating


def test_pages_above_a_translated_one_follow_as_drafts(curriculum):
    plan = Page.objects.get(slug="normer-och-dess-konsekvenser", locale__language_code="sv").specific
    plan.copy_for_translation(Locale.objects.get(language_code="so"), copy_parents=True)
    followed = Page.objects.filter(locale__language_code="so").order_by("depth")

    assert [(page.slug, page.live, page.alias_of_id) for page in followed] == [
        ("home-so", False, None),
        ("program", False, None),
        ("taget", False, None),
        ("normer-och-dess-konsekvenser", False, None),
    ]


def test_loading_again_changes_nothing(curriculum):
    result = load_translations(
        site=curriculum,
        language="ar",
        content=read_translation("ar", words={**WORDS, "phone": "", "email": ""}),
        publish=False,
    )

    assert (result.created, result.updated, result.unchanged, result.left_alone) == (0, 0, 8, [])


def test_translation_that_a_person_has_changed_is_left_alone(curriculum):
    page = StandardPage.objects.get(slug="for-foraldrar", locale__language_code="ar")
    page.title = "الأهل"
    page.save_revision(user=UserFactory()).publish()

    result = load_translations(
        site=curriculum, language="ar", content=read_translation("ar", words=WORDS), publish=False
    )

    assert result.left_alone == ["للوالدين (ar)"]
    assert StandardPage.objects.get(pk=page.pk).title == "الأهل"


@pytest.mark.parametrize("language", shipped_languages())
def test_every_shipped_translation_has_the_parts_of_its_swedish(language):
    def by_slug(page, above=""):
        yield f"{above}/{page.slug}", page
        for child in page.children:
            yield from by_slug(child, f"{above}/{page.slug}")

    swedish = dict(by_slug(read_pages(words=WORDS)))
    for place, page in by_slug(read_translation(language, words=WORDS)):
        source = swedish[place].fields
        assert set(page.fields) <= set(source), place
        shape = [(block["type"], block["id"]) for block in page.fields.get("body", [])]
        whole = [(block["type"], block["id"]) for block in source.get("body", [])]
        assert [part for part in whole if part[0] != "summary"] == shape, place
        for mine, theirs in zip(page.fields.get("body", []), source.get("body", []), strict=False):
            assert (mine["type"], lengths(mine["value"])) == (theirs["type"], lengths(theirs["value"])), place


def lengths(value):
    """How many parts a block has, however deep."""
    if isinstance(value, dict):
        return {key: lengths(inner) for key, inner in value.items() if key != "id"}
    return [lengths(inner) for inner in value] if isinstance(value, list) else None


def test_locales_follow_the_setting(db):
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"sv", "en", "ar", "so", "syr"}
    call_command("migrate", verbosity=0)
    assert Locale.objects.count() == 5
