"""Who can try Ekbacka: one invented person for each role, all with the same open password."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User

DEMO_DOMAIN = "ekbacka.example"
DEMO_PASSWORD = "stins-demo"  # noqa: S105 -- open on purpose; the accounts exist only where DEMO is set


@dataclass(frozen=True)
class DemoAccount:
    """An account that anyone may try: its sign-in, its person, and what the sign-in page calls it."""

    email: str
    first_name: str
    last_name: str
    label: Promise
    description: Promise
    password: str = DEMO_PASSWORD


CENTRE = DemoAccount(
    f"samordnare@{DEMO_DOMAIN}",
    "Helena",
    "Forsvik",
    _("Coordinator, VPC"),
    _("Sees every school and takes out reports"),
)
COORDINATOR = DemoAccount(
    f"koordinator@{DEMO_DOMAIN}",
    "Amir",
    "Lundqvall",
    _("School coordinator"),
    _("Plans the year and reports at Almskolan"),
)
LEADER = DemoAccount(
    f"ledare@{DEMO_DOMAIN}",
    "Jonna",
    "Sandhem",
    _("Session leader"),
    _("Reports for class 3B at Almskolan"),
)
SUPERVISOR = DemoAccount(
    f"handledare@{DEMO_DOMAIN}",
    "Petter",
    "Ågrenius",
    _("MVP supervisor"),
    _("Supports the mentors at Ekbackaskolan"),
)
EDITOR = DemoAccount(
    f"redaktor@{DEMO_DOMAIN}",
    "Mirja",
    "Holmfors",
    _("Editor"),
    _("Writes session plans and the handbook"),
)
EVALUATOR = DemoAccount(
    f"utvarderare@{DEMO_DOMAIN}",
    "Tomas",
    "Ekerlind",
    _("Evaluator"),
    _("Studies the results, for a limited time"),
)
ADMINISTRATOR = DemoAccount(
    f"admin@{DEMO_DOMAIN}",
    "Samira",
    "Norrby",
    _("System administrator"),
    _("Manages accounts, registers and settings"),
)

DEMO_ACCOUNTS = (CENTRE, COORDINATOR, LEADER, SUPERVISOR, EDITOR, EVALUATOR, ADMINISTRATOR)


def is_open_account(user: User) -> bool:
    """Whether anyone may sign in as this person: a demo account with the open password, outside of a demo."""
    return (
        not settings.DEMO
        and user.email in {account.email for account in DEMO_ACCOUNTS}
        and user.check_password(DEMO_PASSWORD)
    )


def open_accounts() -> list[str]:
    """The addresses of all demo accounts that are left with the open password outside of a demo."""
    left = User.objects.filter(email__in=[account.email for account in DEMO_ACCOUNTS], is_active=True)
    return sorted(user.email for user in left if is_open_account(user))
