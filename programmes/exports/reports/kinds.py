"""Every kind of report: its address, its name, what it asks for, who may read it, and who makes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from curriculum.models import Programme
from programmes import rules
from programmes.enums import EventKind
from programmes.exports.reports.chain import chain
from programmes.exports.reports.comparison import comparison
from programmes.exports.reports.courses import courses
from programmes.exports.reports.degrading_treatment import degrading_treatment
from programmes.exports.reports.est import est
from programmes.exports.reports.fidelity import fidelity
from programmes.exports.reports.mentors import mentors
from programmes.exports.reports.municipal_plan import municipal_plan
from programmes.exports.reports.own_school import own_school
from programmes.exports.reports.parents import parents
from programmes.exports.reports.person_hours import hours_given
from programmes.exports.reports.pupils import pupils
from programmes.exports.reports.quality_work import quality_work
from programmes.exports.reports.reach import reach
from programmes.exports.reports.report import Report
from programmes.exports.reports.scope import Scope
from programmes.exports.reports.secure_bases import secure_bases
from programmes.exports.reports.staff import staff
from programmes.exports.tables import Text
from programmes.models.mentors import PROGRAMME as MENTORS
from programmes.models.terms import CALENDAR_YEAR, PERIOD_KINDS, SCHOOL_YEAR, TERM, TERTIAL, Period

PERIOD, PROGRAMME, AREA, SCHOOL = "period", "program", "omrade", "skola"
NUMBER, WITH, MEASURE = "antal", "med", "matt"  # how many periods are compared, which ones, and by what
OF_SCHOOLS = (PERIOD, AREA, SCHOOL)  # what is asked where the question is not about one programme
TAGET = "taget"
YEAR_FIRST = (SCHOOL_YEAR, TERM, TERTIAL)
FIGURES, PAPERS = "figures", "papers"  # the two headings of the menu: figures, and papers for plans and the law


@dataclass(frozen=True)
class Kind:
    """A kind of report.

    `asks` are the fields that its question has (a period always), `periods` the kinds of period that it is made for,
    the first being the one it opens with: the current one, or with `opens_with_last` the last that has ended; one that
    `looks_ahead` offers the coming school year too. One that is `of_one_school` is made for no more than one at a time,
    the first unless another is chosen. `seen` is the event that is logged whenever it is shown.

    A closed period keeps it, with the closing of the programme that it asks for; one that asks for none is kept with
    that of the programme it `closes_with`. One that `stands_on_closings` is made of closed periods and never kept.
    `varies_by` are the things about the asker (fields of the scope) that it says more or less for. What comes to a
    closed period afterwards is told beside a report that `counts_sessions`.
    """

    slug: str
    name: Text
    question: Text
    build: Callable[[Scope], Report]
    group: str = FIGURES
    asks: Sequence[str] = (PERIOD, PROGRAMME, AREA, SCHOOL)
    periods: Sequence[str] = PERIOD_KINDS
    may_read: Callable[..., bool] = rules.can_read_reports
    seen: EventKind | None = None
    opens_with_last: bool = False
    of_one_school: bool = False
    looks_ahead: bool = False
    closes_with: str = TAGET
    stands_on_closings: bool = False
    varies_by: Sequence[str] = ()
    counts_sessions: bool = True

    def is_kept_with(self, programme: Programme, period: Period) -> bool:
        """Whether the closing of a programme's period keeps it."""
        is_its = PROGRAMME in self.asks or programme.code == self.closes_with
        return is_its and period.kind in self.periods and not self.stands_on_closings

    @property
    def is_paper(self) -> bool:
        return self.group == PAPERS

    def is_for(self, user: Any, municipality: Any, *, on: date) -> bool:
        return self.may_read(user, municipality, on=on)


ALL = (
    Kind(
        "nadda",
        _("Reach"),
        _("How many classes and pupils has the programme met?"),
        reach,
    ),
    Kind(
        "jamforelse",
        _("Comparison"),
        _("Is it going better than before?"),
        comparison,
        asks=(PERIOD, NUMBER, WITH, MEASURE, PROGRAMME, AREA, SCHOOL),
        stands_on_closings=True,
    ),
    Kind(
        "foljsamhet",
        _("Fidelity"),
        _("How much of each session was done, and how was it adapted?"),
        fidelity,
    ),
    Kind(
        "kedjan",
        _("The chain"),
        _("Did the staff have each theme before the pupils did?"),
        chain,
        asks=OF_SCHOOLS,
    ),
    Kind(
        "personal",
        _("The staff"),
        _("How many staff sessions and APT have the schools held?"),
        staff,
        asks=OF_SCHOOLS,
        periods=YEAR_FIRST,
    ),
    Kind(
        "trygg-bas",
        _("Secure base"),
        _("How large a share of the pupils has a secure adult at school?"),
        secure_bases,
        asks=OF_SCHOOLS,
        periods=(TERM,),
        may_read=rules.can_read_secure_base_shares,
        seen=EventKind.SECURE_BASE_SHARES_SEEN,
        counts_sessions=False,
    ),
    Kind(
        "mvp",
        _("The mentors in MVP"),
        _("How many mentors are there, and have they had their supervision?"),
        mentors,
        asks=OF_SCHOOLS,
        periods=YEAR_FIRST,
        closes_with=MENTORS,
    ),
    Kind(
        "abc",
        _("ABC"),
        _("How many parents have the groups reached?"),
        parents,
        asks=OF_SCHOOLS,
        periods=YEAR_FIRST,
        counts_sessions=False,
    ),
    Kind(
        "kurser",
        _("Courses"),
        _("How large a share of the staff has taken the centre's courses?"),
        courses,
        asks=OF_SCHOOLS,
        periods=YEAR_FIRST,
        counts_sessions=False,
    ),
    Kind(
        "persontimmar",
        _("Person-hours"),
        _("How many hours have those who lead given?"),
        hours_given,
        asks=OF_SCHOOLS,
        periods=YEAR_FIRST,
        varies_by=("sees_all",),
    ),
    Kind(
        "skolan",
        _("The school's own report"),
        _("How is the school's year going?"),
        own_school,
        group=PAPERS,
        asks=(PERIOD, SCHOOL),
        periods=(TERM, SCHOOL_YEAR),
        seen=EventKind.SECURE_BASE_SHARES_SEEN,
        of_one_school=True,
        varies_by=("reads_secure_bases",),
    ),
    Kind(
        "krankande-behandling",
        _("Plan against degrading treatment"),
        _("What was planned last year, what was done, and what comes next?"),
        degrading_treatment,
        group=PAPERS,
        asks=OF_SCHOOLS,
        periods=(SCHOOL_YEAR,),
        looks_ahead=True,
    ),
    Kind(
        "kvalitetsarbete",
        _("Systematic quality work"),
        _("Why are the figures as they are, and what was decided?"),
        quality_work,
        group=PAPERS,
        asks=OF_SCHOOLS,
        periods=(SCHOOL_YEAR,),
        opens_with_last=True,
    ),
    Kind(
        "elevfragor",
        _("Questions to pupils"),
        _("What do pupils answer before and after a programme?"),
        pupils,
        asks=OF_SCHOOLS,
        periods=(SCHOOL_YEAR,),
        may_read=rules.can_read_survey_answers,
        seen=EventKind.SURVEY_ANSWERS_SEEN,
        counts_sessions=False,
    ),
    Kind(
        "est",
        _("Sheet for EST"),
        _("What did the programmes do in each area in the tertial?"),
        est,
        group=PAPERS,
        asks=(PERIOD, AREA),
        periods=(TERTIAL, CALENDAR_YEAR, SCHOOL_YEAR),
        may_read=rules.can_read_overview,
        opens_with_last=True,
    ),
    Kind(
        "atgardsplan",
        _("The action plan followed up"),
        _("How far have the measures of the action plan come?"),
        municipal_plan,
        group=PAPERS,
        asks=(PERIOD, AREA),
        periods=(*YEAR_FIRST, CALENDAR_YEAR),
        may_read=rules.can_read_overview,
    ),
)
KINDS: Mapping[str, Kind] = {kind.slug: kind for kind in ALL}
