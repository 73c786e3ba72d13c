"""The registers of schools and people, for the system administrator; what was reported is not edited here."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.models import Site

from accounts.admin import UserAdmin
from accounts.models import User
from programmes.actions.events import log_event
from programmes.actions.memberships import log_membership
from programmes.actions.municipalities import found_municipality
from programmes.actions.plans import plan_base_sessions
from programmes.actions.sign_ins import remember_roles
from programmes.admin.exchange import ExchangeMixin
from programmes.enums import EventKind
from programmes.forms.dates import DateField
from programmes.forms.grades import GradeField
from programmes.imports.registers import AreaResource, SchoolYearResource, TargetResource
from programmes.imports.resources import ClassListResource, SchoolResource
from programmes.models import (
    Area,
    Break,
    Membership,
    MentorCohort,
    Municipality,
    Participation,
    ProgrammeTarget,
    School,
    SchoolClass,
    SchoolYear,
)
from programmes.models.terms import start_year_of

admin.site.site_header = "Stins"
admin.site.site_title = "Stins"

DAYS = {models.DateField: {"form_class": DateField, "widget": AdminDateWidget}}


class GradesByName:
    """An admin in which grades are chosen as they are called."""

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name in {"lowest_grade", "highest_grade"}:
            return db_field.formfield(form_class=GradeField)
        return super().formfield_for_dbfield(db_field, request, **options)


def _only(queryset):
    """The one there is to choose, so that nobody has to."""
    found = list(queryset[:2])
    return found[0].pk if len(found) == 1 else None


class ProgrammeTargetInline(GradesByName, admin.TabularInline):
    model = ProgrammeTarget
    extra = 0


class AreaInline(admin.TabularInline):
    model = Area
    extra = 1


class ParticipationInline(admin.TabularInline):
    model = Participation
    extra = 1
    formfield_overrides = DAYS


class BreakInline(admin.TabularInline):
    model = Break
    extra = 1
    formfield_overrides = DAYS


admin.site.unregister(User)


@admin.register(User)
class LoggedUserAdmin(UserAdmin):
    """What an administrator changes of somebody's account, all rights among it, leaves its trace."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if fields := [name for name in form.changed_data if name in obj.__dict__ or name == "groups"]:
            self._log(request, obj, fields)

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            self._log(request, self.get_object(request, unquote(id)), ["password"])
        return response

    def _log(self, request, user, fields):
        log_event(
            kind=EventKind.ACCOUNT_CHANGED,
            actor=request.user,
            person=user,
            municipality=request.municipality or None,
            about={"fields": fields},
        )


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "site"]
    fields = [
        "name",
        "code",
        "site",
        "parent_meetings_to_complete",
        "digest_weekday",
        "digest_hour",
        "internal_threshold",
        "open_threshold",
        "smallest_group",
    ]
    inlines = [AreaInline, ProgrammeTargetInline]

    def formfield_for_foreignkey(self, db_field, request, **options):
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "site":
            field.help_text = _(
                "The address that the municipality's pages answer at. The first municipality takes the one that is "
                "there; each further one needs a site of its own, made under Settings, Sites in the site's admin."
            )
        return field

    def get_changeform_initial_data(self, request):
        free = Site.objects.exclude(pk__in=Municipality.objects.values("site"))
        return {"site": _only(free), **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            today = timezone.localdate()
            found_municipality(municipality=obj, founder=request.user, today=today)
            remember_roles(session=request.session, user=request.user, on=today)  # the role is no surprise to them
            messages.info(request, gettext("You are now administrator of %(name)s.") % {"name": obj.name})


@admin.register(School)
class SchoolAdmin(ExchangeMixin, admin.ModelAdmin):
    resource_classes = [SchoolResource]
    ordering = ["sort_key", "pk"]
    list_display = ["name", "unit_code", "municipality", "area", "closed_date"]
    list_filter = ["municipality", "area"]
    list_select_related = ["municipality", "area"]
    search_fields = ["name", "unit_code"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ParticipationInline]
    formfield_overrides = DAYS

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {**super().get_resource_kwargs(request), "today": timezone.localdate()}

    def get_changeform_initial_data(self, request):
        return {"municipality": _only(Municipality.objects.all()), **super().get_changeform_initial_data(request)}

    def save_related(self, request, form, formsets, change):
        """A programme that the school begins gives its classes of this school year their base sessions."""
        super().save_related(request, form, formsets, change)
        this_year = start_year_of(timezone.localdate())
        classes = SchoolClass.objects.filter(school=form.instance, start_year__gte=this_year).select_related("school")
        plan_base_sessions(classes=classes)


@admin.register(Area)
class AreaAdmin(ExchangeMixin, admin.ModelAdmin):
    resource_classes = [AreaResource]
    list_display = ["name", "municipality"]
    list_filter = ["municipality"]
    list_select_related = ["municipality"]


@admin.register(ProgrammeTarget)
class ProgrammeTargetAdmin(GradesByName, ExchangeMixin, admin.ModelAdmin):
    resource_classes = [TargetResource]
    list_display = ["programme", "municipality", "sessions_per_year"]
    list_filter = ["municipality"]
    list_select_related = ["municipality", "programme"]


@admin.register(SchoolYear)
class SchoolYearAdmin(ExchangeMixin, admin.ModelAdmin):
    resource_classes = [SchoolYearResource]
    list_display = ["label", "municipality", "autumn_first_day", "spring_last_day"]
    list_filter = ["municipality"]
    list_select_related = ["municipality"]
    inlines = [BreakInline]
    formfield_overrides = DAYS

    def get_changeform_initial_data(self, request):
        initial = {"municipality": _only(Municipality.objects.all()), "start_year": start_year_of(timezone.localdate())}
        return initial | super().get_changeform_initial_data(request)


@admin.register(SchoolClass)
class SchoolClassAdmin(GradesByName, ExchangeMixin, admin.ModelAdmin):
    resource_classes = [ClassListResource]
    municipality_lookup = "school__municipality"
    ordering = ["school__sort_key", "-start_year", "sort_key"]
    list_display = ["name", "school", "start_year", "enrolled"]
    list_filter = ["start_year", "school__municipality"]
    list_select_related = ["school"]
    search_fields = ["name", "school__name"]
    formfield_overrides = DAYS

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {**super().get_resource_kwargs(request), "start_year": start_year_of(timezone.localdate())}

    def get_changeform_initial_data(self, request):
        return {"start_year": start_year_of(timezone.localdate()), **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        plan_base_sessions(classes=SchoolClass.objects.filter(pk=obj.pk).select_related("school"))


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "school", "municipality", "start_date", "end_date"]
    list_filter = ["role", "municipality"]
    list_select_related = ["user", "school", "municipality"]
    search_fields = ["user__email", "school__name"]
    autocomplete_fields = ["user", "school", "classes"]
    formfield_overrides = DAYS
    fields = ["user", "role", "school", "classes", "municipality", "start_date", "end_date"]

    def formfield_for_foreignkey(self, db_field, request, **options):
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name == "user":
            field.label = _("Person")
        if db_field.name == "school":
            field.help_text = _("For a session leader, a school coordinator and an MVP supervisor.")
        if db_field.name == "municipality":
            field.help_text = _("For the roles that see a whole municipality, instead of a school.")
        return field

    def get_changeform_initial_data(self, request):
        return {"start_date": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        log_membership(EventKind.ROLE_CHANGED if change else EventKind.ROLE_GIVEN, form.instance, by=request.user)

    def delete_model(self, request, obj):
        log_membership(EventKind.ROLE_ENDED, obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for membership in queryset:
            self.delete_model(request, membership)


@admin.register(MentorCohort)
class MentorCohortAdmin(admin.ModelAdmin):
    list_display = ["name", "school", "start_year"]
    list_select_related = ["school"]
