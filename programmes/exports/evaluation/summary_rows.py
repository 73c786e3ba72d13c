"""The summaries of the package: RE-AIM, adaptations by FRAME, and person-hours."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from programmes.exports.evaluation.other_resources import NOT_SAID
from programmes.exports.evaluation.scope import Row, Scope
from programmes.models import Delivery, ParentGroup, Period, SchoolClass, StaffMeeting
from programmes.reports.coverage import ClassCoverage, total_of
from programmes.reports.coverage_rows import deliveries_of_period, schools_running
from programmes.reports.person_hours import LedTime, person_hours


def re_aim_rows(scope: Scope) -> Iterator[Row]:
    """Numerator, denominator and value of each measure; no denominator, no value."""
    for programme in scope.programmes:
        rows = scope.coverage[programme.code]
        total = total_of(rows)
        eligible = scope.eligible[programme.code]
        reached = _reached(rows, eligible)
        pupils = sum(school_class.enrolled or 0 for school_class in eligible.values())
        now, before = (
            set(
                schools_running(scope.schools, programme=programme, period=period, today=scope.day).values_list(
                    "pk", flat=True
                )
            )
            for period in (scope.period, Period.school_year(scope.start_year - 1))
        )
        deliveries = deliveries_of_period(
            scope.classes_of(programme), programme=programme, period=scope.period, today=scope.day
        )
        said = deliveries.filter(is_adapted__isnull=False)
        measures = [
            ("reach", "classes_reached", len({home for home, _group in reached}), len(eligible)),
            ("reach", "pupils_reached", sum(group.enrolled or 0 for _home, group in reached), pupils),
            ("reach", "attendance", total.present, total.group_size),
            ("adoption", "schools_running", len(now), len(now | {row.school_id for row in eligible.values()})),
            ("implementation", "delivery_rate", total.held_of_expected, total.expected),
            ("implementation", "reporting_rate", total.held_of_expected + total.not_held, total.expected),
            ("implementation", "base_coverage", total.classes_with_all_base, total.classes_with_expected_base),
            ("implementation", "on_time", total.on_time, total.held_of_expected),
            ("implementation", "adherence", total.core_parts_done, total.core_parts_total),
            ("implementation", "dose_mean", total.dose_total, total.classes),
            ("implementation", "adapted", said.filter(is_adapted=True).count(), said.count()),
            ("maintenance", "schools_still_running", len(now & before), len(before)),
        ]
        for aspect, measure, part, whole in measures:
            yield programme.code, aspect, measure, part, whole, round(part / whole, 6) if whole else None


def _reached(rows: Sequence[ClassCoverage], eligible: Mapping[int, SchoolClass]) -> list[tuple[int, SchoolClass]]:
    """The classes in the programme's grades that had a session: themselves, or a mentee group of their pupils."""
    met = [row.school_class for row in rows if row.figures.classes_reached]
    homes = [(school_class.home_class_id or school_class.pk, school_class) for school_class in met]
    return [(home, school_class) for home, school_class in homes if home in eligible]


def adaptation_rows(scope: Scope) -> Iterator[Row]:
    """The adapted deliveries of the year by what, why and whether planned; what is not said is `not_said`."""
    words = {True: "true", False: "false", None: NOT_SAID}
    for programme in scope.programmes:
        deliveries = deliveries_of_period(
            scope.classes_of(programme), programme=programme, period=scope.period, today=scope.day
        ).filter(is_adapted=True)
        counted = Counter(deliveries.order_by().values_list("adaptation_what", "adaptation_why", "adaptation_planned"))
        for (what, why, planned), number in counted.items():
            yield programme.code, what or NOT_SAID, why or NOT_SAID, words[planned], number


def person_hour_rows(scope: Scope) -> Iterator[Row]:
    """The led time of the year by programme, role and organisation, up to the last day counted."""
    until = Period(scope.period.code, scope.period.label, scope.period.first_day, scope.last_day)
    hours = person_hours(
        deliveries=Delivery.objects.filter(planned_session__school_class__school__municipality=scope.municipality),
        staff_meetings=StaffMeeting.objects.filter(school__municipality=scope.municipality),
        parent_groups=ParentGroup.objects.filter(municipality=scope.municipality)
        | ParentGroup.objects.filter(school__municipality=scope.municipality),
        period=until,
    )
    together: dict[tuple[str, str, str], list[LedTime]] = {}
    for row in hours.rows:
        together.setdefault((row.programme or NOT_SAID, row.role, row.organisation), []).append(row)
    for (programme, role, organisation), rows in together.items():
        minutes = sum(row.minutes for row in rows)
        yield programme, role, organisation, round(minutes / 60, 4), sum(row.unknown for row in rows)
