"""Diplomas for a cohort's mentors: the names are typed, printed, and forgotten."""

from django.db.models import Count
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms.models import SiteSettings
from programmes.exports.diplomas import Diploma, write_diplomas
from programmes.forms.diplomas import DiplomasForm
from programmes.models import PlannedSession
from programmes.models.terms import school_year_label
from programmes.views.cohort_changes import form_page, kept_cohort
from programmes.views.cohorts import back_to


@sensitive_post_parameters()
@never_cache
def diplomas(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    mentors = list(cohort.mentors.filter(left="").order_by("group__sort_key", "pk"))
    form = DiplomasForm(request.POST if request.method == "POST" else None, mentors=mentors)
    if form.is_valid():
        return _file(cohort, form.names())
    return form_page(
        request,
        cohort.school,
        form,
        title=_("Print diplomas"),
        back=back_to(cohort, today=today),
        start_year=cohort.start_year,
        today=today,
        page="programmes/cohorts/diplomas.html",
    )


def _file(cohort, names):
    school = cohort.school
    held = PlannedSession.objects.filter(school_class__cohort=cohort, deliveries__isnull=False).order_by()
    counts = dict(
        held.values("school_class")
        .annotate(number=Count("session", distinct=True))
        .values_list("school_class", "number")
    )
    content = write_diplomas(
        [Diploma(name, counts.get(mentor.group_id, 0)) for mentor, name in names],
        school=school.name,
        owner=SiteSettings.for_site(school.municipality.site).owner_name or school.municipality.name,
        school_year=_("the school year %(year)s") % {"year": school_year_label(cohort.start_year)},
        made_at=timezone.now(),
    )
    name = slugify(f"diplom {school.name} {cohort.start_year}")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
