"""Loading the curriculum: what is there afterwards, and what a second time leaves alone."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision, Site

from accounts.rules import find_personal_identity_number
from cms.models import HomePage, SiteSettings, StandardPage, SupportContact
from curriculum.actions import LoadResult, load_catalogue
from curriculum.enums import SessionKind
from curriculum.imports import CONTENT, read_catalogue, read_pages, read_scenarios, read_words
from curriculum.models import Programme, ProgrammePage, Scenario, Session, SessionPlanPage
from tests.conftest import FEW_PLANS
from tests.factories import UserFactory


def shipped_plans(programme):
    words = {"municipality": "Ekbacka kommun", "phone": "", "email": ""}
    [page] = [page for page in read_pages(words=words).children[0].children if page.slug == programme]
    return page.children


CHAPTERS = [
    "om-mvp",
    "passen",
    "nar-nagon-berattar",
    "ord",
    "stod",
    "scenarier",
    "aret",
    "for-handledare",
    "for-skolans-ledning",
]
TAGET, MVP = shipped_plans("taget"), shipped_plans("mvp")


ADDRESSES = [
    "/",
    "/program/",
    "/program/taget/",
    *[f"/program/taget/{plan.slug}/" for plan in TAGET],
    "/program/mvp/",
    *[f"/program/mvp/{plan.slug}/" for plan in MVP],
    "/program/abc/",
    "/stod/",
    "/orolig-for-nagon/",
    "/tillganglighet/",
    "/kakor/",
    "/personuppgifter/",
    "/nyheter/",
    "/handbok/",
    *[f"/handbok/{slug}/" for slug in CHAPTERS],
    "/begrepp/",
    "/for-foraldrar/",
    "/for-foraldrar/fraga-vid-middagsbordet/",
    "/for-foraldrar/taget-for-foraldrar/",
    "/om-arbetet/",
    "/om-arbetet/hur-hanger-allt-ihop/",
    "/om-arbetet/valdspyramiden/",
    "/om-arbetet/tre-nivaer/",
    "/om-arbetet/utvarderingar/",
]
PAGES = len(ADDRESSES) - len([*TAGET, *MVP]) + len(FEW_PLANS)
WORDS = len(read_words())
SCENARIOS = [row.code for row in read_scenarios()]
FEW_SCENARIOS = len([code for code in SCENARIOS if f"{code.rpartition('-')[0]}.yaml" in FEW_PLANS])
LOADED_AGAIN = [
    "Passkatalogen: 0 nya, 0 ändrade, 54 oförändrade.",
    "Kontakter i stödlistan: 0 nya, 0 ändrade, 8 oförändrade.",
    f"Begreppslistan: 0 nya, 0 ändrade, {WORDS} oförändrade.",
    f"Scenarier: 0 nya, 0 ändrade, {FEW_SCENARIOS} oförändrade.",
    f"Sidor: 0 nya, 0 ändrade, {PAGES} oförändrade.",
]


def without_translations(content, folder):
    """The same files in Swedish alone: what is translated is tested apart."""
    return shutil.copytree(content, folder / "content", ignore=shutil.ignore_patterns("languages"))


@pytest.fixture(scope="module")
def few_plans(few_plans, tmp_path_factory):
    return without_translations(few_plans, tmp_path_factory.mktemp("few"))


@pytest.fixture(autouse=True)
def _fast(_no_search_index):
    pass


@pytest.fixture(autouse=True)
def _in_swedish_alone(settings):
    """What is loaded in other languages is tested with them."""
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES[:1]
    settings.LANGUAGES = settings.LANGUAGES[:1]


@pytest.fixture
def load(few_plans):
    def load(*, content=few_plans, **options):
        out = StringIO()
        call_command("load_curriculum", stdout=out, content=content, **options)
        return out.getvalue().splitlines()

    return load


@pytest.fixture
def refusal(load):
    def refusal(**options):
        with pytest.raises(CommandError) as error:
            load(**options)
        assert error.value.returncode == 1
        return str(error.value)

    return refusal


@pytest.fixture
def newer(few_plans, tmp_path):
    """Content files in which the aim of the first plan has been rewritten."""
    content = tmp_path / "content"
    shutil.copytree(few_plans, content)
    plan = content / "taget" / "T-B1.yaml"
    plan.write_text(plan.read_text().replace('aim: "Eleverna kan', 'aim: "Alla elever kan'))
    return content


def aim_now():
    return SessionPlanPage.objects.get(session__code="T-B1").aim.split(" kan ")[0]


def test_catalogue_holds_every_programme(catalogue):
    rows = Programme.objects.order_by("order").values_list("code", "name", "lowest_grade", "highest_grade")
    assert list(rows) == [("taget", "Tåget", 0, 5), ("mvp", "MVP", 6, 6), ("abc", "ABC", 0, 9)]


def test_catalogue_holds_the_base_sessions_with_their_months(catalogue):
    rows = (
        Session.objects.filter(kind=SessionKind.BASE).in_order().values_list("code", "title", "month", "is_sensitive")
    )
    assert list(rows) == [
        ("T-B1", "Normer och dess konsekvenser", 9, False),
        ("T-B2", "Aktiva åskådare och förändring", 12, False),
        ("T-B3", "Våld i hemmet", 4, True),
    ]


def test_catalogue_holds_the_additional_sessions_in_order(catalogue):
    sessions = Session.objects.filter(kind=SessionKind.ADDITIONAL).in_order()
    assert [session.code for session in sessions] == [f"T-T{number:02}" for number in range(1, 16)]
    assert [session.title for session in sessions] == [
        "Könsnormen",
        "Vithetsnormen",
        "Vad innebär vänskap",
        "Grupptryck",
        "Mobbning",
        "Olika familjekonstellationer",
        "Psykisk ohälsa i familjen",
        "Samtal om och med polisen",
        "Språkbruk och svordomar",
        "Positiva uppmaningar och förstärkning",
        "Lögn, sanning eller mittemellan",
        "Missbruk i familjen",
        "Kroppsgränser och samtycke",
        "Kroppspositivism",
        "Att säga ifrån",
    ]


def test_every_theme_has_a_staff_session_before_it(catalogue):
    staff = Session.objects.filter(kind=SessionKind.STAFF).in_order()
    assert staff.count() == 18
    assert all(session.code == f"P-{session.prepares.code}" for session in staff)
    assert staff[0].title == "Personalpass: Normer och dess konsekvenser"
    assert {session.planned_minutes for session in staff} == {30}


def test_catalogue_holds_the_mentors_sessions_and_the_parents_meetings(catalogue):
    assert list(Session.objects.filter(kind=SessionKind.MENTOR).in_order().values_list("code", flat=True)) == [
        f"MVP-{number:02}" for number in range(1, 12)
    ]
    assert list(Session.objects.filter(kind=SessionKind.MEETING).in_order().values_list("code", "title")) == [
        ("ABC-1", "Visa kärlek"),
        ("ABC-2", "Vara med"),
        ("ABC-3", "Visa vägen"),
        ("ABC-4", "Välja strider"),
    ]


def test_pages_stand_at_their_addresses_published_with_their_revisions(db, load, tmp_path):
    assert load(content=without_translations(CONTENT, tmp_path), municipality="Ekbacka kommun") == [
        "Passkatalogen: 54 nya, 0 ändrade, 0 oförändrade.",
        "Kontakter i stödlistan: 8 nya, 0 ändrade, 0 oförändrade.",
        f"Begreppslistan: {WORDS} nya, 0 ändrade, 0 oförändrade.",
        f"Scenarier: {len(SCENARIOS)} nya, 0 ändrade, 0 oförändrade.",
        f"Sidor: {len(ADDRESSES)} nya, 0 ändrade, 0 oförändrade.",
    ]
    assert isinstance(Site.objects.get(is_default_site=True).root_page.specific, HomePage)
    pages = Page.objects.filter(depth__gte=2).order_by("path")
    assert [page.url for page in pages] == ADDRESSES
    for page in pages:
        entry = PageLogEntry.objects.get(page=page.pk, action="wagtail.publish")
        assert (page.live, page.live_revision_id) == (True, entry.revision_id)


def test_every_shipped_scenario_has_a_code_of_its_session():
    assert len(set(SCENARIOS)) == len(SCENARIOS) > 100
    for plan in [*TAGET, *MVP]:
        chosen = [row["value"] for row in plan.fields["scenarios"]]
        assert chosen == [f"{plan.fields['session']}-S{number}" for number in range(1, len(chosen) + 1)]


def test_reading_a_plan_twice_gives_the_same_blocks():
    assert (shipped_plans("taget"), shipped_plans("mvp")) == (TAGET, MVP)


def test_no_shipped_text_holds_a_personal_identity_number():
    for file in CONTENT.rglob("*.yaml"):
        lines = file.read_text().splitlines()
        assert [line for line in lines if find_personal_identity_number(line)] == []


def test_a_site_is_named_by_its_settings_by_the_option_or_by_what_it_is(db, load):
    load()
    assert HomePage.objects.get().intro.startswith("I kommunen arbetar skolorna")
    assert StandardPage.objects.get(slug="tillganglighet").intro.startswith("Kommunen står bakom")
    load(municipality="Ekbacka kommun")
    assert SiteSettings.for_site(Site.objects.get(is_default_site=True)).owner_name == "Ekbacka kommun"
    load()
    assert HomePage.objects.get().intro.startswith("I Ekbacka kommun arbetar skolorna")
    assert StandardPage.objects.get(slug="tillganglighet").intro.startswith("Ekbacka kommun står bakom")


def test_invented_contacts_are_for_a_demonstration_only(db, load, settings):
    load()
    own = SupportContact.objects.filter(name="Socialtjänsten")
    assert own.count() == 0
    assert "08-465" not in str(ProgrammePage.objects.get(programme__code="abc").body.get_prep_value())
    settings.DEMO = True
    load()
    assert own.get().phone == "08-465 004 10"
    assert own.get().site == Site.objects.get(is_default_site=True)
    assert "08-465 004 20" in str(ProgrammePage.objects.get(programme__code="abc").body.get_prep_value())


def test_loading_again_changes_nothing(some_plans, load):
    before = list(Revision.objects.values_list("pk", flat=True))
    assert load() == LOADED_AGAIN
    assert list(Revision.objects.values_list("pk", flat=True)) == before


def test_a_newer_file_updates_a_page_and_keeps_the_ids_of_its_core_parts(some_plans, load, newer):
    before = SessionPlanPage.objects.get(session__code="T-B1").core_parts
    assert load(content=newer)[-1] == f"Sidor: 0 nya, 1 ändrade, {PAGES - 1} oförändrade."
    after = SessionPlanPage.objects.get(session__code="T-B1")
    assert (aim_now(), after.revisions.count(), after.core_parts) == ("Alla elever", 2, before)


def test_what_an_editor_has_changed_is_left_alone(some_plans, load, newer):
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    plan.aim = "Redaktören kan bättre."
    plan.save_revision(user=UserFactory()).publish()
    assert load(content=newer)[-2:] == [
        f"Sidor: 0 nya, 0 ändrade, {PAGES - 1} oförändrade.",
        "Rördes inte, eftersom någon har ändrat: Normer och dess konsekvenser.",
    ]
    assert aim_now() == "Redaktören"


def test_an_editors_draft_is_left_alone_too(some_plans, load, newer):
    plan = SessionPlanPage.objects.get(session__code="T-B1")
    plan.aim = "Redaktören kan bättre."
    plan.save_revision(user=UserFactory())
    load(content=newer)
    assert aim_now() == "Eleverna"


def test_what_an_editor_took_down_stays_down(some_plans, load, newer):
    SessionPlanPage.objects.get(session__code="T-B1").unpublish(user=UserFactory(is_superuser=True))
    assert load(content=newer)[-1] == "Rördes inte, eftersom någon har ändrat: Normer och dess konsekvenser."
    assert SessionPlanPage.objects.get(session__code="T-B1").live is False


def test_what_an_editor_deleted_stays_away(some_plans, load):
    StandardPage.objects.get(slug="kakor").delete(user=UserFactory(is_superuser=True))
    assert load()[-1] == "Rördes inte, eftersom någon har ändrat: Om kakor."
    assert StandardPage.objects.filter(slug="kakor").count() == 0


@pytest.fixture
def newer_scenario(few_plans, tmp_path):
    """Content files in which a scenario has another title."""
    content = tmp_path / "newer"
    shutil.copytree(few_plans, content)
    plan = content / "mvp" / "MVP-01.yaml"
    plan.write_text(plan.read_text().replace("Nya i klassen", "Ny i klassen"))
    return content


def test_a_newer_file_updates_a_scenario_and_no_page(some_plans, load, newer_scenario):
    assert load(content=newer_scenario)[-2:] == [
        f"Scenarier: 0 nya, 1 ändrade, {FEW_SCENARIOS - 1} oförändrade.",
        f"Sidor: 0 nya, 0 ändrade, {PAGES} oförändrade.",
    ]
    scenario = Scenario.objects.get(code="MVP-01-S1")
    assert (scenario.title, scenario.revisions.count()) == ("Ny i klassen", 2)


def test_a_scenario_that_an_editor_has_changed_is_left_alone(some_plans, load, newer_scenario):
    scenario = Scenario.objects.get(code="MVP-01-S1")
    log(scenario, "wagtail.edit", user=UserFactory())
    assert "Rördes inte, eftersom någon har ändrat: MVP-01-S1 Ny i klassen." in load(content=newer_scenario)
    assert Scenario.objects.get(code="MVP-01-S1").title == "Nya i klassen"


def test_a_scenario_that_an_editor_deleted_stays_away(some_plans, load):
    scenario = Scenario.objects.get(code="MVP-01-S1")
    scenario.title = "Gammal i klassen"
    log(scenario, "wagtail.delete", user=UserFactory(), deleted=True)
    scenario.delete()
    assert load()[-3:] == [
        f"Scenarier: 0 nya, 0 ändrade, {FEW_SCENARIOS - 1} oförändrade.",
        "Rördes inte, eftersom någon har ändrat: MVP-01-S1 Nya i klassen.",
        f"Sidor: 0 nya, 1 ändrade, {PAGES - 1} oförändrade.",
    ]
    plan = SessionPlanPage.objects.get(session__code="MVP-01")
    assert [told.code for told in plan.told_scenarios] == ["MVP-01-S2", "MVP-01-S3"]


def test_what_the_file_does_not_name_is_kept_in_the_catalogue(catalogue):
    Session.objects.filter(code="T-T08").update(is_retired=True, title="Polisen")
    assert load_catalogue(programmes=read_catalogue()) == LoadResult(updated=1, unchanged=53)
    session = Session.objects.get(code="T-T08")
    assert (session.title, session.is_retired) == ("Samtal om och med polisen", True)


def test_a_second_site_gets_its_own_pages(some_plans, load):
    other = Site.objects.create(hostname="granby.example", root_page=Page.objects.get(depth=1))
    assert load(site="granby.example", municipality="Granby kommun")[-1].startswith(f"Sidor: {PAGES} nya")
    other.refresh_from_db()
    assert other.root_page.specific.intro.startswith("I Granby kommun")
    assert HomePage.objects.count() == 2
    assert SessionPlanPage.objects.filter(session__code="T-B1").count() == 2


def test_an_unknown_site_is_refused(db, refusal):
    assert refusal(site="nowhere.example") == "Det finns ingen webbplats med det värdnamnet."


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("steps:\n", "steps: [\n", "taget/T-B1.yaml, rad 19: det här är inte YAML."),
        ("summary: ", "about: ", "taget/T-B1.yaml: summary saknas."),
        ("code: T-B1", "code: T-B9", "taget/T-B1.yaml: T-B9 finns inte."),
        ("minutes: 40", "minutes: 45", "taget/T-B1.yaml: Stegen blir tillsammans 40 minuter, men planen säger 45."),
        ("Tavla och penna", "Ring 20121212-1212", "taget/T-B1.yaml: material: 1: Texten ser ut att innehålla"),
        (
            'core_label: "Vad är en norm?"',
            'core_label: ""',
            "taget/T-B1.yaml: steps: 1: core_label: En kärndel behöver",
        ),
    ],
)
def test_a_broken_file_is_refused_in_one_line_and_nothing_is_saved(db, refusal, newer, old, new, reason):
    plan = newer / "taget" / "T-B1.yaml"
    plan.write_text(plan.read_text().replace(old, new, 1))
    answer = refusal(content=newer)
    assert answer.startswith(reason)
    assert "\n" not in answer
    assert (Session.objects.count(), HomePage.objects.count(), SupportContact.objects.count()) == (0, 0, 0)


def test_a_missing_file_is_refused(db, refusal, tmp_path):
    assert refusal(content=tmp_path) == "catalogue.yaml går inte att läsa."


def test_mentors_plans_are_for_mentors_and_staff_and_the_others_for_all(db, few_plans, load, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(few_plans, content)
    (content / "mvp").mkdir(exist_ok=True)
    text = (
        (content / "taget" / "T-B1.yaml")
        .read_text()
        .replace("T-B1", "MVP-01")
        .replace("slug: normer", "slug: ett-normer")
    )
    (content / "mvp" / "MVP-01.yaml").write_text(text)
    load(content=content)
    mentors = SessionPlanPage.objects.get(session__code="MVP-01")
    restriction = mentors.get_view_restrictions().get()
    assert sorted(group.name for group in restriction.groups.all()) == ["MVP-mentorer", "Personal"]
    assert SessionPlanPage.objects.get(session__code="T-B1").get_view_restrictions().count() == 0
    restriction.delete()
    load(content=content)
    assert mentors.get_view_restrictions().count() == 0
