"""Trygg bas on the screen: who sees what, one tap a pupil, and what never leaves the list."""

import logging
import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from wagtail import hooks

from programmes.enums import EventKind, Role
from programmes.models import Area, CheckRound, ClassCheck, Event, ListedPupil, SchoolAdult, SecureBase
from tests.factories import (
    CheckRoundFactory,
    ClassFactory,
    ListedPupilFactory,
    MembershipFactory,
    SchoolAdultFactory,
    SchoolFactory,
    SecureBaseFactory,
    UserFactory,
)

SCHOOL = "/skolor/almskolan/trygg-bas/"
LIST = f"{SCHOOL}3B/"
SECRET = "Zebulon"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def autumn(school):
    return CheckRoundFactory(school=school)


@pytest.fixture
def adult(school):
    return SchoolAdultFactory(school=school, name="K.")


@pytest.fixture
def pupils(school_class, autumn):
    return [ListedPupilFactory(school_class=school_class, number=number) for number in (1, 2, 3)]


def mark(client, number, adult, word="adults", does="lagg-till", **headers):
    data = {"vald_vuxen": adult.pk, "valt_ord": word, "gor": does}
    return client.post(f"{LIST}elev/{number}/vuxen/", data, headers=headers)


def links():
    return list(SecureBase.objects.order_by("pupil__number").values_list("pupil__number", "adult__name", "word"))


def numbers(rows):
    return [row.number for row in rows]


# One tap


def test_tap_adds_the_chosen_adult_and_keeps_the_choice(client, leader, pupils, adult):
    client.force_login(leader)

    response = mark(client, 2, adult)

    assert links() == [(2, "K.", "adults")]
    assert response["Location"] == f"{LIST}?vuxen={adult.pk}&ord=adults#elev-2"


def test_tap_again_takes_away(client, leader, pupils, adult):
    client.force_login(leader)
    mark(client, 2, adult)
    mark(client, 2, adult, does="ta-bort")

    assert links() == []


def test_tap_with_htmx_answers_with_the_row_and_the_new_figures(client, leader, pupils, adult):
    client.force_login(leader)

    text = mark(client, 2, adult, **HTMX).content.decode()

    assert text.count("<li ") == 1
    assert 'id="elev-2"' in text
    assert "<strong>1 av 3</strong> elever har en trygg vuxen." in text
    assert "Elev 2: Lärare K. är tillagd." in text
    assert 'aria-label="Ta bort lärare K. för elev 2"' in text


def test_adult_chosen_last_wins_over_the_one_that_the_row_was_drawn_with(client, leader, school, pupils, adult):
    """The rows are drawn anew after a choice; a tap before that is about what the person has just chosen."""
    newly = SchoolAdultFactory(school=school, name="S.")
    client.force_login(leader)

    data = {"vald_vuxen": adult.pk, "valt_ord": "adults", "vuxen": newly.pk, "ord": "pupil", "gor": "lagg-till"}
    client.post(f"{LIST}elev/2/vuxen/", data)

    assert links() == [(2, "S.", "pupil")]


@pytest.mark.parametrize("end_date", [date(2026, 11, 21), None], ids=["left", "elsewhere"])
def test_adult_who_left_or_works_elsewhere_is_refused_in_words(client, leader, pupils, adult, end_date):
    other = SchoolAdultFactory() if end_date is None else SchoolAdultFactory(school=adult.school, end_date=end_date)
    client.force_login(leader)

    response = mark(client, 2, other)

    assert links() == []
    said = [str(message) for message in client.get(response["Location"]).context["messages"]]
    assert said == ["Den vuxna är inte kvar på skolan. Inget är ändrat, välj någon annan."]


def test_list_shows_the_uncovered_first_then_those_whose_words_differ(client, leader, pupils, adult, autumn):
    SecureBaseFactory(pupil=pupils[0], adult=adult, round=autumn)
    SecureBaseFactory(pupil=pupils[1], adult=adult, round=autumn)
    ListedPupil.objects.filter(number=2).update(asked_round=autumn, names_nobody=True)
    client.force_login(leader)

    context = client.get(LIST).context

    assert numbers(context["uncovered"]) == [3]
    assert numbers(context["mismatches"]) == [2]
    assert numbers(context["settled"]) == [1]
    assert context["mismatches"][0].small == "vuxnas ord, eleven nämnde ingen"


def test_list_length_that_differs_from_enrolled_is_told(client, leader, pupils):
    client.force_login(leader)

    assert "Listan har 3 elever, men klassen har 21 inskrivna." in client.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["Åk 1-2", "7:2", "1/2", "Förskoleklass Räven"])
def test_class_of_any_name_has_an_address(client, coordinator, school, autumn, name):
    ClassFactory(school=school, name=name)
    client.force_login(coordinator)
    address = next(row.url for row in client.get(SCHOOL).context["rows"] if row.name == name)

    assert client.get(address).context["school_class"].name == name


# One pupil


def test_pupils_page_saves_both_words(client, leader, school, pupils, adult):
    other = SchoolAdultFactory(school=school, name="S.")
    client.force_login(leader)

    data = {"adults_word": [adult.pk], "pupils_word": [other.pk], "asked": "named", "seen": ""}
    client.post(f"{LIST}elev/1/", data)

    assert sorted(links()) == [(1, "K.", "adults"), (1, "S.", "pupil")]


@pytest.mark.parametrize(
    ("asked", "names", "field", "sentence"),
    [
        ("named", False, "pupils_word", "Markera vem eller vilka eleven nämnde."),
        ("nobody", True, "asked", "Någon är markerad som elevens ord: välj ”nämnde någon”."),
        ("not_asked", True, "asked", "Någon är markerad som elevens ord: välj ”nämnde någon”."),
    ],
)
def test_pupils_page_says_what_does_not_fit(client, leader, pupils, adult, asked, names, field, sentence):
    client.force_login(leader)

    data = {"asked": asked, "pupils_word": [adult.pk] if names else []}
    response = client.post(f"{LIST}elev/1/", data)

    assert response.context["form"].errors == {field: [sentence]}
    assert links() == []


# The pupil's own answer


def test_pupil_answers_and_the_next_sees_nothing_of_it(client, leader, pupils, adult, autumn):
    client.force_login(leader)

    response = client.post(f"{LIST}fraga/1/", {"adults": [adult.pk]})

    assert links() == [(1, "K.", "pupil")]
    thanks = client.get(response["Location"])
    assert "K." not in thanks.content.decode()
    again = client.get(f"{LIST}fraga/1/")
    assert "checked" not in again.content.decode()
    assert {page["Cache-Control"] for page in (thanks, again)} == {
        "max-age=0, no-cache, no-store, must-revalidate, private"
    }


def test_page_that_a_pupil_sees_has_no_way_to_the_list_and_no_short_name(client, leader, pupils, adult):
    ListedPupil.objects.filter(number=1).update(short_name=SECRET)
    client.force_login(leader)

    text = client.get(f"{LIST}fraga/1/").content.decode()

    assert SECRET not in text
    assert 'href="/' not in text.partition("<main")[2]


def test_pupil_who_has_nobody_says_so(client, leader, pupils, adult, autumn):
    client.force_login(leader)

    client.post(f"{LIST}fraga/1/", {"nobody": "on"})

    assert list(ListedPupil.objects.filter(number=1).values_list("asked_round", "names_nobody")) == [(autumn.pk, True)]


@pytest.mark.parametrize("both", [True, False])
def test_answer_is_somebody_or_nobody(client, leader, pupils, adult, both):
    client.force_login(leader)

    response = client.post(f"{LIST}fraga/1/", {"adults": [adult.pk], "nobody": "on"} if both else {})

    assert response.context["form"].errors == {"adults": ["Välj en eller flera vuxna, eller att det inte finns någon."]}


# The list


def fields_of(number, **changes):
    values = {"kvar": "1", "short_name": "", "short_name_before": "", "is_protected_before": "", **changes}
    return {f"elev-{number}-{name}": value for name, value in values.items()}


def test_list_is_made_from_the_enrolled_in_one_tap(client, leader, school_class, autumn):
    client.force_login(leader)

    client.post(f"{LIST}lista/fler/", {"count": "21"})

    assert list(ListedPupil.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 22))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Alma Berg", "Skriv ett enda kort namn, bara bokstäver: aldrig efternamn."),
        ("20121212", "Skriv ett enda kort namn, bara bokstäver: aldrig efternamn."),
    ],
)
def test_short_name_that_says_too_much_is_refused_and_kept_in_the_field(client, leader, pupils, name, sentence):
    client.force_login(leader)

    response = client.post(f"{LIST}lista/", {**fields_of(1, short_name=name), **fields_of(2, short_name="Bilal")})

    assert [row.errors for row in response.context["bad_rows"]] == [{"short_name": [sentence]}]
    assert f'value="{name}"' in response.content.decode()
    assert not ListedPupil.objects.exclude(short_name="").exists()


def test_protected_pupil_keeps_no_short_name(client, leader, pupils):
    client.force_login(leader)

    response = client.post(f"{LIST}lista/", fields_of(1, short_name="Alma", is_protected="on"))

    assert response.context["bad_rows"][0].errors == {
        "short_name": ["En elev med skyddad identitet står bara med nummer."]
    }


def test_two_who_edit_the_same_pupil_are_shown_it(client, leader, pupils):
    ListedPupil.objects.filter(number=1).update(short_name="Alva")
    client.force_login(leader)

    response = client.post(f"{LIST}lista/", fields_of(1, short_name="Alma"))

    assert response.context["conflicts"] == [1]
    assert "Ni har båda ändrat elev 1." in response.content.decode()
    assert ListedPupil.objects.get(number=1).short_name == "Alva"


def test_new_class_fetches_the_list_of_last_year(client, coordinator, school, school_class, pupils):
    new = ClassFactory(school=school, name="4B", lowest_grade=4, start_year=2026)
    new.follows.add(school_class)
    client.force_login(coordinator)
    assert "Hämta listan från 3B" in client.get(f"{SCHOOL}4B/").content.decode()

    client.post(f"{SCHOOL}4B/hamta/")

    assert new.listed_pupils.count() == 3


def test_coordinator_fetches_every_list_of_last_year_at_once(client, coordinator, school, school_class, pupils):
    new = ClassFactory(school=school, name="4B", lowest_grade=4, start_year=2026)
    new.follows.add(school_class)
    client.force_login(coordinator)
    assert client.get(SCHOOL).context["waiting"] == 1

    client.post(f"{SCHOOL}avstamning/listor/")

    assert (new.listed_pupils.count(), client.get(SCHOOL).context["waiting"]) == (3, 0)


def test_each_word_is_told_class_by_class_to_who_keeps_the_lists(client, leader, coordinator, school, pupils, adult):
    """1 names the adult, whom the adults do not; 2 names nobody, whom the adults do; 3 has not been asked."""
    autumn = pupils[0].school_class.school.check_rounds.get()
    ListedPupil.objects.filter(pk__in=[pupils[0].pk, pupils[1].pk]).update(asked_round=autumn)
    ListedPupil.objects.filter(pk=pupils[1].pk).update(names_nobody=True)
    SecureBaseFactory(pupil=pupils[0], adult=adult, word="pupil", round=autumn)
    SecureBaseFactory(pupil=pupils[1], adult=adult, word="adults", round=autumn)
    ListedPupilFactory(school_class=ClassFactory(school=school, name="4C", start_year=2026))

    told = {}
    for user in (leader, coordinator):
        client.force_login(user)
        rows = client.get(SCHOOL).text.split("<tbody>", 1)[1].split("</table>")[0].split("</tr>")
        told[user] = [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in rows if "<t" in row]

    assert told[leader] == [["3B", "3", "2", "1", "1", "1"]]
    assert told[coordinator] == [
        ["3B", "3", "2", "1", "1", "1"],
        ["4C", "1", "0", "0", "0", "0"],
        ["Tillsammans", "4", "2", "1", "1", "1"],
    ]


# Rounds and adults


def test_coordinator_opens_and_closes_a_round_with_pupils_who_have_nobody(client, coordinator, school_class, adult):
    client.force_login(coordinator)
    client.post(f"{SCHOOL}avstamning/ny/", {"due_date": "2026-12-11"})
    autumn = CheckRound.objects.get()
    for number in (1, 2):
        ListedPupilFactory(school_class=school_class, number=number)
    SecureBaseFactory(pupil=ListedPupil.objects.get(number=1), adult=adult, round=autumn)

    page = client.get(f"{SCHOOL}avstamning/avsluta/").content.decode()
    response = client.post(f"{SCHOOL}avstamning/avsluta/", follow=True)

    assert "Du kan avsluta ändå" in page
    assert [str(message) for message in response.context["messages"]] == [
        "Avstämningen för HT 2026 är avslutad. 1 elev saknar fortfarande en trygg vuxen och står överst på listan."
    ]
    assert list(autumn.class_checks.values_list("pupils", "covered")) == [(2, 1)]


@pytest.mark.parametrize("day", ["2026-11-21", "2027-01-01"])
def test_round_is_open_until_a_day_of_the_term(client, coordinator, school_class, day):
    client.force_login(coordinator)

    response = client.post(f"{SCHOOL}avstamning/ny/", {"due_date": day})

    assert response.context["form"].errors == {"due_date": ["Välj en dag från i dag till terminens slut."]}


def test_pupils_of_an_adult_who_leaves_are_uncovered_again_and_it_is_said(client, coordinator, pupils, adult, autumn):
    for pupil in pupils[:2]:
        SecureBaseFactory(pupil=pupil, adult=adult, round=autumn)
    client.force_login(coordinator)

    data = {"role": "teacher", "name": "K.", "end_date": "2026-11-20"}
    response = client.post(f"{SCHOOL}vuxna/{adult.pk}/", data, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Lärare K. är sparad. 2 elever saknar nu en trygg vuxen och står överst på sina listor."
    ]
    page = client.get(LIST)
    assert numbers(page.context["uncovered"]) == [1, 2, 3]
    assert page.context["uncovered"][0].small == "eleven inte tillfrågad; Lärare K. har slutat"


def test_leader_adds_an_adult_but_does_not_say_who_left(client, leader, school, adult):
    client.force_login(leader)

    client.post(f"{SCHOOL}vuxna/", {"role": "caretaker", "name": " R.  "})
    again = client.post(f"{SCHOOL}vuxna/", {"role": "caretaker", "name": "r."})

    assert list(SchoolAdult.objects.order_by("pk").values_list("role", "name")) == [
        ("teacher", "K."),
        ("caretaker", "R."),
    ]
    assert again.context["form"].errors == {"name": ["Det finns redan en vuxen med den rollen och det namnet."]}
    assert client.get(f"{SCHOOL}vuxna/{adult.pk}/").status_code == 403


# Who sees what


def test_leader_sees_the_own_class_only(client, leader, school, pupils):
    ListedPupilFactory(school_class=ClassFactory(school=school, name="4A"), number=1)
    client.force_login(leader)

    assert [row.name for row in client.get(SCHOOL).context["rows"]] == ["3B"]
    assert client.get(f"{SCHOOL}4A/").status_code == 404


def test_pupil_of_another_class_is_not_reached_through_the_own(client, leader, school, school_class, adult, autumn):
    ListedPupilFactory(school_class=ClassFactory(school=school, name="4A"), number=7)
    client.force_login(leader)

    assert [client.get(f"{LIST}{part}/7/").status_code for part in ("elev", "fraga")] == [404, 404]
    assert mark(client, 7, adult).status_code == 404
    assert links() == []


def test_superuser_and_administrator_see_no_list(client, municipality, pupils):
    user = UserFactory(is_staff=True, is_superuser=True)
    MembershipFactory(user=user, role=Role.ADMINISTRATOR, municipality=municipality)
    client.force_login(user)

    assert [client.get(address).status_code for address in (SCHOOL, LIST, "/rapporter/trygg-bas/")] == [403, 403, 403]
    assert not ListedPupil.objects.visible_to(user, on=date(2026, 11, 22)).exists()


def test_trygg_bas_is_in_no_administration():
    ours = {
        apps.get_model("programmes", name)
        for name in ("CheckRound", "ClassCheck", "ListedPupil", "SchoolAdult", "SecureBase")
    }
    viewsets = [viewset for hook in hooks.get_hooks("register_admin_viewset") for viewset in [hook()]]

    assert ours & set(admin.site._registry) == set()
    assert ours & {getattr(viewset, "model", None) for viewset in viewsets} == set()


def test_short_name_is_on_the_list_and_nowhere_else(client, coordinator, centre, pupils, adult, caplog):
    """Not in titles, addresses, messages, the log of events, what is written to the console, or any other page."""
    caplog.set_level(logging.DEBUG)
    ListedPupil.objects.filter(number=1).update(short_name=SECRET)
    client.force_login(coordinator)
    marked = mark(client, 1, adult)
    saved = client.post(f"{LIST}elev/1/", {"adults_word": [adult.pk], "asked": "not_asked"})
    listed = client.post(f"{LIST}lista/", fields_of(1, short_name=SECRET, short_name_before=SECRET))
    page = client.get(LIST)

    assert SECRET in page.content.decode()
    titles = [
        client.get(f"{LIST}{part}").content.decode().partition("</title>")[0] for part in ("", "lista/", "elev/1/")
    ]
    others = [client.get(address).content.decode() for address in (SCHOOL, f"{LIST}fraga/", f"{LIST}blankett/")]
    said = [str(message) for message in page.context["messages"]]
    addresses = [response["Location"] for response in (marked, saved, listed)]
    events = [f"{event.about} {event}" for event in Event.objects.all()]
    client.force_login(centre)
    shares = client.get("/rapporter/trygg-bas/").content.decode()
    assert [
        text for text in [*titles, *others, *said, *addresses, *events, shares, caplog.text] if SECRET in text
    ] == []


def test_every_look_and_every_change_is_logged(client, leader, pupils, adult):
    client.force_login(leader)
    for address in (SCHOOL, LIST, f"{LIST}elev/1/", f"{LIST}lista/", f"{LIST}blankett/"):
        client.get(address)
    mark(client, 1, adult)

    seen, printed, changed = (EventKind.SECURE_BASE_SEEN, EventKind.SECURE_BASE_PRINTED, EventKind.SECURE_BASE_CHANGED)
    events = Event.objects.filter(kind__startswith="secure_base").order_by("pk")
    assert [(event.kind, event.about["class"]) for event in events] == [
        (seen, ["3B"]),
        (seen, "3B"),
        (seen, "3B"),
        (seen, "3B"),
        (printed, "3B"),
        (changed, "3B"),
    ]
    assert {event.actor for event in events} == {leader}


# Above the school


@pytest.fixture
def three_schools(municipality, school):
    """In spring 21 of 23, 20 of 29 and all 12 had somebody; another municipality's figures are not here."""
    area = Area.objects.create(municipality=municipality, name="Norra")
    for row, pupils, covered in (
        (school, 23, 21),
        (SchoolFactory(municipality=municipality, name="Björkskolan", area=area), 29, 20),
        (SchoolFactory(municipality=municipality, name="Cedergrensskolan", area=area), 12, 12),
        (SchoolFactory(name="Granskolan"), 30, 20),
    ):
        ClassCheck.objects.create(
            round=CheckRoundFactory(
                school=row, term="VT2026", opened_date=date(2026, 2, 1), closed_date=date(2026, 6, 1)
            ),
            school_class=ClassFactory(school=row, name="1A", start_year=2025),
            pupils=pupils,
            asked=pupils - 1,
            named=0,
            named_nobody=0,
            by_adults=covered,
            covered=covered,
            mismatches=0,
        )


def test_centre_reads_shares_with_small_numbers_hidden(client, centre, three_schools):
    client.force_login(centre)

    page = client.get("/rapporter/trygg-bas/?period=VT2026")

    report = page.context["report"]
    schools, areas = (section.table for section in report.sections)
    assert str(report.finding).replace("\N{NO-BREAK SPACE}", " ") == (
        "VT 2026: 82,8 % av eleverna har en trygg vuxen på skolan. 3 av 3 skolor har haft en avstämning."
    )
    assert [row[:5] for row in [*schools.rows, schools.total]] == [
        ["Almskolan", "avslutad 1 juni", 23, "..", "~100"],
        ["Björkskolan", "avslutad 1 juni", 29, "..", ".."],
        ["Cedergrensskolan", "avslutad 1 juni", 12, 12, 1.0],
        ["Tillsammans", None, 64, 53, 1 - 11 / 64],
    ]
    assert [row[:4] for row in areas.rows] == [["Norra", 41, "..", ".."]]
    assert [row[5:8] for row in schools.rows] == [[22, 0, 0.0], [28, 0, 0.0], [11, 0, 0.0]]
    assert "Den interna profilen döljer antal om 4 personer eller färre" in page.text
    assert "Nästan alla: mellan 1 och 4 är det inte." in page.text


def test_centre_follows_the_rounds_of_a_term_without_reading_them(client, centre, school, school_class, autumn, adult):
    for number in range(1, 13):
        ListedPupilFactory(school_class=school_class, number=number, asked_round=autumn if number < 6 else None)
    client.force_login(centre)

    page = client.get("/rapporter/trygg-bas/")

    [row] = page.context["report"].main.rows
    assert row == ["Almskolan", "öppen", 12, ".", ".", 5, ".", ".", ".", ".", "."]
    assert str(page.context["report"].finding) == (
        "HT 2026: 5 elever har fått frågan hittills. 1 av 1 skola har haft en avstämning."
    )
    assert "HT 2026 pågår än." in page.text


def test_municipality_hides_more_when_it_wants_to(client, centre, municipality, three_schools):
    municipality.internal_threshold = municipality.open_threshold = 9
    municipality.save()
    client.force_login(centre)

    page = client.get("/rapporter/trygg-bas/?period=VT2026")

    assert page.context["report"].main.rows[1][3] == ".."
    assert "Den interna profilen döljer antal om 9 personer eller färre" in page.text


def test_part_of_the_shares_has_the_marks_of_the_whole(client, centre, municipality, three_schools):
    client.force_login(centre)
    area = Area.objects.get(municipality=municipality)

    part = client.get("/rapporter/trygg-bas/", {"period": "VT2026", "omrade": area.pk}).context["report"].main
    alone = client.get("/rapporter/trygg-bas/?period=VT2026&skola=almskolan").context["report"].main

    assert [row[:5] for row in [*part.rows, part.total]] == [
        ["Björkskolan", "avslutad 1 juni", 29, "..", ".."],
        ["Cedergrensskolan", "avslutad 1 juni", 12, 12, 1.0],
        ["Tillsammans", None, 41, "..", ".."],
    ]
    assert ([row[:5] for row in alone.rows], alone.total) == (
        [["Almskolan", "avslutad 1 juni", 23, "..", "~100"]],
        None,
    )


def test_every_look_at_the_shares_and_every_file_of_them_is_logged(client, centre, three_schools):
    client.force_login(centre)

    page = client.get("/rapporter/trygg-bas/?period=VT2026")
    file = b"".join(client.get("/rapporter/trygg-bas.csv?period=VT2026"))

    seen = Event.objects.filter(kind=EventKind.SECURE_BASE_SHARES_SEEN)
    assert [(event.actor, event.about["term"]) for event in seen] == [(centre, "VT 2026"), (centre, "VT 2026")]
    assert Event.objects.get(kind=EventKind.EXPORTED).about["what"] == "trygg-bas"
    assert "no-store" in page.headers["Cache-Control"]
    assert "Almskolan;avslutad 1 juni;23;..;~100;" in file.decode("utf-8-sig")


# Questions


@pytest.mark.parametrize("count", [1, 3, 30])
def test_school_asks_the_same_number_of_questions(client, coordinator, school, autumn, adult, count, query_count):
    for number in range(count):
        row = ClassFactory(school=school, name=f"{number}A")
        SecureBaseFactory(pupil=ListedPupilFactory(school_class=row, number=1), adult=adult, round=autumn)
    client.force_login(coordinator)

    with query_count(13):
        client.get(SCHOOL)


@pytest.mark.parametrize(("page", "questions"), [("vuxna/", 12), ("avstamning/avsluta/", 14)])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_adults_and_closing_ask_the_same_number_of_questions(
    client, coordinator, school, autumn, page, questions, count, query_count
):
    for number in range(count):
        pupil = ListedPupilFactory(school_class=ClassFactory(school=school, name=f"{number}A"), number=1)
        SecureBaseFactory(pupil=pupil, adult=SchoolAdultFactory(school=school), round=autumn)
    client.force_login(coordinator)

    with query_count(questions):
        client.get(SCHOOL + page)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_asks_the_same_number_of_questions(client, leader, school, school_class, autumn, count, query_count):
    for number in range(1, count + 1):
        SecureBaseFactory(
            pupil=ListedPupilFactory(school_class=school_class, number=number),
            adult=SchoolAdultFactory(school=school),
            round=autumn,
        )
    adult = SchoolAdult.objects.earliest("pk")
    client.force_login(leader)

    with query_count(15):
        client.get(f"{LIST}?vuxen={adult.pk}&ord=pupil")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_tap_asks_the_same_number_of_questions(client, leader, school_class, autumn, adult, count, query_count):
    for number in range(1, count + 1):
        ListedPupilFactory(school_class=school_class, number=number)
    client.force_login(leader)

    with query_count(25):
        mark(client, 1, adult, **HTMX)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_shares_ask_the_same_number_of_questions(client, centre, municipality, count, query_count):
    for _number in range(count):
        row = SchoolFactory(municipality=municipality)
        SecureBaseFactory(
            pupil=ListedPupilFactory(school_class=ClassFactory(school=row), number=1),
            adult=SchoolAdultFactory(school=row),
            round=CheckRoundFactory(school=row),
        )
    client.force_login(centre)

    with query_count(16):
        client.get("/rapporter/trygg-bas/")
