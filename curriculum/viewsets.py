"""The catalogue and the scenarios in the admin: few change the catalogue, and no code is renamed or lost to history."""

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, NumberColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ReferenceIndex
from wagtail.permission_policies import ModelPermissionPolicy

from cms.viewsets import OfASiteIndexView, OfASiteViewSet
from curriculum.enums import Principle
from curriculum.models import Programme, Scenario, Session


class CataloguePermissionPolicy(ModelPermissionPolicy):
    """As Django's permissions say, but a code that has been used is retired, never deleted."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class CatalogueViewSet(ModelViewSet):
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 60

    @property
    def permission_policy(self):
        return CataloguePermissionPolicy(self.model)

    def get_form_class(self, for_update=False):
        fields = [name for name in self.form_fields if not (for_update and name == "code")]
        return modelform_factory(self.model, fields=fields, formfield_callback=self.formfield_for_dbfield)

    def formfield_for_dbfield(self, db_field, **kwargs):
        if db_field.name == "principles":
            return forms.MultipleChoiceField(
                label=db_field.verbose_name.capitalize(),
                choices=Principle.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, **kwargs)


class ProgrammeViewSet(CatalogueViewSet):
    model = Programme
    icon = "folder-open-inverse"
    menu_label = _("Programmes")
    form_fields = ["code", "name", "order", "lowest_grade", "highest_grade"]
    list_display = ["name", "code", "lowest_grade", "highest_grade"]
    ordering = ["order"]


class SessionViewSet(CatalogueViewSet):
    model = Session
    icon = "list-ol"
    menu_label = _("Sessions")
    form_fields = [
        "programme",
        "code",
        "title",
        "short_title",
        "kind",
        "order",
        "month",
        "lowest_grade",
        "highest_grade",
        "principles",
        "planned_minutes",
        "is_sensitive",
        "prepares",
        "is_retired",
    ]
    list_display = [
        "code",
        "title",
        "kind",
        "month",
        "planned_minutes",
        BooleanColumn("is_sensitive", label=_("sensitive")),
        BooleanColumn("is_retired", label=_("retired")),
    ]
    list_filter = ["programme", "kind", "is_sensitive", "is_retired"]
    search_fields = ["code", "title"]
    ordering = ["programme__order", "order"]


class CatalogueViewSetGroup(ViewSetGroup):
    menu_label = _("Catalogue")
    menu_icon = "list-ul"
    items = (ProgrammeViewSet("catalogue_programmes"), SessionViewSet("catalogue_sessions"))


class ScenarioIndexView(OfASiteIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().annotate(usage_count=ReferenceIndex.usage_count_subquery(Scenario))


class ScenarioViewSet(OfASiteViewSet):
    model = Scenario
    index_view_class = ScenarioIndexView
    menu_order = 430
    icon = "comment"
    list_display = [
        "code",
        "title",
        NumberColumn("usage_count", label=_("Used in"), sort_key="usage_count"),
        "changed_at",
    ]
    list_filter = ["site"]
    ordering = ["code"]
    list_per_page = 60
