"""What a person meets when something is not right, the site's pictures, and the page of every component."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.utils import timezone
from django.views.static import serve
from wagtail.views import serve as wagtail_serve

from accounts.rules import find_personal_identity_number
from cms.enums import Audience
from cms.forms import ExampleForm
from cms.models import SiteSettings, SupportContact, find_page, footer_links
from cms.templatetags.line import Line, Stop

# What the shell says where nothing may be asked of the database or of the request.
BARE_SHELL = {
    "site_settings": None,
    "crisis_notice": None,
    "user": None,
    "demo": False,
    "demo_accounts": [],
    "shell_menu": [],
    "shell_tabs": [],
    "shell_home": "/",
    "shell_links": footer_links(),
    "shell_languages": [],
    "shell_speaks": "",
    "messages": [],
}


@login_not_required
def bad_request(request, exception=None):
    """A request that cannot be read; its host may be a lie, so nothing is asked of it."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(loader.render_to_string("413.html", BARE_SHELL), status=413)
    return HttpResponse(loader.render_to_string("400.html", BARE_SHELL), status=400)


@login_not_required
def permission_denied(request, exception=None):
    return HttpResponseForbidden(loader.render_to_string("403.html", _refused(request), request))


@login_not_required
def page_not_found(request, exception=None):
    return HttpResponse(loader.render_to_string("404.html", _refused(request), request), status=404)


def _refused(request):
    """What somebody signed in had written in a form that is refused: a role may end while the form is open.

    Only running text, and nothing like a personal identity number, is shown again; the rest is quickly chosen anew.
    """
    if request.method != "POST" or not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    texts = [text.strip() for name, texts in request.POST.lists() if "password" not in name for text in texts]
    return {
        "is_refused": True,
        "written": [text for text in texts if " " in text and not find_personal_identity_number(text)],
    }


@login_not_required
def server_error(request):
    """Something broke, perhaps the database: the page is made without it."""
    return HttpResponse(loader.render_to_string("500.html", BARE_SHELL), status=500)


@login_not_required
def csrf_failure(request, reason=""):
    return HttpResponseForbidden(loader.render_to_string("403_csrf.html", request=request))


# What every page needs besides itself.
FILES_OF_EVERY_PAGE = (
    "cms/stins.css",
    "cms/stins.js",
    "cms/read.js",
    "cms/fonts/atkinson-hyperlegible-next.woff2",
    "cms/img/favicon.svg",
)


@login_not_required
def service_worker(request):
    """The worker that keeps pages for reading without network; its version follows the product's and its files'."""
    files = [static(name) for name in FILES_OF_EVERY_PAGE]
    mark = hashlib.sha256(" ".join([settings.STINS_VERSION, *files]).encode()).hexdigest()[:12]
    nowhere = loader.render_to_string("cms/offline.html", {"style": files[0]})
    context = {
        "version": f"{settings.STINS_VERSION}-{mark}",
        "files": json.dumps(files),
        "static_prefix": json.dumps(settings.STATIC_URL),
        "nowhere": json.dumps(nowhere),
    }
    response = render(request, "cms/sw.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
def serve_page(request, path):
    """A page of the site, in the language of its address; Wagtail alone would ask twice for what is known by then."""
    page, rest = find_page(request, path)
    if page is None:
        raise Http404
    request._wagtail_route_for_request = page.specific.route(request, rest)
    return wagtail_serve(request, path)


@login_not_required
def image(request, path):
    """A picture of the site in one of its sizes: open to all, as its page is. Documents go through their own view."""
    response = serve(request, path, document_root=Path(settings.MEDIA_ROOT) / "images")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
def favicon(request):
    """Browsers ask for it where a page names none."""
    return redirect(static("cms/img/favicon.png"))


@login_not_required
def security_txt(request):
    """Whom to tell about a weakness (RFC 9116): the setting, else the site's own address."""
    site_settings = SiteSettings.for_request(request)
    contact = settings.SECURITY_CONTACT or (site_settings.contact_email if site_settings else "")
    if not contact:
        raise Http404
    lines = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {timezone.now() + timedelta(days=365):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: sv, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


MONTHS = ["aug", "sep", "okt", "nov", "dec", "jan", "feb", "mar", "apr", "maj", "jun"]
SCALE = [((index + 0.35) / len(MONTHS), month) for index, month in enumerate(MONTHS)]
BASE_LABELS = [(0.18, "Normer"), (0.445, "Aktiva åskådare"), (0.805, "Våld i hemmet")]
TODAY = 0.335


def _example_line(name, signs, **options):
    stops = [
        Stop(position=position, sign=sign, name=f"{name} {title}", is_major=is_major, url=url)
        for position, sign, title, is_major, url in signs
    ]
    return Line(stops=stops, progress=TODAY, scale=SCALE, name=name, **options)


def _example_lines():
    here = "#linjen"
    base = ("Normer och dess konsekvenser", "Aktiva åskådare och förändring", "Våld i hemmet")
    autumn, winter, spring = (0.18, 0.445, 0.805)
    ahead = [(winter, "planned", base[1], True, here), (spring, "planned", base[2], True, here)]
    crowd = [(0.2 + n / 200, "held" if n < 4 else "missing", f"Tilläggspass {n + 1}", False, here) for n in range(8)]
    return [
        _example_line("FA", [(autumn, "held", base[0], True, here), *ahead]),
        _example_line(
            "1A",
            [
                (autumn, "held", base[0], True, here),
                (0.24, "held", "Vad innebär vänskap", False, here),
                (0.57, "planned", "Mobbning", False, here),
                *ahead,
            ],
        ),
        _example_line(
            "2A",
            [
                (autumn, "held", base[0], True, here),
                (0.285, "cancelled", "Grupptryck", False, here),
                (0.65, "planned", "Språkbruk och svordomar", False, ""),
                *ahead,
            ],
        ),
        _example_line(
            "3A",
            [
                (autumn, "missing", base[0], True, here),
                (0.25, "held", "Grupptryck", False, here),
                (0.345, "due", "Mobbning", False, here),
                *ahead,
            ],
        ),
        _example_line("Åk 4–6", [(autumn, "cancelled", base[0], True, here), *crowd, *ahead]),
        _example_line("5A", []),
    ]


def _example_map():
    titles = [
        (0.09, "Normer", "september", True),
        (0.26, "", "Vad innebär vänskap", False),
        (0.4, "", "Grupptryck", False),
        (0.545, "Aktiva åskådare", "december", True),
        (0.68, "", "Mobbning", False),
        (0.83, "Våld i hemmet", "april", True),
        (0.97, "", "Att säga ifrån", False),
    ]
    stops = [
        Stop(
            position=position,
            sign="planned",
            name=label or sublabel,
            is_major=is_major,
            label=label,
            sublabel=sublabel,
        )
        for position, label, sublabel, is_major in titles
    ]
    return Line(stops=stops, name="Tåget")


def _example_mentor_line():
    stops = [
        Stop(
            position=number / 10,
            sign="held" if number < 4 else "due" if number == 4 else "planned",
            name=f"Pass {number + 1}",
            sublabel="nästa pass, tisdag 24 november" if number == 4 else "",
            url="#stationer",
        )
        for number in range(11)
    ]
    return Line(stops=stops, progress=0.4, programme="mvp", name="MVP")


def _example_chart():
    shares = [("Almskolan", "13 av 17", 76.5), ("Cedergrensskolan", "27 av 33", 81.8), ("Djupviks skola", "..", 0)]
    bars = [{"name": name, "words": words, "percents": {"held": held}} for name, words, held in shares]
    return {"caption": "Nådda klasser, skola för skola", "legend": [("held", "nådda")], "bars": bars}


def component_page(request):
    return render(
        request,
        "cms/components.html",
        {
            "lines": _example_lines(),
            "scale": SCALE,
            "labels": BASE_LABELS,
            "today": TODAY,
            "map": _example_map(),
            "mentor_line": _example_mentor_line(),
            "form": ExampleForm(
                initial={
                    "state": "held",
                    "date": "2026-11-17",
                    "group_size": 21,
                    "parts": ["1", "2"],
                    "engagement": "3",
                }
            ),
            "bad_form": ExampleForm({"email": "fel", "group_size": "0"}, prefix="fel"),
            "scale_words": ["Stämmer inte alls", "Stämmer lite", "Stämmer ganska bra", "Stämmer helt"],
            "scale_counts": [1, 4, 9, 6],
            "bars": [
                ("Almskolan", 13, 1, 3),
                ("Björkskolan", 18, 2, 7),
                ("Cedergrensskolan", 27, 2, 4),
                ("Djupviks skola", 25, 1, 0),
                ("Ekbackaskolan", 0, 0, 0),
            ],
            "chart": _example_chart(),
            "needs": [
                {
                    "strong": "3A",
                    "text": "Normer och dess konsekvenser",
                    "small": "skulle hållits senast 30 september",
                    "url": "#linjen",
                    "label": "Rapportera 3A Normer och dess konsekvenser",
                },
                {
                    "strong": "Åk 4–6",
                    "text": "Aktiva åskådare och förändring",
                    "small": "skulle hållits senast 15 november",
                    "url": "#linjen",
                    "label": "Rapportera Åk 4–6 Aktiva åskådare och förändring",
                },
            ],
            "example_page": Paginator(range(150), 50).page(2),
            "figures": [
                {"label": "klasser med alla baspass", "value": "27 av 38"},
                {"label": "genomförandegrad", "value": "79,0 %"},
                {"label": "närvaro", "value": "91,3 %"},
                {"label": "ej rapporterat", "value": "."},
            ],
            "guidance_points": ["Ha stödlistan framme.", "Om någon berättar: lyssna, tacka, lova inte att tiga."],
            "contacts": [
                SupportContact(
                    name="Bris, barnens rätt i samhället",
                    description="Chatt och telefon för den som är under 18 år.",
                    phone="116 111",
                    url="https://www.bris.se/",
                    hours="dygnet runt",
                    audience=Audience.CHILD,
                    checked_date=date(2026, 11, 2),
                )
            ],
            "example_notice": {
                "heading": "Brand vid Ekbackaskolan",
                "text": "Skolan är stängd i dag. Ingen är skadad. Vuxna möter eleverna i Sporthallen.",
                "contacts_in_order": [{"name": "Skolans växel", "phone": "08-465 004 20", "hours": "kl. 7–17"}],
                "last_date": date(2026, 11, 24),
            },
            "programmes": ["taget", "mvp", "abc", "staff"],
            "crumbs": [
                {"label": "Start", "url": "/"},
                {"label": "Skolor", "url": "/skolor/"},
                {"label": "Cedergrensskolan", "url": ""},
            ],
            "views_of_year": [
                {"label": "Linjer", "url": "#flikar", "current": True},
                {"label": "Tabell", "url": "#flikar", "current": False},
            ],
            "example_messages": [
                {
                    "level_tag": "success",
                    "extra_tags": "/admin/komponenter/",
                    "text": "3B Vad innebär vänskap, 17 november, är sparat: 20 av 21 elever.",
                },
                {"level_tag": "warning", "extra_tags": "", "text": "Perioden HT 2026 är stängd."},
                {"level_tag": "error", "extra_tags": "", "text": "Filen är för stor och sparades inte."},
            ],
        },
    )
