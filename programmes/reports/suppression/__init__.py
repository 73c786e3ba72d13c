"""Small numbers are hidden here and nowhere else: counts of people with an attribute, before percent and rounding.

A report builds one tree of everything that is told of an attribute (class, school, area, municipality), asks
`suppressed` once for the whole municipality and period, and takes what it shows with `.of(key)`, whatever part was
asked for: marks that followed the question would tell by how they differ. Counts of structure, rates of sessions,
head-counts present and staff never pass through here. Source of the rule: docs/adr-0005-suppression.md.
"""

from programmes.reports.suppression.groups import (
    ALL,
    HIDDEN,
    NEAR_ALL,
    NEAR_NONE,
    NOT_REPORTED,
    Group,
    Shown,
    area_key,
    class_key,
    school_key,
    tree_of_schools,
)
from programmes.reports.suppression.hiding import Suppressed, suppressed
from programmes.reports.suppression.joint import Possible, suppressed_jointly
from programmes.reports.suppression.marks import Reason, bits, first_reason
from programmes.reports.suppression.profiles import INTERNAL, OPEN, Profile, profile_of
from programmes.reports.suppression.scales import Change, Told, changed, changed_together, told, told_together

__all__ = [
    "ALL",
    "HIDDEN",
    "INTERNAL",
    "NEAR_ALL",
    "NEAR_NONE",
    "NOT_REPORTED",
    "OPEN",
    "Change",
    "Group",
    "Possible",
    "Profile",
    "Reason",
    "Shown",
    "Suppressed",
    "Told",
    "area_key",
    "bits",
    "changed",
    "changed_together",
    "class_key",
    "first_reason",
    "profile_of",
    "school_key",
    "suppressed",
    "suppressed_jointly",
    "told",
    "told_together",
    "tree_of_schools",
]
