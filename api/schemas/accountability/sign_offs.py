"""Sign-offs and their rules on the wire."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Count, Instant, Reply, Revision, Text, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.duties import SignOffDecision
from domain.policy import allowed
from domain.queries.accountability.signers import Signing
from domain.queries.maps.places import Place
from domain.queries.page import Page
from domain.roles import Group, May
from domain.words import SubjectKind

Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
MAYS = (May.SET_SIGN_OFF_RULES, May.SIGN_OFF)
Required = Annotated[int, Meta(ge=1, le=100)]


class SignOffRuleNew(Body):
    """So many approvals of a group, or of a department and all below it: name one of them."""

    group: Group | None = None
    department_id: UUID | None = None
    required: Required = 1


class SignOffRulesSet(Body):
    """All the rules of a journey or moment; what is not named is no longer required."""

    rules: Annotated[list[SignOffRuleNew], Meta(max_length=50)]


class SignOffRule(Reply):
    """How far one rule is met.

    `given` and `stale` count approvals of what is there now, and of what was there before;
    `objections` those who request changes to what is there now. `eligible` counts the active
    members who are asked; up to 50 of those who have not decided on what is there now are in
    `waiting_for`, first those whose sign-off went stale. Where fewer are eligible than required, an
    executive can override the rule.
    """

    id: UUID
    group: Group | None
    department_id: UUID | None
    required: Count
    given: Count
    stale: Count
    objections: Count
    eligible: Count
    satisfied: bool
    approved_by: list[UUID]
    stale_by: list[UUID]
    objected_by: list[UUID]
    waiting_for: list[UUID]


class SignOffRules(Reply):
    """Who has to approve a journey or moment, and what is missing.

    `content_hash` stands for the content as it is now: send it with a sign-off, so that nobody
    approves what they have not read. Nothing is asked of a retired moment. `may` names what you may
    do now.
    """

    subject_id: UUID
    subject_kind: SubjectKind
    journey_id: UUID
    touchpoint_id: UUID | None
    version: Version
    content_hash: str
    satisfied: bool
    rules: list[SignOffRule]
    may: list[str]


class SignOffNew(Body):
    """A decision on a journey or moment as it is now.

    With `content_hash` it is refused if the content has changed since you read it. A comment says
    which changes are requested.
    """

    subject_id: UUID
    decision: SignOffDecision
    comment: Text = ""
    content_hash: Hash | None = None


class SignOff(Reply):
    """What a member decided on the content as it was at `revision` of the journey.

    It is `stale` while the content differs from that, and `current` until the member decides anew.
    `member_group` and `member_department_id` are where they stood. `sole_signer`: the last edit was
    their own, and nobody else was eligible.
    """

    id: UUID
    version: Version
    journey_id: UUID
    subject_id: UUID
    touchpoint_id: UUID | None
    member_id: UUID
    member_group: Group
    member_department_id: UUID | None
    decision: SignOffDecision
    comment: str
    content_hash: str
    revision: Revision
    sole_signer: bool
    stale: bool
    current: bool
    created_at: Instant
    superseded_at: Instant | None


class SignOffPage(Reply):
    """Sign-offs, newest first."""

    items: list[SignOff]
    next_cursor: str | None


def sign_off_page(page: Page) -> SignOffPage:
    """A page of sign-offs."""
    items = [present(SignOff, row) for row in page.rows]
    return SignOffPage(items=items, next_cursor=page.next_cursor)


def sign_off_rules(
    rows: Sequence[Row], subject_id: UUID, place: Place, stands: Signing, actor: Actor
) -> SignOffRules:
    """The rules of a subject as this reader sees them."""
    rules = [present(SignOffRule, row, id=row["rule_id"]) for row in rows if row["rule_id"]]
    standing = place.standing(actor, *stands.relations, conditions=stands.conditions)
    assert place.subject_kind is not None
    return SignOffRules(
        subject_id=subject_id,
        subject_kind=SubjectKind(place.subject_kind),
        journey_id=place.journey_id,
        touchpoint_id=place.touchpoint_id,
        version=rows[0]["version"],
        content_hash=rows[0]["content_hash"],
        satisfied=all(rule.satisfied for rule in rules),
        rules=rules,
        may=allowed(actor, () if rows[0]["retired"] else MAYS, standing),
    )
