"""The pages about programmes and sessions; a plan is what a leader reads in the corridor and in the room."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageLogEntry, PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from accounts.rules import validate_no_personal_identity_number
from cms.blocks import BodyBlock
from cms.enums import SearchKind
from cms.models import BasePage, SitePageQuerySet, SupportContact
from curriculum.blocks import PointBlock, ScenarioChooserBlock, StepBlock
from curriculum.enums import GradeBand, SessionKind
from curriculum.models.catalogue import Programme, Session
from curriculum.models.scenarios import chosen_in

TAKE_HOME = "Fråga att ta med hem: "


class ProgrammeIndexPage(BasePage):
    """All programmes, for whoever wants to know what children and parents meet."""

    template = "curriculum/programme_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["curriculum.ProgrammePage"]
    max_count_per_parent = 1

    intro = models.TextField(_("introduction"), blank=True, validators=[validate_no_personal_identity_number])

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("programmes page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        programmes = ProgrammePage.objects.child_of(self).live().readable_by(request.user)
        context["programmes"] = programmes.select_related("programme")
        return context


class ProgrammePage(BasePage):
    """What one programme is, and which sessions it consists of."""

    template = "curriculum/programme_page.html"
    parent_page_types = ["curriculum.ProgrammeIndexPage"]
    subpage_types = ["curriculum.SessionPlanPage"]

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("programme"))
    teaser = models.TextField(
        _("in short"),
        blank=True,
        help_text=_("Two or three sentences for the start page."),
        validators=[validate_no_personal_identity_number],
    )
    summary = models.TextField(_("summary"), validators=[validate_no_personal_identity_number])
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("programme"),
        FieldPanel("teaser"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("programme page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        plans = SessionPlanPage.objects.child_of(self).live().readable_by(request.user)
        context["plan_urls"] = {plan.session_id: plan.get_url(request) for plan in plans}
        context["sessions"] = self.taught_sessions
        # The rooms above may say more, such as which groups are to come.
        context["sections"] = [
            section for hook in hooks.get_hooks("stins_page_sections") for section in hook(request, self)
        ]
        staff = [session for session in self.sessions_on_offer if session.kind == SessionKind.STAFF]
        context["staff_sessions"] = [session for session in staff if session.pk in context["plan_urls"]]
        return context

    @cached_property
    def sessions_on_offer(self):
        return list(self.programme.sessions.on_offer().select_related("prepares").in_order())

    @cached_property
    def taught_sessions(self):
        """What pupils or parents meet, in order; staff sessions are for staff."""
        return [session for session in self.sessions_on_offer if session.kind != SessionKind.STAFF]


class SessionPlanForm(WagtailAdminPageForm):
    """Tells the page two things that only the form knows, before the page checks itself: where it will stand, and
    whether this is a draft. The checks themselves are the page's."""

    def _post_clean(self):
        self.instance.is_draft = self.is_deferred_validation
        self.instance.coming_parent = self.parent_page
        super()._post_clean()


class SessionPlanPageQuerySet(SitePageQuerySet):
    def plans_of(self, session, *, site):
        """The page that explains a session on a site, published or not; empty when nobody has written it."""
        return self.filter(session=session).descendant_of(site.root_page)

    def plan_of(self, session, *, site):
        return self.plans_of(session, site=site).select_related("session").first()

    def telling(self, scenario):
        """The plans that have chosen a scenario, published or not."""
        streams = self.values_list("pk", "scenarios")
        return self.filter(pk__in=[pk for pk, stream in streams if scenario.pk in chosen_in(stream)])

    def revision_live_on(self, day):
        """The version that was published on a day, in the evening; before the first publication, the first one.

        None when nothing was ever published. Source: Wagtail's own log of publications.
        """
        evening = make_aware(datetime.combine(day + timedelta(days=1), time.min))
        published = PageLogEntry.objects.filter(
            page__in=self.values("pk"), action="wagtail.publish", revision__isnull=False
        ).select_related("revision")
        entry = (
            published.filter(timestamp__lt=evening).order_by("-timestamp", "-pk").first()
            or published.order_by("timestamp", "pk").first()
        )
        return entry.revision if entry else None

    def publications(self, *, site):
        """When each session's plan on a site was published: (moment, revision id), the earliest first, by session."""
        pages = dict(self.descendant_of(site.root_page).values_list("pk", "session_id"))
        entries = PageLogEntry.objects.filter(page__in=pages, action="wagtail.publish", revision__isnull=False)
        found = {}
        for page, moment, revision in entries.order_by("timestamp", "pk").values_list(
            "page_id", "timestamp", "revision_id"
        ):
            found.setdefault(pages[page], []).append((moment, revision))
        return found


class SessionPlanPage(BasePage):
    """How one session is held: aim, minutes, material, steps, scenarios, and what to do if a child tells."""

    template = "curriculum/session_plan_page.html"
    steps_template = "curriculum/session_steps.html"
    base_form_class = SessionPlanForm
    parent_page_types = ["curriculum.ProgrammePage"]
    subpage_types = []
    search_kind = SearchKind.PLAN
    is_draft = False
    coming_parent = None

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+", verbose_name=_("session"))
    summary = models.TextField(_("summary"), validators=[validate_no_personal_identity_number])
    aim = models.TextField(_("aim"), validators=[validate_no_personal_identity_number])
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=40, help_text=_("The sum of the steps' minutes."))
    guidance = StreamField(
        [("point", PointBlock(label=_("Paragraph")))],
        verbose_name=_("guidance"),
        blank=True,
        help_text=_("Shown first, in a calm box. Required when the session is sensitive."),
    )
    preparation = StreamField([("point", PointBlock(label=_("Point")))], verbose_name=_("preparation"), blank=True)
    material = StreamField([("point", PointBlock(label=_("Thing")))], verbose_name=_("material"), blank=True)
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"))
    scenarios = StreamField([("scenario", ScenarioChooserBlock())], verbose_name=_("scenarios"), blank=True)
    if_a_child_tells = StreamField(
        [("point", PointBlock(label=_("Point")))], verbose_name=_("if a child tells"), blank=True
    )
    follow_up = StreamField([("point", PointBlock(label=_("Point")))], verbose_name=_("afterwards"), blank=True)
    show_support = models.BooleanField(_("show the support list"), default=False)

    objects = PageManager.from_queryset(SessionPlanPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("session"),
        FieldPanel("summary"),
        FieldPanel("aim"),
        FieldPanel("guidance"),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("preparation"), FieldPanel("material")], heading=_("Before")
        ),
        FieldPanel("steps"),
        FieldPanel("scenarios"),
        MultiFieldPanel(
            [FieldPanel("if_a_child_tells"), FieldPanel("follow_up"), FieldPanel("show_support")], heading=_("Care")
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("aim"),
        index.SearchField("steps"),
        index.SearchField("scenarios"),
        index.FilterField("session"),
    ]

    class Meta:
        verbose_name = _("session plan")
        verbose_name_plural = _("session plans")

    def route(self, request, path_components):
        """Below a plan's own address stand its steps, one a screen."""
        if path_components == ["steg"] and self.live:
            return RouteResult(self, kwargs={"screen": "steps"})
        return super().route(request, path_components)

    def get_template(self, request, *args, screen="", **kwargs):
        return self.steps_template if screen == "steps" else super().get_template(request, *args, **kwargs)

    def get_context(self, request, *args, screen="", **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # The title follows at once: without it the way here leaves room for the support link, on a phone too.
        context["crumbs"] = context["crumbs"][:-1]
        self.session = self._session_with_its_pair()
        if self.session.pair:
            context["pair_url"] = f"{self.get_url(request).removesuffix(f'{self.slug}/')}{self.session.pair}/"
        context["bands"] = self._bands()
        band = request.GET.get("arskurs", "")
        context["band"] = band if band in [value for value, _short, _label in context["bands"]] else ""
        context["shows_support"] = self.shows_support
        if context["shows_support"]:
            context["contacts"] = SupportContact.objects.shown_to(request)
        context["actions"] = [
            action for hook in hooks.get_hooks("stins_plan_actions") for action in hook(request, self.session)
        ]
        context["page_url"] = self.get_url(request)
        if screen == "steps":
            # One more than the steps: after the last one comes what to do now.
            context["last"] = len(self.steps) + 1
            text = request.GET.get("steg", "")
            context["current"] = min(max(int(text), 1), context["last"]) if text.isdecimal() and len(text) < 4 else 1
        return context

    @property
    def shows_support(self):
        """A sensitive session always shows the support list."""
        return self.show_support or self.session.is_sensitive

    def _session_with_its_pair(self):
        """The session, and the slug of the plan beside this one that belongs to it: the staff's, or the pupils'."""
        pairs = Q(session__prepares=OuterRef("pk")) | Q(session__prepared_by=OuterRef("pk"))
        pair = SessionPlanPage.objects.sibling_of(self, inclusive=False).live().filter(pairs).values("slug")[:1]
        sessions = Session.objects.select_related("programme", "prepares").annotate(pair=Subquery(pair))
        return sessions.get(pk=self.session_id)

    def _bands(self):
        """The ages for which the steps differ, to choose among; a leader has one class before them."""
        used = {line["grades"] for step in self.steps for line in step.value["lines"]}
        return [(band, band.replace("-", "–"), label) for band, label in GradeBand.choices if band and band in used]

    def clean(self):
        """Refuse what is wrong at any time; what is only unfinished is refused when it is to be published."""
        super().clean()
        errors = {}
        if self.session_id and self._plans_of_the_same_session().exists():
            errors["session"] = _("There is already a plan for this session.")
        if not self.is_draft:
            errors |= self._unfinished()
        if errors:
            raise ValidationError(errors)

    def _plans_of_the_same_session(self):
        parent = self.coming_parent or self.get_parent()
        plans = SessionPlanPage.objects.filter(session=self.session_id, locale=self.locale_id).exclude(pk=self.pk)
        return plans.descendant_of(parent.get_parent()) if parent else plans.none()

    def _unfinished(self):
        errors = {}
        total = sum(step.value.get("minutes") or 0 for step in self.steps)
        if total != self.minutes:
            errors["minutes"] = _("The steps add up to %(total)s minutes, the plan says %(minutes)s.") % {
                "total": total,
                "minutes": self.minutes,
            }
        if self.session_id and self.session.is_sensitive and not self.guidance:
            errors["guidance"] = _("A sensitive session opens with guidance to the leader.")
        return errors

    @property
    def question_to_take_home(self):
        """What to ask at the dinner table, when the plan ends with such a question; else an empty text."""
        points = [point.value for point in self.follow_up]
        return next((point.removeprefix(TAKE_HOME) for point in points if point.startswith(TAKE_HOME)), "")

    @cached_property
    def told_scenarios(self):
        """The scenarios as they read today, in the order of the plan; one that was deleted is left out."""
        return [scenario.value for scenario in self.scenarios if scenario.value]

    @property
    def changed_at(self):
        """When what the plan says was last changed: its own words, or a scenario's; None before it was published."""
        moments = [self.last_published_at, *[scenario.changed_at for scenario in self.told_scenarios]]
        return max(moments) if self.last_published_at else None

    @cached_property
    def core_parts(self):
        """The steps that may not be left out, as (id, label): the id stays the same from version to version."""
        return _core_parts(self.steps)

    def revision_live_on(self, day):
        """The version of this plan that was published on a day; see the query of the same name."""
        return SessionPlanPage.objects.filter(pk=self.pk).revision_live_on(day)


def core_parts_of(revision):
    """The core parts of one version of a plan, as (id, label); empty without a version.

    Read from the steps alone: to make the whole page of that day again would ask seven more questions.
    """
    if revision is None:
        return []
    return _core_parts(SessionPlanPage._meta.get_field("steps").to_python(revision.content["steps"]))


def _core_parts(steps):
    return [(step.id, step.value["core_label"]) for step in steps if step.value["is_core"]]
