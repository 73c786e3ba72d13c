"""The columns of single sessions and deliveries, and what each one means: the headings are a contract."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from programmes.exports.tables import Column

MUNICIPALITY_CODE = Column(
    "municipality_code",
    pgettext_lazy("column", "Municipality code"),
    "text",
    12,
    _("The municipality's code, four digits as text."),
)
UNIT_CODE = Column(
    "unit_code",
    pgettext_lazy("column", "School unit code"),
    "text",
    14,
    _("The code of the school unit in the national register, eight digits as text."),
)
SCHOOL = Column("school", pgettext_lazy("column", "School"), "text", 24, _("The school's name."))
AREA = Column(
    "area",
    pgettext_lazy("column", "Area"),
    "text",
    16,
    _("The part of the municipality that the school lies in today. Empty: none."),
)
SCHOOL_YEAR = Column(
    "school_year",
    pgettext_lazy("column", "School year"),
    "text",
    10,
    _("The class's own school year, 1 July to 30 June."),
)
TERM = Column(
    "term",
    pgettext_lazy("column", "Term"),
    "text",
    10,
    _(
        "The term in which the session is due; for a session without a due date, the term in which it was "
        "first held. HT is July to December, VT January to June."
    ),
)
CLASS = Column("class", pgettext_lazy("column", "Class"), "text", 20, _("The class's name that school year."))
GRADES = Column(
    "grades",
    pgettext_lazy("column", "Grade"),
    "text",
    10,
    _("The grade, or the span of a mixed class, as it is called that school year."),
)
PROGRAMME = Column("programme", pgettext_lazy("column", "Programme"), "text", 10, _("The programme's name."))
CODE = Column(
    "code", pgettext_lazy("column", "Session code"), "text", 10, _("The session's code, which never changes.")
)
SESSION = Column("session", pgettext_lazy("column", "Session"), "text", 36, _("The session's name."))
KIND = Column(
    "kind",
    pgettext_lazy("column", "Kind of session"),
    "text",
    13,
    _("Base sessions are compulsory, additional sessions are chosen for each class."),
)

SESSION_KEYS = (
    MUNICIPALITY_CODE,
    UNIT_CODE,
    SCHOOL,
    AREA,
    SCHOOL_YEAR,
    TERM,
    CLASS,
    GRADES,
    PROGRAMME,
    CODE,
    SESSION,
    KIND,
)

SESSION_COLUMNS = (
    *SESSION_KEYS,
    Column(
        "due",
        pgettext_lazy("column", "Due"),
        "date",
        12,
        _(
            "The last day by which the session is to be held. Empty: held without being planned, or the school "
            "did not run the programme on that day; then it is never expected."
        ),
    ),
    Column(
        "state",
        pgettext_lazy("column", "State"),
        "text",
        18,
        _(
            "What had become of the session on the day counted to. Held: at least one delivery by then. Not held:"
            " reported so, or held only later. Not reported: due before that day and nothing reported. Due now: "
            "that day is in the month of the due date, at the latest on it, and nothing is reported. Planned: due"
            " later."
        ),
    ),
    Column(
        "reason",
        pgettext_lazy("column", "Reason"),
        "text",
        26,
        _("Why the session was not held. Empty: another state."),
    ),
    Column(
        "date",
        pgettext_lazy("column", "Date"),
        "date",
        12,
        _("The day of the first delivery. Empty: not held by the day counted to."),
    ),
    Column(
        "on_time",
        pgettext_lazy("column", "On time"),
        "text",
        8,
        _(
            "Whether an expected session was held on its due date or before. Empty: not held, or not expected in "
            "the period."
        ),
    ),
)

DELIVERY_COLUMNS = (
    *SESSION_KEYS,
    Column(
        "date",
        pgettext_lazy("column", "Date"),
        "date",
        12,
        _("The day of the delivery. When only the week is known, its Friday."),
    ),
    Column(
        "group_size", pgettext_lazy("column", "Pupils in the group"), "integer", 15, _("How many pupils the group had.")
    ),
    Column(
        "present",
        pgettext_lazy("column", "Present"),
        "integer",
        11,
        _("How many of them were there. Empty: not counted; the delivery is then left out of attendance."),
    ),
    Column(
        "minutes", pgettext_lazy("column", "Minutes"), "integer", 9, _("How many minutes it took. Empty: not recorded.")
    ),
    Column(
        "core_parts_done",
        pgettext_lazy("column", "Core parts done"),
        "integer",
        17,
        _("How many core parts were done. Empty: not recorded."),
    ),
    Column(
        "core_parts_total",
        pgettext_lazy("column", "Core parts in all"),
        "integer",
        17,
        _("How many core parts the version used has. Empty: not recorded."),
    ),
    Column(
        "engagement",
        pgettext_lazy("column", "Engagement"),
        "integer",
        12,
        _("How the pupils took part, as the leader saw it: 1 low to 4 high. Empty: not recorded."),
    ),
    Column(
        "preparation",
        pgettext_lazy("column", "Preparation time"),
        "text",
        18,
        _("How long the leaders prepared, together. Empty: not recorded."),
    ),
    Column(
        "is_adapted",
        pgettext_lazy("column", "Adapted"),
        "text",
        10,
        _("Whether the session was changed. Empty: not recorded."),
    ),
    Column(
        "adaptation_what",
        pgettext_lazy("column", "What was adapted"),
        "text",
        22,
        _("What was changed (FRAME). Empty: not adapted or not recorded."),
    ),
    Column(
        "adaptation_why",
        pgettext_lazy("column", "Why adapted"),
        "text",
        22,
        _("Why it was changed (FRAME). Empty: not adapted or not recorded."),
    ),
    Column(
        "adaptation_planned",
        pgettext_lazy("column", "Planned adaptation"),
        "text",
        18,
        _("Whether the change was decided beforehand. Empty: not adapted or not recorded."),
    ),
    Column(
        "plan_version",
        pgettext_lazy("column", "Plan version"),
        "text",
        18,
        _(
            "The version of the session plan that was live that day, or the first one when none was yet: the day it"
            " was made and its number in the plan's history. Empty: no plan was published."
        ),
    ),
    Column(
        "group",
        pgettext_lazy("column", "Group"),
        "text",
        14,
        _("The whole class, or one of its numbered groups. Another group is another row of the same session."),
    ),
    Column(
        "leaders", pgettext_lazy("column", "Leaders"), "integer", 9, _("How many led the session. Empty: not recorded.")
    ),
    Column(
        "trained",
        pgettext_lazy("column", "Leaders trained"),
        "integer",
        17,
        _("How many of them are known to be trained. Empty: not recorded for any."),
    ),
    Column(
        "person_minutes",
        pgettext_lazy("column", "Person-minutes"),
        "integer",
        15,
        _("Leaders times minutes. Empty: one of them is not recorded."),
    ),
)
