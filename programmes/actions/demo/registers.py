"""The registers of Ekbacka's centre: its partners, its action plan, and what the schools make of their figures."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from programmes.actions.demo.accounts import COORDINATOR
from programmes.actions.demo.scene import Scene
from programmes.enums import AgreementArea, Organisation
from programmes.models import (
    Area,
    AssessedItem,
    CauseAnalysis,
    Indicator,
    Measure,
    Partner,
    Period,
    School,
    SelfAssessment,
)
from programmes.rules.assessment_items import items

FEW = 8  # schools that have written, however many the demo has

PARTNERS = (
    ("Ekbackahem", AgreementArea.SAFETY, Organisation.HOUSING, "trygghetsvärd", "kundtjänst, växeln"),
    ("Ekbacka brandförsvar", AgreementArea.SAFETY, Organisation.RESCUE_SERVICE, "brandinformatör", "växeln"),
    ("Socialtjänsten Ekbacka", AgreementArea.VIOLENCE, Organisation.SOCIAL_SERVICES, "familjeteamet", "växeln"),
    ("Brottsofferjouren", AgreementArea.PREVENTION, Organisation.OTHER, "samordnare", "jourens telefon"),
    ("Lokalpolisområde Ekbacka", AgreementArea.FIGHTING, Organisation.POLICE, "kommunpolis", "114 14"),
)
INDICATORS = (
    ("Gymnasieexamen inom fyra år", "%", "", ((-4, "77"), (-1, "84")), "Kolada, U60404 (påhittat värde)"),
    ("Elever i årskurs 8 som känner sig trygga i skolan", "%", "", ((-3, "81"), (-1, "83")), "Ekbackas elevenkät"),
    ("Anmälda misshandelsbrott mot barn", "anmälningar", "Norra", ((-2, "14"), (-1, "11")), "Brå (påhittat värde)"),
)
# Problem, area, goal, measure, responsible, months from August of this school year, indicator, figure, follow-up.
MEASURES = (
    (
        "Våld mellan elever på väg till och från skolan",
        "Norra",
        "Färre elever undviker platser på vägen till skolan",
        "Vuxna från skolan och Ekbackahem går samma rundor tre eftermiddagar i veckan",
        "trygghetsvärd, Ekbackahem",
        (0, 10),
        "Elevenkäten: platser som elever undviker",
        "person_hours",
        "",
    ),
    (
        "Flera skolor håller inte baspasset om våld i hemmet",
        "",
        "Alla klasser i Tåget har baspasset om våld i hemmet före maj",
        "VPC håller personalpasset på plats hos skolor som ber om det",
        "samordnare yngre barn",
        (1, 9),
        "Täckning baspass i Stins",
        "base",
        "",
    ),
    (
        "Föräldrar vet inte vart de ska vända sig",
        "Södra",
        "Fler föräldrar söker stöd tidigt",
        "Fyra ABC-grupper om året, varav en på arabiska",
        "samordnare yngre barn",
        (-12, -2),
        "Antal föräldrar i grupperna",
        "parents",
        "Fem grupper hölls, en på arabiska. Gruppen på arabiska blev full på tre dagar, så det blir två nästa år.",
    ),
    (
        "Unga rekryteras till brott på fritiden",
        "Centrum",
        "Fritidsgårdarna och polisen ser samma sak",
        "Avstämning varannan vecka mellan kommunpolis, fritidsgård och skola",
        "kommunpolis",
        (-11, -3),
        "Antal avstämningar, och vad de ledde till",
        "",
        "",
    ),
)
ANALYSES = (
    (
        "Passen på hösten blev av nästan överallt. På våren föll de bort när vikarier hade klasserna, och "
        "personalpasset i mars ställdes in.",
        "Två kollegor i varje arbetslag håller passen tillsammans, så att inget hänger på en person.",
        "biträdande rektor",
        "Alla arbetslag har nu två som håller pass. Tre pass hann ändå inte bli av före jul.",
    ),
    (
        "Klasserna i årskurs 4 och 5 har haft fler pass än de yngre. De yngres pedagoger tycker att planerna är långa.",
        "Fritids tar hälften av passen för årskurs 1–3, med den kortare versionen.",
        "koordinatorn",
        "",
    ),
    (
        "Eleverna är med i samtalen, men kärndelen om hur man gör som åskådare hoppas ofta över när tiden tar slut.",
        "Vi börjar med kärndelen och tar uppvärmningen om det finns tid.",
        "arbetslagsledaren",
        "",
    ),
)
ACTIONS = {
    "secure_base": ("Gå igenom varje klass på en konferens i oktober", "elevhälsan"),
    "disclosure": ("Rutinen står i vikariepärmen och tas upp första veckan", "biträdande rektor"),
    "parents": ("Månadens tema skickas i veckobrevet", "koordinatorn"),
    "voice": ("Fråga eleverna efter varje baspass och skriv upp två saker", "passledarna"),
}


def create_registers(scene: Scene) -> None:
    """Partners, indicators and the plan of the municipality; analyses and assessments of its first schools."""
    random = Random(f"{scene.seed} registers")  # noqa: S311 -- invented data, the same every time
    areas = {area.name: area for area in Area.objects.filter(municipality=scene.municipality)}
    Partner.objects.bulk_create(
        Partner(
            municipality=scene.municipality, name=name, area=area, organisation=source, contact=contact, address=address
        )
        for name, area, source, contact, address in PARTNERS
    )
    Indicator.objects.bulk_create(
        Indicator(
            municipality=scene.municipality,
            area=areas.get(area),
            name=name,
            unit=unit,
            year=scene.today.year + offset,
            value=Decimal(value),
            source=source,
        )
        for name, unit, area, values, source in INDICATORS
        for offset, value in values
    )
    Measure.objects.bulk_create(_measure(scene, areas, *told) for told in MEASURES)
    schools = list(School.objects.filter(municipality=scene.municipality).in_order()[:FEW])
    _analyse(scene, schools)
    for number, school in enumerate(schools):
        if number % 3 != 2:
            _assess(scene, school, random)


def _measure(
    scene: Scene,
    areas: dict[str, Area],
    problem: str,
    area: str,
    goal: str,
    measure: str,
    responsible: str,
    months: tuple[int, int],
    indicator: str,
    figure: str,
    follow_up: str,
) -> Measure:
    first, last = (_months_from_august(scene.now.start_year, count) for count in months)
    return Measure(
        municipality=scene.municipality,
        area=areas.get(area),
        problem=problem,
        goal=goal,
        measure=measure,
        responsible=responsible,
        start_date=first,
        end_date=last - timedelta(days=1),
        indicator=indicator,
        figure=figure,
        follow_up=follow_up,
    )


def _months_from_august(start_year: int, count: int) -> date:
    years, month = divmod(7 + count, 12)
    return date(start_year + years, month + 1, 1)


def _analyse(scene: Scene, schools: list[School]) -> None:
    """Last year is analysed by most schools; one has begun with this year."""
    author = scene.users[COORDINATOR.email]
    rows = [
        CauseAnalysis(
            school=school,
            start_year=scene.before.start_year,
            analysis=analysis,
            action=action,
            follow_up_by=follower,
            follow_up_date=date(scene.now.start_year, 11, 15) + timedelta(days=7 * (number % 8)),
            outcome=outcome,
            written_by=author if school.slug == "almskolan" else None,
        )
        for number, school in enumerate(schools)
        if number % 4 != 3
        for analysis, action, follower, outcome in [ANALYSES[number % len(ANALYSES)]]
    ]
    if schools:
        analysis, action, follower, _outcome = ANALYSES[1]
        rows.append(
            CauseAnalysis(
                school=schools[0],
                start_year=scene.now.start_year,
                analysis=analysis,
                action=action,
                follow_up_by=follower,
                follow_up_date=date(scene.now.start_year + 1, 3, 1),
                written_by=author,
            )
        )
    CauseAnalysis.objects.bulk_create(rows)
    for row in rows:
        written = datetime.combine(date(row.start_year + 1, 6, 10), time(15, 20))
        CauseAnalysis.objects.filter(pk=row.pk).update(
            written_at=min(timezone.make_aware(written), timezone.make_aware(datetime.combine(scene.today, time(9))))
        )


def _assess(scene: Scene, school: School, random: Random) -> None:
    """A school's last terms, each a little better than the one before it."""
    year = scene.now.start_year
    terms = [Period.term(year - 1, autumn=True), Period.term(year, autumn=False), Period.term(year, autumn=True)]
    level = {item.code: random.choice((0, 0, 1, 1, 1, 2)) for item in items()}
    for term in terms:
        if (scene.today - term.first_day).days < 100:
            break
        assessment = SelfAssessment(school=school, term=term.code)
        assessment.save()
        AssessedItem.objects.bulk_create(
            _assessed(assessment, code, value, term, random) for code, value in level.items()
        )
        level = {code: min(2, value + (random.random() < 0.3)) for code, value in level.items()}


def _assessed(assessment: SelfAssessment, code: str, level: int, term: Period, random: Random) -> AssessedItem:
    action, responsible = ACTIONS.get(code, ("", "")) if level < 2 else ("", "")
    due_date = term.last_day - timedelta(days=random.randint(10, 60)) if action else None
    return AssessedItem(
        assessment=assessment, code=code, level=level, action=action, responsible=responsible, due_date=due_date
    )
