"""What follows from accepting an invitation, however one shows who one is."""

from dataclasses import replace
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ids import new_id
from domain.ledger import Fact, Locked
from domain.models.identity.accounts import Account
from domain.models.identity.invitations import Invitation
from domain.models.identity.members import Member
from domain.roles import Group
from domain.services.steps import joining
from domain.services.steps.changing import change
from domain.words import InvitationStatus


class InvitationGone(NotFound):
    """What is said of every secret that opens nothing, whatever the reason."""

    code = "invitation_gone"
    detail = (
        "This invitation is not good any more: it was accepted, taken back, sent again, or has"
        " expired. Ask whoever invited you to send it again."
    )


async def accept(
    tx: Transaction, newcomer: Actor, head: Locked, account: Account, offer: Row
) -> tuple[Member, Actor, Locked]:
    """Make an account the member that an invitation offers to make, and the invitation used."""
    member, head = await joining.join(tx, None, head, account, _place(offer))
    newcomer = replace(newcomer, account_id=account.id, member_id=member.id)
    invitation = await tx.entity(Invitation, (newcomer.organization_id, offer["id"]))
    assert invitation is not None, "the stream is held"
    change(invitation, {"status": InvitationStatus.ACCEPTED.value, "member_id": member.id})
    head = await ledger.record(tx, newcomer, head, Fact(Verb.INVITATION_ACCEPTED, invitation))
    return member, newcomer, head


def _place(offer: Row) -> joining.Place:
    return joining.Place(
        group=Group(offer["group"]),
        title=offer["title"],
        department_id=offer["department_id"],
        manager_id=offer["manager_id"],
        administrator=offer["administrator"],
        may_create_journeys=offer["may_create_journeys"],
    )


def newcomer(organization_id: UUID, offer: Row) -> Actor:
    """Who acts: the member to be, whose ids are known once they have joined."""
    return Actor(
        account_id=new_id(),
        organization_id=organization_id,
        member_id=new_id(),
        session_id=new_id(),
        group=Group(offer["group"]),
        department_id=offer["department_id"],
        department_ids=frozenset(),
        administrator=offer["administrator"],
        may_create_journeys=offer["may_create_journeys"],
    )
