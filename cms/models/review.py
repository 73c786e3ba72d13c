"""A page is published when another person than the writer has read it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Page, PagePermissionTester, Task, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.rules import find_personal_identity_number, validate_no_personal_identity_number
from cms.models.settings import SiteSettings


def publishes_alone(page, user):
    """Whether the page stands on a site whose editorial office is a single person; asked for once a request."""
    if not hasattr(user, "_sites_of_one"):
        alone = SiteSettings.objects.filter(publishes_alone=True)
        homes = Page.objects.filter(translation_key__in=alone.values("site__root_page__translation_key"))
        user._sites_of_one = list(homes.values_list("path", flat=True))
    return any(page.path.startswith(path) for path in user._sites_of_one)


def was_read(revision, *, by):
    """Whether somebody has approved this very version as a second reader."""
    approved = TaskState.objects.filter(status=TaskState.STATUS_APPROVED, revision=revision, finished_by=by)
    return approved.filter(task__in=SecondReader.objects.all()).exists()


class SitePagePermissionTester(PagePermissionTester):
    """Whoever has the right to publish may approve what others wrote, but publishes nothing of their own accord.

    Every way to publish in the admin asks here: the editor's button, many pages at once, copies, and the action itself.
    """

    def has_publishing_right(self):
        return super().can_publish()

    def can_publish(self):
        return super().can_publish() and publishes_alone(self.page, self.user)

    def can_publish_subpage(self):
        return super().can_publish_subpage() and publishes_alone(self.page, self.user)

    def can_set_view_restrictions(self):
        return self.has_publishing_right()

    def can_unschedule(self):
        return self.has_publishing_right()


class ReadersComment(TaskStateCommentForm):
    """What a reader writes to the writer; it is kept in the page's history and sent in a letter."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        validators=[validate_no_personal_identity_number],
    )


class SecondReader(Task):
    """The step of a workflow in which somebody other than the one who wrote, or sent, the page approves it."""

    class Meta:
        verbose_name = _("reading by a second person")
        verbose_name_plural = _("readings by a second person")

    @classmethod
    def get_description(cls):
        return _("Whoever may publish the page approves it, but never the one who wrote it or sent it.")

    def start(self, workflow_state, user=None):
        """Whoever sends the page, also when it is sent again, is the one who cannot approve it."""
        if user and workflow_state.requested_by_id != user.pk:
            workflow_state.requested_by = user
            workflow_state.save(update_fields=["requested_by"])
        return super().start(workflow_state, user=user)

    def may_read(self, page, user):
        """Whether a person is a second one to the version that was sent, with the right to publish it."""
        state = page.current_workflow_task_state
        if state is None or not PagePermissionTester(user, page).can_publish():
            return False
        writers = {state.revision.user_id, state.workflow_state.requested_by_id}
        return user.pk not in writers or publishes_alone(page, user)

    def locked_for_user(self, obj, user):
        """What is being read stands still for the one who wrote it, so that what is approved is what was read."""
        return not self.may_read(obj, user)

    def get_actions(self, obj, user):
        """A text that was changed while it was read goes back first: the change needs a second person too."""
        if not self.may_read(obj, user):
            return []
        actions = [("reject", _("Request changes"), True)]
        if obj.latest_revision_id == obj.current_workflow_task_state.revision_id:
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with comment"), True)]
        return actions

    def get_form_for_action(self, action):
        return ReadersComment

    def on_action(self, task_state, user, action_name, **kwargs):
        """Do what a person may do by now; who changed the text in the same moment as approving it only saves."""
        if find_personal_identity_number(kwargs.get("comment") or ""):  # the form has said so; this came around it
            raise PermissionDenied
        page = Page.objects.get(pk=task_state.workflow_state.object_id)
        if action_name in [name for name, _label, _asks in self.get_actions(page, user)]:
            super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        of_others = states.exclude(workflow_state__requested_by=user).exclude(revision__user=user)
        waiting = list(of_others.values_list("workflow_state__object_id", flat=True))
        pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish").filter(pk__in=waiting)
        return of_others.filter(workflow_state__object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)])
