"""What somebody said, on the wire: the words as written and as shown, and whom they mention."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from msgspec.json import Decoder

from api.markdown import Names, rendered
from api.schemas.base import Instant, Reply
from domain.actor import Actor
from domain.roles import Group
from domain.rules.mentions import Mentioned
from domain.talk import Voice
from domain.words import ReplyStatus


class MentionedMember(Reply):
    """A member who is mentioned, by the name they have now; empty once they were erased."""

    id: UUID
    name: str


class MentionedDepartment(Reply):
    """A department that is mentioned, by the name it has now."""

    id: UUID
    name: str


class Mentions(Reply):
    """Whom the words mention. Tokens such as `@[member:UUID]` stand for them in `body`."""

    members: list[MentionedMember]
    departments: list[MentionedDepartment]
    groups: list[Group]


class LastReply(Reply):
    """One of the last answers in a thread, as `listReplies` tells it in full.

    `body` is null for whatever was withdrawn or hidden and is not yours.
    """

    id: UUID
    body: str | None
    body_html: str | None
    mentions: Mentions
    status: ReplyStatus
    voice: Voice
    author_id: UUID | None
    author_name: str | None
    author_title: str | None
    author_group: Group
    author_department_id: UUID | None
    author_department_name: str | None
    attributed_to: str
    mine: bool
    created_at: Instant


class _Card(Reply):
    id: UUID
    body: str | None
    mentions: Mentions | None
    status: ReplyStatus
    voice: Voice
    author_id: UUID | None
    author_name: str | None
    author_title: str | None
    author_group: Group
    author_department_id: UUID | None
    author_department_name: str | None
    attributed_to: str
    mine: bool
    created_at: Instant


NOBODY = Mentions(members=[], departments=[], groups=[])
FORMER = "former member"
_MENTIONS = Decoder(Mentions)
_CARDS = Decoder(list[_Card])


@lru_cache(maxsize=1024)
def mentions(told: str | None) -> Mentions:
    """Whom words mention, from what the statement tells of it."""
    return NOBODY if told is None else _MENTIONS.decode(told)


def html(body: str | None, mentioned: Mentions) -> str | None:
    """The words as HTML, with the names of those they mention."""
    if body is None:
        return None
    return rendered(body, () if mentioned is NOBODY else _names(mentioned))


def _names(mentioned: Mentions) -> Names:
    people = ((Mentioned.MEMBER, one.id, one.name or FORMER) for one in mentioned.members)
    units = ((Mentioned.DEPARTMENT, one.id, one.name) for one in mentioned.departments)
    named = tuple((f"{kind}:{id_}", name) for kind, id_, name in (*people, *units))
    return named + tuple((f"{Mentioned.GROUP}:{one}", one.says) for one in mentioned.groups)


def last_replies(told: str | None) -> list[LastReply]:
    """The last answers, from what the statement tells of them."""
    return [] if told is None else [_last_reply(card) for card in _CARDS.decode(told)]


def _last_reply(card: _Card) -> LastReply:
    fields = {name: getattr(card, name) for name in card.__struct_fields__}
    mentioned = card.mentions or NOBODY
    fields |= {"mentions": mentioned, "body_html": html(card.body, mentioned)}
    return LastReply(**fields)


def as_written(said: Any, names: Mapping[UUID, str], actor: Actor) -> dict[str, Any]:
    """What a reply adds to what its reader has written a moment ago."""
    named = said.voice == Voice.MEMBER
    mentioned = _mentioned(said, names)
    return {
        "mentions": mentioned,
        "body_html": html(said.body, mentioned),
        "author_name": actor.name if named else None,
        "author_title": actor.title if named else None,
        "author_department_name": actor.department_name if said.author_department_id else None,
        "mine": True,
    }


def _mentioned(said: Any, names: Mapping[UUID, str]) -> Mentions:
    if not names and not said.mentioned_groups:
        return NOBODY
    members, departments = said.mentioned_member_ids, said.mentioned_department_ids
    return Mentions(
        members=[MentionedMember(id=one, name=names[one]) for one in members],
        departments=[MentionedDepartment(id=one, name=names[one]) for one in departments],
        groups=[Group(one) for one in said.mentioned_groups],
    )
