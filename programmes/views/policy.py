"""What each role may see and do, for anyone to read: the policy file in words."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from curriculum.models import Programme
from programmes import rules
from programmes.rules.policy import Reach, RightLine, RoleLine

REACHES = {
    Reach.CLASS: _("in their classes"),
    Reach.SCHOOL: _("at the school"),
    Reach.MUNICIPALITY: _("in the whole municipality"),
}


@dataclass(frozen=True)
class Right:
    """A line of a role's table: what, and where."""

    says: str
    where: str


@login_not_required
def role_list(request):
    policy, own = rules.policy(), rules.roles_of(request.user, on=timezone.localdate())
    names = dict(Programme.objects.values_list("code", "name"))
    lines = [line for line in (*policy.sees.values(), *policy.may.values()) if line.says]
    roles = [
        {"line": role, "rights": [right for line in lines if (right := _right(line, role, names))], "own": key in own}
        for key, role in policy.roles.items()
    ]
    return render(request, "programmes/people/roles.html", {"roles": roles})


def _right(line: RightLine, role: RoleLine, names: dict[str, str]) -> Right | None:
    if line.by == "gives" and role.gives:
        given = [given.name for given in rules.policy().roles.values() if given.key in role.gives]
        return Right(line.says, ", ".join(map(str, given)))
    if line.by == "programmes" and role.programmes:
        return Right(line.says, ", ".join(name for code, name in names.items() if code in role.programmes))
    reach = line.reach.get(role.key)
    return Right(line.says, capfirst(REACHES[reach])) if reach else None
