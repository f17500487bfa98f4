"""Who may do what: the one table, the gate that asks it, and the words that print it."""

from domain.actor import Standing
from domain.policy.gate import (
    allowed,
    groups_with,
    knock,
    permits,
    require,
    require_scope,
    scope_missing,
)
from domain.policy.matrix import POLICY
from domain.policy.rule import Rule
from domain.policy.scopes import PERSONAL, SCOPES, scope_of
from domain.policy.words import Cell, Row, as_markdown, table

__all__ = [
    "PERSONAL",
    "POLICY",
    "SCOPES",
    "Cell",
    "Row",
    "Rule",
    "Standing",
    "allowed",
    "as_markdown",
    "groups_with",
    "knock",
    "permits",
    "require",
    "require_scope",
    "scope_missing",
    "scope_of",
    "table",
]
