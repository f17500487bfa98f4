"""Every table, in one import: migrations and the ledger walk them."""

from domain.models.accountability import (
    escalations,
    playbooks,
    responsibilities,
    sign_offs,
    stakeholder_values,
)
from domain.models.identity import accounts, departments, invitations, members, organizations
from domain.models.maps import channels, journeys, lanes, personas, stages, touchpoints
from domain.models.moments import moments
from domain.models.participation import input_requests
from domain.models.records import idempotency, ledger, subjects, visits
from domain.models.voices import annotations, ratings

__all__ = [
    "accounts",
    "annotations",
    "channels",
    "departments",
    "escalations",
    "idempotency",
    "input_requests",
    "invitations",
    "journeys",
    "lanes",
    "ledger",
    "members",
    "moments",
    "organizations",
    "personas",
    "playbooks",
    "ratings",
    "responsibilities",
    "sign_offs",
    "stages",
    "stakeholder_values",
    "subjects",
    "touchpoints",
    "visits",
]
