"""The tables about schools and their classes, with the words of the codebook."""

from django.utils.translation import gettext_lazy as _

from programmes.enums import (
    ProgrammeStatus,
)
from programmes.exports.evaluation.schema import (
    ADHERENCE,
    DIFFERENTIATION,
    DOSE,
    IDENTITY,
    RE_AIM,
    REACH,
    SS,
    Field,
    Resource,
)
from programmes.exports.evaluation.shared import (
    CLASS_ID,
    PROGRAMME,
    SCHOOL_ID,
    TO_CLASS,
    TO_SCHOOL,
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
        Field(
            "classes_in_mvp_grades",
            "integer",
            _("Classes in the grades that MVP's mentees come from."),
            REACH,
            unit="classes",
        ),
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
        Field(
            "home_class_id",
            "string",
            _("Pseudonym of the class that a mentee group's pupils come from; empty for classes."),
            IDENTITY,
        ),
        Field(
            "is_in_mvp_grades",
            "boolean",
            _("Whether the class is in the grades that MVP's mentees come from; empty for mentee groups."),
            REACH,
        ),
    ],
    ["class_id"],
    {"school_id": TO_SCHOOL, "home_class_id": TO_CLASS},
)
