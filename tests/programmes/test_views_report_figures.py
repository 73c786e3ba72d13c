"""The reports of figures, as they stand on the page: the sentence, the rows, and whose rows they are."""

from datetime import date, time

import pytest
from django.urls import reverse

from programmes.enums import AgreementArea, ChildAge, GroupLanguage, LeaderRole, Organisation, PreparationBand
from programmes.exports.words import written
from programmes.models import (
    Area,
    DeliveryLeader,
    ParentGroupLeader,
    ProgrammeTarget,
    StaffMeetingLeader,
)
from tests.factories import (
    AttendanceFactory,
    ClassFactory,
    CohortFactory,
    CourseFactory,
    CourseOccasionFactory,
    DeliveryFactory,
    OtherUnitFactory,
    ParentGroupFactory,
    PartnerFactory,
    PlannedSessionFactory,
    SchoolFactory,
    SessionFactory,
    StaffMeetingFactory,
    programme,
    staff_session,
)

WHOLE = {"period": "2026/27"}


@pytest.fixture
def areas(municipality, school):
    """Almskolan lies in Norra, Björkskolan in Centrum."""
    norra, centrum = (Area.objects.create(municipality=municipality, name=name) for name in ("Norra", "Centrum"))
    school.area = norra
    school.save()
    other = SchoolFactory(municipality=municipality, name="Björkskolan", slug="bjorkskolan", area=centrum)
    return {"Almskolan": school, "Björkskolan": other}


@pytest.fixture
def as_centre(client, centre):
    client.force_login(centre)
    return client


def page(client, slug, **asked):
    response = client.get(reverse("programmes:report", args=[slug]), asked)
    assert response.status_code == 200
    return response.context["report"]


def found(report, number=0):
    """The rows of a section as they are shown, signs and decimals included."""
    section = report.shown_sections[number]
    rows = [*section.rows, *([section.total] if section.total and section.rows else [])]
    return [[written(value, column.kind).replace("\N{NO-BREAK SPACE}", " ") for value, column in row] for row in rows]


def held(school_class, code, day, **values):
    row = PlannedSessionFactory(school_class=school_class, session=SessionFactory(code=code), due_date=day)
    return DeliveryFactory(planned_session=row, date=day, **values)


def test_chain_says_where_the_pupils_came_first(as_centre, areas):
    staff_session("T-B1")
    StaffMeetingFactory(school=areas["Almskolan"], theme=staff_session("T-B1"), date=date(2026, 9, 4))
    held(ClassFactory(school=areas["Almskolan"], name="3A"), "T-B1", date(2026, 9, 3))
    held(ClassFactory(school=areas["Almskolan"], name="3B"), "T-B1", date(2026, 9, 7))
    held(ClassFactory(school=areas["Björkskolan"], name="1A"), "T-B1", date(2026, 10, 5))

    report = page(as_centre, "kedjan", period="HT2026")

    theme = SessionFactory(code="T-B1").title
    assert str(report.finding) == (
        "HT 2026: före 1 av 3 elevpass hade personalen haft sitt. "
        f"Oftast gick den baklänges med {theme} på Björkskolan, första gången 5 oktober."
    )
    assert found(report) == [
        ["Almskolan", "2", "1", "50,0 %"],
        ["Björkskolan", "1", "0", "0,0 %"],
        ["Tillsammans", "3", "1", "33,3 %"],
    ]
    assert found(report, 1) == [
        ["Almskolan", theme, "1", "2", "2026-09-03", "2026-09-04"],
        ["Björkskolan", theme, "1", "1", "2026-10-05", ""],
    ]


def test_staff_of_a_school_year_stand_against_their_targets(as_centre, areas, municipality):
    ProgrammeTarget.objects.create(
        municipality=municipality, programme=programme(), lowest_grade=0, highest_grade=6,
        staff_sessions_per_year=2, workplace_meetings_per_year=4,
    )  # fmt: skip
    for day in (4, 11):
        StaffMeetingFactory(school=areas["Almskolan"], date=date(2026, 9, day), present=18, total=20)
    StaffMeetingFactory(school=areas["Björkskolan"], theme=None, date=date(2026, 10, 1))

    year, term = (page(as_centre, "personal", period=period) for period in ("2026/27", "HT2026"))

    assert str(year.finding) == (
        "Läsåret 2026/27: 2 personalpass hållna, läsårets mål är 4, 1 APT. 1 av 2 skolor har alla sina personalpass."
    )
    assert found(year) == [
        ["Almskolan", "2", "2", "100,0 %", "90,0 %", "0", "4", "0,0 %"],
        ["Björkskolan", "0", "2", "0,0 %", ".", "1", "4", "25,0 %"],
        ["Tillsammans", "2", "4", "50,0 %", "90,0 %", "1", "8", "12,5 %"],
    ]
    assert str(term.finding) == "HT 2026: 2 personalpass hållna, 1 APT."
    assert found(term)[0] == ["Almskolan", "2", "90,0 %", "0"]


def test_fidelity_is_told_over_what_was_recorded(as_centre, areas):
    school_class = ClassFactory(school=areas["Almskolan"], name="3A", lowest_grade=3)
    held(
        school_class, "T-B1", date(2026, 9, 3), present=18, group_size=20, core_parts_count=3, core_parts_total=4,
        engagement=3, preparation=PreparationBand.UP_TO_15, is_adapted=True,
        adaptation_what="shortened", adaptation_why="time",
    )  # fmt: skip
    held(school_class, "T-B2", date(2026, 9, 4), present=None, group_size=20, engagement=4, is_adapted=False)

    report = page(as_centre, "foljsamhet", period="HT2026")

    assert str(report.finding).replace("\N{NO-BREAK SPACE}", " ") == (
        "HT 2026: 75,0 % av kärndelarna genomfördes. De är noterade i 1 av 2 genomföranden. 1 av 2 var anpassade."
    )
    assert found(report) == [
        ["Almskolan", "75,0 %", "90,0 %", "100,0 %", "3,50", "50,0 %"],
        ["Björkskolan", ".", ".", ".", ".", "."],
        ["Tillsammans", "75,0 %", "90,0 %", "100,0 %", "3,50", "50,0 %"],
    ]
    assert found(report, 1)[1] == ["Högst 15 min", "1", "100,0 %"]
    assert found(report, 2) == [["Kortare", "tid", "1", "0"]]


def test_parents_are_told_by_area_meeting_and_age(as_centre, areas, municipality):
    ParentGroupFactory(school=areas["Almskolan"], counts=(10, 12, 9, 9), completed=9)
    ParentGroupFactory(
        school=None, municipality=municipality, counts=(8,), age=ChildAge.TEENAGERS, language=GroupLanguage.ARABIC
    )
    ParentGroupFactory(school=areas["Björkskolan"], first_day=date(2027, 3, 1))

    report = page(as_centre, "abc", **WHOLE)

    assert str(report.finding) == (
        "Läsåret 2026/27: 20 föräldrar har börjat ABC, i 2 grupper, varav 1 har träffats fyra gånger. "
        "9 av 12 har fullföljt, där det har räknats."
    )
    assert found(report) == [
        ["Norra", "1", "1", "12", "9", "75,0 %"],
        ["Kommunens egna grupper", "1", "0", "8", "", "."],
        ["Tillsammans", "2", "1", "20", "9", "75,0 %"],
    ]
    assert found(report, 1) == [
        ["Träff 1", "2", "18"], ["Träff 2", "1", "12"], ["Träff 3", "1", "9"], ["Träff 4", "1", "9"],
    ]  # fmt: skip
    assert [row[1] for row in found(report, 3)] == ["12", "8"]
    assert found(report, 4) == []


def test_parents_by_language_are_told_after_the_year_and_small_ones_hidden(as_centre, areas, municipality):
    for language, parents in ((GroupLanguage.SWEDISH, 14), (GroupLanguage.ARABIC, 12), (GroupLanguage.SOMALI, 3)):
        ParentGroupFactory(school=areas["Almskolan"], language=language, counts=(parents,), first_day=date(2025, 9, 1))

    whole = page(as_centre, "abc", period="2025/26")
    part = page(as_centre, "abc", period="2025/26", skola="almskolan")

    rows = {row[0]: row[1:] for row in found(whole, 4)}
    assert rows["Somaliska"] == ["..", "~0"]
    assert "3" not in [cell for row in rows.values() for cell in row]
    assert found(part, 4) == []


def test_courses_tell_how_many_came_and_who_waits(as_centre, areas, municipality):
    course = CourseFactory(municipality=municipality, name="Oro för barn", is_mandatory=True, renewal_years=3)
    other = CourseFactory(municipality=municipality, name="Vad är våld", unit_kind="preschool")
    preschool = OtherUnitFactory(municipality=municipality, name="Förskolan Tallen")
    new, old = (CourseOccasionFactory(course=course, date=day) for day in (date(2026, 9, 10), date(2020, 9, 10)))
    AttendanceFactory(occasion=new, school=areas["Almskolan"], participants=15, staff=20)
    AttendanceFactory(occasion=old, school=areas["Björkskolan"], participants=9, staff=10)
    AttendanceFactory(
        occasion=CourseOccasionFactory(course=other, date=date(2026, 10, 1)), unit=preschool, participants=5, staff=None
    )

    report = page(as_centre, "kurser", **WHOLE)

    assert str(report.finding) == (
        "Läsåret 2026/27: 20 deltagare vid 2 kurstillfällen. 1 enhet saknar en obligatorisk kurs."
    )
    assert found(report) == [
        ["Oro för barn", "ja", "1", "15", "1", "2", "50,0 %"],
        ["Vad är våld", "nej", "1", "5", "1", "1", "."],
    ]
    assert found(report, 1) == [
        ["Oro för barn", "Almskolan", "15", "20", "75,0 %", "2026-09-10", "har gått"],
        ["Oro för barn", "Björkskolan", "0", "10", "0,0 %", "2020-09-10", "dags igen"],
        ["Vad är våld", "Förskolan Tallen", "5", "", ".", "2026-10-01", "har gått"],
    ]


def test_unit_that_waits_for_two_courses_is_one_unit(as_centre, areas, municipality):
    for name in ("Oro för barn", "Vad är våld"):
        CourseFactory(municipality=municipality, name=name, is_mandatory=True)

    report = page(as_centre, "kurser", **WHOLE)

    assert str(report.finding).endswith(". 2 enheter saknar en obligatorisk kurs.")


def test_person_hours_are_the_minutes_of_each_who_led(as_centre, areas, municipality):
    PartnerFactory(municipality=municipality, area=AgreementArea.FIGHTING, organisation=Organisation.POLICE)
    delivery = held(ClassFactory(school=areas["Almskolan"]), "T-B1", date(2026, 9, 3), minutes=40)
    for organisation in (Organisation.SCHOOL, Organisation.POLICE):
        DeliveryLeader.objects.create(delivery=delivery, role=LeaderRole.GUEST, organisation=organisation)
    meeting = StaffMeetingFactory(school=areas["Björkskolan"], minutes=None)
    StaffMeetingLeader.objects.create(meeting=meeting, role=LeaderRole.GUEST, organisation=Organisation.CENTRE)
    group = ParentGroupFactory(
        school=None, municipality=municipality, counts=(8, 8), start_time=time(18), end_time=time(20)
    )
    ParentGroupLeader.objects.create(group=group, role=LeaderRole.GUEST, organisation=Organisation.SOCIAL_SERVICES)

    report = page(as_centre, "persontimmar", **WHOLE)

    assert str(report.finding) == (
        "Läsåret 2026/27: 5,3 persontimmar. De flesta, 4,0, gav socialtjänsten. "
        "1 ledd gång saknar minuter och räknas inte med."
    )
    assert found(report) == [
        ["Socialtjänsten", "4,00", "0"],
        ["Polisen", "0,67", "0"],
        ["Skolan", "0,67", "0"],
        ["Våldspreventivt center", ".", "1"],
        ["Tillsammans", "5,33", "1"],
    ]
    assert found(report, 3)[3] == ["Brottsbekämpande", "0,67", "0"]


def test_mentors_are_told_by_school(as_centre, areas):
    CohortFactory(school=areas["Almskolan"])

    report = page(as_centre, "mvp", **WHOLE)

    assert str(report.finding) == (
        "Läsåret 2026/27: 0 mentorer är aktiva på 1 skola. Ingen handledning har varit planerad hittills."
    )
    assert found(report) == [["Almskolan", ".", "0", "0", "0", "0", ".", "."]]  # a single school is its own total


# Rights and questions


@pytest.fixture
def everywhere(areas, municipality):
    """Something of every report at both schools, and an ABC group of the municipality itself."""
    for school in areas.values():
        fill(school)
    ParentGroupFactory(school=None, municipality=municipality, counts=(8,))
    return areas


def fill(school):
    staff_session("T-B1")
    StaffMeetingFactory(school=school, minutes=60)
    delivery = held(ClassFactory(school=school), "T-B1", date(2026, 9, 3), minutes=40, is_adapted=True)
    DeliveryLeader.objects.create(delivery=delivery, role=LeaderRole.TEACHER, organisation=Organisation.SCHOOL)
    ParentGroupFactory(school=school, counts=(10, 12))
    CohortFactory(school=school)


SLUGS = ("kedjan", "personal", "foljsamhet", "abc", "kurser", "persontimmar", "mvp")


def cells(report):
    return [value for section in report.sections for row in section.table.rows for value in row]


@pytest.mark.parametrize("slug", SLUGS)
def test_coordinator_reads_the_own_school_and_nothing_of_another(client, coordinator, everywhere, municipality, slug):
    CourseFactory(municipality=municipality)
    client.force_login(coordinator)

    report = page(client, slug, **({"period": "HT2026"} if slug in ("kedjan", "foljsamhet") else WHOLE))

    assert "Björkskolan" not in cells(report)
    assert "Kommunens egna grupper" not in cells(report)
    assert not report.is_empty


def test_coordinator_reads_only_the_own_schools_parents_and_hours(client, coordinator, everywhere):
    client.force_login(coordinator)

    assert page(client, "abc", **WHOLE).finding.lead == "Läsåret 2026/27: 12 föräldrar har börjat ABC"
    hours = page(client, "persontimmar", **WHOLE)
    assert hours.finding.lead == "Läsåret 2026/27: 0,7 persontimmar"
    assert "Överenskommelsen" not in [str(section.table.name) for section in hours.sections]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_reports_ask_the_same_number_of_questions(as_centre, municipality, count, query_count):
    course = CourseFactory(municipality=municipality)
    for _number in range(count):
        school = SchoolFactory(municipality=municipality)
        fill(school)
        AttendanceFactory(occasion=CourseOccasionFactory(course=course), school=school)
    asked = {"kedjan": 12, "personal": 15, "foljsamhet": 17, "abc": 13, "kurser": 14, "persontimmar": 15, "mvp": 14}

    for slug, questions in asked.items():
        with query_count(questions):
            as_centre.get(reverse("programmes:report", args=[slug]), WHOLE)


@pytest.mark.parametrize(("period", "is_told"), [("AR2026", True), ("T2-2026", True), ("T3-2026", False)])
def test_pupils_of_two_school_years_are_told_to_count_twice(as_centre, school, period, is_told):
    DeliveryFactory(planned_session__school_class=ClassFactory(school=school, start_year=2025), date=date(2026, 5, 6))
    DeliveryFactory(planned_session__school_class=ClassFactory(school=school), date=date(2026, 9, 16))

    text = as_centre.get("/rapporter/nadda/", {"period": period}).text

    assert ("Perioden ligger i två läsår" in text) is is_told
    assert "räknas en elev som har flyttats upp i båda" in text
