"""What is done when something happens elsewhere: a scenario that is changed is searched for by its new words."""

from django.db.models.signals import post_delete, post_save

from curriculum.actions import forget_search_texts
from curriculum.models import Scenario


def connect():
    """Listen to the scenarios; called once, when the room is ready."""
    for signal in (post_save, post_delete):
        signal.connect(_scenario_changed, sender=Scenario, dispatch_uid="search_follows_scenario")


def _scenario_changed(instance, created=False, update_fields=None, **kwargs):
    # With `update_fields` only the number of its latest version is kept.
    if not created and update_fields is None:
        forget_search_texts(scenario=instance)
