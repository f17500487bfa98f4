"""Erasing a person: their words and names go, what they were to others stays as an id."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Conflict, Underway
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.identity.accounts import Membership
from domain.models.identity.invitations import Invitation
from domain.models.identity.members import Member
from domain.models.metrics.data_points import Recording
from domain.policy import require
from domain.queries.identity import accounts
from domain.queries.identity.erasure import (
    Person,
    addresses_of,
    hidden_among,
    invitations_of,
    journeys_with_words,
    recordings_of,
    with_labels,
    words_of,
)
from domain.queries.identity.members import member, standing
from domain.queries.inbox.forgetting import forget_inbox, forget_jobs
from domain.queries.records import search_words
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.erasing import (
    empty_revisions,
    forget_identities,
    forget_replies,
    is_own,
    leave,
    silence,
)
from domain.services.steps.places import current
from domain.services.steps.subjects import entity
from domain.words import InvitationStatus, MemberStatus

NOBODY: dict[str, Any] = {
    "name": "",
    "title": "",
    "account_id": None,
    "administrator": False,
    "may_create_journeys": False,
    "status": MemberStatus.ERASED.value,
}


async def erase(tx: Transaction, actor: Actor, member_id: UUID, expected: int) -> Row:
    """Erase a member for good; the account too, if it is a member nowhere else.

    The account is held first, then the organization, the member, and the journeys: nobody holds
    them in another order. Once the member is changed nothing they began to write is still underway.
    """
    before = await member(tx, actor, member_id)
    account = await accounts.held(tx, before["account_id"]) if before["account_id"] else None
    head = await ledger.lock_organization(tx, actor)
    before = await member(tx, actor, member_id)
    require(actor, May.ERASE_MEMBER, standing(before, actor))
    if before["status"] == MemberStatus.ERASED or account is None:
        raise Conflict("This member has been erased already.", code="member_erased")
    current(before["version"], expected)
    named = Person(member_id, before["name"], await addresses_of(tx, actor, member_id))
    person = await with_labels(tx, actor, named)
    change(await entity(tx, actor, Member, member_id), NOBODY)
    await tx.flush()
    own, outside = await _silence(tx, actor, person)
    await _leave(tx, actor, await ledger.record(tx, actor, head, *outside), person, account["id"])
    await forget_replies(tx, actor, person, own)
    await search_words.forget(tx, actor.organization_id)
    await forget_inbox(tx, member_id)
    await forget_jobs(tx, member_id)
    await forget_identities(tx, actor.organization_id, member_id)
    return await member(tx, actor, member_id)


async def _silence(
    tx: Transaction, actor: Actor, person: Person
) -> tuple[list[UUID], Sequence[Fact]]:
    """Empty what they said in every journey, one entry for each thing.

    Returns what was all theirs, and what is to be told of what they said outside of journeys.
    """
    heads = {
        journey_id: await ledger.lock(tx, actor, journey_id)
        for journey_id in await journeys_with_words(tx, actor, person)
    }
    facts: dict[UUID | None, list[Fact]] = defaultdict(list)
    own: list[UUID] = []
    found = await words_of(tx, actor, person)
    hidden = await hidden_among(tx, actor, found)
    for said in found:
        if said.journey_id is not None and said.journey_id not in heads:
            raise Underway("This member has said something just now: repeat in a second.")
        if is_own(said, person):
            own.append(said.id)
        if fact := silence(said, person, unseen=said.id in hidden):
            facts[said.journey_id].append(fact)
    await empty_revisions(tx, actor, person, own)
    for journey_id, head in heads.items():
        await ledger.touch(tx, head)
        await ledger.record(tx, actor, head, *facts[journey_id])
    return own, facts[None]


async def _leave(
    tx: Transaction, actor: Actor, head: Locked, person: Person, account_id: UUID
) -> None:
    """Empty the member, their invitations and where their data came from; end the membership."""
    erased = await entity(tx, actor, Member, person.member_id)
    invitations = await invitations_of(tx, actor, person)
    recordings = await recordings_of(tx, actor, person)
    told: list[Member | Invitation | Recording] = [erased, *invitations, *recordings]
    await empty_revisions(tx, actor, person, [one.id for one in told])
    facts = [_withdrawn(invitation) for invitation in invitations]
    facts += [_without_source(recording) for recording in recordings]
    await ledger.record(tx, actor, head, *facts, Fact(Verb.MEMBER_ERASED, erased))
    membership = await tx.entity(Membership, (account_id, actor.organization_id))
    assert membership is not None, "every member who is not erased has a membership"
    await leave(tx, membership)


def _withdrawn(invitation: Invitation) -> Fact:
    pending = invitation.status == InvitationStatus.PENDING
    status = InvitationStatus.REVOKED.value if pending else invitation.status
    change(invitation, {"email": "", "name": "", "title": "", "status": status})
    return Fact(Verb.INVITATION_ERASED, invitation)


def _without_source(recording: Recording) -> Fact:
    change(recording, {"source": ""})
    return Fact(Verb.RECORDING_ERASED, recording)
