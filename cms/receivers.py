"""What the room does when others save: letters to second readers, and no personal numbers in what is not ours.

Whoever may read what was sent for review is told by letter: Wagtail tells groups alone, and ours is a rule.
"""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import Comment, CommentReply, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.signals import task_submitted
from wagtail_localize.models import StringTranslation

from accounts.rules import find_personal_identity_number, validate_no_personal_identity_number
from cms.models import SecondReader


class SecondReaderNotifier(EmailNotificationMixin, Notifier):
    """A letter to each one who may approve the page; where there are editors, nobody bothers the administrators."""

    notification = "submitted"

    def can_handle(self, instance, **kwargs):
        return super().can_handle(instance, **kwargs) and isinstance(instance.task.specific, SecondReader)

    def get_context(self, task_state, **kwargs):
        sent = task_state.workflow_state
        return {"page": sent.content_object, "requested_by": sent.requested_by}

    def get_recipient_users(self, task_state, **kwargs):
        page = task_state.workflow_state.content_object
        writers = [pk for pk in (task_state.revision.user_id, task_state.workflow_state.requested_by_id) if pk]
        publishers = PagePermissionPolicy().users_with_permission_for_instance("publish", page)
        readers = list(publishers.exclude(pk__in=writers).order_by("pk"))
        return [user for user in readers if not user.is_superuser] or readers


def refuse_personal_number(instance, **kwargs):
    """The translators' editor asks no field whether it may be saved."""
    if find_personal_identity_number(instance.data or ""):
        raise PermissionDenied


def connect():
    """Listen to Wagtail; called once, when the room is ready."""
    notifier = SecondReaderNotifier((TaskState,))
    task_submitted.connect(notifier, sender=TaskState, weak=False, dispatch_uid="letter_to_second_reader")
    pre_save.connect(refuse_personal_number, sender=StringTranslation, dispatch_uid="no_personal_numbers")
    for model in (Comment, CommentReply):
        validators = model._meta.get_field("text").validators  # kept on the field, and no migration of Wagtail's
        if validate_no_personal_identity_number not in validators:
            validators.append(validate_no_personal_identity_number)
