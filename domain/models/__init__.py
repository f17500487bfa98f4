"""Every table, in one import: migrations and the ledger walk them."""

from domain.models.accountability import (
    escalations,
    playbooks,
    responsibilities,
    sign_offs,
    stakeholder_values,
)
from domain.models.identity import accounts, departments, invitations, members, organizations
from domain.models.inbox import notifications, preferences
from domain.models.live import streams
from domain.models.maps import channels, journeys, lanes, personas, stages, touchpoints
from domain.models.moments import moments
from domain.models.participation import input_requests
from domain.models.records import idempotency, ledger, search_words, subjects, visits
from domain.models.voices import annotations, flags, proposals, ratings, replies, supports

__all__ = [
    "accounts",
    "annotations",
    "channels",
    "departments",
    "escalations",
    "flags",
    "idempotency",
    "input_requests",
    "invitations",
    "journeys",
    "lanes",
    "ledger",
    "members",
    "moments",
    "notifications",
    "organizations",
    "personas",
    "playbooks",
    "preferences",
    "proposals",
    "ratings",
    "replies",
    "responsibilities",
    "search_words",
    "sign_offs",
    "stages",
    "stakeholder_values",
    "streams",
    "subjects",
    "supports",
    "touchpoints",
    "visits",
]
