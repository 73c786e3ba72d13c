"""The checks: the same wiring, with nothing that leaves the machine or takes time on purpose."""

import os

os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ["CONTENT_LANGUAGES"] = "en,ar,so,syr"
os.environ["SCHOOL_REGISTER_URL"] = ""

from config.settings.base import *
from config.settings.base import DATABASES, VAR_DIR

if DATABASES["default"]["ENGINE"] == "config.sqlite":
    # Said in so many words: else each worker of the checks gets a file of that name in place of its own memory.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
SECRET_KEY = "only-for-the-checks-and-never-for-a-server-anywhere"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = VAR_DIR / "static-test"

# Nearly every check signs somebody in without a browser; those of the second factor turn this on.
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
