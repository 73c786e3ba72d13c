"""Who is what, and since when: at one school, in the whole municipality; changing, handing over and ending a role."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from programmes import rules
from programmes.actions.memberships import TakenRoleError, change_membership, end_membership, hand_over
from programmes.enums import Role
from programmes.forms.people import EndForm, HandOverForm, MembershipForm, PeopleForm
from programmes.models import Membership, School, SchoolClass
from programmes.models.terms import start_year_of
from programmes.reports.people import Person, people_of
from programmes.views.schools import school_or_404, to_schools

PEOPLE_A_PAGE = 100


def school_people(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_see_people(request.user, school, on=today):
        raise PermissionDenied
    rows = Membership.objects.visible_to(request.user, on=today).filter(school=school)
    people = _with_rights(request, people_of(rows, today=today), today=today)
    address = reverse("programmes:school_year", args=[school.slug])
    context = {
        "school": school,
        "crumbs": [*to_schools(), {"label": school.name, "url": address}, {"label": _("People")}],
        "now": [person for person in people if person.is_now],
        "coming": [person for person in people if person.is_coming],
        "ended": [person for person in people if person.is_ended],
        "has_contact": any(person.is_now and person.role == Role.COORDINATOR for person in people),
        "can_invite": bool(rules.invitable_roles(request.user, request.municipality, school=school, on=today)),
    }
    return render(request, "programmes/people/school.html", context)


def people(request):
    today = timezone.localdate()
    if not rules.can_see_all_people(request.user, request.municipality, on=today):
        raise PermissionDenied
    schools = School.objects.visible_to(request.user, on=today).filter(municipality=request.municipality)
    form = PeopleForm(request.GET, schools=schools.in_order())
    context = {"form": form, "crumbs": [{"label": _("Start"), "url": "/start/"}, {"label": _("People")}]}
    if form.is_valid():
        rows = Membership.objects.visible_to(request.user, on=today).in_municipality(request.municipality)
        chosen = people_of(_chosen(rows, form.cleaned_data, today=today), today=today)
        page = Paginator(chosen, PEOPLE_A_PAGE).get_page(request.GET.get("sida"))
        context |= {
            "page": page,
            "people": _with_rights(request, page.object_list, today=today),
            "query": urlencode({name: value for name, value in form.data.items() if value}),
            "can_invite": rules.can_invite(request.user, request.municipality, on=today),
        }
    return render(request, "programmes/people/list.html", context)


def membership_change(request, pk):
    today = timezone.localdate()
    membership = _membership_or_403(request, pk, today=today)
    form = MembershipForm(
        request.POST or None,
        initial={
            "start_date": membership.start_date,
            "end_date": membership.end_date,
            "classes": [row.pk for row in membership.classes.all()],
        },
        classes=_classes_to_choose(membership, today=today),
        start_year=start_year_of(today),
        needs_end_date=rules.policy().roles[membership.role].needs_end_date,
    )
    if form.is_valid():
        change_membership(membership=membership, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(person)s's role is changed.") % {"person": membership.user})
        return redirect(_back(request, membership, today=today))
    return _render(request, "programmes/people/change.html", membership, form, today=today)


def membership_end(request, pk):
    today = timezone.localdate()
    membership = _membership_or_403(request, pk, today=today)
    form = EndForm(request.POST or None, initial={"end_date": today})
    if form.is_valid():
        end_date = form.cleaned_data["end_date"]
        end_membership(membership=membership, end_date=end_date, by=request.user)
        words = {"person": membership.user, "day": date_format(end_date, "j F Y")}
        messages.success(request, _("%(person)s has the role to and including %(day)s.") % words)
        return redirect(_back(request, membership, today=today))
    return _render(
        request,
        "programmes/people/end.html",
        membership,
        form,
        today=today,
        is_last=_is_last_contact(membership, today=today),
    )


def membership_hand_over(request, pk):
    today = timezone.localdate()
    membership = _membership_or_403(request, pk, today=today)
    form = HandOverForm(
        request.POST or None,
        initial={"start_date": today + timedelta(days=1), "last_day": today},
        people=_people_to_choose(membership),
        membership=membership,
        municipality=request.municipality,
        today=today,
    )
    if form.is_valid():
        to, start_date = form.cleaned_data["to"], form.cleaned_data["start_date"]
        days = {"start_date": start_date, "last_day": form.cleaned_data["last_day"]}
        try:
            hand_over(membership=membership, to=to, by=request.user, **days)
        except TakenRoleError:
            form.add_error("person", _("%(person)s has this role already.") % {"person": to})
        else:
            words = {"person": to, "day": date_format(start_date, "j F Y")}
            messages.success(request, _("%(person)s has the role from %(day)s.") % words)
            return redirect(_back(request, membership, today=today))
    return _render(request, "programmes/people/hand_over.html", membership, form, today=today)


def _membership_or_403(request, pk, *, today):
    """A role of this municipality that the person sees (404) and may give (403)."""
    if not request.municipality:
        raise Http404
    rows = Membership.objects.visible_to(request.user, on=today).in_municipality(request.municipality)
    membership = get_object_or_404(rows.select_related("user", "school__municipality", "municipality"), pk=pk)
    if not rules.can_change_membership(request.user, membership, on=today):
        raise PermissionDenied
    return membership


def _render(request, template, membership, form, *, today, **context):
    context |= {
        "membership": membership,
        "form": form,
        "is_own": membership.user_id == request.user.pk,
        "back": _back(request, membership, today=today),
    }
    return render(request, template, context)


def _back(request, membership, *, today):
    """The list that the role stands in, or the own page for whoever has just given their own role away."""
    if rules.can_see_all_people(request.user, request.municipality, on=today):
        return reverse("programmes:people")
    own = Membership.objects.of(request.user).active(on=today).filter(school=membership.school, role=Role.COORDINATOR)
    if own.exists():
        return reverse("programmes:school_people", args=[membership.school.slug])
    return reverse("programmes:start")


def _chosen(rows, asked, *, today):
    if asked["skola"]:
        rows = rows.filter(school=asked["skola"])
    if asked["roll"]:
        rows = rows.filter(role=asked["roll"])
    return {
        PeopleForm.NOW: rows.active(on=today),
        PeopleForm.COMING: rows.filter(start_date__gt=today),
        PeopleForm.ENDED: rows.filter(end_date__lt=today),
    }[asked["tid"]]


def _with_rights(request, people: list[Person], *, today):
    """Each person with whether the reader may change the role; asked of what is in memory, never of the database."""
    for person in people:
        person.can_change = rules.can_change_membership(request.user, person.membership, on=today)
    return people


def _classes_to_choose(membership, *, today):
    """A leader's classes are chosen among the school's of this year and the coming, and those there are already."""
    if membership.role != Role.LEADER:
        return None
    own = SchoolClass.objects.filter(school=membership.school)
    return (own.filter(start_year__gte=start_year_of(today)) | own.filter(memberships=membership)).distinct().in_order()


def _people_to_choose(membership):
    """Who has or has had a role at the same place, the one who hands over left out."""
    place = {"school": membership.school, "municipality": membership.municipality}
    known = Membership.objects.filter(**place).exclude(user=membership.user).values("user")
    return User.objects.filter(is_active=True, pk__in=known).order_by("last_name", "first_name", "pk")


def _is_last_contact(membership, *, today):
    if membership.role != Role.COORDINATOR:
        return False
    others = Membership.objects.filter(school=membership.school, role=Role.COORDINATOR).exclude(pk=membership.pk)
    return not others.ending_after(today).exists()
