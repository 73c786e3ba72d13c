"""What last year's plan would be this year: the same choices for the same class or grade, carried to new dates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from curriculum.enums import SessionKind
from curriculum.models import Session
from programmes.models import PlannedSession, SchoolClass
from programmes.models.schools import name_key
from programmes.models.terms import same_day_of_year


@dataclass(frozen=True)
class Choice:
    """An additional session that could be planned, and by when."""

    session: Session
    due_date: date


@dataclass
class PlanCopy:
    """What a class would get: from which class of last year, what, and what it has had or has already."""

    school_class: SchoolClass
    source: SchoolClass | None = None
    choices: list[Choice] = field(default_factory=list)
    had_last_year: list[Session] = field(default_factory=list)
    standing: int = 0


class LastYear:
    """The additional sessions that some classes chose in their school year, read in two queries."""

    def __init__(self, classes: Iterable[SchoolClass]) -> None:
        self.classes = list(classes)
        self._chosen: dict[int, list[PlannedSession]] = {row.pk: [] for row in self.classes}
        planned = PlannedSession.objects.planned().filter(
            school_class__in=self.classes, session__kind=SessionKind.ADDITIONAL, session__is_retired=False
        )
        for row in planned.select_related("session").order_by("due_date", "session__order"):
            self._chosen[row.school_class_id].append(row)

    def source_for(self, *, name_key: str, lowest_grade: int, highest_grade: int) -> SchoolClass | None:
        """The class that had the same name and grade, or else the first that had the same grade."""
        same = [row for row in self.classes if row.lowest_grade <= highest_grade and row.highest_grade >= lowest_grade]
        return next((row for row in same if row.name_key == name_key), same[0] if same else None)

    def choices_of(self, source: SchoolClass, *, start_year: int) -> list[Choice]:
        """What a class chose, with its dates in another school year."""
        return [
            Choice(row.session, same_day_of_year(row.due_date, start_year=start_year))
            for row in self._chosen[source.pk]
            if row.due_date
        ]


def copies_of(classes: Iterable[SchoolClass], *, last_year: Iterable[SchoolClass], today: date) -> list[PlanCopy]:
    """What each class would get of last year's choices: not what it has already, nor what its pupils had last year.

    Nothing is proposed for days that have passed. `standing` is how many sessions the class has already. The number
    of queries does not depend on the number of classes.
    """
    classes, year = list(classes), LastYear(last_year)
    standing = set(PlannedSession.objects.filter(school_class__in=classes).values_list("school_class_id", "session_id"))
    had = had_by_pupils(classes)
    copies = []
    for school_class in classes:
        copy = PlanCopy(
            school_class,
            year.source_for(
                name_key=school_class.name_key,
                lowest_grade=school_class.lowest_grade,
                highest_grade=school_class.highest_grade,
            ),
            standing=sum(pk == school_class.pk for pk, _session in standing),
        )
        found = year.choices_of(copy.source, start_year=school_class.start_year) if copy.source else []
        for choice in found:
            is_there = (school_class.pk, choice.session.pk) in standing
            if is_there or choice.due_date < today or not school_class.suits(choice.session):
                continue
            if choice.session.pk in had.get(school_class.pk, set()):
                copy.had_last_year.append(choice.session)
            else:
                copy.choices.append(choice)
        copies.append(copy)
    return copies


def had_by_pupils(classes: Iterable[SchoolClass]) -> dict[int, set[int]]:
    """For each class, the sessions that stood on the lines of the classes it was last year."""
    had: dict[int, set[int]] = {}
    rows = PlannedSession.objects.filter(school_class__followed_by__in=list(classes))
    for pk, session_id in rows.values_list("school_class__followed_by", "session_id"):
        had.setdefault(pk, set()).add(session_id)
    return had


def choices_for_new_class(year: LastYear, new: SchoolClass, *, olds: Iterable[SchoolClass]) -> list[Choice]:
    """What a class that is not made yet would get: the choices of its grade, save for what its pupils have had."""
    source = year.source_for(
        name_key=name_key(new.name), lowest_grade=new.lowest_grade, highest_grade=new.highest_grade
    )
    if source is None:
        return []
    had = {choice.session.pk for old in olds for choice in year.choices_of(old, start_year=new.start_year)}
    found = year.choices_of(source, start_year=new.start_year)
    return [choice for choice in found if choice.session.pk not in had and new.suits(choice.session)]
