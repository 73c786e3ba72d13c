"""A cohort's mentors, their supervision, and their training and gatherings: written down, put right, removed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.actions.cohort_people import (
    MentorRow,
    change_mentor,
    keep_mentor_meeting,
    keep_mentors,
    keep_supervision,
    remove_mentor,
    remove_mentor_meeting,
    remove_supervision,
)
from programmes.actions.cohorts import CohortChangedError
from programmes.enums import MentorMeetingKind
from programmes.forms.cohort_people import MentorForm, MentorMeetingForm, MentorsForm, SupervisionForm
from programmes.models import MenteeGroup, MentorMeeting, School, Supervision
from programmes.models.mentors import PROGRAMME
from programmes.views.cohort_changes import form_page, kept_cohort, meet_other_change, remove_page
from programmes.views.cohorts import back_to


def cohort_mentors(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    groups = list(MenteeGroup.objects.filter(cohort=cohort).in_order())
    mentors = list(cohort.mentors.order_by("pk"))
    form = MentorsForm(request.POST or None, cohort=cohort, mentors=mentors, groups=groups, today=today)

    def keep(told):
        keep_mentors(
            cohort=cohort,
            applied=told["applied"],
            mentors=[MentorRow(*row) for row in form.told()],
            day=told["day"],
            seen=told["seen"],
            by=request.user,
        )
        return _("The mentors are saved.")

    return _answer(
        request, cohort, form, keep, title=_("The mentors"), page="programmes/cohorts/mentors.html", today=today
    )


def cohort_mentor(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    mentor = get_object_or_404(cohort.mentors.select_related("cohort__school__municipality"), pk=number)
    others = cohort.mentors.exclude(pk=mentor.pk).values_list("alias", flat=True)
    form = MentorForm(
        request.POST or None,
        initial={
            "alias": mentor.alias,
            "group": str(mentor.group_id or ""),
            "pair": str(mentor.pair or ""),
            "chosen_date": mentor.chosen_date,
            "trained_date": mentor.trained_date,
            "active_date": mentor.active_date,
            "left": mentor.left,
            "left_date": mentor.left_date,
        },
        cohort=cohort,
        mentor=mentor,
        groups=list(MenteeGroup.objects.filter(cohort=cohort).in_order()),
        others={alias.casefold() for alias in others},
    )

    def keep(told):
        form.write_to(mentor)
        change_mentor(mentor=mentor, seen=told["seen"], by=request.user)
        return _("%(alias)s is saved.") % {"alias": mentor.alias}

    return _answer(
        request,
        cohort,
        form,
        keep,
        title=mentor.alias,
        page="programmes/cohorts/mentor.html",
        today=today,
        mentor=mentor,
    )


def cohort_mentor_remove(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    mentor = get_object_or_404(cohort.mentors.select_related("cohort__school__municipality"), pk=number)
    return _remove(
        request,
        cohort,
        lambda: remove_mentor(mentor=mentor, seen=cohort.version, by=request.user),
        title=_("Remove %(alias)s?") % {"alias": mentor.alias},
        text=_("For a mentor who was written down by mistake. Who has left is kept, with the reason."),
        said=_("%(alias)s is removed.") % {"alias": mentor.alias},
        today=today,
    )


def cohort_supervision_add(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    return _supervision(request, cohort, Supervision(cohort=cohort), today=today)


def cohort_supervision(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    return _supervision(request, cohort, _supervision_or_404(cohort, number), today=today)


def _supervision_or_404(cohort, number):
    supervision = get_object_or_404(cohort.supervisions.all(), pk=number)
    supervision.cohort = cohort
    return supervision


def _supervision(request, cohort, supervision, *, today):
    here = list(supervision.present.values_list("pk", flat=True)) if supervision.pk else []
    everybody = list(cohort.mentors.filter(left="").values_list("pk", flat=True))
    is_past = supervision.date is None or supervision.date <= today
    form = SupervisionForm(
        request.POST or None,
        initial={
            "date": supervision.date or today,
            "minutes": supervision.minutes,
            "present": here if supervision.is_held else everybody if is_past else [],
        },
        cohort=cohort,
        taken=set(cohort.supervisions.exclude(pk=supervision.pk).values_list("date", flat=True)),
        today=today,
    )

    def keep(told):
        keep_supervision(
            supervision=supervision,
            day=told["date"],
            minutes=told["minutes"],
            present=told["present"] if told["minutes"] else [],
            seen=told["seen"],
            by=request.user,
        )
        return _("The supervision on %(day)s is saved.") % {"day": date_format(told["date"], "l j F")}

    title = _("Supervision")
    return _answer(
        request,
        cohort,
        form,
        keep,
        title=title,
        page="programmes/cohorts/supervision.html",
        today=today,
        supervision=supervision,
    )


def cohort_supervision_remove(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    supervision = _supervision_or_404(cohort, number)
    day = date_format(supervision.date, "l j F")
    return _remove(
        request,
        cohort,
        lambda: remove_supervision(supervision=supervision, seen=cohort.version, by=request.user),
        title=_("Remove the supervision on %(day)s?") % {"day": day},
        text=_("Minutes and attendance that were written down go with it. It cannot be undone."),
        said=_("The supervision on %(day)s is removed.") % {"day": day},
        today=today,
    )


def mentor_meeting_add(request, slug, pk):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    asked = request.GET.get("typ", "")
    kind = asked if asked in MentorMeetingKind.values else MentorMeetingKind.TRAINING
    return _meeting(request, cohort, MentorMeeting(cohort=cohort, kind=kind), today=today)


def mentor_meeting(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    return _meeting(request, cohort, _meeting_or_404(cohort, number), today=today)


def _meeting_or_404(cohort, number):
    meeting = get_object_or_404(cohort.meetings.all(), pk=number)
    meeting.cohort = cohort
    return meeting


def _meeting(request, cohort, meeting, *, today):
    initial = {"kind": meeting.kind, "date": meeting.date or today, "place": meeting.place, "minutes": meeting.minutes}
    if meeting.pk:
        initial |= {f"people_{row.organisation}": row.people for row in meeting.key_persons.all()}
        initial |= {"schools": list(meeting.schools.values_list("pk", flat=True)), "held": meeting.is_held}
        initial |= {"present": list(meeting.present.values_list("pk", flat=True))}
    schools = School.objects.filter(
        municipality=cohort.school.municipality_id, participations__programme__code=PROGRAMME
    ).exclude(pk=cohort.school_id)
    form = MentorMeetingForm(
        request.POST or None,
        initial=initial,
        cohort=cohort,
        schools=schools.distinct().in_order(),
        taken=set(cohort.meetings.exclude(pk=meeting.pk).values_list("kind", "date")),
        today=today,
    )

    def keep(told):
        for name in ("kind", "date", "place", "minutes"):
            setattr(meeting, name, told[name])
        keep_mentor_meeting(
            meeting=meeting,
            present=told["present"],
            is_held=told["held"],
            schools=told["schools"],
            key_persons=form.key_persons(),
            seen=told["seen"],
            by=request.user,
        )
        day = date_format(told["date"], "l j F")
        return _("%(what)s on %(day)s is saved.") % {"what": _title(meeting), "day": day}

    title = _title(meeting)
    return _answer(
        request, cohort, form, keep, title=title, page="programmes/cohorts/meeting.html", today=today, meeting=meeting
    )


def _title(meeting):
    return _("Training") if meeting.kind == MentorMeetingKind.TRAINING else _("Gathering of mentors")


def mentor_meeting_remove(request, slug, pk, number):
    today = timezone.localdate()
    cohort = kept_cohort(request, slug, pk, today=today)
    meeting = _meeting_or_404(cohort, number)
    words = {"what": _title(meeting), "day": date_format(meeting.date, "l j F")}
    return _remove(
        request,
        cohort,
        lambda: remove_mentor_meeting(meeting=meeting, seen=cohort.version, by=request.user),
        title=_("Remove: %(what)s on %(day)s?") % words,
        text=_("What was written down of it goes. Mentors who were trained stay so. It cannot be undone."),
        said=_("%(what)s on %(day)s is removed.") % words,
        today=today,
    )


def _answer(request, cohort, form, keep, *, title, page, today, **more):
    """Save what was typed and lead back to the mentors, or show the form with what is wrong."""
    back = back_to(cohort, today=today)
    if form.is_valid():
        try:
            said = keep(form.cleaned_data)
        except CohortChangedError:
            meet_other_change(form, cohort)
        else:
            messages.success(request, said)
            return redirect(back)
    return form_page(
        request,
        cohort.school,
        form,
        title=title,
        back=back,
        start_year=cohort.start_year,
        today=today,
        page=page,
        cohort=cohort,
        **more,
    )


def _remove(request, cohort, remove, *, title, text, said, today):
    back = back_to(cohort, today=today)
    if request.method == "POST":
        try:
            remove()
        except CohortChangedError:
            messages.error(request, _("Somebody else has changed these mentors meanwhile. Nothing is removed."))
        else:
            messages.success(request, said)
        return redirect(back)
    return remove_page(request, title=title, text=text, back=back)
