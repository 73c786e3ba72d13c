"""When: school years with their real term dates and breaks, and the periods that reports are made for."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import validate_no_personal_identity_number


def school_year_label(start_year: int) -> str:
    return f"{start_year}/{(start_year + 1) % 100:02d}"


def start_year_of(day: date) -> int:
    """The school year (1 July to 30 June) that a day belongs to, as the year it starts in."""
    return day.year if day.month >= 7 else day.year - 1


def monday_of(day: date) -> date:
    """The Monday that a day's week begins with."""
    return day - timedelta(days=day.weekday())


def last_day_of_month(start_year: int, month: int) -> date:
    """The last day of a month of a school year: the due date of what is planned for the month."""
    year = start_year if month >= 7 else start_year + 1
    return date(year, month, monthrange(year, month)[1])


def same_day_of_year(day: date, *, start_year: int) -> date:
    """A due date carried to another school year: the end of its month, or the same weekday of the same week."""
    month_end = last_day_of_month(start_year, day.month)
    if is_last_of_month(day):
        return month_end
    moved = day + timedelta(days=364 * (start_year - start_year_of(day)))
    return moved if start_year_of(moved) == start_year else month_end


def easter_day(year: int) -> date:
    """Easter Sunday. Source: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    century, year_of_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year_of_century // 4) - epact - year_of_century % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def is_public_holiday(day: date) -> bool:
    """Whether a day is a public holiday in Sweden, or an eve when schools are closed. Source: lag (1989:253)."""
    if (day.month, day.day) in {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}:
        return True
    # Good Friday, Easter Monday and Ascension Day; the other ones are Sundays, or in the summer.
    return (day - easter_day(day.year)).days in {-2, 1, 39}


def is_last_of_month(day: date) -> bool:
    """Whether a due date stands for its whole month."""
    return day.day == monthrange(day.year, day.month)[1]


def parse_school_year(text: str) -> int:
    """Read `2026/27`, `2026/2027`, `2026-27`, `2026–2027` or `26/27` as the year it starts in; ValueError otherwise.

    Nor does it read a year that Stins does not know: 0000/01 and 9999/00 have days that no calendar has.
    """
    match = re.fullmatch(r"\s*(\d{2}|\d{4})\s*[/\-–]\s*(\d{2}|\d{4})\s*", text)
    if match:
        first, second = (int(part) % 100 for part in match.groups())
        start = int(match[1]) if len(match[1]) == 4 else 2000 + first
        if (first + 1) % 100 == second:
            return _sensible(start)
    raise ValueError(f"Not a school year: {text!r}")


def parse_day(text: str, *, start_year: int) -> date:
    """Read `12/9`, `12.9.`, `12,9`, `12/9 2026`, `20260912` or `2026-09-12`: without a year, the school year's own.

    ValueError for what is no day.
    """
    tidy = text.strip()
    if match := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", tidy):
        return date(*map(int, match.groups()))
    match = re.fullmatch(r"(\d{1,2})\s*[/.,\-\s]\s*(\d{1,2})\.?(?:[/.,\-\s]+(\d{4}|\d{2}))?", tidy)
    if match is None:
        raise ValueError(f"Not a day: {text!r}")
    day, month = int(match[1]), int(match[2])
    year = start_year if month >= 7 else start_year + 1
    if match[3]:
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    return date(year, month, day)


TERM, SCHOOL_YEAR, TERTIAL, CALENDAR_YEAR = PERIOD_KINDS = ("term", "school_year", "tertial", "calendar_year")


@dataclass(frozen=True)
class Period:
    """A span of days that figures are made for: a term, a school year, a tertial, or the three tertials of a year."""

    code: str
    label: str
    first_day: date
    last_day: date

    @property
    def is_school_year(self) -> bool:
        return "/" in self.code

    @property
    def kind(self) -> str:
        """One of PERIOD_KINDS."""
        if self.is_school_year:
            return SCHOOL_YEAR
        return {"T": TERTIAL, "A": CALENDAR_YEAR}.get(self.code[0], TERM)

    @property
    def start_years(self) -> list[int]:
        """The school years that the period touches, the earlier first."""
        return sorted({start_year_of(self.first_day), start_year_of(self.last_day)})

    @classmethod
    def term(cls, year: int, *, autumn: bool) -> "Period":
        name = "HT" if autumn else "VT"
        first, last = ((7, 1), (12, 31)) if autumn else ((1, 1), (6, 30))
        return cls(f"{name}{year}", f"{name} {year}", date(year, *first), date(year, *last))

    @classmethod
    def school_year(cls, start_year: int) -> "Period":
        label = school_year_label(start_year)
        return cls(label, label, date(start_year, 7, 1), date(start_year + 1, 6, 30))

    @classmethod
    def tertial(cls, number: int, year: int) -> "Period":
        first_month = 4 * number - 3
        last_month = first_month + 3
        last_day = date(year, last_month, monthrange(year, last_month)[1])
        return cls(f"T{number}-{year}", f"Tertial {number} {year}", date(year, first_month, 1), last_day)

    @classmethod
    def calendar_year(cls, year: int) -> "Period":
        return cls(f"AR{year}", f"Kalenderår {year}", date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def tertial_of(cls, day: date) -> "Period":
        return cls.tertial((day.month + 3) // 4, day.year)

    @classmethod
    def current(cls, kind: str, *, today: date) -> "Period":
        """The period of a kind that a day lies in."""
        if kind == SCHOOL_YEAR:
            return cls.school_year(start_year_of(today))
        if kind == CALENDAR_YEAR:
            return cls.calendar_year(today.year)
        return cls.tertial_of(today) if kind == TERTIAL else cls.term_of(today)

    def earlier(self, steps: int) -> "Period":
        """The period of the same kind that came so many steps before."""
        period = self
        for _step in range(steps):
            period = Period.current(self.kind, today=period.first_day - timedelta(days=1))
        return period

    @property
    def in_a_year(self) -> int:
        """How many of its kind a year has."""
        return {TERM: 2, SCHOOL_YEAR: 1, TERTIAL: 3, CALENDAR_YEAR: 1}[self.kind]

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `HT2026`, `VT 2027`, `ht26`, `2026/27` (in all its forms), `T1-2027` or `AR2026`, else ValueError."""
        tidy = text.strip().upper()
        if match := re.fullmatch(r"([HV])T\s*(\d{4}|\d{2})", tidy):
            year = int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
            return cls.term(_sensible(year), autumn=match[1] == "H")
        if match := re.fullmatch(r"T(?:ERTIAL)?\s*([123])[\s-]+(\d{4})", tidy):
            return cls.tertial(int(match[1]), _sensible(int(match[2])))
        if match := re.fullmatch(r"(?:AR|KALENDERÅR)\s*(\d{4})", tidy):
            return cls.calendar_year(_sensible(int(match[1])))
        return cls.school_year(parse_school_year(tidy))

    @classmethod
    def month_of(cls, day: date) -> "Period":
        last = monthrange(day.year, day.month)[1]
        return cls(f"{day:%Y-%m}", f"{day:%Y-%m}", day.replace(day=1), day.replace(day=last))

    @classmethod
    def term_of(cls, day: date) -> "Period":
        return cls.term(day.year, autumn=day.month >= 7)

    @classmethod
    def running_since(cls, today: date) -> date:
        """The first day that lies in no period that has ended, whatever its kind."""
        return max(cls.term_of(today).first_day, cls.tertial_of(today).first_day)


def _sensible(year: int) -> int:
    if not 2000 <= year <= 2100:
        raise ValueError(f"Not a year that Stins knows: {year}")
    return year


class SchoolYearQuerySet(models.QuerySet):
    def current(self, municipality, *, today):
        """The school year that today belongs to in a municipality, or nothing when nobody has set it up."""
        return self.filter(municipality=municipality, start_year=start_year_of(today)).first()


class SchoolYear(models.Model):
    """A municipality's school year runs from 1 July to 30 June; lessons are within its two terms."""

    municipality = models.ForeignKey(
        "programmes.Municipality", on_delete=models.CASCADE, related_name="school_years", verbose_name=_("municipality")
    )
    start_year = models.PositiveSmallIntegerField(
        _("starts in the year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    autumn_first_day = models.DateField(_("first day of the autumn term"))
    autumn_last_day = models.DateField(_("last day of the autumn term"))
    spring_first_day = models.DateField(_("first day of the spring term"))
    spring_last_day = models.DateField(_("last day of the spring term"))

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("school year")
        verbose_name_plural = _("school years")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "start_year"], name="school_year_once_per_municipality"),
            models.CheckConstraint(
                condition=models.Q(
                    autumn_first_day__lt=models.F("autumn_last_day"),
                    autumn_last_day__lt=models.F("spring_first_day"),
                    spring_first_day__lt=models.F("spring_last_day"),
                ),
                name="school_year_terms_in_order",
                violation_error_message=_("The days must come in order: autumn first, then spring."),
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        days = (self.autumn_first_day, self.autumn_last_day, self.spring_first_day, self.spring_last_day)
        if self.start_year and all(days) and not all(self.first_day <= day <= self.last_day for day in days):
            raise ValidationError(_("The terms of a school year lie between 1 July and 30 June."))

    @property
    def label(self):
        return school_year_label(self.start_year)

    @property
    def first_day(self):
        return date(self.start_year, 7, 1)

    @property
    def last_day(self):
        return date(self.start_year + 1, 6, 30)


class Break(models.Model):
    """Days of a school year without lessons, such as höstlov."""

    school_year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="breaks")
    name = models.CharField(_("name"), max_length=60, validators=[validate_no_personal_identity_number])
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")), name="break_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first.")})
