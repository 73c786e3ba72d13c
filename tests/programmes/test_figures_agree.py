"""Screen, workbook, document, CSV and package of one school year, read back: each shared figure is the same."""

import csv
import io
import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from programmes.enums import NotHeldReason
from programmes.exports.evaluation.pseudonyms import Pseudonyms
from programmes.models import (
    Area,
    Delivery,
    EvaluationPackage,
    NotHeld,
    Participation,
    PlannedSession,
)
from tests.factories import ClassFactory, SchoolFactory, SessionFactory
from tests.factories.coverage import worked_example
from tests.pdf import text_of

ASKED = "period=2026/27&program=taget"
FIRST_DAY = date(2026, 7, 1)
TOGETHER = "Tillsammans"
FIXED = "\N{NO-BREAK SPACE}"
SCREEN_COUNTS = ["held", "delivery", "not_held", "not_reported", "base_classes", "target_classes"]


@pytest.fixture(params=[date(2026, 12, 31), date(2027, 3, 31)], ids=["worked example", "seven schools"])
def today(request):
    """The two days on which it is counted: the worked example at the end of its autumn, the larger one in spring."""
    return request.param


@pytest.fixture
def schools(municipality, today):
    made = worked_example(municipality)
    if today.year == 2027:
        made |= larger(municipality)
    return made


def larger(municipality):
    """Five schools more, whose classes have held, missed, split, moved and forgotten sessions of eight kinds."""
    dice = random.Random(6)  # noqa: S311 -- the same schools every time, and no secret
    sessions = [
        *(SessionFactory(code=code) for code in ("T-B1", "T-B2", "T-B3")),
        *(SessionFactory(code=f"T-T{number:02d}", kind="additional") for number in range(1, 6)),
    ]
    made = {}
    for number in range(5):
        area = Area.objects.get_or_create(municipality=municipality, name="NS"[number % 2] + "område")[0]
        school = SchoolFactory(municipality=municipality, name=f"Skola {number}", area=area if number else None)
        made[school.name] = school
        for grade in range(1, 5):
            row = ClassFactory(school=school, name=f"{grade}A", lowest_grade=grade, enrolled=dice.choice([None, 9, 24]))
            for session in dice.sample(sessions, 6):
                due = None if dice.random() < 0.1 else FIRST_DAY + timedelta(days=dice.randrange(60, 340))
                reported(dice, PlannedSession.objects.create(school_class=row, session=session, due_date=due))
    Participation.objects.filter(school=made["Skola 3"]).update(end_date=date(2027, 1, 31))
    return made


def reported(dice, planned):
    if dice.random() < 0.2 and planned.due_date:
        NotHeld.objects.create(planned_session=planned, reason=dice.choice(list(NotHeldReason)))
    if dice.random() < 0.65 or planned.due_date is None:
        day = (planned.due_date or date(2026, 11, 10)) + timedelta(days=dice.randrange(-30, 20))
        for group in dice.choice([(0,), (0,), (1, 2)]):
            size = dice.choice([9, 12, 24])
            Delivery.objects.create(
                planned_session=planned,
                group=group,
                date=day,
                group_size=size,
                present=dice.choice([None, size - 2, size]),
                core_parts_count=(done := dice.choice([None, 0, 2, 3])),
                core_parts_total=None if done is None else 3,
            )


# The five readers: each gives {school: {figure: what it says}}, and `Tillsammans` for all


def in_words(part, whole):
    """A share as it is read on the page and in the document: with one decimal, or a full stop."""
    return f"{rounded(Decimal(100 * part) / whole, '0.1')} %" if whole else "."


def rounded(value, least):
    """Halves go up, as in a workbook's own cells."""
    return str(value.quantize(Decimal(least), ROUND_HALF_UP)).replace(".", ",")


def read_screen(page):
    soup = BeautifulSoup(page.replace(FIXED, " "), "html.parser")
    for mark in soup.select(".sr-only, .only-wide"):
        if mark.name != "caption":
            mark.decompose()
    found = {}
    for row in soup.find("table").select("tbody tr, tfoot tr"):
        cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        found[row.th.get_text(strip=True)] = dict(zip(SCREEN_COUNTS, cells, strict=True))
    for figures in found.values():
        figures["held"], figures["expected"] = part_of(figures["held"])
        figures["full_base"], figures["any_base"] = part_of(figures.pop("base_classes"))
        figures["at_target"], figures["dose_classes"] = part_of(figures.pop("target_classes"))
        figures |= {name: number(figures[name]) for name in ("not_held", "not_reported")}
    how_it_went = soup.find("section", attrs={"aria-labelledby": "more-figures"})
    facts = {fact.dt.get_text(strip=True): fact.dd.get_text(" ", strip=True) for fact in how_it_went.select("dl > div")}
    present, group_size = part_of(facts["Närvaro"].split(" (")[0])
    done, in_all = part_of(facts["Följsamhet"].split(" (")[0])
    on_time, _held = part_of(facts["I tid"].split(" (")[0])
    found[TOGETHER] |= {
        "reporting": facts["Rapporteringsgrad"],
        "on_time": on_time,
        "dose": facts["Dos"].split(" ")[0],
        "present": present,
        "group_size": group_size,
        "core_done": done,
        "core_total": in_all,
    }
    return found


def part_of(words):
    if words == ".":
        return 0, 0
    part, whole = words.split(" av ")
    return number(part), number(whole)


def number(words):
    """A count as it is read: thousands stand apart."""
    return int(words.replace(" ", ""))


def read_document(content):
    counts = table_under(content, "Skolor", columns=7)
    names = ["expected", "held", "delivery", "not_held", "not_reported", "base"]
    found = {name: dict(zip(names, cells, strict=True)) for name, *cells in counts[1:]}
    for figures in found.values():
        figures |= {name: number(figures[name]) for name in ("expected", "held", "not_held", "not_reported")}
    names = ["reporting", "on_time_share", "dose", "attendance", "adherence", "at_target", "target_share"]
    for name, *cells in table_under(content, "Så gick det", columns=8)[1:]:
        found[name] |= dict(zip(names, cells, strict=True))
        found[name]["at_target"] = number(found[name]["at_target"])
    return found


def table_under(content, heading, *, columns):
    words = text_of(content)
    start = words.index(("H2", heading)) + 1
    end = next((place for place, part in enumerate(words[start:], start) if part[0] == "H2"), len(words))
    cells = [text.replace(FIXED, " ") for role, text in words[start:end] if role in ("TH", "TD")]
    return [cells[place : place + columns] for place in range(0, len(cells), columns)]


def read_csv(content, day):
    """The sessions alone: what they say of expected, held, not held, not reported, on time and base coverage."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    expected = [row for row in rows if row["Förfaller"] and FIRST_DAY <= date.fromisoformat(row["Förfaller"]) <= day]
    found = {}
    for name in {row["Skola"] for row in rows} | {TOGETHER}:
        ours = [row for row in expected if name in (row["Skola"], TOGETHER)]
        held = [row for row in ours if row["Status"] == "genomfört"]
        not_held = [row for row in ours if row["Status"] == "ej hållet"]
        base = defaultdict(list)
        for row in ours:
            if row["Passtyp"] == "baspass":
                base[row["Skola"], row["Klass"]].append(row["Status"] == "genomfört")
        found[name] = {
            "expected": len(ours),
            "held": len(held),
            "not_held": len(not_held),
            "not_reported": len(ours) - len(held) - len(not_held),
            "on_time": sum(row["I tid"] == "ja" for row in held),
            "full_base": sum(all(one) for one in base.values()),
            "any_base": len(base),
        }
    return found


def read_workbook(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Skolor"]
    heading, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    names = {
        "Förväntade": "expected",
        "Genomförda av förväntade": "held",
        "Ej hållna": "not_held",
        "Ej rapporterade": "not_reported",
        "Klasser med alla baspass": "full_base",
        "Klasser med förväntade baspass": "any_base",
        "I tid, antal": "on_time",
        "Dos, summa": "dose_sum",
        "Dos, klasser": "dose_classes",
        "Närvarande": "present",
        "Elever i grupperna": "group_size",
        "Kärndelar gjorda": "core_done",
        "Kärndelar totalt": "core_total",
        "Klasser som når målet": "at_target",
        "Nådda klasser": "reached",
    }
    found = {}
    for row in rows:
        cells = dict(zip(heading, row, strict=True))
        if cells["Skola"]:
            told = {name: cells[word] for word, name in names.items()}
            found[cells["Skola"]] = told | {
                "delivery": in_words(told["held"], told["expected"]),
                "reporting": in_words(told["held"] + told["not_held"], told["expected"]),
                "base": in_words(told["full_base"], told["any_base"]),
                "on_time_share": in_words(told["on_time"], told["held"]),
                "attendance": in_words(told["present"], told["group_size"]),
                "adherence": in_words(told["core_done"], told["core_total"]),
                "target_share": in_words(told["at_target"], told["dose_classes"]),
                "dose": rounded(Decimal(told["dose_sum"]) / told["dose_classes"], "0.01")
                if told["dose_classes"]
                else ".",
            }
    return found


def read_package(content, schools):
    with ZipFile(io.BytesIO(content)) as archive:
        tables = {
            name: pd.read_csv(archive.open(f"{name}.csv"), na_values=[""], keep_default_na=False)
            for name in ("classes", "re_aim")
        }
    classes = tables["classes"].query("programme == 'taget'")
    columns = {
        "expected": "expected",
        "held": "held_of_expected",
        "not_held": "not_held",
        "not_reported": "not_reported",
        "on_time": "on_time",
        "present": "present",
        "group_size": "group_size",
        "core_done": "core_parts_done",
        "core_total": "core_parts_total",
        "reached": "is_reached",
    }
    names = {Pseudonyms().of("school", school.pk): name for name, school in schools.items()}
    found = {
        **{names[key]: counted(rows, columns) for key, rows in classes.groupby("school_id")},
        TOGETHER: counted(classes, columns),
    }
    re_aim = tables["re_aim"].query("programme == 'taget'").set_index("measure")
    for measure, part, whole in (
        ("delivery_rate", "held", "expected"),
        ("base_coverage", "full_base", "any_base"),
        ("on_time", "on_time", "held"),
        ("attendance", "present", "group_size"),
        ("adherence", "core_done", "core_total"),
        ("dose_mean", "dose_sum", "dose_classes"),
    ):
        found[TOGETHER] |= {part: re_aim.numerator[measure], whole: re_aim.denominator[measure]}
    return found


def counted(rows, columns):
    mean = rows[rows.counts_in_dose]
    return {name: int(rows[column].sum()) for name, column in columns.items()} | {
        "dose_sum": int(mean.dose.sum()),
        "dose_classes": len(mean),
        "at_target": int((mean.dose >= mean.target).sum()),
    }


def test_screen_workbook_document_csv_and_package_agree(client, centre, schools, today):
    client.force_login(centre)
    fetched = {name: client.get(f"/rapporter/tackning.{name}?{ASKED}").getvalue() for name in ("xlsx", "pdf", "csv")}
    client.post("/utvardering/", {"start_year": "2026"})
    workbook = read_workbook(fetched["xlsx"])
    readers = {
        "screen": read_screen(client.get(f"/rapporter/?{ASKED}").text),
        "document": read_document(fetched["pdf"]),
        "csv": read_csv(fetched["csv"], today),
        "package": read_package(bytes(EvaluationPackage.objects.get().content), schools),
    }

    assert workbook.keys() == {*schools, TOGETHER}
    for reader, told in readers.items():
        assert told.keys() == workbook.keys()
        for school, figures in told.items():
            assert (reader, school, figures) == (reader, school, {name: workbook[school][name] for name in figures})
    shared = {name for figures in workbook.values() for name in figures}
    assert shared == {name for told in readers.values() for figures in told.values() for name in figures}
    if len(schools) == 2:
        assert [workbook[TOGETHER][name] for name in ("expected", "held", "not_held", "not_reported")] == [10, 6, 1, 3]
        assert [workbook[TOGETHER][name] for name in ("present", "group_size")] == [116, 127]
    else:
        told = ("held", "not_held", "not_reported", "full_base", "on_time", "core_done", "reached")
        assert min(workbook[TOGETHER][name] for name in told) > 0


def test_every_figure_of_skolor_is_made_again_with_another_library(client, centre, schools, today):
    client.force_login(centre)
    content = io.BytesIO(client.get(f"/rapporter/tackning.xlsx?{ASKED}").getvalue())
    sheets = pd.read_excel(content, sheet_name=["Skolor", "Klasser", "Pass", "Genomföranden"])
    found = sheets["Skolor"].dropna(subset="Kommunkod").set_index("Skola")
    found = found.drop(columns=["Kommunkod", "Skolenhetskod", "Område", "Program"])

    made = made_again(sheets["Klasser"], sheets["Pass"], sheets["Genomföranden"], day=pd.Timestamp(today))

    assert set(made.columns) == set(found.columns)
    made = made.reindex(found.index)[found.columns]
    for name in found.columns:
        whole = pd.to_numeric(found[name], errors="coerce")
        pd.testing.assert_series_equal(made[name].astype(float), whole.astype(float), check_names=False)
    assert (found == ".").sum().sum() == made.isna().sum().sum()


def made_again(classes, sessions, deliveries, *, day):
    """Every column of Skolor by pandas: counts of rows, sums, and one sum by another; NaN without a denominator."""
    key, first = ["Skola", "Läsår", "Klass"], pd.Timestamp(FIRST_DAY)
    last = pd.Timestamp(FIRST_DAY.replace(year=2027)) - pd.Timedelta(days=1)
    for sheet, columns in ((sessions, ["Förfaller", "Datum"]), (deliveries, ["Datum"])):
        sheet[columns] = sheet[columns].apply(pd.to_datetime)
    schools = pd.Index(classes["Skola"].unique())

    def count(rows):
        return rows.groupby("Skola").size().reindex(schools, fill_value=0)

    def total(rows, column):
        return rows.groupby("Skola")[column].sum().reindex(schools, fill_value=0)

    due = sessions["Förfaller"].between(first, day)
    expected, held = sessions[due], sessions[due & (sessions["Status"] == "genomfört")]
    not_held = sessions[due & (sessions["Status"] == "ej hållet")]
    base = expected[expected["Passtyp"] == "baspass"].assign(held=lambda rows: rows["Status"] == "genomfört")
    by_class = base.groupby(key)["held"].all().reset_index()
    mean = classes[classes["Räknas i dosen"] == "ja"]
    in_period = sessions[sessions["Datum"] >= first]
    dose = in_period.merge(mean[key], on=key)
    present = deliveries.dropna(subset="Närvarande")
    core = deliveries.dropna(subset="Kärndelar gjorda")
    reached = classes.merge(deliveries[key].drop_duplicates(), on=key)
    made = pd.DataFrame(
        {
            "Planerade i perioden": count(sessions[sessions["Förfaller"].between(first, last)]),
            "Förväntade": count(expected),
            "Genomförda av förväntade": count(held),
            "Ej hållna": count(not_held),
            "Ej rapporterade": count(expected) - count(held) - count(not_held),
            "Klasser med alla baspass": count(by_class[by_class["held"]]),
            "Klasser med förväntade baspass": count(by_class),
            "I tid, antal": count(held[held["I tid"] == "ja"]),
            "Genomförda i perioden": count(in_period),
            "Dos, summa": count(dose),
            "Dos, klasser": count(mean),
            "Klasser som når målet": count(mean[mean["Dos"] >= mean["Mål"]]),
            "Närvarande": total(present, "Närvarande"),
            "Elever i grupperna": total(present, "Elever i gruppen"),
            "Kärndelar gjorda": total(core, "Kärndelar gjorda"),
            "Kärndelar totalt": total(core, "Kärndelar totalt"),
            "Nådda klasser": count(reached),
            "Nådda elever": total(reached, "Inskrivna elever"),
            "Inskrivna elever": total(classes, "Inskrivna elever"),
        }
    )
    reported = made["Genomförda av förväntade"] + made["Ej hållna"]
    return made.assign(
        **{
            name: (part / made[whole]).where(made[whole] > 0)
            for name, part, whole in (
                ("Genomförandegrad", made["Genomförda av förväntade"], "Förväntade"),
                ("Rapporteringsgrad", reported, "Förväntade"),
                ("Täckning, baspass", made["Klasser med alla baspass"], "Klasser med förväntade baspass"),
                ("I tid", made["I tid, antal"], "Genomförda av förväntade"),
                ("Dos", made["Dos, summa"], "Dos, klasser"),
                ("Andel som når målet", made["Klasser som når målet"], "Dos, klasser"),
                ("Närvaro", made["Närvarande"], "Elever i grupperna"),
                ("Följsamhet", made["Kärndelar gjorda"], "Kärndelar totalt"),
            )
        }
    )
