"""The registers of schools and people, for the system administrator; what was reported is not edited here."""

from django.contrib import admin

from programmes.actions.plans import plan_base_sessions
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

admin.site.site_header = "Stins"
admin.site.site_title = "Stins"


class ProgrammeTargetInline(admin.TabularInline):
    model = ProgrammeTarget
    extra = 0


class AreaInline(admin.TabularInline):
    model = Area
    extra = 1


class ParticipationInline(admin.TabularInline):
    model = Participation
    extra = 1


class BreakInline(admin.TabularInline):
    model = Break
    extra = 1


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "site"]
    inlines = [AreaInline, ProgrammeTargetInline]


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):
    list_display = ["name", "unit_code", "municipality", "area"]
    list_filter = ["municipality", "area"]
    list_select_related = ["municipality", "area"]
    search_fields = ["name", "unit_code"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ParticipationInline]


@admin.register(SchoolYear)
class SchoolYearAdmin(admin.ModelAdmin):
    list_display = ["label", "municipality", "autumn_first_day", "spring_last_day"]
    list_filter = ["municipality"]
    list_select_related = ["municipality"]
    inlines = [BreakInline]


@admin.register(SchoolClass)
class SchoolClassAdmin(admin.ModelAdmin):
    list_display = ["name", "school", "start_year", "enrolled"]
    list_filter = ["start_year", "school__municipality"]
    list_select_related = ["school"]
    search_fields = ["name", "school__name"]

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


@admin.register(MentorCohort)
class MentorCohortAdmin(admin.ModelAdmin):
    list_display = ["name", "school", "start_year"]
    list_select_related = ["school"]
