"""Who may do what, one question a function; lists are narrowed by `visible_to` on the querysets."""

from programmes.rules.calendars import can_have_calendar
from programmes.rules.closings import can_close_periods, comes_late_to, due_date_lies_in, entry_lies_in
from programmes.rules.courses import can_keep_courses
from programmes.rules.evaluation import can_take_evaluation_packages
from programmes.rules.events import can_read_event_log
from programmes.rules.imports import can_import_classes, can_import_deliveries, can_open_imports
from programmes.rules.invitations import can_invite, can_invite_to, invitable_roles
from programmes.rules.meetings import (
    can_keep_own_parent_groups,
    can_keep_parent_groups,
    can_read_parent_groups,
    can_read_sign_ups,
)
from programmes.rules.memberships import (
    active_memberships,
    has_role_at_school,
    has_role_in_municipality,
    memberships_in,
    roles_of,
)
from programmes.rules.mentors import (
    can_keep_cohorts,
    can_keep_mentor_door,
    can_read_cohorts,
    can_read_mentor_material,
)
from programmes.rules.notices import can_publish_crisis_notice, can_write_crisis_notice, is_second_person
from programmes.rules.people import (
    can_change_membership,
    can_change_programme,
    can_see_all_people,
    can_see_people,
)
from programmes.rules.policy import policy
from programmes.rules.registers import (
    can_assess_school,
    can_keep_classes,
    can_keep_registers,
    can_read_analyses,
    can_write_analysis,
    keeps_registers_only,
)
from programmes.rules.reminders import can_remind, can_remind_schools
from programmes.rules.reports import (
    can_edit_site,
    can_export_coverage,
    can_read_overview,
    can_read_reports,
    can_read_rewrite_list,
)
from programmes.rules.secure_bases import (
    can_keep_class_list,
    can_lead_check_round,
    can_read_secure_base_shares,
    can_see_secure_bases,
)
from programmes.rules.sessions import can_plan_sessions, can_report_at_school, can_report_delivery
from programmes.rules.sign_in import has_given_second_factor, needs_second_factor, role_mark
from programmes.rules.staff import can_keep_staff_meetings, can_read_staff_meetings
from programmes.rules.surveys import (
    can_read_school_answers,
    can_read_survey_answers,
    can_see_surveys,
    can_survey_class,
    survey_audience,
)

__all__ = [
    "active_memberships",
    "can_assess_school",
    "can_change_membership",
    "can_change_programme",
    "can_close_periods",
    "can_edit_site",
    "can_export_coverage",
    "can_have_calendar",
    "can_import_classes",
    "can_import_deliveries",
    "can_invite",
    "can_invite_to",
    "can_keep_class_list",
    "can_keep_classes",
    "can_keep_cohorts",
    "can_keep_courses",
    "can_keep_mentor_door",
    "can_keep_own_parent_groups",
    "can_keep_parent_groups",
    "can_keep_registers",
    "can_keep_staff_meetings",
    "can_lead_check_round",
    "can_open_imports",
    "can_plan_sessions",
    "can_publish_crisis_notice",
    "can_read_analyses",
    "can_read_cohorts",
    "can_read_event_log",
    "can_read_mentor_material",
    "can_read_overview",
    "can_read_parent_groups",
    "can_read_reports",
    "can_read_rewrite_list",
    "can_read_school_answers",
    "can_read_secure_base_shares",
    "can_read_sign_ups",
    "can_read_staff_meetings",
    "can_read_survey_answers",
    "can_remind",
    "can_remind_schools",
    "can_report_at_school",
    "can_report_delivery",
    "can_see_all_people",
    "can_see_people",
    "can_see_secure_bases",
    "can_see_surveys",
    "can_survey_class",
    "can_take_evaluation_packages",
    "can_write_analysis",
    "can_write_crisis_notice",
    "comes_late_to",
    "due_date_lies_in",
    "entry_lies_in",
    "has_given_second_factor",
    "has_role_at_school",
    "has_role_in_municipality",
    "invitable_roles",
    "is_second_person",
    "keeps_registers_only",
    "memberships_in",
    "needs_second_factor",
    "policy",
    "role_mark",
    "roles_of",
    "survey_audience",
]
