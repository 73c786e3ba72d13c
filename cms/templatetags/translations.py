"""Says above a translation's texts how far it has come, and leads it to its second reader."""

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("cms/admin/translation_review.html", takes_context=True)
def translation_review(context, page, translation):
    user, state = context["request"].user, page.current_workflow_task_state
    total, done = translation.get_progress()
    may_read = state is not None and bool(state.task.specific.get_actions(page, user))
    return {
        "request": context["request"],
        "total": total,
        "done": done,
        "is_waiting": state is not None,
        "may_send": state is None and page.get_workflow() is not None,
        "may_read": may_read,
        "approve": _action(page, state, "approve") if may_read else "",
        "reject": _action(page, state, "reject") if may_read else "",
        "draft": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        "next": context["request"].path,
    }


def _action(page, state, name):
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])
