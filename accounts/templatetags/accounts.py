"""A device in words a person knows: browser and system, from what the browser says of itself."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent):
    """`Firefox, Windows`, or that it is not known."""
    found = [next((name for sign, name in names if sign in user_agent), None) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("Unknown device")
