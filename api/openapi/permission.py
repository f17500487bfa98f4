"""Who may use an operation, in the words of the policy."""

from domain.policy import POLICY
from domain.roles import May


def who_may(may: May) -> str:
    """Say who may, as a sentence of the description."""
    return f"Who may: {POLICY[may].says}."
