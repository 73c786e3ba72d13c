"""What schools call the columns of a log of their own."""

from django.utils.translation import gettext_lazy

from programmes.imports.sheets import Columns

LOG_COLUMNS = Columns(
    names={
        "school": ("Skola", "Skolnamn", "Skolans namn", "Skolenhet", "Skolenhetsnamn", "Enhet"),
        "unit_code": ("Skolenhetskod", "Enhetskod", "Skolkod", "Skolenhetsnummer", "Skolans kod"),
        "school_year": ("Läsår", "Läsåret"),
        "class_name": ("Klass", "Klassnamn", "Klassens namn", "Klassbeteckning"),
        "session": ("Pass", "Passkod", "Passets namn", "Passnamn", "Tema", "Tågetpass", "Elevpass"),
        "date": ("Datum", "Dag", "Genomfört", "Datum för passet", "När", "Datum eller vecka"),
        "week": ("Vecka", "V", "Veckonummer"),
        "group": ("Grupp", "Gruppnummer"),
        "present": ("Närvarande", "Närv", "Närvarande elever", "Antal närvarande", "Elever på plats"),
        "group_size": (
            "Antal elever",
            "Elever i gruppen",
            "Antal i gruppen",
            "Antal i klassen",
            "Gruppstorlek",
            "Elever",
            "Antal",
        ),
        "minutes": ("Minuter", "Längd (minuter)", "Tid (minuter)"),
        "note": ("Kommentar", "Anteckning", "Kommentarer", "Anteckningar", "Övrigt"),
    },
    required=(frozenset({"class_name"}), frozenset({"session"}), frozenset({"date", "week"})),
    described=gettext_lazy("Klass, Pass and Datum"),
)
