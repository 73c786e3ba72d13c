"""Sends a translation to whoever reads it before it is shown."""

from django.db import transaction
from wagtail_localize.models import Translation

from accounts.models import User
from cms.models import BasePage


@transaction.atomic
def send_translation(*, translation: Translation, by: User) -> bool:
    """Make a version of the texts as they stand, and send it for review; False where another one is being read."""
    page: BasePage = translation.get_target_instance()
    workflow = page.get_workflow()
    if page.workflow_in_progress or workflow is None:
        return False
    translation.save_target(user=by, publish=False)
    page.refresh_from_db()
    workflow.start(page, by)
    return True
