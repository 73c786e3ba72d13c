"""Who has been asked to come to Almskolan: one waits, one has let the link grow old, one came and is the leader."""

import hashlib
from datetime import datetime, time, timedelta

from django.utils import timezone

from programmes.actions.demo.accounts import CENTRE, COORDINATOR, DEMO_DOMAIN, LEADER
from programmes.actions.demo.scene import Scene
from programmes.actions.demo.schools import ALMSKOLAN
from programmes.enums import Role
from programmes.models import Invitation, School

DAYS = 14


def create_invitations(scene: Scene) -> None:
    """Invitations as they would stand on the day; nobody has their links, since no letter was ever sent."""
    schools = {school.name: school for school in School.objects.filter(municipality=scene.municipality)}
    told = [
        (ALMSKOLAN.name, f"elin.dalevi@{DEMO_DOMAIN}", Role.LEADER, COORDINATOR.email, 3, None),
        (ALMSKOLAN.name, f"olof.vikander@{DEMO_DOMAIN}", Role.LEADER, COORDINATOR.email, 40, None),
        (ALMSKOLAN.name, LEADER.email, Role.LEADER, COORDINATOR.email, 90, 88),
        ("Björkskolan", f"nadia.hedlof@{DEMO_DOMAIN}", Role.COORDINATOR, CENTRE.email, 5, None),
    ]
    for name, email, role, by, sent_days_ago, accepted_days_ago in told:
        if name not in schools:
            continue
        sent_at = _morning(scene, sent_days_ago)
        Invitation.objects.create(
            email=email,
            role=role,
            municipality=scene.municipality,
            school=schools[name],
            invited_by=scene.users[by],
            token_hash=_hash_of_no_link(scene, email),
            created_at=sent_at,
            sent_at=sent_at,
            expires_at=sent_at + timedelta(days=DAYS),
            accepted_at=None if accepted_days_ago is None else _morning(scene, accepted_days_ago),
        )


def _morning(scene: Scene, days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(scene.today - timedelta(days=days_ago), time(8, 20)))


def _hash_of_no_link(scene: Scene, email: str) -> str:
    """The same every time, and of no link that anyone could make: it is not what `hash_token` would give."""
    return hashlib.sha512(f"{scene.seed} {email}".encode()).hexdigest()[:64]
