"""The centre's registers in the admin: each municipality's own rows, kept by those who may, every change logged."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ProtectedError
from django.forms.models import modelform_factory
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from programmes import rules
from programmes.actions.registers import log_register
from programmes.enums import CENTRE_ROLES, EventKind, Role
from programmes.forms.dates import DateField, DateInput
from programmes.forms.grades import GradeField
from programmes.forms.registers import RegisterForm, RegisterSchoolForm
from programmes.models import Area, Break, Indicator, Municipality, Partner, ProgrammeTarget, School, SchoolYear

KEEPERS = {*CENTRE_ROLES, Role.ADMINISTRATOR}
GRADES = {"lowest_grade", "highest_grade"}


class RegisterPermissionPolicy(ModelPermissionPolicy):
    """Roles decide, not Django's permissions: the views ask the rule about the municipality as well."""

    def __init__(self, model, *, keeps_rows=False):
        super().__init__(model)
        self.keeps_rows = keeps_rows

    def user_has_permission(self, user, action):
        is_kept = action == "delete" and self.keeps_rows
        return not is_kept and bool(rules.roles_of(user, on=timezone.localdate()) & KEEPERS)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class KeptRowPolicy(RegisterPermissionPolicy):
    """A row that stands there already: it can be changed, not added and not removed."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class KeptHere:
    """A view for those who keep the registers of the municipality whose site this is."""

    way = "municipality"

    def setup(self, request, *args, **kwargs):
        # Before anything is looked up: who may not come in learns nothing of what there is.
        if not rules.can_keep_registers(request.user, request.municipality, on=timezone.localdate()):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    def own(self, queryset):
        return queryset.filter(**{self.way: self.request.municipality})

    def log(self, kind, row):
        log_register(kind=kind, row=row, by=self.request.user, municipality=self.request.municipality)


class WrittenHere(KeptHere):
    """A view with a form: what can be chosen is the municipality's own."""

    def get_queryset(self):
        return self.own(super().get_queryset())

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for name in ("area", "school_year"):
            # A partner's area is one of the agreement's, which are the same for all.
            if (queryset := getattr(form.fields.get(name), "queryset", None)) is not None:
                form.fields[name].queryset = queryset.filter(municipality=self.request.municipality)
        return form


class RegisterIndexView(KeptHere, generic.IndexView):
    related = ()

    def get_base_queryset(self):
        return self.own(super().get_base_queryset()).select_related(*self.related)


class RegisterCreateView(WrittenHere, generic.CreateView):
    def get_initial_form_instance(self):
        return self.model(municipality=self.request.municipality) if self.way == "municipality" else None

    @transaction.atomic
    def save_instance(self):
        row = super().save_instance()
        self.log(EventKind.REGISTER_ADDED, row)
        return row


class RegisterEditView(WrittenHere, generic.EditView):
    @transaction.atomic
    def save_instance(self):
        row = super().save_instance()
        self.log(EventKind.REGISTER_CHANGED, row)
        return row


class RegisterDeleteView(KeptHere, generic.DeleteView):
    def get_queryset(self):
        return self.own(super().get_queryset())

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("“%(name)s” is in use and cannot be removed.") % {"name": self.object})
            return redirect(self.index_url_name)

    @transaction.atomic
    def delete_action(self):
        self.log(EventKind.REGISTER_REMOVED, self.object)
        super().delete_action()


class RegisterHistoryView(KeptHere, HistoryView):
    def get_base_object_queryset(self):
        return self.own(super().get_base_object_queryset())


class RegisterUsageView(KeptHere, UsageView):
    def get_base_object_queryset(self):
        return self.own(super().get_base_object_queryset())


class NewSchoolView(RegisterCreateView):
    """A new school goes on to where it begins a programme."""

    def get_success_url(self):
        return reverse("programmes:school_programmes", args=[self.object.slug])


class RegisterViewSet(ModelViewSet):
    """A register; `keeps_rows` where a row is never removed, since much hangs on it."""

    copy_view_enabled = False
    list_per_page = 60
    keeps_rows = False
    form_class = RegisterForm
    way = "municipality"

    index_view_class = RegisterIndexView
    add_view_class = RegisterCreateView
    edit_view_class = RegisterEditView
    delete_view_class = RegisterDeleteView
    history_view_class = RegisterHistoryView
    usage_view_class = RegisterUsageView

    @property
    def permission_policy(self):
        return RegisterPermissionPolicy(self.model, keeps_rows=self.keeps_rows)

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(way=self.way, **kwargs)

    def get_index_view_kwargs(self, **kwargs):
        columns = self.list_display if isinstance(self.list_display, list) else []
        related = {field.name for field in self.model._meta.fields if field.many_to_one} & set(columns)
        return super().get_index_view_kwargs(related=tuple(related), **kwargs)

    def get_form_class(self, for_update=False):
        return modelform_factory(
            self.model,
            form=self.form_class,
            fields=self.form_fields,
            formfield_callback=self.formfield_for_dbfield,
        )

    def formfield_for_dbfield(self, db_field, **kwargs):
        if db_field.name in GRADES:
            return db_field.formfield(form_class=GradeField)
        if isinstance(db_field, models.DateField):
            return db_field.formfield(form_class=DateField, widget=DateInput)
        return super().formfield_for_dbfield(db_field, **kwargs)


class SchoolViewSet(RegisterViewSet):
    model = School
    icon = "home"
    keeps_rows = True
    form_class = RegisterSchoolForm
    add_view_class = NewSchoolView
    form_fields = ["name", "unit_code", "area", "slug"]
    list_display = ["name", "unit_code", "area"]
    search_fields = ["name", "unit_code"]
    ordering = ["sort_key"]


class AreaViewSet(RegisterViewSet):
    model = Area
    icon = "site"
    form_fields = ["name"]
    ordering = ["name"]


class SchoolYearViewSet(RegisterViewSet):
    model = SchoolYear
    icon = "calendar"
    form_fields = [
        "start_year",
        "autumn_first_day",
        "autumn_last_day",
        "spring_first_day",
        "spring_last_day",
    ]
    list_display = ["label", "autumn_first_day", "autumn_last_day", "spring_first_day", "spring_last_day"]
    ordering = ["-start_year"]


class BreakViewSet(RegisterViewSet):
    model = Break
    icon = "calendar-alt"
    way = "school_year__municipality"
    form_fields = ["school_year", "name", "first_day", "last_day"]
    list_display = ["name", "school_year", "first_day", "last_day"]
    ordering = ["-first_day"]


class TargetViewSet(RegisterViewSet):
    model = ProgrammeTarget
    icon = "order"
    form_fields = [
        "programme",
        "lowest_grade",
        "highest_grade",
        "sessions_per_year",
        "staff_sessions_per_year",
        "workplace_meetings_per_year",
    ]
    list_display = ["programme", "sessions_per_year", "staff_sessions_per_year", "workplace_meetings_per_year"]
    ordering = ["programme__order"]


class PartnerViewSet(RegisterViewSet):
    model = Partner
    icon = "group"
    form_fields = ["name", "area", "organisation", "contact", "address"]
    list_display = ["name", "area", "organisation", "contact"]
    search_fields = ["name", "contact"]
    ordering = ["area", "name"]


class IndicatorViewSet(RegisterViewSet):
    model = Indicator
    icon = "table"
    form_fields = ["name", "unit", "year", "value", "area", "source"]
    list_display = ["name", "area", "year", "value", "unit", "source"]
    search_fields = ["name", "source"]
    ordering = ["name", "-year"]


class OneMunicipality:
    """The municipality's own decisions stand on its row, which is neither added nor removed here."""

    def own(self, queryset):
        return queryset.filter(pk=self.request.municipality.pk)


class SmallNumbersIndexView(OneMunicipality, RegisterIndexView):
    """There is one row: whoever opens the register is led to it."""

    def get(self, request, *args, **kwargs):
        return redirect(self.get_edit_url(request.municipality))


class SmallNumbersEditView(OneMunicipality, RegisterEditView):
    def get_page_subtitle(self):
        return _("Small numbers, %(name)s") % {"name": self.object}

    def get_success_url(self):
        return self.get_edit_url()


class SmallNumbersDeleteView(OneMunicipality, RegisterDeleteView):
    """Refused by the policy, after the row has been looked up."""


class SmallNumbersHistoryView(OneMunicipality, RegisterHistoryView):
    pass


class SmallNumbersUsageView(OneMunicipality, RegisterUsageView):
    pass


class SmallNumbersViewSet(RegisterViewSet):
    model = Municipality
    icon = "view"
    keeps_rows = True
    menu_label = gettext_lazy("Small numbers")
    form_fields = ["internal_threshold", "open_threshold", "smallest_group"]
    list_display = ["name", "internal_threshold", "open_threshold", "smallest_group"]

    index_view_class = SmallNumbersIndexView
    edit_view_class = SmallNumbersEditView
    delete_view_class = SmallNumbersDeleteView
    history_view_class = SmallNumbersHistoryView
    usage_view_class = SmallNumbersUsageView

    @property
    def permission_policy(self):
        return KeptRowPolicy(self.model)


class RegisterViewSetGroup(ViewSetGroup):
    menu_label = gettext_lazy("Registers")
    menu_icon = "list-ul"
    menu_order = 150
    items = (
        SchoolViewSet("registers_schools", url_prefix="register/skolor"),
        AreaViewSet("registers_areas", url_prefix="register/omraden"),
        SchoolYearViewSet("registers_years", url_prefix="register/lasar"),
        BreakViewSet("registers_breaks", url_prefix="register/lov"),
        TargetViewSet("registers_targets", url_prefix="register/mal"),
        PartnerViewSet("registers_partners", url_prefix="register/samverkan"),
        IndicatorViewSet("registers_indicators", url_prefix="register/indikatorer"),
        SmallNumbersViewSet("registers_small_numbers", url_prefix="register/smatal"),
    )
