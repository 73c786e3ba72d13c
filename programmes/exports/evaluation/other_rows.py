"""The rows about staff, mentors, parents and trygg bas; small numbers are hidden by the open profile's rule."""

from collections import Counter
from collections.abc import Iterator

from programmes.exports.evaluation.scope import Row, Scope, week_of
from programmes.models import MenteeGroup, MentorCohort, ParentGroup, Period, StaffMeeting
from programmes.reports.cohorts import cohort_figures
from programmes.reports.parent_groups import figures_of, languages, started_in, told_of_groups
from programmes.reports.secure_base_shares import secure_base_shares
from programmes.reports.suppression import ALL, HIDDEN, Group, Shown, suppressed


def staff_session_rows(scope: Scope) -> Iterator[Row]:
    """Every staff session, APT, training and exchange of the year, planned or held."""
    days = (scope.period.first_day, scope.period.last_day)
    meetings = StaffMeeting.objects.filter(school__municipality=scope.municipality, date__range=days)
    for meeting in meetings.select_related("theme__prepares"):
        is_held = meeting.is_held and meeting.date <= scope.last_day
        yield (
            scope.names.of("staff", meeting.pk),
            scope.names.of("school", meeting.school_id),
            meeting.kind,
            meeting.theme.code if meeting.theme else None,
            meeting.theme.prepares.code if meeting.theme and meeting.theme.prepares else None,
            week_of(meeting.date),
            is_held,
            meeting.minutes if is_held else None,
            meeting.present if is_held else None,
            meeting.total if is_held else None,
        )


def mentor_cohort_rows(scope: Scope) -> Iterator[Row]:
    """Every cohort of the year; how many have left says something of a few pupils, and is hidden where few.

    With it goes how many are active: those and the ones who left are, by the end of the year, all who were chosen. So
    does how many were invited to supervision: with the number of times it was held, the same difference.
    """
    cohorts = list(
        MentorCohort.objects.filter(school__municipality=scope.municipality, start_year=scope.start_year)
        .select_related("school")
        .prefetch_related("mentors", "supervisions")
    )
    figures = {
        cohort.pk: cohort_figures(
            cohort, mentors=cohort.mentors.all(), supervisions=cohort.supervisions.all(), today=scope.last_day
        )
        for cohort in cohorts
    }
    groups = Counter(MenteeGroup.objects.filter(cohort__in=cohorts).values_list("cohort", flat=True))
    parts = [Group(str(cohort.pk), figures[cohort.pk].chosen, figures[cohort.pk].left) for cohort in cohorts]
    left = suppressed(Group.of(ALL, parts), scope.profile)
    for cohort in cohorts:
        told, hidden = figures[cohort.pk], left.of(str(cohort.pk))
        yield (
            scope.names.of("cohort", cohort.pk),
            scope.names.of("school", cohort.school_id),
            groups[cohort.pk],
            told.applied,
            told.chosen,
            told.trained,
            HIDDEN if hidden.is_hidden else told.active,
            str(hidden.count),
            told.supervision_due,
            told.supervision_held,
            told.present,
            HIDDEN if hidden.is_hidden else told.invited,
        )


def _parent_groups(scope: Scope) -> list[ParentGroup]:
    groups = ParentGroup.objects.filter(municipality=scope.municipality) | ParentGroup.objects.filter(
        school__municipality=scope.municipality
    )
    return list(groups.distinct().prefetch_related("meetings"))


def parent_group_rows(scope: Scope) -> Iterator[Row]:
    """Every group that began in the year, up to the last day counted; its parents as its language allows."""
    until = Period(scope.period.code, scope.period.label, scope.period.first_day, scope.last_day)
    groups = _parent_groups(scope)
    told = told_of_groups(groups, period=scope.period, profile=scope.profile, today=scope.day)
    for group in started_in(groups, period=until):
        figures = figures_of(group)
        yield (
            scope.names.of("parents", group.pk),
            scope.names.of("school", group.school_id) or None,
            group.age,
            group.format,
            week_of(figures.start_date),
            figures.held,
            *map(str, told[group.pk]),
        )


def parent_language_rows(scope: Scope) -> Iterator[Row]:
    """The parents of a year that is over by language, small numbers hidden; no rows while it goes on."""
    for part in languages(_parent_groups(scope), period=scope.period, profile=scope.profile, today=scope.day):
        yield part.code, str(part.parents.count), _share(part.parents)


def secure_base_rows(scope: Scope) -> Iterator[Row]:
    """Trygg bas by school in each term that is over; a sum over fewer than three schools is hidden as well."""
    for year, autumn in ((scope.start_year, True), (scope.start_year + 1, False)):
        term = Period.term(year, autumn=autumn)
        shares = secure_base_shares(
            municipality=scope.municipality, period=term, profile=scope.profile, today=scope.day
        )
        rows = {scope.names.of("school", row.school.pk): row for row in shares.schools if row.school and row.round}
        if shares.is_told and rows:
            for place, row in {ALL: shares.total, **rows}.items():
                yield place, term.code, *_counted(row.without, scope), *_counted(row.nobody, scope)


def _counted(shown: Shown, scope: Scope) -> tuple[str, str, str]:
    """How many persons, how many of them with the attribute, and their share, or the marks that stand instead."""
    persons = "." if shown.n is None else ".." if shown.n < scope.profile.smallest_group else str(shown.n)
    return persons, str(shown.count), _share(shown)


def _share(shown: Shown) -> str:
    return f"{shown.share:.4f}" if isinstance(shown.share, float) else str(shown.share)
