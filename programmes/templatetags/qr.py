"""Draws an address as a QR code: a picture in the page, of paths alone."""

import segno
from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def qr(address, title=""):
    """The address in a square, dark on light in every colour scheme, since cameras read nothing else."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(
        scale=4, border=2, light="#fff", title=title or _("QR code to the mentors' door"), omitsize=True
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 -- drawn by segno from our own address
