"""Every table, in one import: migrations and the ledger walk them."""

from domain.models.identity import accounts, departments, invitations, members, organizations
from domain.models.maps import channels, journeys, lanes, personas, stages, touchpoints
from domain.models.moments import moments
from domain.models.records import idempotency, ledger, subjects
from domain.models.voices import annotations, ratings

__all__ = [
    "accounts",
    "annotations",
    "channels",
    "departments",
    "idempotency",
    "invitations",
    "journeys",
    "lanes",
    "ledger",
    "members",
    "moments",
    "organizations",
    "personas",
    "ratings",
    "stages",
    "subjects",
    "touchpoints",
]
