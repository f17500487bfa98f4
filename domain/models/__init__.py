"""Every table, in one import: migrations and the ledger walk them."""

from domain.models.accountability import (
    escalations,
    playbooks,
    responsibilities,
    sign_offs,
    stakeholder_values,
)
from domain.models.exchange import jobs
from domain.models.findings import evidence, findings
from domain.models.identity import (
    accounts,
    departments,
    invitations,
    members,
    organizations,
    providers,
    tokens,
)
from domain.models.inbox import notifications, preferences
from domain.models.integration import webhooks
from domain.models.life import editions
from domain.models.live import streams
from domain.models.maps import channels, journeys, lanes, personas, stages, touchpoints
from domain.models.metrics import data_points, metrics
from domain.models.moments import moments
from domain.models.outcomes import actions, opportunities
from domain.models.participation import input_requests
from domain.models.records import idempotency, ledger, search_words, subjects, visits
from domain.models.voices import annotations, flags, proposals, ratings, replies, supports

__all__ = [
    "accounts",
    "actions",
    "annotations",
    "channels",
    "data_points",
    "departments",
    "editions",
    "escalations",
    "evidence",
    "findings",
    "flags",
    "idempotency",
    "input_requests",
    "invitations",
    "jobs",
    "journeys",
    "lanes",
    "ledger",
    "members",
    "metrics",
    "moments",
    "notifications",
    "opportunities",
    "organizations",
    "personas",
    "playbooks",
    "preferences",
    "proposals",
    "providers",
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
    "tokens",
    "touchpoints",
    "visits",
    "webhooks",
]
