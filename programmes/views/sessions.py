"""Reporting what became of a session: the form, its conflicts, the way back."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Site

from curriculum.models import Session, SessionPlanPage, core_parts_of
from programmes import rules
from programmes.actions.locks import PeriodClosedError
from programmes.actions.sessions import (
    AlreadyHeldError,
    DeliveryReport,
    Leader,
    NotHeldReport,
    ReportConflictError,
    report_deliveries,
    report_not_held,
)
from programmes.forms.dates import read_date
from programmes.forms.sessions import HELD, ReportForm, not_held_values_of, values_of
from programmes.models import Delivery, DeliveryLeader, MentorCohort, NotHeld, PlannedSession, School, SchoolClass
from programmes.models.schools import name_key
from programmes.models.terms import school_year_label, start_year_of
from programmes.reports.versions import versions_of
from programmes.reports.year import TAUGHT_BY_STAFF, year_of
from programmes.views.locks import closings_of_sheet, tell_late
from programmes.views.schools import (
    Station,
    by_session,
    callout_item,
    cohort_list_url,
    report_url,
    school_or_404,
    start_year_or_404,
    visible_classes,
    ways_to_classes,
    with_year,
    year_url,
)

UNDOABLE = {"delivery": Delivery, "not_held": NotHeld}
KINDS = {model: name for name, model in UNDOABLE.items()}


@dataclass
class Sheet:
    """What the form is about: one session for some classes of a school, and what is known of it already."""

    request: HttpRequest
    school: School
    classes: list[SchoolClass]
    session: Session
    today: date
    cohort: MentorCohort | None = None

    @cached_property
    def rows(self):
        rows = PlannedSession.objects.filter(school_class__in=self.classes, session=self.session)
        rows = rows.select_related("not_held", "school_class").prefetch_related(
            "deliveries__leaders", "deliveries__reported_by"
        )
        return {row.school_class_id: row for row in rows}

    @cached_property
    def plans(self):
        return SessionPlanPage.objects.plans_of(self.session, site=Site.find_for_request(self.request))

    @cached_property
    def revision(self):
        """The version of the plan that counts: live on the day that was typed, or reported, or else today."""
        typed = read_date(self.request.POST.get("date"))
        day = typed or self._reported_day() or self.today
        return self.plans.revision_live_on(min(day, self.today))  # a day ahead is refused later, in words

    @cached_property
    def core_parts(self):
        return core_parts_of(self.revision)

    def _reported_day(self):
        if self.request.method == "POST":
            return None
        group = asked_group(self.request)
        entries = [delivery for school_class in self.classes for delivery in self.reported(school_class)]
        return min((entry.date for entry in entries if group in (None, entry.group)), default=None)

    @property
    def year_url(self):
        if self.cohort:
            return cohort_list_url(self.school, self.cohort.start_year, today=self.today)
        return year_url(self.school, self.classes[0].start_year, today=self.today)

    def reported(self, school_class):
        row = self.rows.get(school_class.pk)
        return sorted(row.deliveries.all(), key=lambda delivery: delivery.group) if row else []

    def form(self, data=None, initial=None):
        return ReportForm(
            data,
            initial=initial,
            classes=self.classes,
            session=self.session,
            core_parts=self.core_parts,
            today=self.today,
        )

    def initial(self, group):
        """The report to be corrected, or a fresh one that starts with the latest leaders."""
        values = ReportForm.leader_values(_latest_leaders(self.request.user, self.school))
        for school_class in self.classes:
            row = self.rows.get(school_class.pk)
            reported = self.reported(school_class)
            shown = next((delivery for delivery in reported if delivery.group == group), None)
            if group is None and reported:
                shown = reported[0] if reported[0].group == Delivery.WHOLE_CLASS else None
                values["group"] = reported[-1].group + 1
            if shown:
                # Its own leaders, and not the latest report's beside them.
                values = {name: value for name, value in values.items() if not name.startswith("leader_")}
                values |= values_of(shown)
            elif row and hasattr(row, "not_held") and not reported:
                values |= not_held_values_of(row.not_held)
        if group is not None:
            values["group"] = group
        return values


def delivery_report(request, slug):
    today = timezone.localdate()
    school = school_or_404(request, slug, today=today)
    if not rules.can_report_at_school(request.user, school, on=today):
        raise PermissionDenied
    start_year = start_year_or_404(request, today=today)
    classes = _chosen_classes(request, school, start_year, today=today)
    if not classes or not request.GET.get("pass"):
        return _choose(request, school, start_year, classes, today=today)
    sessions = Session.objects.taught_to_classes().select_related("programme")
    session = get_object_or_404(sessions, code=request.GET["pass"])
    if not all(rules.can_report_delivery(request.user, school_class, on=today) for school_class in classes):
        raise PermissionDenied
    return answer_report(request, Sheet(request, school, classes, session, today))


def answer_report(request, sheet):
    """Show the form, or save what was typed in it."""
    if request.method == "POST":
        return _save(request, sheet)
    return _show(request, sheet, sheet.form(initial=sheet.initial(asked_group(request))))


def _chosen_classes(request, school, start_year, *, today):
    """The classes named in the address, each of which must be one that the person may see."""
    asked = {name_key(name) for name in request.GET.getlist("klass")}
    if not asked:
        return []
    classes = list(visible_classes(request, school, start_year, today=today).filter(name_key__in=asked))
    if len(classes) != len(asked):
        raise Http404
    return classes


def asked_group(request):
    text = request.GET.get("grupp", "")
    return int(text) if text.isdecimal() and len(text) == 1 else None


def _latest_leaders(user, school):
    """The leaders of the person's latest report at the school: most often the same ones again."""
    latest = Delivery.objects.filter(reported_by=user, planned_session__school_class__school=school)
    latest = latest.order_by("-reported_at", "-pk").values("pk")[:1]
    return list(DeliveryLeader.objects.filter(delivery__in=latest).order_by("pk"))


def _show(request, sheet, form, *, conflict=(), status=200):
    start_year = sheet.classes[0].start_year
    plan = sheet.plans.live().first()
    context = {
        "school": sheet.school,
        "classes": sheet.classes,
        "names": ", ".join(school_class.name for school_class in sheet.classes),
        "session": sheet.session,
        "plan": plan,
        "form": form,
        "year_url": sheet.year_url,
        "entries": [delivery for school_class in sheet.classes for delivery in sheet.reported(school_class)],
        "not_held": [row.not_held for row in sheet.rows.values() if hasattr(row, "not_held")],
        "versions": _versions(sheet),
        "conflict": conflict,
        "closed": closings_of_sheet(sheet),
        "crumbs": _crumbs(sheet.school, sheet.year_url),
        "other_classes": _other_classes(request, sheet) if request.method == "GET" and not sheet.cohort else [],
        "year_query": "" if start_year == start_year_of(sheet.today) else school_year_label(start_year),
    }
    return render(request, "programmes/sessions/report.html", context, status=status)


def _versions(sheet):
    """What was reported earlier, with the class it was about."""
    names = {row.pk: row.school_class.name for row in sheet.rows.values()}
    return [(names[version.planned_session_id], version) for version in versions_of(sheet.rows.values())]


def _other_classes(request, sheet):
    """Classes that wait for the same session and can be reported in the same go."""
    classes = visible_classes(request, sheet.school, sheet.classes[0].start_year, today=sheet.today)
    chosen = {school_class.pk for school_class in sheet.classes}
    waiting = PlannedSession.objects.filter(session=sheet.session, deliveries__isnull=True, not_held__isnull=True)
    return classes.exclude(pk__in=chosen).filter(planned_sessions__in=waiting)


def _save(request, sheet):
    form = sheet.form(request.POST)
    if not form.is_valid():
        return _show(request, sheet, form)
    try:
        changes = _record(form, sheet, request.user)
    except ReportConflictError as conflict:
        return _show(request, sheet, _form_that_has_seen(request, sheet, conflict.existing), conflict=conflict.existing)
    except AlreadyHeldError:
        form.add_error("outcome", _("The session is already reported as held. Remove that report first."))
        return _show(request, sheet, form)
    except PeriodClosedError as error:
        form.add_error(None, str(error))
        return _show(request, sheet, form)
    _tell(request, sheet, changes)
    return redirect(f"{sheet.year_url}#klass-{sheet.classes[0].pk}")


def _record(form, sheet, user):
    client_id = form.cleaned_data["client_id"]
    if form.cleaned_data["outcome"] != HELD:
        reports = [
            NotHeldReport(
                school_class=school_class,
                session=sheet.session,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                seen=form.seen(school_class),
            )
            for school_class in sheet.classes
        ]
        return report_not_held(reports=reports, user=user, client_id=client_id)
    leaders = tuple(Leader(*row) for row in form.leader_rows())
    reports = [
        DeliveryReport(
            school_class=school_class,
            session=sheet.session,
            group=form.cleaned_data["group"],
            values=form.delivery_values(school_class, plan_revision=sheet.revision),
            leaders=leaders,
            seen=form.seen(school_class),
        )
        for school_class in sheet.classes
    ]
    return report_deliveries(reports=reports, user=user, client_id=client_id)


def _form_that_has_seen(request, sheet, existing):
    """The same form with what was typed, which now knows of the other person's report."""
    data = request.POST.copy()
    for entry in existing:
        data[f"seen_{entry.planned_session.school_class_id}"] = f"{entry.pk}.{entry.version}"
    form = sheet.form(data)
    form.is_valid()
    return form


def _tell(request, sheet, changes):
    undo = undo_url(request.user, sheet.school, sheet.classes[0].start_year, changes, is_mvp=sheet.cohort is not None)
    messages.success(request, "; ".join(_said(sheet, change.entry) for change in changes), extra_tags=undo)
    tell_late(request, sheet.school, changes, today=sheet.today)


def _said(sheet, entry):
    """What was saved, in a few words: 3B Grupptryck: genomfört tisdag 17 november, 20 av 21."""
    names = {school_class.pk: school_class.name for school_class in sheet.classes}
    words = {"name": names[entry.planned_session.school_class_id], "title": sheet.session.title}
    if isinstance(entry, NotHeld):
        return _("%(name)s %(title)s: not held (%(reason)s)") % (words | {"reason": entry.get_reason_display()})
    words |= {"day": date_format(entry.date, "l j F"), "present": entry.present, "size": entry.group_size}
    if entry.present is None:
        return _("%(name)s %(title)s: held on %(day)s") % words
    return _("%(name)s %(title)s: held on %(day)s, %(present)s of %(size)s") % words


def undo_url(user, school, start_year, changes, *, is_mvp=False):
    """Where a press on `Undo` goes for a while; empty when nothing was changed."""
    steps = [
        [change.kind, KINDS[type(change.entry)], change.entry.pk, change.entry.version]
        for change in changes
        if change.kind != "unchanged"
    ]
    if not steps:
        return ""
    token = signing.dumps([start_year, steps, is_mvp], salt=undo_salt(user), compress=True)
    return reverse("programmes:report_undo", args=[school.slug, token])


def undo_salt(user):
    """Signs for one person, and for what a link holds today: raised when that changes, so that older links are late."""
    return f"programmes.undo.2.{user.pk}"


def _choose(request, school, start_year, classes, *, today):
    """What waits to be reported comes first; then any class with any session."""
    visible = list(visible_classes(request, school, start_year, today=today))
    report = year_of(visible, today=today)

    def station(session):
        url = report_url(
            school, school_class=session.school_class, code=session.code, start_year=start_year, today=today
        )
        return Station(session, url)

    context = {
        "school": school,
        **ways_to_classes(request.user, school, start_year, today=today),
        "to_report": [callout_item(station(session)) for session in report.not_reported],
        "due_now": by_session(report.due_now, {id(session): station(session) for session in report.due_now}),
        "crumbs": _crumbs(school, year_url(school, start_year, today=today)),
        "classes": visible,
        "chosen": classes,
        "many_url": with_year(reverse("programmes:report_many", args=[school.slug]), start_year, today=today),
        "paper_url": with_year(reverse("programmes:paper", args=[school.slug]), start_year, today=today),
        "sessions": Session.objects.on_offer().filter(kind__in=TAUGHT_BY_STAFF).in_order(),
        "chosen_code": request.GET.get("pass", ""),
        "year_label": school_year_label(start_year),
        "is_current": start_year == start_year_of(today),
    }
    return render(request, "programmes/sessions/choose.html", context)


def _crumbs(school, address):
    return [{"label": school.name, "url": address}, {"label": _("Report")}]
