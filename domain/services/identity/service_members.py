"""Service members: a program as a member of the organization."""

from collections.abc import Mapping
from typing import Any

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.models.identity.accounts import Account
from domain.policy import require
from domain.queries.identity.members import member as member_row
from domain.roles import May
from domain.services.steps import joining
from domain.services.steps.references import check_references
from domain.words import MemberKind


async def create(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> Row:
    """Take a program in. It signs in nowhere, gets no letters, and acts by access tokens only."""
    head = await ledger.lock_organization(tx, actor)
    require(actor, May.MANAGE_MEMBERS, actor.standing())
    await check_references(tx, actor, fields)
    account = Account(email=None, name=fields["name"])
    await tx.add(account)
    standing = {name: value for name, value in fields.items() if name != "name"}
    place = joining.Place(**standing, kind=MemberKind.SERVICE)
    made, _ = await joining.join(tx, actor, head, account, place)
    return await member_row(tx, actor, made.id)
