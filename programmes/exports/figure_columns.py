"""The columns of figures, for classes, schools and roll-ups, and what each one means: the headings are a contract."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from programmes.exports.session_columns import (
    AREA,
    CLASS,
    GRADES,
    MUNICIPALITY_CODE,
    PROGRAMME,
    SCHOOL,
    SCHOOL_YEAR,
    UNIT_CODE,
)
from programmes.exports.tables import Column

PLANNED = Column(
    "planned",
    pgettext_lazy("column", "Planned in the period"),
    "integer",
    13,
    _("Sessions due on some day of the whole period, while the school runs the programme."),
)
EXPECTED = Column(
    "expected",
    pgettext_lazy("column", "Expected"),
    "integer",
    12,
    _(
        "Sessions due in the period and not after the day counted to, where the school ran the programme on "
        "the due date. Expected is held of expected, not held and not reported together."
    ),
)
HELD = Column(
    "held_of_expected",
    pgettext_lazy("column", "Held of expected"),
    "integer",
    14,
    _("Expected sessions with at least one delivery by the day counted to."),
)
NOT_HELD = Column(
    "not_held",
    pgettext_lazy("column", "Not held"),
    "integer",
    10,
    _("Expected sessions reported as not held, or held only after the day counted to."),
)
NOT_REPORTED = Column(
    "not_reported",
    pgettext_lazy("column", "Not reported"),
    "integer",
    17,
    _("Expected sessions with nothing reported, those due on the very day counted to included."),
)
ON_TIME = Column(
    "on_time",
    pgettext_lazy("column", "On time, number"),
    "integer",
    10,
    _("Held of expected with a delivery on the due date or before."),
)
PRESENT = Column(
    "present",
    pgettext_lazy("column", "Present"),
    "integer",
    12,
    _("Pupils present, over the period's deliveries where they were counted."),
)
GROUP_SIZE = Column(
    "group_size",
    pgettext_lazy("column", "Pupils in the groups"),
    "integer",
    13,
    _("Pupils in the groups, over the same deliveries."),
)
CORE_DONE = Column(
    "core_parts_done",
    pgettext_lazy("column", "Core parts done"),
    "integer",
    12,
    _("Core parts done, over the period's deliveries where they were recorded."),
)
CORE_TOTAL = Column(
    "core_parts_total",
    pgettext_lazy("column", "Core parts in all"),
    "integer",
    12,
    _("Core parts of the versions used, over the same deliveries."),
)

CLASS_COLUMNS = (
    MUNICIPALITY_CODE,
    UNIT_CODE,
    SCHOOL,
    AREA,
    SCHOOL_YEAR,
    CLASS,
    GRADES,
    PROGRAMME,
    Column(
        "enrolled",
        pgettext_lazy("column", "Enrolled pupils"),
        "integer",
        12,
        _("How many pupils the class has. Empty: not known."),
    ),
    PLANNED,
    EXPECTED,
    HELD,
    NOT_HELD,
    NOT_REPORTED,
    Column(
        "expected_base",
        pgettext_lazy("column", "Base sessions expected"),
        "integer",
        14,
        _("Expected sessions that are base sessions."),
    ),
    Column("held_base", pgettext_lazy("column", "Base sessions held"), "integer", 14, _("How many of them are held.")),
    Column(
        "all_base",
        pgettext_lazy("column", "All base sessions"),
        "text",
        12,
        _("Whether every expected base session is held. Empty: none was expected."),
    ),
    ON_TIME,
    Column(
        "dose", pgettext_lazy("column", "Dose"), "integer", 8, _("Sessions first held in the period, expected or not.")
    ),
    Column(
        "in_mean",
        pgettext_lazy("column", "Counted in the dose"),
        "text",
        14,
        _("Whether the class stands in the mean dose: its school ran the programme some day of the period."),
    ),
    PRESENT,
    GROUP_SIZE,
    CORE_DONE,
    CORE_TOTAL,
    Column(
        "reached",
        pgettext_lazy("column", "Reached"),
        "text",
        9,
        _("Whether the class had at least one delivery in the period."),
    ),
)
CLASS_TARGET_COLUMNS = (
    Column(
        "target",
        pgettext_lazy("column", "Target"),
        "integer",
        8,
        _("The municipality's target: sessions a school year."),
    ),
    Column(
        "at_target", pgettext_lazy("column", "At the target"), "text", 12, _("Whether the dose is the target or more.")
    ),
)

SCHOOL_KEYS = (MUNICIPALITY_CODE, UNIT_CODE, SCHOOL, AREA, PROGRAMME)
DELIVERY_RATE = Column(
    "delivery_rate",
    pgettext_lazy("column", "Delivery rate"),
    "percent",
    17,
    _("Held of expected, as a share of expected."),
)
REPORTING_RATE = Column(
    "reporting_rate",
    pgettext_lazy("column", "Reporting rate"),
    "percent",
    17,
    _("Held of expected and not held together, as a share of expected."),
)
BASE_COVERAGE = Column(
    "base_coverage",
    pgettext_lazy("column", "Coverage, base sessions"),
    "percent",
    12,
    _("Classes with all base sessions, as a share of classes with an expected base session."),
)
ON_TIME_RATE = Column(
    "on_time_rate", pgettext_lazy("column", "On time"), "percent", 10, _("On time as a share of held of expected.")
)
DOSE = Column(
    "dose_mean",
    pgettext_lazy("column", "Dose"),
    "decimal",
    8,
    _(
        "Mean number of sessions first held in the period per class, over the classes of schools that ran the"
        " programme in it."
    ),
)
ATTENDANCE = Column(
    "attendance",
    pgettext_lazy("column", "Attendance"),
    "percent",
    10,
    _("Present as a share of pupils in the groups: a sum over a sum, never a mean of shares."),
)
ADHERENCE = Column(
    "adherence",
    pgettext_lazy("column", "Adherence"),
    "percent",
    11,
    _("Core parts done as a share of core parts in all."),
)
FIGURE_COLUMNS = (
    PLANNED,
    EXPECTED,
    HELD,
    NOT_HELD,
    NOT_REPORTED,
    DELIVERY_RATE,
    REPORTING_RATE,
    Column(
        "classes_with_all_base",
        pgettext_lazy("column", "Classes with all base sessions"),
        "integer",
        14,
        _("Classes in which every expected base session is held."),
    ),
    Column(
        "classes_with_expected_base",
        pgettext_lazy("column", "Classes with expected base sessions"),
        "integer",
        16,
        _("Classes with at least one expected base session."),
    ),
    BASE_COVERAGE,
    ON_TIME,
    ON_TIME_RATE,
    Column(
        "sessions_held",
        pgettext_lazy("column", "Held in the period"),
        "integer",
        13,
        _("Sessions first held in the period, expected or not, in all classes."),
    ),
    Column(
        "dose_total",
        pgettext_lazy("column", "Dose, sum"),
        "integer",
        10,
        _("The same in the classes counted in the dose."),
    ),
    Column(
        "classes",
        pgettext_lazy("column", "Dose, classes"),
        "integer",
        10,
        _("How many classes are counted in the dose."),
    ),
    DOSE,
)
FIGURE_TARGET_COLUMNS = (
    Column(
        "classes_at_target",
        pgettext_lazy("column", "Classes at the target"),
        "integer",
        14,
        _("Classes with a dose of the municipality's yearly target or more; school years only."),
    ),
    Column(
        "target_rate",
        pgettext_lazy("column", "Share at the target"),
        "percent",
        13,
        _("Classes at the target, as a share of the classes counted in the dose."),
    ),
)
CLASSES_REACHED = Column(
    "classes_reached",
    pgettext_lazy("column", "Classes reached"),
    "integer",
    10,
    _("Classes with at least one delivery in the period."),
)
PUPILS_REACHED = Column(
    "known_pupils_reached",
    pgettext_lazy("column", "Pupils reached"),
    "integer",
    10,
    _(
        "Enrolled pupils of the classes reached, where the number is known. In a period that lies in two school years,"
        " a pupil who has moved up counts in both."
    ),
)
ENROLLED_KNOWN = Column(
    "known_enrolled",
    pgettext_lazy("column", "Enrolled pupils"),
    "integer",
    12,
    _("Enrolled pupils of all classes of the report, where the number is known."),
)
REACH_COLUMNS = (
    PRESENT,
    GROUP_SIZE,
    ATTENDANCE,
    CORE_DONE,
    CORE_TOTAL,
    ADHERENCE,
    CLASSES_REACHED,
    PUPILS_REACHED,
    ENROLLED_KNOWN,
)
SUMMARY_COLUMNS = (
    EXPECTED,
    HELD,
    NOT_HELD,
    NOT_REPORTED,
    DELIVERY_RATE,
    REPORTING_RATE,
    BASE_COVERAGE,
    ON_TIME_RATE,
    DOSE,
    ATTENDANCE,
)

SHEET = Column("sheet", pgettext_lazy("column", "Sheet"), "text", 16, _("The sheet that the column stands on."))
WORD = Column(
    "word", pgettext_lazy("column", "Word"), "text", 32, _("The column's heading, or a word used in the file.")
)
MEANING = Column("meaning", pgettext_lazy("column", "Meaning"), "text", 110, _("What it means."))
