"""Every page, in light and dark, on a phone and a computer: within reach for all, and no wider than a narrow screen."""

import os

import pytest

from accounts.models import User
from programmes.actions.demo.accounts import DEMO_PASSWORD
from programmes.models import (
    Delivery,
    FeedbackRound,
    ImportDraft,
    Membership,
    MenteeGroup,
    MentorCohort,
    ParentGroup,
    ParentSignUp,
    PlannedSession,
    SchoolAdult,
    SurveyRound,
)
from tests.e2e.conftest import DESKTOP, PHONE

NARROW = {"width": 320, "height": 640}
ALMSKOLAN = "/skolor/almskolan/"
MVP = "/skolor/ekbackaskolan/mvp/"
PAGES = {
    None: [
        "/",
        "/program/",
        "/program/taget/",
        "/program/mvp/",
        "/program/abc/",
        "/program/taget/vald-i-hemmet/",
        "/stod/",
        "/tillganglighet/",
        "/kakor/",
        "/personuppgifter/",
        "/nyheter/",
        "/nyheter/tva-nya-abc-grupper/",
        "/sok/",
        "/sok/?q=askadare",
        "/sok/?q=zzqqzz",
        "/begrepp/",
        "/om-arbetet/valdspyramiden/",
        "/om-arbetet/hur-hanger-allt-ihop/",
        "/for-foraldrar/fraga-vid-middagsbordet/",
        "/program/abc/grupper/",
        "/program/abc/grupper/{open_group}/",
        "/program/abc/grupper/{full_group}/",
        "/anmalan/{sign_up_link}/",
        "/anmalan/{waiting_link}/",
        "/tyck/{code}/",
        "/tyck/{code}/?sprak=ar",
        "/svara/",
        "/svara/{survey_code}/",
        "/svara/{survey_code}/?sprak=ar",
        "/tema/almskolan/",
        "/roller/",
        "/konto/logga-in/",
        "/konto/losenord/glomt/",
        "/konto/logga-in/kod/",
        "/konto/kommunens/fel/",
        "/inbjudan/nagon-annans/",
        "/finns/inte/",
    ],
    "koordinator": [
        "/handbok/",
        "/handbok/scenarier/",
        "/handbok/aret/",
        "/mina-uppgifter/",
        "/import/",
        "/import/{log}/",
        "/import/{log}/kolumner/",
        ALMSKOLAN,
        f"{ALMSKOLAN}?vy=matris",
        f"{ALMSKOLAN}?lasar=2025/26",
        f"{ALMSKOLAN}rapportera/",
        f"{ALMSKOLAN}rapportera/?klass=3A&klass=3B&pass=T-B3",
        f"{ALMSKOLAN}rapportera/?klass=3B&pass=T-B1",
        f"{ALMSKOLAN}rapportera/genomfort/{{delivery}}/ta-bort/",
        f"{ALMSKOLAN}plan/",
        f"{ALMSKOLAN}plan/{{planned}}/ta-bort/",
        f"{ALMSKOLAN}trygg-bas/",
        f"{ALMSKOLAN}trygg-bas/3B/",
        f"{ALMSKOLAN}trygg-bas/3B/?vuxen={{adult}}&ord=pupil",
        f"{ALMSKOLAN}trygg-bas/3B/elev/4/",
        f"{ALMSKOLAN}trygg-bas/3B/lista/",
        f"{ALMSKOLAN}trygg-bas/3B/fraga/",
        f"{ALMSKOLAN}trygg-bas/3B/fraga/4/",
        f"{ALMSKOLAN}trygg-bas/3B/blankett/",
        f"{ALMSKOLAN}trygg-bas/vuxna/",
        f"{ALMSKOLAN}trygg-bas/vuxna/{{adult}}/",
        f"{ALMSKOLAN}trygg-bas/avstamning/avsluta/",
        f"{ALMSKOLAN}plan/{{planned}}/andra/",
        f"{ALMSKOLAN}plan/klass/{{class}}/",
        f"{ALMSKOLAN}plan/ny/?pass=T-T12",
        f"{ALMSKOLAN}plan/kopiera/",
        f"{ALMSKOLAN}nytt-lasar/",
        f"{ALMSKOLAN}klasser/",
        f"{ALMSKOLAN}klasser/{{class}}/andra/",
        f"{ALMSKOLAN}klasser/{{class}}/avsluta/",
        f"{ALMSKOLAN}analys/",
        f"{ALMSKOLAN}sjalvskattning/",
        f"{ALMSKOLAN}sjalvskattning/HT2026/",
        f"{ALMSKOLAN}sjalvskattning/HT2026/atgarder/",
        f"{ALMSKOLAN}rapportera/flera/",
        f"{ALMSKOLAN}papper/?klass=3B",
        f"{ALMSKOLAN}foraldrar/",
        f"{ALMSKOLAN}elevfragor/",
        f"{ALMSKOLAN}elevfragor/klass/{{told_class}}/",
        f"{ALMSKOLAN}elevfragor/klass/{{class}}/efter/",
        f"{ALMSKOLAN}elevfragor/klass/{{asked_class}}/fore/",
        f"{ALMSKOLAN}foraldrar/ny/",
        "/foraldrar/{school_group}/",
        "/foraldrar/{school_group}/anmalda/",
        "/rapporter/",
        "/oversikt/",
        "/konto/logga-ut/",
        "/konto/losenord/andra/",
        "/konto/",
        "/konto/e-post/",
        "/konto/veckobrev/",
        "/konto/kalender/",
        "/arshjul/",
        "/paminnelser/",
        "/konto/inloggningar/",
        "/konto/steg-tva/",
        "/konto/steg-tva/app/",
        "/konto/steg-tva/nycklar/ny/",
        "/inbjudningar/",
        "/inbjudningar/ny/",
        f"{ALMSKOLAN}personer/",
        "/personer/{membership}/andra/",
        "/personer/{membership}/lamna-over/",
        "/personer/{membership}/avsluta/",
    ],
    "handledare": [
        "/start/",
        f"{MVP}",
        f"{MVP}ny/",
        f"{MVP}{{cohort}}/grupp/{{group}}/",
        f"{MVP}{{cohort}}/grupp/{{group}}/andra/",
        f"{MVP}{{cohort}}/grupp/{{group}}/ta-bort/",
        f"{MVP}{{cohort}}/grupp/ny/",
        f"{MVP}{{cohort}}/tider/",
        f"{MVP}{{cohort}}/mentorer/",
        f"{MVP}{{cohort}}/mentorer/{{mentor}}/",
        f"{MVP}{{cohort}}/handledning/{{supervision}}/",
        f"{MVP}{{cohort}}/traffar/{{meeting}}/",
        f"{MVP}{{cohort}}/diplom/",
        f"{MVP}{{cohort}}/dorr/",
    ],
    "samordnare": [
        f"{MVP}",
        "/rapporter/?period=2026/27&program=mvp",
        "/utvardering/",
        "/oversikt/",
        "/oversikt/skolor/",
        "/oversikt/skolor/almskolan/",
        "/oversikt/samverkan/",
        "/oversikt/atgardsplan/",
        "/oversikt/atgardsplan/ny/",
        "/oversikt/atgardsplan/utskrift/",
        "/oversikt/krisnotis/",
        "/import/",
        "/import/{register}/",
        "/foraldrar/",
        "/foraldrar/{asked_group}/traff/{asked_number}/fraga/",
        "/foraldrar/{told_group}/traff/{told_number}/fraga/",
        "/rapporter/",
        "/rapporter/nadda/",
        "/rapporter/jamforelse/",
        "/rapporter/urval/ny/?rapport=nadda",
        "/rapporter/foljsamhet/",
        "/rapporter/kedjan/",
        "/rapporter/personal/",
        "/rapporter/mvp/",
        "/rapporter/abc/",
        "/rapporter/kurser/",
        "/rapporter/persontimmar/",
        "/rapporter/filer/",
        "/rapporter/skolan/",
        "/rapporter/krankande-behandling/?skola=almskolan",
        "/rapporter/kvalitetsarbete/",
        "/rapporter/elevfragor/?period=2025/26",
        "/elevfragor/",
        "/elevfragor/taget_f3/adult/andra/",
        "/rapporter/est/",
        "/rapporter/atgardsplan/",
        "/rapporter/trygg-bas/",
        "/rapporter/perioder/",
        "/rapporter/perioder/HT2025/",
        "/rapporter/perioder/HT2025/oppna/",
        "/rapporter/perioder/VT2026/stang/",
        f"{ALMSKOLAN}las-upp/{{locked}}/",
        "/paminnelser/",
        "/arshjul/",
        "/arshjul/?skola=almskolan",
        "/personer/",
        "/skolor/",
        "/skolor/cedergrensskolan/",
    ],
    "redaktor": ["/start/", "/rapporter/skriv-om/"],
    "utvarderare": ["/start/", "/skolor/"],
    "admin": ["/admin/komponenter/", "/logg/"],
}


@pytest.fixture
def starting_database(demo_database):
    return demo_database


@pytest.fixture
def numbers(db):
    """The rows that some addresses are about."""
    almskolan = PlannedSession.objects.filter(school_class__school__slug="almskolan", school_class__start_year=2026)
    held = Delivery.objects.filter(planned_session__in=almskolan).earliest("pk")
    planned = almskolan.filter(deliveries=None).earliest("pk")
    coming = ParentGroup.objects.filter(takes_sign_ups=True)
    rounds = FeedbackRound.objects.exclude(group_meeting=None).select_related("group_meeting")
    asked, told = rounds.filter(closed_at=None).earliest("pk"), rounds.exclude(closed_at=None).earliest("pk")
    surveys = SurveyRound.objects.filter(survey__school__slug="almskolan", survey__start_year=2026)
    survey, both = surveys.get(closed_at=None), surveys.get(moment="after")
    drafts = dict(ImportDraft.objects.values_list("kind", "pk"))
    cohort = MentorCohort.objects.get(door_code="EKBA-9MVP")
    return {
        "log": drafts["deliveries"],
        "register": drafts["schools"],
        "open_group": coming.filter(school__slug="almskolan").earliest("pk").pk,
        "school_group": coming.filter(school__slug="almskolan").earliest("pk").pk,
        "full_group": coming.filter(language="arabic").earliest("pk").pk,
        "sign_up_link": ParentSignUp.objects.filter(state="placed").earliest("pk").link_token,
        "waiting_link": ParentSignUp.objects.filter(state="waiting").earliest("pk").link_token,
        "code": asked.code,
        "asked_group": asked.group_meeting.group_id,
        "asked_number": asked.group_meeting.number,
        "told_group": told.group_meeting.group_id,
        "told_number": told.group_meeting.number,
        "survey_code": survey.code,
        "asked_class": survey.survey.school_class_id,
        "told_class": both.survey.school_class_id,
        "cohort": cohort.pk,
        "group": MenteeGroup.objects.filter(cohort=cohort).earliest("pk").pk,
        "mentor": cohort.mentors.earliest("pk").pk,
        "supervision": cohort.supervisions.earliest("date").pk,
        "meeting": cohort.meetings.earliest("date").pk,
        "membership": Membership.objects.get(user__email="ledare@ekbacka.example").pk,
        "delivery": held.pk,
        "planned": planned.pk,
        "locked": PlannedSession.objects.filter(
            school_class__school__slug="almskolan", deliveries__date__range=("2025-08-01", "2025-12-31")
        )
        .earliest("pk")
        .pk,
        "class": planned.school_class_id,
        "adult": SchoolAdult.objects.filter(school__slug="almskolan").earliest("pk").pk,
    }


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "anyone")
def test_every_page_is_accessible_and_fits(new_page, sign_in, assert_accessible, numbers, who):
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    if who:
        sign_in(page, User.objects.get(email=f"{who}@ekbacka.example"), DEMO_PASSWORD)
    complaints = []
    for address in PAGES[who]:
        page.goto(address.format(**numbers))
        assert page.get_by_role("heading", level=1).count() == 1, address
        try:
            for size in (PHONE, DESKTOP):
                page.set_viewport_size(size)
                page.emulate_media(color_scheme="light")
                assert_accessible(page)
                # The colours are the same on every screen: in the dark the phone's are enough for the time there is.
                if size == PHONE or os.environ.get("EVERYTHING"):
                    page.emulate_media(color_scheme="dark")
                    assert_accessible(page, only=["color-contrast"])
        except AssertionError as error:
            complaints.append(f"{size['width']} px: {error}")
        page.set_viewport_size(NARROW)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
            complaints.append(f"{page.url} is {width} px wide on a screen of {NARROW['width']}")
        page.set_viewport_size(PHONE)

    assert not complaints, "\n".join(complaints)
