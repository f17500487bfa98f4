"""How a reader stands towards a proposal, and what they may do with it."""

from collections.abc import Mapping
from dataclasses import replace

from domain.actor import Actor, Standing
from domain.database import Row
from domain.policy import allowed, permits
from domain.queries.maps.places import place_from
from domain.roles import Condition, May, Relation
from domain.talk import Proposable, ProposalStatus

DIRECT: Mapping[Proposable, May] = {
    Proposable.TOUCHPOINT: May.EDIT_JOURNEY,
    Proposable.STAGE: May.EDIT_JOURNEY,
    Proposable.CELL: May.EDIT_JOURNEY,
    Proposable.MOMENT: May.STATE_STAKES,
}
"""What the same change takes of whoever makes it directly."""
_WHILE_OPEN = (May.DECIDE_PROPOSAL, May.WITHDRAW_PROPOSAL)


def standing_towards(row: Row, actor: Actor) -> Standing:
    """The actor's standing towards a proposal: whether it is theirs, and could be their change.

    Whether the journey is open is asked once, of the decision itself.
    """
    place = place_from({**row, "id": row["journey_id"], "status": row["journey_status"]}, actor)
    ties = {Relation.AUTHOR} if row["author_id"] == actor.member_id else set()
    directly = place.standing(actor, conditions=(Condition.OPEN,))
    # It is the member who could, whatever the token that they decide with was made for.
    member = replace(actor, scopes=None)
    if permits(member, DIRECT[Proposable(row["about"])], directly):
        ties.add(Relation.MAY_MAKE_CHANGE)
    return place.standing(actor, *ties)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a proposal: nothing once it was decided or withdrawn."""
    if row["status"] != ProposalStatus.OPEN:
        return []
    return allowed(actor, _WHILE_OPEN, standing_towards(row, actor))
