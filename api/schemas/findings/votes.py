"""Votes on the wire."""

import msgspec

from api.schemas.base import Count, Reply


class VotesByGroup(Reply):
    """How many of each group voted for it, each where they stood when they did."""

    frontline_staff: Count
    support_staff: Count
    decision_maker: Count
    executive: Count


class Votes(Reply):
    """Who thinks that it matters; `mine` tells whether you do."""

    count: Count
    by_group: VotesByGroup
    mine: bool


_VOTES = msgspec.json.Decoder(Votes)


def votes(told: str) -> Votes:
    """From the JSON of domain.queries.findings.votes."""
    return _VOTES.decode(told)
