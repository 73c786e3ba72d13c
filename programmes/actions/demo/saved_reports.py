"""Selections of reports that Ekbacka's people come back to."""

from programmes.actions.demo.accounts import CENTRE, COORDINATOR
from programmes.actions.demo.scene import Scene
from programmes.actions.saved_reports import save_report

# Who, which kind of report, what was asked (with the year that the school year starts in), and its name.
SAVED = (
    (CENTRE, "tackning", "period=HT{year}&program=taget", "Tåget i höst, till nämnden"),
    (
        CENTRE,
        "jamforelse",
        "period=HT{year}&antal=4&med=fore&matt=base_coverage&program=taget",
        "Baspass, termin för termin",
    ),
    (CENTRE, "persontimmar", "period={year}%2F{next:02d}", "Timmar i överenskommelsen"),
    (COORDINATOR, "kedjan", "period=HT{year}", "Kedjan hos oss"),
)


def create_saved_reports(scene: Scene) -> None:
    """Give the coordinator of the centre three selections, and a school's coordinator one."""
    year = scene.now.start_year
    for who, kind, query, name in SAVED:
        save_report(
            user=scene.users[who.email],
            municipality=scene.municipality,
            kind=kind,
            query=query.format(year=year, next=(year + 1) % 100),
            name=name,
        )
