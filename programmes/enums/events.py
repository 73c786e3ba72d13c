"""What the event log is about, each with a word to choose it by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    """What is written in the event log; the sentence of each stands in exports/event_words.py."""

    SIGNED_IN = "signed_in", _("sign-in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed sign-in")
    SIGNED_OUT = "signed_out", _("sign-out")
    SIGN_INS_ENDED = "sign_ins_ended", _("sign-ins ended")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    SECOND_FACTOR_ADDED = "second_factor_added", _("second factor added")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("second factor removed")

    ACCOUNT_CHANGED = "account_changed", _("account changed")

    INVITATION_MADE = "invitation_made", _("invitation made")
    INVITATION_RESENT = "invitation_resent", _("invitation sent again")
    INVITATION_REVOKED = "invitation_revoked", _("invitation revoked")
    INVITATION_ACCEPTED = "invitation_accepted", _("invitation accepted")

    ROLE_GIVEN = "role_given", _("role given")
    ROLE_CHANGED = "role_changed", _("role changed")
    ROLE_ENDED = "role_ended", _("role ended")

    CLASSES_MOVED_UP = "classes_moved_up", _("classes moved up")
    MOVING_UP_UNDONE = "moving_up_undone", _("moving up undone")

    SECURE_BASE_SEEN = "secure_base_seen", _("trygg bas list seen")
    SECURE_BASE_CHANGED = "secure_base_changed", _("trygg bas list changed")
    SECURE_BASE_PRINTED = "secure_base_printed", _("trygg bas list printed")
    SECURE_BASE_EXPORTED = "secure_base_exported", _("trygg bas list exported")
    SECURE_BASE_OPENED = "secure_base_opened", _("check round opened")
    SECURE_BASE_CLOSED = "secure_base_closed", _("check round closed")
    SECURE_BASE_SHARES_SEEN = "secure_base_shares_seen", _("trygg bas shares seen")

    EXPORTED = "exported", _("export")
    IMPORTED = "imported", _("import")
    DELETED = "deleted", _("deletion")
    PERIOD_CLOSED = "period_closed", _("period closed")
    PERIOD_REOPENED = "period_reopened", _("period reopened")
    UNLOCKED = "unlocked", _("entry unlocked")
    REPORT_REMOVED = "report_removed", _("report removed")
    DOOR_CHANGED = "door_changed", _("new code to the mentors' door")
    DOOR_CLOSED = "door_closed", _("mentors' door closed")

    COHORT_SET_UP = "cohort_set_up", _("mentors set up")
    COHORT_CHANGED = "cohort_changed", _("mentors changed")
    COHORT_REMOVED = "cohort_removed", _("mentors removed")

    NOTICE_WRITTEN = "notice_written", _("crisis notice written")
    NOTICE_PUBLISHED = "notice_published", _("crisis notice published")
    NOTICE_ENDED = "notice_ended", _("crisis notice taken down")

    REMINDED = "reminded", _("reminder sent")
    CALENDAR_OPENED = "calendar_opened", _("calendar address made")
    CALENDAR_CLOSED = "calendar_closed", _("calendar address closed")
    SIGN_UPS_SEEN = "sign_ups_seen", _("sign-ups seen")
    SIGN_UP_CANCELLED = "sign_up_cancelled", _("sign-up cancelled")
    SIGN_UPS_OPENED = "sign_ups_opened", _("sign-up opened")
    SIGN_UPS_CLOSED = "sign_ups_closed", _("sign-up closed")
    REGISTER_ADDED = "register_added", _("added to a register")
    REGISTER_CHANGED = "register_changed", _("register changed")
    REGISTER_REMOVED = "register_removed", _("removed from a register")
    PARTICIPATION_CHANGED = "participation_changed", _("programme of a school changed")
    ANALYSIS_WRITTEN = "analysis_written", _("cause analysis written")
    SCHOOL_ASSESSED = "school_assessed", _("school assessed")

    SURVEY_OPENED = "survey_opened", _("questions to pupils opened")
    SURVEY_CLOSED = "survey_closed", _("questions to pupils closed")
    SURVEY_READ = "survey_read", _("pupils' answers read")
    SURVEY_ANSWERS_SEEN = "survey_answers_seen", _("schools' answers from pupils seen")
    SURVEY_QUESTIONS_CHANGED = "survey_questions_changed", _("questions to pupils changed")

    LOG_READ = "log_read", _("log read")
    PERSON_EXTRACTED = "person_extracted", _("extract about a person")
