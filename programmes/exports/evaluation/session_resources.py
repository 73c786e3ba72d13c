"""The tables about sessions: what they are, planned, and held, with the words of the codebook."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from curriculum.enums import Principle, SessionKind
from programmes.enums import (
    AdaptationWhat,
    AdaptationWhy,
    DatePrecision,
    LeaderRole,
    NotHeldReason,
    Organisation,
    PreparationBand,
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
    REACH,
    RESPONSE,
    Field,
    Resource,
)
from programmes.exports.evaluation.shared import (
    CLASS_ID,
    DELIVERY_ID,
    PLANNED_ID,
    PROGRAMME,
    SESSION_CODE,
    TO_CLASS,
    TO_SESSION,
    WEEK,
    codes_of,
)

SESSIONS = Resource(
    "sessions",
    _("A session of the catalogue: what the codes of the other tables stand for."),
    [
        SESSION_CODE,
        PROGRAMME,
        Field("session_kind", "string", _("What it is to its programme."), codes=codes_of(SessionKind)),
        Field("title", "string", _("The session's name in the catalogue, in Swedish.")),
        Field(
            "lowest_grade",
            "integer",
            _("Lowest year of schooling that it is meant for."),
            DIFFERENTIATION,
            unit="year of schooling",
        ),
        Field(
            "highest_grade",
            "integer",
            _("Highest year of schooling that it is meant for."),
            DIFFERENTIATION,
            unit="year of schooling",
        ),
        Field("planned_minutes", "integer", _("How long the catalogue says."), DOSE, unit="minutes"),
        *(
            Field(
                f"principle_{principle.value}",
                "boolean",
                format_lazy(_("Whether it builds on the principle {principle}."), principle=principle.label),
                DIFFERENTIATION,
            )
            for principle in Principle
        ),
        Field("prepares", "string", _("For a staff session, the code of the pupil session that it prepares."), QUALITY),
    ],
    ["session_code"],
    {"prepares": TO_SESSION},
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
    {"class_id": TO_CLASS, "session_code": TO_SESSION},
)
DELIVERIES = Resource(
    "deliveries",
    _("A session held for a class or a numbered group of it."),
    [
        DELIVERY_ID,
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
        Field(
            "leaders_trained",
            "integer",
            _("Of them, known to be trained; empty when not said of any."),
            QUALITY,
            unit="persons",
        ),
        Field(
            "leaders_from_outside",
            "integer",
            _("Of them, from another organisation than the school."),
            QUALITY,
            unit="persons",
        ),
        Field("person_minutes", "integer", _("Minutes times leaders."), DOSE, unit="person minutes"),
        Field(
            "leader_id",
            "string",
            _(
                "Pseudonym of the session leader who reported it, the same in every package; empty where somebody else"
                " reported."
            ),
            IDENTITY,
        ),
    ],
    ["delivery_id"],
    {
        "planned_session_id": ("planned_sessions", "planned_session_id"),
        "class_id": TO_CLASS,
        "session_code": TO_SESSION,
    },
)
DELIVERY_LEADERS = Resource(
    "delivery_leaders",
    _("One who led a delivery; deliveries of which nobody is said have no row."),
    [
        DELIVERY_ID,
        Field("number", "integer", _("1 and on, for each who led the same delivery.")),
        Field("role", "string", _("What the leader is by profession."), QUALITY, codes=codes_of(LeaderRole)),
        Field("organisation", "string", _("Where the leader comes from."), QUALITY, codes=codes_of(Organisation)),
        Field("is_trained", "boolean", _("Whether trained in the programme; empty when not said."), QUALITY),
    ],
    ["delivery_id", "number"],
    {"delivery_id": ("deliveries", "delivery_id")},
)
