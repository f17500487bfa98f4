"""The gate of the contract: what differs from the released document, and what that may cost."""

from api.openapi.stability.changelog import NotReady, newest, released, renewed
from api.openapi.stability.comparison import differences
from api.openapi.stability.pair import Difference
from api.openapi.stability.report import counted, told
from api.openapi.stability.rules import RULES, Weight
from api.openapi.stability.versions import NoVersion, Version, asked_for, refused, version_of

__all__ = (
    "RULES",
    "Difference",
    "NoVersion",
    "NotReady",
    "Version",
    "Weight",
    "asked_for",
    "counted",
    "differences",
    "newest",
    "refused",
    "released",
    "renewed",
    "told",
    "version_of",
)
