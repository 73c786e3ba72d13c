"""Who asks pupils the anonymous questions, and who reads what they answered."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from programmes.enums import CENTRE_ROLES, Role, SurveyAudience
from programmes.models import MentorCohort, Municipality, ProgrammeTarget, School, SchoolClass
from programmes.rules.memberships import has_role_at_school, has_role_in_municipality, leads_class
from programmes.rules.mentors import can_keep_cohorts

LAST_SIMPLE_GRADE = 3


def survey_audience(group: SchoolClass | MentorCohort, target: ProgrammeTarget) -> SurveyAudience | None:
    """Whose questions suit a group: a class by its grades, mentees and mentors by what they are; None for no questions.

    `target` is the school's for Tåget: whom the programme is for is the municipality's to say.
    """
    if isinstance(group, MentorCohort):
        return SurveyAudience.MENTORS
    if group.cohort_id:
        return SurveyAudience.MENTEES
    if not target.is_for(group):
        return None
    return SurveyAudience.YOUNGER if group.lowest_grade <= LAST_SIMPLE_GRADE else SurveyAudience.OLDER


def can_survey_class(user: User | AnonymousUser, school_class: SchoolClass, *, on: date) -> bool:
    """The school's coordinators and the class's own leaders ask a class, and read what it answered."""
    if school_class.cohort_id:
        return can_keep_cohorts(user, school_class.school, on=on)
    return has_role_at_school(user, school_class.school, Role.COORDINATOR, on=on) or leads_class(
        user, school_class, on=on
    )


def can_see_surveys(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """Coordinators, leaders and supervisors of the school, each for the groups they ask."""
    return has_role_at_school(user, school, Role.COORDINATOR, Role.LEADER, Role.SUPERVISOR, on=on)


def can_read_school_answers(user: User | AnonymousUser, school: School, *, on: date) -> bool:
    """The school's coordinators and the centre read all its classes together."""
    return has_role_at_school(user, school, Role.COORDINATOR, on=on) or can_read_survey_answers(
        user, school.municipality, on=on
    )


def can_read_survey_answers(user: User | AnonymousUser, municipality: Municipality | None, *, on: date) -> bool:
    """The centre reads schools and the municipality, never a class; a system administrator reads nothing."""
    return has_role_in_municipality(user, municipality, *CENTRE_ROLES, on=on)
