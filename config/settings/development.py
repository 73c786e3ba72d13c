"""`make run`: works without any settings, on the machine it runs on and for nobody else."""

import secrets

from config.settings.base import *
from config.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

# A key of this machine's own, made once: sign-ins survive a restart and no default key exists to leak.
VAR_DIR.mkdir(exist_ok=True)
_key_file = VAR_DIR / "secret-key"
if not _key_file.exists():
    _key_file.write_text(secrets.token_urlsafe(50))
    _key_file.chmod(0o600)
SECRET_KEY = env.str("SECRET_KEY", default=_key_file.read_text())
