"""The public pages, as anyone meets them: each kind, its title, its facts, and what it costs."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks

from cms.models import SupportContact
from curriculum.models import ProgrammePage, SessionPlanPage
from tests.factories import UserFactory

TITLES = {
    "/": "En skola fri från våld börjar med vuxna som finns där.",
    "/program/": "Program",
    "/program/taget/": "Tåget",
    "/program/mvp/": "MVP",
    "/program/abc/": "ABC",
    "/program/taget/normer-och-dess-konsekvenser/": "Normer och dess konsekvenser",
    "/program/taget/aktiva-askadare-och-forandring/": "Aktiva åskådare och förändring",
    "/program/taget/vald-i-hemmet/": "Våld i hemmet",
    "/stod/": "Stöd och hjälp",
    "/orolig-for-nagon/": "Jag är orolig för någon",
    "/tillganglighet/": "Tillgänglighetsredogörelse",
    "/kakor/": "Om kakor",
    "/personuppgifter/": "Så behandlar vi personuppgifter",
}
CALM = "/program/taget/normer-och-dess-konsekvenser/"
SENSITIVE = "/program/taget/vald-i-hemmet/"
QUERIES = {"/": 12, "/program/": 8, "/program/taget/": 11, CALM: 9, SENSITIVE: 10, "/stod/": 8, "/kakor/": 7}
TAGS = re.compile(r"<[^>]+>")


def words(html):
    """The text between the tags, with single spaces."""
    return " ".join(TAGS.sub(" ", html).split())


def headings(html, level):
    return [words(found) for found in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", html, re.DOTALL)]


def main(response):
    return response.text.partition("<main")[2].partition("</main>")[0]


def test_every_page_is_public_and_has_its_title(client, curriculum):
    responses = {address: client.get(address) for address in TITLES}
    assert {address: response.status_code for address, response in responses.items()} == dict.fromkeys(TITLES, 200)
    assert {address: headings(response.text, 1) for address, response in responses.items()} == {
        address: [title] for address, title in TITLES.items()
    }
    assert client.cookies == {}


def test_no_page_skips_a_level_of_headings(client, curriculum):
    for address in TITLES:
        levels = [int(level) for level in re.findall(r"<h([1-6])", main(client.get(address)))]
        assert all(below - above <= 1 for above, below in pairwise(levels)), address


def test_start_page_draws_the_year_and_shows_every_programme(client, curriculum):
    page = main(client.get("/"))
    assert re.findall(r'role="img" aria-label="([^"]+)"', page) == [
        "Normer och dess konsekvenser, baspass i september",
        "Vad innebär vänskap, tilläggspass",
        "Mobbning, tilläggspass",
        "Aktiva åskådare och förändring, baspass i december",
        "Samtal om och med polisen, tilläggspass",
        "Positiva uppmaningar och förstärkning, tilläggspass",
        "Våld i hemmet, baspass i april",
        "Kroppspositivism, tilläggspass",
    ]
    assert headings(page, 2) == ["Ett läsår med Tåget", "Tåget", "MVP", "ABC"]
    assert re.findall(r'<div class="programme" data-programme="(\w+)"', page) == ["taget", "mvp", "abc"]
    support = "Behöver du prata med någon? Stöd för barn och vuxna, med öppettider: Stödlistan · Vid fara: ring 112"
    assert words(page).endswith(support)
    assert 'href="tel:112"' in page


def test_start_page_without_programmes_is_whole(client, curriculum):
    ProgrammePage.objects.update(live=False)
    page = main(client.get("/"))
    assert headings(page, 1) == [TITLES["/"]]
    assert "<svg" not in page


def test_programme_page_links_the_plans_that_exist_and_names_the_others(client, curriculum):
    SessionPlanPage.objects.get(session__code="T-B2").unpublish()
    page = main(client.get("/program/taget/")).partition('aria-labelledby="personalpass"')[0]
    rows = re.findall(r"<li>\s*<span class=\"rows__words\">(.*?)</li>", page, re.DOTALL)
    assert [words(row) for row in rows[:4]] == [
        "Normer och dess konsekvenser september · förskoleklass till årskurs 5 · 40 min",
        "Aktiva åskådare och förändring december · förskoleklass till årskurs 5 · 40 min",
        "Våld i hemmet april · förskoleklass till årskurs 5 · 50 min",
        "Könsnormen förskoleklass till årskurs 5 · 40 min",
    ]
    assert [re.findall(r'href="([^"]+)"', row) for row in rows[:4]] == [
        [CALM],
        [],
        [SENSITIVE],
        ["/program/taget/konsnormen/"],
    ]
    assert len(rows) == 18
    assert "Personalpass:" not in page


def test_programme_page_lists_the_staffs_sessions_that_have_a_plan(client, curriculum):
    SessionPlanPage.objects.exclude(session__code="P-T-T01").filter(session__kind="staff").delete()
    region = main(client.get("/program/taget/")).partition('aria-labelledby="personalpass"')[2]
    rows = re.findall(r"<li>(.*?)</li>", region, re.DOTALL)
    assert [words(row) for row in rows] == ["Personalpass: Könsnormen"]
    assert 'href="/program/taget/personalpass-konsnormen/"' in rows[0]


def test_pupils_plan_and_staffs_plan_lead_to_each_other(client, curriculum):
    pupils = main(client.get("/program/taget/konsnormen/"))
    staffs = main(client.get("/program/taget/personalpass-konsnormen/"))
    link = '<a href="/program/taget/{}/">{}</a>'
    assert f"<dt>Före</dt><dd>{link.format('personalpass-konsnormen', 'Personalpass: Könsnormen')}</dd>" in pupils
    assert f"<dt>Efter</dt><dd>{link.format('konsnormen', 'Elevpass: Könsnormen')}</dd>" in staffs
    assert "minuter · alla i personalen</p>" in staffs


def test_plan_does_not_lead_to_a_staffs_plan_that_is_taken_down(client, curriculum):
    SessionPlanPage.objects.get(session__code="P-T-T01").unpublish()
    assert "personalpass" not in main(client.get("/program/taget/konsnormen/"))


def test_mentors_programme_lists_its_eleven_sessions_by_number(client, curriculum):
    page = main(client.get("/program/mvp/"))
    assert re.findall(r'rows__number">(\d+)<', page) == [str(number) for number in range(1, 12)]
    assert headings(page, 2)[-1] == "Passen"


def test_plan_opens_with_what_it_is_about_and_its_facts(client, curriculum):
    page = main(client.get(CALM))
    facts = words(page.partition('class="plan__facts"')[2].partition("</p>")[0])
    assert facts == ">40 minuter · förskoleklass till årskurs 5 · september"
    assert headings(page, 2) == [
        "Mål",
        "Ta med",
        "Förbered",
        "Stegen",
        "Scenarier 3",
        "Om ett barn berättar",
        "Efteråt",
    ]
    assert "Bygger på utmana stereotypa könsnormer, åskådarperspektiv" in words(page)
    assert headings(page, 3)[:2] == [
        "1. Samling: vad är en norm? 6 min · kärndel",
        "2. Vem tänkte du på? 8 min · kärndel",
    ]
    assert headings(page, 3)[3] == "4. Vilken regel bryter någon? 10 min"


def test_mentor_is_told_what_to_do_if_somebody_tells_not_a_child(client, curriculum):
    client.force_login(UserFactory(is_superuser=True))
    assert "Om någon berättar" in headings(main(client.get("/program/mvp/vad-ar-vald/")), 2)
    assert "Om ett barn berättar" not in client.get("/program/mvp/vad-ar-vald/steg/").text


def test_what_is_not_read_in_the_room_folds_away(client, curriculum):
    page = main(client.get(CALM))
    folds = re.findall(r'<details class="disclosure plan__fold" id="([\w-]+)"', page)
    assert folds == ["forbered", "scenarier", "om-ett-barn-berattar", "efterat"]


def test_words_of_the_glossary_are_explained_where_they_first_stand(client, curriculum):
    page = main(client.get(CALM))
    aim, first = page.partition("<h2>Mål</h2>")[2].partition("</section>")[0], page.partition('<li class="step">')[2]
    assert re.findall(r'<button type="button" class="word" popovertarget="(ord-\d+)">(\w+)</button>', aim) == [
        ("ord-1", "norm"),
        ("ord-2", "våld"),
    ]
    assert '<span class="word__text" id="ord-1" popover><b>Norm</b> En oskriven regel' in aim
    in_step = re.findall(r'popovertarget="(ord-\d+)">(\w+)</button>', first.partition("</li>")[0])
    assert [word for _id, word in in_step if word.startswith("norm")] == ["normer"]
    ids = re.findall(r'id="(ord-\d+)"', page)
    assert len(ids) == len(set(ids))


def test_words_are_explained_on_plain_pages_once_and_not_where_the_text_is_in_english(client, curriculum):
    page = main(client.get("/program/taget/"))
    explained = re.findall(r'class="word" popovertarget="ord-\d+">([^<]+)<', page)
    assert explained[:3] == ["våld", "baspass", "Normer"]
    assert [word.lower() for word in explained if word.lower().startswith("norm")] == ["normer"]
    english = main(client.get("/program/mvp/")).partition('lang="en">')[2].partition("</details>")[0]
    assert ("A mentor never has to" in english, "popovertarget" in english) == (True, False)


def test_guidance_shows_its_first_two_points_and_folds_the_rest(client, curriculum):
    page = main(client.get(SENSITIVE))
    box = page.partition('aria-labelledby="vagledning"')[2].partition("</section>")[0]
    open_part, _, folded = box.partition('<details class="disclosure plan__fold" id="mer-vagledning">')
    assert (open_part.count("<li>"), folded.count("<li>")) == (2, 4)
    assert "Mer att tänka på först 4" in words(folded)


def test_steps_stand_one_a_screen_with_their_minutes(client, curriculum):
    page = main(client.get(f"{CALM}steg/?steg=2"))
    shown = re.findall(r'data-step-number="(\d+)" data-minutes="(\d+)">', page)
    hidden = re.findall(r'data-step-number="(\d+)"[^>]* hidden>', page)
    assert (shown, hidden) == ([("2", "8")], ["1", "3", "4", "5", "6", "7"])
    screen = words(page.partition('data-step-number="2"')[2].partition("</section>")[0])
    assert "Steg 2 av 6 Vem tänkte du på? 8 min Kärndel: får inte hoppas över" in screen
    assert screen.endswith("Föregående Nästa steg")


@pytest.mark.parametrize(
    ("asked", "shown"), [("", "1"), ("0", "1"), ("x", "1"), ("-3", "1"), ("99", "7"), ("9" * 99, "1")]
)
def test_steps_open_at_one_that_there_is(client, curriculum, asked, shown):
    page = main(client.get(f"{CALM}steg/?steg={asked}"))
    assert re.findall(r'data-step-number="(\d+)"(?: data-minutes="\d+")?>', page) == [shown]


def test_last_screen_says_what_to_do_now(client, curriculum):
    def actions(request, session):
        return [{"label": "Rapportera passet", "url": f"/rapportera/{session.code}/"}]

    with hooks.register_temporarily("stins_plan_actions", actions):
        page = main(client.get(f"{CALM}steg/?steg=7"))
    end = page.partition('data-step-number="7"')[2]
    assert headings(end, 1) == ["Det var sista steget"]
    assert 'href="/rapportera/T-B1/">Rapportera passet</a>' in end


def test_steps_of_a_page_that_is_taken_down_are_gone(client, curriculum):
    SessionPlanPage.objects.get(session__code="T-B1").unpublish()
    assert client.get(f"{CALM}steg/").status_code == 404
    assert client.get("/program/steg/").status_code == 404


def test_sensitive_plan_has_a_neutral_title_and_a_quick_way_out(client, curriculum):
    for address in (SENSITIVE, f"{SENSITIVE}steg/"):
        page = client.get(address).text
        assert words(page.partition("<title>")[2].partition("</title>")[0]) == "Pass i Tåget – Stins, Ekbacka kommun"
        assert page.count("data-quick-exit") == 1
    assert client.get(CALM).text.count("data-quick-exit") == 0


def test_public_pages_may_be_kept_on_the_phone_and_a_signed_in_persons_may_not(client, curriculum):
    assert client.get(CALM)["Stins-Offline"] == "1"
    client.force_login(UserFactory())
    response = client.get(CALM)
    assert "Stins-Offline" not in response
    assert "data-offline" not in response.text


def test_plan_tells_what_to_say_do_and_ask_apart(client, curriculum):
    page = main(client.get(CALM))
    cues = re.findall(
        r'<div class="cue cue--(\w+)"(?: data-grades="[^"]+")?><span class="cue__kind">(.*?)</span> <p>', page
    )
    assert [(kind, words(label)) for kind, label in cues[:6]] == [
        ("do", "Gör"),
        ("say", "Säg"),
        ("say", "Säg · förskoleklass till årskurs 1"),
        ("say", "Säg · årskurs 2–3"),
        ("say", "Säg · årskurs 4–5"),
        ("ask", "Fråga"),
    ]


def test_plan_can_be_read_for_one_age(client, curriculum):
    page = main(client.get(f"{CALM}?arskurs=2-3"))
    assert "Ingen har skrivit ner den" in page
    assert "fast ingen har bestämt det" not in page
    assert "Samla klassen så att alla ser varandra." in page
    assert 'aria-current="true">2–3</a>' in page


def test_an_unknown_age_shows_all(client, curriculum):
    assert main(client.get(f"{CALM}?arskurs=9")).count("cue--") == main(client.get(CALM)).count("cue--")


def test_sensitive_plan_opens_with_guidance_and_ends_with_the_support_list(client, curriculum):
    page = main(client.get(SENSITIVE))
    assert headings(page, 2)[0] == "Läs det här först"
    assert headings(page, 2)[-1] == "Stödlistan"
    assert words(page).count("Räkna med att det finns barn i klassen som har upplevt våld hemma.") == 1
    assert '<a class="link-strong" href="#stod">Stöd</a>' in page
    assert page.count('class="contact"') == 8


def test_calm_plan_has_the_support_list_one_tap_away(client, curriculum):
    page = main(client.get(CALM))
    assert '<a class="link-strong" href="/stod/">Stöd</a>' in page
    assert page.count('class="contact"') == 0
    assert "Läs det här först" not in page


def test_plan_offers_what_the_rooms_above_register(client, curriculum):
    def actions(request, session):
        return [{"label": "Rapportera passet", "url": f"/rapportera/{session.code}/"}]

    with hooks.register_temporarily("stins_plan_actions", actions):
        page = main(client.get(CALM))
    assert page.count('href="/rapportera/T-B1/">Rapportera passet</a>') == 2


def test_draft_changes_are_not_shown(client, curriculum):
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    plan.aim = "Ett mål som inte är klart."
    plan.save_revision()
    assert "Ett mål som inte är klart." not in client.get(CALM).text


def test_support_page_says_whom_when_and_how_lately_checked(client, curriculum):
    page = main(client.get("/stod/"))
    bris = page.partition("<h3>Bris</h3>")[2].partition("</li>")[0]
    assert words(bris).startswith("För dig som är under 18 år och vill prata om vad som helst.")
    assert "dygnet runt · för barn och unga Senast kontrollerad 1 november 2026" in words(bris)
    assert 'href="tel:116111"' in bris
    assert headings(page, 3)[:3] == ["112", "Bris", "Polisen"]


def test_support_page_shows_no_other_sites_contacts(client, curriculum):
    elsewhere = curriculum.__class__.objects.create(hostname="granby.example", root_page=curriculum.root_page)
    contact = SupportContact.objects.get(name="Polisen")
    SupportContact.objects.filter(pk=contact.pk).update(site=elsewhere)
    assert "Polisen" not in headings(main(client.get("/stod/")), 3)


def test_legal_pages_tell_what_is_true_of_the_product(client, curriculum):
    cookies = words(main(client.get("/kakor/")))
    assert "sessionid: håller dig inloggad." in cookies
    assert "csrftoken: skyddar formulären" in cookies
    statement = words(main(client.get("/tillganglighet/")))
    assert "I tjänstens tester ingår automatiska kontroller med verktyget axe." in statement
    assert "Senast bedömd: 22 november 2026" in statement
    persons = words(main(client.get("/personuppgifter/")))
    assert "Inga elevers namn finns i rapporterade pass." in persons
    assert 'href="/roller/">Roller och rättigheter</a>' in client.get("/personuppgifter/").text


def test_pages_ask_the_database_little(client, curriculum):
    asked = {}
    for address in QUERIES:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[address] = len(queries)
    assert asked == QUERIES


def test_plans_are_small(client, curriculum):
    assert len(client.get(CALM).content) < 25_000
    assert len(client.get(SENSITIVE).content) < 32_000
