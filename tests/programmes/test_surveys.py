"""The anonymous questions at a school: who asks whom, the sheet with the code, and when answers are shown."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.actions.cohorts import ReportedError, remove_cohort
from programmes.actions.mentee_groups import remove_group
from programmes.enums import Role, SurveyAudience
from programmes.models import Event, Survey, SurveyAnswer, SurveyQuestion, SurveyRound
from programmes.reports.suppression import Change, Told
from programmes.reports.surveys import survey_results, survey_together
from tests.factories import ClassFactory, CohortFactory, MembershipFactory, MenteeGroupFactory, UserFactory
from tests.factories.surveys import answered

FORM = {"pupils": "21", "last_day": "2026-12-06", "devices": "own"}


def group_page(group, kind="klass"):
    return reverse("programmes:survey_group", args=["almskolan", kind, group.pk])


def round_page(group, moment="fore", kind="klass"):
    return f"{group_page(group, kind)}{moment}/"


def results(today):
    return survey_results(Survey.objects.order_by("pk"), today=today, smallest=5)


def first(result):
    return result.questions[0]


# Asking


def test_coordinator_asks_a_class_and_gets_a_code_for_the_board(client, coordinator, school_class):
    client.force_login(coordinator)
    page = client.post(round_page(school_class), FORM, follow=True)

    round_ = SurveyRound.objects.get()
    assert (round_.moment, round_.pupils, round_.last_day, round_.devices) == ("before", 21, date(2026, 12, 6), "own")
    assert round_.survey.audience == "taget_f3"
    assert f'<strong class="door-sheet__code" dir="ltr">{round_.code}</strong>' in page.text
    assert '<p class="door-sheet__group">3B, Almskolan</p>' in page.text
    assert "testserver/svara/" in page.text
    assert "0 av 21 har svarat" in page.text
    assert Event.objects.get(kind="survey_opened").about == {"class": "3B", "moment": "before"}


def test_form_knows_the_class_and_two_weeks(client, coordinator, school_class):
    client.force_login(coordinator)
    form = client.get(round_page(school_class)).context["form"]

    assert form.initial == {"pupils": 21, "last_day": date(2026, 12, 6)}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"last_day": "2026-11-21"}, "Välj en dag från och med i dag"),
        ({"last_day": "2027-07-01"}, "Välj en dag från och med i dag"),
        ({"pupils": "0"}, "större än eller lika med 1"),
        ({"pupils": ""}, "Det här fältet är obligatoriskt"),
        ({"devices": "dator"}, "Välj ett giltigt alternativ"),
    ],
)
def test_questions_that_cannot_be_opened_keep_what_was_typed(client, coordinator, school_class, changes, error):
    client.force_login(coordinator)
    page = client.post(round_page(school_class), {**FORM, **changes})

    assert error in page.text
    assert not SurveyRound.objects.exists()


def test_form_that_opens_sent_twice_leaves_the_round_open(client, coordinator, school_class):
    client.force_login(coordinator)
    client.post(round_page(school_class), FORM)

    second = client.post(round_page(school_class), FORM)

    assert second.headers["Location"] == round_page(school_class)
    assert SurveyRound.objects.get().closed_at is None


def test_leader_asks_the_own_class_and_no_other(client, leader, school, school_class):
    other = ClassFactory(school=school, name="3A", lowest_grade=3)
    client.force_login(leader)

    assert client.post(round_page(school_class), FORM).status_code == 302
    assert client.post(round_page(other), FORM).status_code == 404
    listed = client.get(reverse("programmes:survey_list", args=["almskolan"])).context["groups"]
    assert [group["name"] for group in listed] == ["3B"]


def test_supervisor_asks_groups_and_mentors_but_no_class(client, school, school_class):
    cohort = CohortFactory(school=school, start_year=2026, name="Mentorer 9A")
    group = MenteeGroupFactory(cohort=cohort, name="6A grupp 1")
    user = UserFactory()
    MembershipFactory(user=user, role=Role.SUPERVISOR, school=school)
    client.force_login(user)

    assert client.post(round_page(group), FORM).status_code == 302
    assert client.post(round_page(cohort, kind="mentorer"), FORM).status_code == 302
    assert client.post(round_page(school_class), FORM).status_code == 404
    listed = client.get(reverse("programmes:survey_list", args=["almskolan"])).context["groups"]
    assert [(group["name"], group["audience"].value) for group in listed] == [
        ("6A grupp 1", "mvp_6"),
        ("Mentorer 9A", "mvp_9"),
    ]


@pytest.mark.parametrize(
    ("grades", "audience"), [((0, 0), "taget_f3"), ((3, 4), "taget_f3"), ((4, 5), "taget_45"), ((6, 6), None)]
)
def test_class_is_asked_by_its_grades(client, coordinator, school, grades, audience):
    lowest, highest = grades
    group = ClassFactory(school=school, name="X", lowest_grade=lowest, highest_grade=highest)
    client.force_login(coordinator)
    page = client.get(group_page(group))

    assert (page.context["audience"].value if page.status_code == 200 else None) == audience


def test_round_after_asks_what_the_round_before_asked(client, coordinator, school_class, municipality):
    answered(school_class, [3] * 5)
    SurveyQuestion.objects.filter(code="adult").update(is_current=False)
    SurveyQuestion.objects.create(
        municipality=municipality, audience="taget_f3", code="adult", version=2, place=1, text_sv="Annat"
    )
    client.force_login(coordinator)
    client.post(round_page(school_class, "efter"), FORM)

    assert [row.moment for row in SurveyRound.objects.order_by("pk")] == ["before", "after"]
    assert list(Survey.objects.get().questions.filter(code="adult").values_list("version", flat=True)) == [1]


def test_round_before_is_not_opened_after_the_round_after(client, coordinator, school_class):
    answered(school_class, [3] * 5, "after")
    client.force_login(coordinator)

    assert "Frågorna efter passen finns redan." in client.post(round_page(school_class), FORM).text
    assert [row.moment for row in SurveyRound.objects.all()] == ["after"]


def test_class_of_last_year_is_asked_no_more(client, coordinator, school):
    group = ClassFactory(school=school, name="2B", lowest_grade=2, start_year=2025)
    client.force_login(coordinator)

    assert client.post(round_page(group), FORM).status_code == 404


# What is shown


def test_answers_are_shown_from_the_fifth_on_when_the_round_is_closed(client, coordinator, school_class, today):
    round_ = answered(school_class, [3, 4, 2, 1])
    client.force_login(coordinator)
    page = client.get(group_page(school_class))
    assert "Svaren visas från och med 5 stycken" in page.text
    assert 'class="scale"' not in page.text

    SurveyAnswer.objects.create(round=round_, answer_1=3, answer_2=4)
    page = client.get(group_page(school_class))
    assert first(page.context["result"]).before == Told((1, 1, 2, 1))
    assert 'aria-label="Av 5: Nej, inte alls 1, Lite 1, Ganska mycket 2, Ja, helt 1"' in page.text
    assert "2,60" in page.text
    assert Event.objects.get(kind="survey_read").about == {"class": "3B"}


def test_open_round_tells_how_many_have_answered_and_no_more(client, coordinator, school_class):
    answered(school_class, [3] * 9)
    SurveyRound.objects.update(closed_at=None)
    client.force_login(coordinator)
    page = client.get(group_page(school_class))

    assert "9 av 25 har svarat, öppet till och med" in page.text
    assert 'class="scale"' not in page.text


def test_statement_that_nearly_all_deny_is_not_shown(client, coordinator, school_class):
    answered(school_class, [1, 1, 1, 1, 2, 3])
    client.force_login(coordinator)
    page = client.get(group_page(school_class))

    assert first(page.context["result"]).before is None
    assert "nästan alla svarat att det inte stämmer" in page.text


def test_pairs_are_compared_and_a_shared_code_belongs_to_neither(school_class, today):
    codes = ["a", "b", "c", "d", "e", "x", "x"]
    answered(school_class, [1, 2, 3, 3, 4, 1, 1], matches=codes)
    answered(school_class, [3, 2, 4, 1, 4, 4, 4], "after", matches=codes)

    result = results(today)[0]
    assert result.matched == 5
    assert first(result).change == Change(higher=2, same=2, lower=1)


def test_school_in_sum_leaves_a_small_class_out(client, coordinator, centre, school, school_class, today):
    answered(school_class, [3, 4, 2, 1, 3, 3])
    answered(ClassFactory(school=school, name="3A", lowest_grade=3), [4, 4, 4, 4])
    together = survey_together(results(today))
    assert (together.classes, together.left_out, together.answers) == (1, 1, {"before": 6})
    assert together.questions[0].before == Told((1, 1, 3, 1))

    address = reverse("programmes:survey_list", args=["almskolan"])
    for user, names in ((coordinator, ["3A", "3B"]), (centre, [])):
        client.force_login(user)
        page = client.get(address)
        assert "1 grupp är inte med, eftersom färre än 5 har svarat." in page.text
        assert [group["name"] for group in page.context["groups"]] == names


def test_leader_reads_the_own_class_and_not_the_school(client, leader, school, school_class):
    answered(school_class, [3] * 6)
    client.force_login(leader)

    assert client.get(reverse("programmes:survey_list", args=["almskolan"])).context["together"] == []
    assert 'class="scale"' in client.get(group_page(school_class)).text


def test_closing_shows_the_answers_once_and_for_all(client, coordinator, school_class):
    answered(school_class, [3] * 6)
    SurveyRound.objects.update(closed_at=None)
    client.force_login(coordinator)
    page = client.post(round_page(school_class), {"action": "close"}, follow=True)

    assert "Elevfrågorna till 3B är stängda." in page.text
    assert 'class="scale"' in page.text
    assert client.post(round_page(school_class), FORM, follow=True).redirect_chain[-1][0] == group_page(school_class)
    assert SurveyRound.objects.get().closed_at is not None


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_asks_the_same_questions_of_the_database(client, coordinator, school, query_count, number):
    for name in range(number):
        answered(ClassFactory(school=school, name=f"3{name}", lowest_grade=3), [3] * 5)
    client.force_login(coordinator)
    address = reverse("programmes:survey_list", args=["almskolan"])
    client.get(address)
    with query_count(17):
        client.get(address)


def test_group_and_mentors_that_have_been_asked_are_not_removed(school):
    cohort = CohortFactory(school=school)
    group = MenteeGroupFactory(cohort=cohort)
    user = UserFactory()
    answered(group, [3] * 5, audience=SurveyAudience.MENTEES)

    with pytest.raises(ReportedError):
        remove_group(group=group, seen=cohort.version, by=user)
    with pytest.raises(ReportedError):
        remove_cohort(cohort=cohort, by=user)
    assert SurveyAnswer.objects.count() == 5
