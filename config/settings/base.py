"""What every installation shares; values come from the environment and are documented in docs/settings.md."""

import os
import tomllib
from importlib.util import find_spec
from pathlib import Path

import environ
from django.conf import global_settings

from config.languages import SOURCE, chosen_languages, make_known, spoken_languages
from config.settings.editing import *
from config.sso import read_single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

# A secret may stand in a file of its own, as Docker and systemd hand them over: SECRET_KEY_FILE=/run/secrets/key.
for _secret in (
    "SECRET_KEY",
    "DATABASE_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "SS12000_TOKEN",
    "SS12000_CLIENT_SECRET",
    "PSEUDONYM_KEY",
):
    if _file := os.environ.get(f"{_secret}_FILE"):
        os.environ.setdefault(_secret, Path(_file).read_text().strip())

# Stands in every file that is made, so that it can be told which software counted.
STINS_VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

DEBUG = False
DEMO = env.bool("DEMO", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "programmes",
    "curriculum",
    "cms",
    "accounts",
    "wagtail_localize",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "import_export",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *(["allauth.socialaccount.providers.saml"] if find_spec("onelogin") else []),
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # Wagtail says with it how long ago something was: its Swedish comes with the app
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # Outermost: what these say stands on refused requests and on static files too.
    "cms.middleware.SafeHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.LanguageMiddleware",
    "cms.middleware.AdminPolicyMiddleware",
    "cms.middleware.SearchBoxMiddleware",
    "cms.middleware.NoNullMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "programmes.middleware.MunicipalityMiddleware",
    "programmes.middleware.SignInMiddleware",
    "programmes.middleware.AdministrationMiddleware",
    "programmes.middleware.MentorDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context_processors.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "config.forms.FormRenderer"

# SQLite is the default and is made safe under concurrency: readers never wait (WAL), a writer
# takes its lock at once (IMMEDIATE) and waits for its turn instead of failing half-way.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'stins.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # PostgreSQL would compile the question of a large report for longer than it takes to answer it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCESSES = env.int("WEB_CONCURRENCY", default=1)
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://stins")}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = SOURCE
# The public pages can be had in more languages, each under its code: /ar/stod/. Everything else is in Swedish.
LANGUAGES_BIDI = [*global_settings.LANGUAGES_BIDI, *make_known()]
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = chosen_languages(
    env.list("CONTENT_LANGUAGES", default=["en", "ar"] if DEMO else [])
)
SPOKEN_LANGUAGES = spoken_languages(code for code, _name in LANGUAGES)
WAGTAIL_I18N_ENABLED = len(LANGUAGES) > 1
# A translation is a draft until somebody publishes it.
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
# Our own words, what Wagtail leaves in English in its Swedish, and the Swedish that the import library has none of.
LOCALE_PATHS = [BASE_DIR / "locale" / folder for folder in ("", "wagtail", "import_export", "names")]
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "first_name", "last_name", "alias"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "programmes:start"
LOGOUT_REDIRECT_URL = "/"

# allauth is the only door: the login forms of Wagtail and of Django's admin are closed in urls.py.
ACCOUNT_ADAPTER = "programmes.adapters.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Stins: "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"confirm_login_code": "accounts.forms.LoginCodeForm"}
# A code by e-mail: digits only, for a phone's keypad; eight of them, and three tries.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 8}
# A whole school sits behind one address: what is counted per address is generous, per account strict.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "200/m/ip,10/5m/key",
    "request_login_code": "600/m/ip,3/m/key,10/h/key",
    "login_code_guess": "3/15m/key",
    "invite": "200/h/user",
    "parent_feedback": "300/10m/ip",
    "parent_sign_up": "300/10m/ip,6/h/key",
    "survey_answer": "1500/10m/ip",
    "survey_code": "200/10m/ip",
    "reset_password": "200/m/ip,5/m/key",
    "reset_password_from_key": "200/m/ip",
}

# The second factor: an app, a passkey or a recovery code, asked of the roles in enums.SECOND_FACTOR_ROLES.
SECOND_FACTOR_REQUIRED = not DEMO
MFA_ADAPTER = "programmes.adapters.StaffMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Stins"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are given, never taken: nobody sits on another's address
MFA_FORMS = {"add_webauthn": "accounts.forms.PasskeyForm"}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
USERSESSIONS_ADAPTER = "programmes.adapters.StaffUserSessionsAdapter"

# The municipality's own sign-in (docs/sign-in.md). It says who somebody is, never what they may do.
SINGLE_SIGN_ON = read_single_sign_on(env.str("SSO_FILE", default=""))
SOCIALACCOUNT_PROVIDERS = SINGLE_SIGN_ON.providers
SOCIALACCOUNT_ADAPTER = "programmes.adapters.StaffSocialAccountAdapter"
# A link, not a form: `form-action` would stop a form on its way to the municipality's server.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# A workbook of sixty sheets has more columns to match than Django's thousand fields, and so has a long plan in Wagtail.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # no script of ours reads it: forms and htmx carry the token themselves
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "media-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Of what a browser can, Stins uses a lit screen while a plan is read, and passkeys; nothing else, and no other site.
PERMISSIONS_POLICY = ", ".join(
    [
        *(f"{power}=()" for power in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope")),
        *(f"{power}=()" for power in ("magnetometer", "microphone", "midi", "payment", "usb", "browsing-topics")),
        *(f"{power}=(self)" for power in ("screen-wake-lock", "publickey-credentials-get", "fullscreen")),
    ]
)

# What is kept for how long; a municipality's own days and reference numbers stand in a file of its own.
RETENTION_FILE = BASE_DIR / "config" / "retention.yaml"
RETENTION_DECISIONS = env.str("RETENTION_DECISIONS", default="")

# Where the two admins stand; a municipality may move them away from where anyone would look.
WAGTAIL_ADMIN_PATH = env.str("ADMIN_PATH", default="admin").strip("/")
DJANGO_ADMIN_PATH = env.str("DJANGO_ADMIN_PATH", default="django-admin").strip("/")
# Whom to tell about a weakness: an e-mail address or an https address, told at /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

EMAIL_TIMEOUT = 10  # seconds: a mail server that does not answer keeps nobody waiting longer
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="stins@localhost")

WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")

# The school year from which förskoleklass is year 1 and year 9 is year 10 (Riksdagen, bet. 2024/25:UbU17).
GRADE_RENUMBERING_START_YEAR = env.int("GRADE_RENUMBERING_START_YEAR", default=2028)
# How long the link of an invitation works, in days.
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
# After how many days editors are reminded to check a contact of the support list.
CONTACT_CHECK_DAYS = env.int("CONTACT_CHECK_DAYS", default=180)
# For how many days after a meeting parents can answer the two questions about it.
FEEDBACK_DAYS = env.int("FEEDBACK_DAYS", default=7)
# Names schools and classes in evaluation packages; another key gives other names (docs/evaluation.md).
PSEUDONYM_KEY = env.str("PSEUDONYM_KEY", default="")
# From how many deliveries on a file is made by the background worker, and not while the person waits.
BACKGROUND_ROWS = env.int("BACKGROUND_ROWS", default=20_000)
# How long after saving a report can be undone from the message, in minutes.
UNDO_MINUTES = env.int("UNDO_MINUTES", default=30)

# Skolverket's register of schools, asked only when a person says so. Empty: it is not offered.
SCHOOL_REGISTER_URL = env.str("SCHOOL_REGISTER_URL", default="https://api.skolverket.se/skolenhetsregistret/v2")
# An SS 12000 register, and what opens it: a token, or an address that gives one (docs/import.md).
SS12000_URL = env.str("SS12000_URL", default="")
SS12000_TOKEN = env.str("SS12000_TOKEN", default="")
SS12000_TOKEN_URL = env.str("SS12000_TOKEN_URL", default="")
SS12000_CLIENT_ID = env.str("SS12000_CLIENT_ID", default="")
SS12000_CLIENT_SECRET = env.str("SS12000_CLIENT_SECRET", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
