"""The tables about staff, mentors, parents and trygg bas, and the summaries, with the words of the codebook."""

from django.utils.translation import gettext_lazy as _

from programmes.enums import (
    AdaptationWhat,
    AdaptationWhy,
    ChildAge,
    GroupFormat,
    GroupLanguage,
    LeaderRole,
    Organisation,
    StaffMeetingKind,
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
    Field,
    Resource,
)
from programmes.exports.evaluation.shared import (
    PROGRAMME,
    SCHOOL_ID,
    SESSION_CODE,
    TO_SCHOOL,
    TO_SESSION,
    WEEK,
    codes_of,
)

NOT_SAID = "not_said"
AS_NOT_SAID = {NOT_SAID: _("not said")}
STAFF_SESSIONS = Resource(
    "staff_sessions",
    _("A staff session, APT, further training or exchange of the year."),
    [
        Field("staff_session_id", "string", _("Pseudonym of the occasion."), IDENTITY),
        SCHOOL_ID,
        Field("kind", "string", _("What brought the staff together."), codes=codes_of(StaffMeetingKind)),
        SESSION_CODE,
        Field("prepares", "string", _("Code of the pupil session that it prepares."), QUALITY),
        Field("week", "string", _("Week of the occasion."), DOSE, unit=WEEK),
        Field("is_held", "boolean", _("Whether it was held, by the last day counted."), ADHERENCE),
        Field("minutes", "integer", _("How long it took."), DOSE, unit="minutes"),
        Field("present", "integer", _("Staff present."), REACH, unit="persons"),
        Field("staff", "integer", _("Staff of the school on that day."), REACH, unit="persons"),
    ],
    ["staff_session_id"],
    {"school_id": TO_SCHOOL, "session_code": TO_SESSION, "prepares": TO_SESSION},
)
MENTOR_COHORTS = Resource(
    "mentor_cohorts",
    _("A cohort of mentors of the year."),
    [
        Field("cohort_id", "string", _("Pseudonym of the cohort."), IDENTITY),
        SCHOOL_ID,
        Field("mentee_groups", "integer", _("Mentee groups of the cohort."), REACH, unit="groups"),
        Field("applied", "integer", _("Pupils who applied; empty when not said."), REACH, unit="persons"),
        Field("chosen", "integer", _("Mentors chosen."), REACH, unit="persons"),
        Field("trained", "integer", _("Mentors trained."), QUALITY, unit="persons"),
        Field(
            "active",
            "integer",
            _("Mentors active on the last day counted; hidden where those who left are."),
            REACH,
            unit="persons",
        ),
        Field("left", "integer", _("Mentors who left; small numbers are hidden."), REACH, unit="persons"),
        Field(
            "supervision_due", "integer", _("Supervisions planned by the last day counted."), QUALITY, unit="occasions"
        ),
        Field("supervision_held", "integer", _("Of them, held."), QUALITY, unit="occasions"),
        Field("supervision_present", "integer", _("Sum of mentors present."), RESPONSE, unit="person occasions"),
        Field(
            "supervision_invited",
            "integer",
            _("Sum of mentors invited to the same; hidden where those who left are."),
            RESPONSE,
            unit="person occasions",
        ),
    ],
    ["cohort_id"],
    {"school_id": TO_SCHOOL},
)
PARENT_GROUPS = Resource(
    "parent_groups",
    _("An ABC group that began in the year. Its language stands in the public calendar: few parents are hidden."),
    [
        Field("parent_group_id", "string", _("Pseudonym of the group."), IDENTITY),
        Field(
            "school_id", "string", _("Pseudonym of the school; empty for a group of the municipality's own."), IDENTITY
        ),
        Field("child_age", "string", _("Age of the children."), DIFFERENTIATION, codes=codes_of(ChildAge)),
        Field("format", "string", _("Where the parents meet."), DIFFERENTIATION, codes=codes_of(GroupFormat)),
        Field("first_week", "string", _("Week of the first meeting held."), DOSE, unit=WEEK),
        Field("meetings_held", "integer", _("Meetings held, of four."), DOSE, unit="meetings"),
        Field(
            "started",
            "integer",
            _("Parents who started: the higher of the first two meetings; when the year is over, hidden where few."),
            REACH,
            unit="persons",
        ),
        Field(
            "completed",
            "integer",
            _("Parents who completed by the municipality's rule; when the year is over, and hidden where few."),
            RESPONSE,
            unit="persons",
        ),
    ],
    ["parent_group_id"],
    {"school_id": TO_SCHOOL},
)
PARENTS_BY_LANGUAGE = Resource(
    "parents_by_language",
    _("Parents of the year by the language of their group, when the year is over; small numbers are hidden."),
    [
        Field("language", "string", _("Language of the group."), DIFFERENTIATION, codes=codes_of(GroupLanguage)),
        Field("parents", "integer", _("Parents who started; hidden where few."), REACH, unit="persons"),
        Field("share", "number", _("Their share of all parents, 0 to 1."), REACH),
    ],
    ["language"],
)
SECURE_BASES = Resource(
    "secure_bases",
    _("Trygg bas of a school and of the municipality in a term that is over; small numbers are hidden."),
    [
        Field("place", "string", _("Pseudonym of the school, or `all`."), IDENTITY),
        Field("term", "string", _("Term of the check round.")),
        Field("pupils", "integer", _("Pupils on the lists; hidden where few."), REACH, unit="pupils"),
        Field("without_adult", "integer", _("Pupils without a secure adult by either word."), RESPONSE, unit="pupils"),
        Field("without_adult_share", "number", _("Their share, 0 to 1."), RESPONSE),
        Field("asked", "integer", _("Pupils who have been asked; hidden where few."), REACH, unit="pupils"),
        Field("named_nobody", "integer", _("Of the asked, those who named nobody."), RESPONSE, unit="pupils"),
        Field("named_nobody_share", "number", _("Their share of the asked, 0 to 1."), RESPONSE),
    ],
    ["place", "term"],
)
ASPECTS = {
    "reach": _("reach"),
    "adoption": _("adoption"),
    "implementation": _("implementation"),
    "maintenance": _("maintenance"),
}
RE_AIM_MEASURES = {
    "classes_reached": _(
        "classes that had a session, of all classes in the programme's grades, in MVP those that mentees come from"
    ),
    "pupils_reached": _("enrolled pupils of the same, of all pupils in the programme's grades"),
    "attendance": _("pupils present, of the pupils in the groups, where both were counted"),
    "schools_running": _("schools that ran the programme, of the schools that have its grades or ran it"),
    "delivery_rate": _("expected sessions that are held"),
    "reporting_rate": _("expected sessions that are held or reported as not held"),
    "base_coverage": _("classes with all expected base sessions held, of the classes with an expected one"),
    "on_time": _("held of expected that were held on or before the due date"),
    "adherence": _("core parts done, of the core parts of the versions used, where they were recorded"),
    "dose_mean": _("sessions held, by the classes counted in the dose"),
    "adapted": _("adapted deliveries, of those where it is said"),
    "schools_still_running": _("schools that ran the programme also this year, of those that ran it the year before"),
}
RE_AIM_TABLE = Resource(
    "re_aim",
    _("Reach, adoption, implementation and maintenance of each programme; effects are not measured here."),
    [
        PROGRAMME,
        Field("aspect", "string", _("Aspect of RE-AIM."), source=RE_AIM, codes=ASPECTS),
        Field("measure", "string", _("What is measured."), codes=RE_AIM_MEASURES),
        Field("numerator", "number", _("What is counted.")),
        Field("denominator", "number", _("Out of what; 0 where there is nothing to count out of.")),
        Field("value", "number", _("Numerator by denominator; for a mean, units per class.")),
    ],
    ["programme", "aspect", "measure"],
)
ADAPTATIONS = Resource(
    "adaptations",
    _("How many deliveries were adapted, by what, why, and whether planned."),
    [
        PROGRAMME,
        Field(
            "what",
            "string",
            _("What was changed."),
            ADAPTATION,
            source=FRAME,
            codes={**codes_of(AdaptationWhat), **AS_NOT_SAID},
        ),
        Field(
            "why",
            "string",
            _("Why it was changed."),
            ADAPTATION,
            source=FRAME,
            codes={**codes_of(AdaptationWhy), **AS_NOT_SAID},
        ),
        Field(
            "planned",
            "string",
            _("Whether the change was planned beforehand."),
            ADAPTATION,
            source=FRAME,
            codes={"true": _("yes"), "false": _("no"), **AS_NOT_SAID},
        ),
        Field("deliveries", "integer", _("Deliveries adapted so."), ADAPTATION, unit="deliveries"),
    ],
    ["programme", "what", "why", "planned"],
)
PERSON_HOURS = Resource(
    "person_hours",
    _("Time led, for economic analysis."),
    [
        Field("programme", "string", _("Code of the programme; not_said for staff meetings that belong to none.")),
        Field("role", "string", _("What the leader is by profession."), QUALITY, codes=codes_of(LeaderRole)),
        Field("organisation", "string", _("Where the leader comes from."), QUALITY, codes=codes_of(Organisation)),
        Field("hours", "number", _("Minutes times leaders, divided by 60."), DOSE, unit="person hours"),
        Field(
            "leaders_without_minutes",
            "integer",
            _("Leaders of occasions whose length is not known."),
            DOSE,
            unit="persons",
        ),
    ],
    ["programme", "role", "organisation"],
)
