"""The tables about schools, classes and sessions, with the words of the codebook."""

from django.utils.translation import gettext_lazy as _

from curriculum.enums import SessionKind
from programmes.enums import (
    AdaptationWhat,
    AdaptationWhy,
    DatePrecision,
    NotHeldReason,
    PreparationBand,
    ProgrammeStatus,
    SessionState,
)
from programmes.exports.evaluation.schema import (
    ADAPTATION,
    ADHERENCE,
    DIFFERENTIATION,
    DOSE,
    FRAME,
    IDENTITY,
    QUALITY,
    RE_AIM,
    REACH,
    RESPONSE,
    SS,
    Field,
    Resource,
)
from programmes.exports.evaluation.shared import (
    CLASS_ID,
    PLANNED_ID,
    PROGRAMME,
    SCHOOL_ID,
    SESSION_CODE,
    WEEK,
    codes_of,
)

SCHOOLS = Resource(
    "schools",
    _("A school of the municipality, also one that takes no part: the denominator of adoption."),
    [
        SCHOOL_ID,
        Field("municipality_code", "string", _("Code of the municipality, four digits."), source=SS),
        Field("area_id", "string", _("Pseudonym of the area; empty when the school lies in none."), IDENTITY),
        Field(
            "taget_status",
            "string",
            _("Tåget at the school on the last day counted."),
            REACH,
            codes=codes_of(ProgrammeStatus),
        ),
        Field(
            "mvp_status",
            "string",
            _("MVP at the school on the last day counted."),
            REACH,
            codes=codes_of(ProgrammeStatus),
        ),
        Field(
            "taget_first_year",
            "integer",
            _("The year in which the school's first school year with Tåget began."),
            DOSE,
            unit="year",
        ),
        Field("classes", "integer", _("Classes of the school in the school year."), REACH, unit="classes"),
        Field(
            "classes_in_grades",
            "integer",
            _("Classes in the grades that Tåget is for in the municipality."),
            REACH,
            unit="classes",
        ),
        Field("pupils", "integer", _("Enrolled pupils of the classes whose number is known."), REACH, unit="pupils"),
    ],
    ["school_id"],
)
CLASSES = Resource(
    "classes",
    _("A class (Tåget) or a mentee group (MVP) of the school year, also one that takes no part."),
    [
        CLASS_ID,
        SCHOOL_ID,
        PROGRAMME,
        Field("school_year", "string", _("School year, as 2026/27.")),
        Field(
            "lowest_grade",
            "integer",
            _("Lowest year of schooling in the class: 0 is förskoleklass."),
            DIFFERENTIATION,
            unit="year of schooling",
        ),
        Field(
            "highest_grade",
            "integer",
            _("Highest year of schooling in the class."),
            DIFFERENTIATION,
            unit="year of schooling",
        ),
        Field("pupils", "integer", _("Enrolled pupils; empty when not known."), REACH, unit="pupils"),
        Field("is_eligible", "boolean", _("Whether the class is in the grades that the programme is for."), REACH),
        Field("is_running", "boolean", _("Whether the school ran the programme some day of the year, so far."), REACH),
        Field(
            "is_reached",
            "boolean",
            _("Whether at least one session has been held for the class."),
            REACH,
            source=RE_AIM,
        ),
        Field("planned", "integer", _("Sessions planned in the year."), DOSE, unit="sessions"),
        Field("expected", "integer", _("Sessions due by the last day counted."), DOSE, unit="sessions"),
        Field(
            "held_of_expected",
            "integer",
            _("Of the expected, held by the last day counted."),
            ADHERENCE,
            unit="sessions",
        ),
        Field(
            "not_held",
            "integer",
            _("Of the expected, reported as not held, or held later than counted."),
            ADHERENCE,
            unit="sessions",
        ),
        Field("not_reported", "integer", _("Of the expected, with nothing reported."), ADHERENCE, unit="sessions"),
        Field("on_time", "integer", _("Of those held, held on or before the due date."), ADHERENCE, unit="sessions"),
        Field("dose", "integer", _("Sessions held in the year, expected or not."), DOSE, unit="sessions"),
        Field(
            "counts_in_dose",
            "boolean",
            _(
                "Whether the class stands in the mean dose: its school ran the programme, and the class is in the "
                "programme's grades or has sessions of it."
            ),
            DOSE,
        ),
        Field("target", "integer", _("The municipality's target for the year."), DOSE, unit="sessions"),
        Field(
            "present",
            "integer",
            _("Sum of pupils present, over deliveries with both head-counts."),
            REACH,
            unit="pupil occasions",
        ),
        Field(
            "group_size", "integer", _("Sum of group sizes, over the same deliveries."), REACH, unit="pupil occasions"
        ),
        Field(
            "core_parts_done",
            "integer",
            _("Core parts done, over deliveries that recorded them."),
            ADHERENCE,
            unit="core parts",
        ),
        Field(
            "core_parts_total",
            "integer",
            _("Core parts of the plan versions used in the same deliveries."),
            ADHERENCE,
            unit="core parts",
        ),
    ],
    ["class_id"],
    {"school_id": "schools"},
)
PLANNED_SESSIONS = Resource(
    "planned_sessions",
    _("A session on a class's line: due in the year, or held in it."),
    [
        PLANNED_ID,
        CLASS_ID,
        PROGRAMME,
        SESSION_CODE,
        Field(
            "session_kind",
            "string",
            _("Base, additional or mentor session."),
            codes=codes_of(SessionKind, [SessionKind.STAFF, SessionKind.MEETING]),
        ),
        Field(
            "due_week", "string", _("Week of the due date; empty for a session that nobody planned."), DOSE, unit=WEEK
        ),
        Field(
            "state",
            "string",
            _("What had become of it on the last day counted."),
            ADHERENCE,
            codes=codes_of(SessionState, [SessionState.NOT_PLANNED]),
        ),
        Field("reason", "string", _("Why it was not held."), ADAPTATION, codes=codes_of(NotHeldReason)),
        Field("held_week", "string", _("Week of its first delivery."), DOSE, unit=WEEK),
        Field("is_on_time", "boolean", _("Whether the first delivery was on or before the due date."), ADHERENCE),
    ],
    ["planned_session_id"],
    {"class_id": "classes"},
)
DELIVERIES = Resource(
    "deliveries",
    _("A session held for a class or a numbered group of it."),
    [
        Field("delivery_id", "string", _("Pseudonym of the delivery."), IDENTITY),
        PLANNED_ID,
        CLASS_ID,
        PROGRAMME,
        SESSION_CODE,
        Field("group", "integer", _("0 is the whole class, 1 and on are groups of it."), DIFFERENTIATION),
        Field("week", "string", _("Week in which it was held."), DOSE, unit=WEEK),
        Field("date_precision", "string", _("How exactly the date was known."), codes=codes_of(DatePrecision)),
        Field("group_size", "integer", _("Pupils in the group."), REACH, unit="pupils"),
        Field("present", "integer", _("Pupils present; empty when not counted."), REACH, unit="pupils"),
        Field("minutes", "integer", _("How long the session took."), DOSE, unit="minutes"),
        Field("planned_minutes", "integer", _("How long the catalogue says."), DOSE, unit="minutes"),
        Field(
            "core_parts_done", "integer", _("Core parts done; empty when not recorded."), ADHERENCE, unit="core parts"
        ),
        Field("core_parts_total", "integer", _("Core parts of the version used."), ADHERENCE, unit="core parts"),
        Field(
            "engagement",
            "integer",
            _("Pupils' engagement as the leader saw it, 1 low to 4 high."),
            RESPONSE,
            unit="scale 1–4",
        ),
        Field(
            "preparation",
            "string",
            _("How long the leaders prepared, together."),
            QUALITY,
            codes=codes_of(PreparationBand),
        ),
        Field(
            "is_adapted",
            "boolean",
            _("Whether the session was adapted; empty when not said."),
            ADAPTATION,
            source=FRAME,
        ),
        Field(
            "adaptation_what",
            "string",
            _("What was changed."),
            ADAPTATION,
            source=FRAME,
            codes=codes_of(AdaptationWhat),
        ),
        Field(
            "adaptation_why",
            "string",
            _("Why it was changed."),
            ADAPTATION,
            source=FRAME,
            codes=codes_of(AdaptationWhy),
        ),
        Field(
            "adaptation_planned", "boolean", _("Whether the change was planned beforehand."), ADAPTATION, source=FRAME
        ),
        Field("plan_version", "string", _("Pseudonym of the version of the session plan."), IDENTITY),
        Field("leaders", "integer", _("How many led; empty when not said."), QUALITY, unit="persons"),
        Field("leaders_trained", "integer", _("Of them, trained in the programme."), QUALITY, unit="persons"),
        Field(
            "leaders_from_outside",
            "integer",
            _("Of them, from another organisation than the school."),
            QUALITY,
            unit="persons",
        ),
        Field("person_minutes", "integer", _("Minutes times leaders."), DOSE, unit="person minutes"),
    ],
    ["delivery_id"],
    {"planned_session_id": "planned_sessions", "class_id": "classes"},
)
