"""What periods may be compared by: the rates of coverage and its dose, by the key that an address has them under."""

from collections.abc import Mapping

from programmes.exports.figure_columns import (
    ADHERENCE,
    ATTENDANCE,
    BASE_COVERAGE,
    DELIVERY_RATE,
    DOSE,
    ON_TIME_RATE,
    REPORTING_RATE,
)
from programmes.exports.tables import Column

MEASURES: Mapping[str, Column] = {
    column.key: column
    for column in (DELIVERY_RATE, REPORTING_RATE, BASE_COVERAGE, ON_TIME_RATE, DOSE, ATTENDANCE, ADHERENCE)
}
