"""The words that lie beside the tables, for whoever opens the package first, with the first lines to write."""

from collections.abc import Sequence

from programmes.exports.evaluation.schema import Resource
from programmes.exports.evaluation.scope import Scope

# Run as they stand by tests/programmes/test_evaluation.py, in the folder of the package.
PYTHON = """import pandas as pd

missing = [".", "..", "~0", "~100"]


def table(name):
    return pd.read_csv(f"{name}.csv", na_values=missing)


# Varje genomförande med sitt pass, sin klass och sin skola / Each delivery with its session, its class and its school
held = (
    table("deliveries")
    .merge(table("sessions"), on=["session_code", "programme"], suffixes=("", "_of_session"))
    .merge(table("classes"), on=["class_id", "programme"], suffixes=("", "_of_class"))
    .merge(table("schools"), on="school_id", suffixes=("", "_of_school"))
)
# Närvaro per program och årskurs, summa genom summa / Attendance by programme and grade, a sum over a sum
by_grade = held.dropna(subset=["present"]).groupby(["programme", "lowest_grade_of_class"])
attendance = by_grade.present.sum() / by_grade.group_size.sum()
"""
R = """missing <- c("", ".", "..", "~0", "~100")
read <- function(name) read.csv(paste0(name, ".csv"), na.strings = missing, encoding = "UTF-8")

held <- merge(read("deliveries"), read("classes"), by = c("class_id", "programme"), suffixes = c("", ".of_class"))
counted <- subset(held, !is.na(present))
sums <- aggregate(cbind(present, group_size) ~ programme + lowest_grade, counted, sum)
sums$attendance <- sums$present / sums$group_size
"""


def readme(scope: Scope, resources: Sequence[Resource]) -> str:
    """What the package is, in Swedish and English: what it counts, to which day, and what is hidden."""
    tables = "\n".join(
        f"- `{resource.name}.csv`: {described['descriptionSv']} {described['description']}"
        for resource in resources
        for described in (resource.described(size=0, digest=""),)
    )
    profile = scope.profile
    return f"""# Stins: {scope.municipality.name}, läsåret {scope.period.label}

Underlag för utvärdering, räknat till och med {scope.last_day.isoformat()}. Alla skolor och klasser i kommunen är med,
också de som inte deltar. Inga namn och ingen fritext finns med. Skolor, klasser, tillfällen och ledare har pseudonymer
som är desamma i varje paket från samma kommun; nyckeln lämnar aldrig servern. Datum är ISO-veckor.

Små tal är dolda med den öppna profilen: antal elever eller föräldrar med en egenskap visas inte när de är
1–{profile.threshold}, när gruppen är mindre än {profile.smallest_group} eller när en summa gäller färre än
{profile.least_schools} skolor. Tomt = inte känt eller inte sagt, `.` = inte rapporterat, `..` = dolt, `~0` och `~100` =
nästan ingen och nästan alla.

Data for evaluation, counted up to and including {scope.last_day.isoformat()}. Every school and class of the
municipality is here, also those that take no part. There are no names and no free text. Schools, classes, occasions and
leaders have pseudonyms that stay the same in every package of the municipality; the key never leaves the server. Dates
are ISO weeks.

Small numbers are hidden by the open profile: counts of pupils or parents with an attribute are not shown when they are
1–{profile.threshold}, when the group is smaller than {profile.smallest_group}, or when a sum covers fewer than
{profile.least_schools} schools. Empty = not known or not said, `.` = not reported, `..` = hidden, `~0` and `~100` =
nearly none and nearly all.

`datapackage.json` describes every column (Frictionless Data Package), `codebook.csv` says the same as a table.

{tables}

## Börja / Begin

Python:

```python
{PYTHON}```

R:

```r
{R}```
"""
