"""Whoever may read what was sent for review is told by letter: Wagtail tells groups alone, and ours is a rule."""

from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.signals import task_submitted

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


def connect():
    """Listen to Wagtail; called once, when the room is ready."""
    notifier = SecondReaderNotifier((TaskState,))
    task_submitted.connect(notifier, sender=TaskState, weak=False, dispatch_uid="letter_to_second_reader")
