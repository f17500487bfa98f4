"""In whose name something is said: the member's own, or only that of their group."""

from collections.abc import Mapping
from secrets import token_bytes
from typing import Any

from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.voices.annotations import Annotation
from domain.models.voices.replies import Reply
from domain.queries.voices.vantage import many_stand_there
from domain.rules.canonical import SALT_BYTES
from domain.services.steps.refusing import impossible
from domain.talk import Voice


async def spoken(
    tx: Transaction, actor: Actor, fields: Mapping[str, Any], *, group_voice: bool
) -> dict[str, Any]:
    """What is said with the columns that say who says it; `group_voice` is the journey's.

    For their group somebody speaks without a name, and names no department in which they would be
    found out: one where fewer than three active members of the group stand.
    """
    where = {"author_group": actor.group.value, "author_department_id": actor.department_id}
    if fields.get("voice", Voice.MEMBER) == Voice.MEMBER:
        return {**fields, **where, "author_id": actor.member_id}
    if actor.answered_by is not None:
        detail = "A program speaks in its own name: say voice member."
        raise impossible(detail, "program_speaks_for_nobody", "voice")
    if not group_voice:
        detail = (
            "In this journey nobody speaks for their group any more: say voice member, which shows"
            " your name, or ask its owner."
        )
        raise impossible(detail, "group_voice_off", "voice")
    if fields.get("attributed_to"):
        detail = "What is said for a group names nobody: leave attributed_to out."
        raise impossible(detail, "attributed_group_voice", "attributed_to")
    if actor.department_id is not None and not await many_stand_there(tx, actor):
        where["author_department_id"] = None
    secret = {"hidden_author_id": actor.member_id, "author_salt": token_bytes(SALT_BYTES)}
    return {**fields, **where, **secret, "author_id": None}


def by_author(verb: Verb, said: Annotation | Reply) -> Fact:
    """Something its author did to it, told without their name where it was said for a group."""
    return Fact(verb, said, hidden=said.voice == Voice.GROUP, salt=said.author_salt)
