"""The chain of an action on the wire: from what somebody said to what moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.schemas.base import Instant, Reply
from api.schemas.outcomes.outcomes import moved_by
from domain.database import Row
from domain.results import OutcomeStatus
from domain.rules.chains import (
    ORDER,
    LinkKind,
    judged_sentence,
    link_sentence,
    waived_sentence,
    who_said,
)


class ChainLink(Reply):
    """One link. `leads_to` are the links that follow from it.

    `member_id` is null for whoever spoke for their group; `group` is where they stood.
    """

    kind: LinkKind
    id: UUID
    leads_to: list[UUID]
    at: Instant
    member_id: UUID | None
    group: str | None
    text: str
    sentence: str


class ActionChain(Reply):
    """How an action came about and what moved after it: what somebody said comes first."""

    action_id: UUID
    journey_id: UUID
    links: list[ChainLink]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of a chain: the action, its links, its outcome, and who they name."""

    action: Row
    links: Sequence[Row]
    leads_to: Mapping[UUID, Sequence[UUID]]
    outcome: Row | None
    names: Mapping[UUID, str]


def named_in(action: Row, links: Iterable[Row], outcome: Row | None) -> set[UUID]:
    """The members that a chain names."""
    ids = {row["member_id"] for row in links} | {action["waived_by"]}
    if outcome is not None:
        ids |= {outcome["recorded_by"], outcome["judged_by"]}
    return ids - {None}


def chain(found: Found) -> ActionChain:
    """The chain in order: by what follows from what, and within that by time."""
    shown = {row["id"] for row in found.links}
    links = [_link(row, found, shown) for row in found.links]
    links += [*_outcome(found), *_waiver(found)]
    links.sort(key=lambda link: (ORDER[link.kind], link.at, link.id))
    action = found.action
    return ActionChain(action_id=action["id"], journey_id=action["journey_id"], links=links)


def _link(row: Row, found: Found, shown: set[UUID]) -> ChainLink:
    member, group = row["member_id"], row["member_group"]
    who = who_said(found.names.get(member), group, named_at_all=member is not None)
    onward = [row["about_id"]] if row["about_id"] else found.leads_to.get(row["id"], ())
    return ChainLink(
        kind=LinkKind(row["kind"]),
        id=row["id"],
        leads_to=[one for one in onward if one in shown],
        at=row["at"],
        member_id=member,
        group=group,
        text=row["text"] or "",
        sentence=link_sentence(row["kind"], who, row["text"] or "", row["detail"]),
    )


def _outcome(found: Found) -> list[ChainLink]:
    row = found.outcome
    if row is None:
        return []
    sentence = moved_by(row).sentence
    told = [_own(LinkKind.OUTCOME, row["id"], row["updated_at"], row["recorded_by"], sentence)]
    if row["judged_by"] is not None:
        who = who_said(found.names.get(row["judged_by"]), None, named_at_all=True)
        said = judged_sentence(who, verified=row["status"] == OutcomeStatus.VERIFIED)
        at, by = row["judged_at"], row["judged_by"]
        told.append(_own(LinkKind.JUDGMENT, row["id"], at, by, said, row["judgment_note"]))
    return told


def _waiver(found: Found) -> list[ChainLink]:
    row = found.action
    if row["waived_by"] is None:
        return []
    reason = row["waiver_reason"]
    who = who_said(found.names.get(row["waived_by"]), None, named_at_all=True)
    said = waived_sentence(who, reason)
    return [_own(LinkKind.WAIVER, row["id"], row["waived_at"], row["waived_by"], said, reason)]


def _own(
    kind: LinkKind, its_id: UUID, at: datetime, member: UUID, sentence: str, text: str = ""
) -> ChainLink:
    return ChainLink(
        kind=kind,
        id=its_id,
        leads_to=[],
        at=at,
        member_id=member,
        group=None,
        text=text,
        sentence=sentence,
    )
