"""Files that are looked at before anything is saved, and which headings people have matched before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.enums import ImportKind
from programmes.models.schools import Municipality, School


class ImportDraft(models.Model):
    """A file on its way in: its cells, what was chosen about them, and nothing of a row that must not be kept.

    Its owner's alone, and gone when it is thrown away or by itself. `sheets` are cells as imports/drafts.py writes
    them; `headers` say which row of which sheet holds the headings and what each column means; `answers` which session
    a text means.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=ImportKind)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    start_year = models.PositiveSmallIntegerField(_("school year starts in"))
    sheets = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import on its way")
        verbose_name_plural = _("imports on their way")

    def __str__(self):
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_fetched(self):
        """Whether a register answered it: no file begins on row 0."""
        return self.headers.get("0", {}).get("row") == 0


class RegisterFile(models.Model):
    """A file for a register in Django's admin, between its preview and its import: its cells, and nothing of a row that
    must not be kept. Its owner's alone, gone when it is taken in or by itself."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    register = models.CharField(_("register"), max_length=40)
    sheets = models.JSONField(default=list)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)

    class Meta:
        verbose_name = _("file for a register")
        verbose_name_plural = _("files for registers")

    def __str__(self):
        return f"{self.register} {self.started_at:%Y-%m-%d %H:%M}"


class KnownHeading(models.Model):
    """A heading that a person has said the meaning of; an empty field is a column not read.

    A heading that Stins does not know means the same to others of the municipality; one that it knows does not.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=ImportKind)
    heading = models.CharField(_("heading"), max_length=60)
    field = models.CharField(_("field"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("known heading")
        verbose_name_plural = _("known headings")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "municipality", "kind", "heading"], name="heading_known_once_to_a_person"
            ),
        ]

    def __str__(self):
        return self.heading
