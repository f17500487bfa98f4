"""Emptying what a person said: the live rows, and every revision that tells of it."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_from
from sqlalchemy import func, text, update

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction, hot
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.identity.accounts import Account, Membership, PasswordReset, Session
from domain.models.identity.providers import Identity, SignInFlow
from domain.models.identity.tokens import AccessToken
from domain.models.moments.moments import Moment
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.models.voices.replies import Reply
from domain.queries.identity.erasure import Person, Voice, memberships
from domain.queries.identity.texts import EMPTIED
from domain.services.steps.changing import change
from domain.services.steps.emptying import emptied, empty_past, is_theirs
from domain.words import SessionEnd

# Without its salt a digest says nothing any more, and a hidden actor is hidden for good.
_EMPTY = hot(
    text(
        """
        UPDATE revisions SET content = NULL, salt = NULL
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND subject_id = ANY(CAST(:subjects AS uuid[]))
        """
    )
)
# What others said may carry a note of the person for some versions, and a rating a reason that was
# given and taken back.
_EMPTY_NOTES = hot(
    text(
        """
        UPDATE revisions SET content = NULL, salt = NULL
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND subject_kind IN ('annotation', 'reply', 'rating', 'moment')
          AND (
            (position(CAST(:member AS text) IN content) > 0 AND (
                (content::jsonb ->> 'resolved_by' = CAST(:member AS text)
                 AND content::jsonb ->> 'resolution_note' <> '')
                OR (content::jsonb ->> 'hidden_by' = CAST(:member AS text)
                    AND content::jsonb ->> 'hidden_reason' <> '')
                OR (content::jsonb ->> 'retired_by' = CAST(:member AS text)
                    AND content::jsonb ->> 'retirement_reason' <> '')))
            OR (position('"attributed_to":""' IN content) = 0
                AND content::jsonb ->> 'attributed_to' = ANY(CAST(:labels AS text[])))
            OR (position(CAST(:member AS text) IN content) > 0
                AND content::jsonb ->> 'member_id' = CAST(:member AS text)
                AND content::jsonb ->> 'abstention_reason' <> '')
          )
        """
    )
)
# Replies kept for repeats: the person's own, and those of others that name the person.
_FORGET = hot(
    text(
        """
        DELETE FROM idempotency_keys WHERE organization_id = CAST(:organization_id AS uuid)
          AND (member_id = CAST(:member_id AS uuid) OR EXISTS (
            SELECT FROM unnest(CAST(:told AS bytea[])) AS part WHERE position(part IN body) > 0))
        """
    )
)


def silence(said: Voice, person: Person, *, unseen: bool) -> Fact | None:
    """Take the person's words out of what was said; None when there is nothing to tell of it.

    A rating given `unseen` and what was said for a group are emptied without an entry: beside the
    others of this erasure it would say whose it is, and with its id all that was hidden before.
    """
    if isinstance(said, EMPTIED):
        return emptied(said, person.member_id)
    if isinstance(said, Rating) and unseen:
        said.abstention_reason = ""
        return None
    if isinstance(said, Rating):
        return Fact(Verb.RATING_ERASED, said) if change(said, {"abstention_reason": ""}) else None
    if isinstance(said, Moment):
        return Fact(Verb.MOMENT_ERASED, said) if change(said, {"retirement_reason": ""}) else None
    if said.hidden_author_id == person.member_id:
        _forget_author(said, person)
        return None
    verb = Verb.REPLY_ERASED if isinstance(said, Reply) else Verb.ANNOTATION_ERASED
    return Fact(verb, said) if change(said, _without_words(said, person)) else None


def _forget_author(said: Annotation | Reply, person: Person) -> None:
    """Empty what somebody said for their group, and who that was."""
    for name, value in _without_words(said, person).items():
        setattr(said, name, value)
    said.hidden_author_id = said.author_salt = None


def _without_words(said: Annotation | Reply, person: Person) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    own = person.member_id in (said.author_id, said.hidden_author_id)
    if own or said.attributed_to in person.labels:
        changes["attributed_to"] = ""
    if own:
        changes |= {"body": None, "mentioned_member_ids": [], "mentioned_department_ids": []}
        changes["mentioned_groups"] = []
    if isinstance(said, Annotation) and said.resolved_by == person.member_id:
        changes["resolution_note"] = ""
    if said.hidden_by == person.member_id:
        changes["hidden_reason"] = ""
    return changes


def is_own(said: Voice, person: Person) -> bool:
    """Whether the person said it, so that nothing of its past may stay."""
    if isinstance(said, EMPTIED):
        return is_theirs(said, person.member_id)
    if isinstance(said, Moment):
        return False
    if isinstance(said, Rating):
        return said.member_id == person.member_id
    return person.member_id in (said.author_id, said.hidden_author_id)


async def empty_revisions(
    tx: Transaction, actor: Actor, person: Person, subjects: Sequence[UUID]
) -> None:
    """Empty the past of these subjects, and the person's notes in the past of others.

    What is recorded afterwards stays, so empty first.
    """
    organization = {"organization_id": actor.organization_id}
    await tx.run(_EMPTY, subjects=list(subjects), **organization)
    labels = list(person.labels)
    await tx.run(_EMPTY_NOTES, member=str(person.member_id), labels=labels, **organization)
    await empty_past(tx, actor.organization_id, person.member_id)


async def forget_replies(
    tx: Transaction, actor: Actor, person: Person, subjects: Sequence[UUID]
) -> None:
    """Drop the replies kept for repeats that are the person's, or tell of them or these subjects.

    What they said for their group is told to others without them.
    """
    values = (str(person.member_id), person.name, *person.emails, *map(str, subjects))
    told = [json.dumps(value, ensure_ascii=False).encode() for value in values if value]
    given = {"organization_id": actor.organization_id, "member_id": person.member_id}
    await tx.run(_FORGET, told=told, **given)


async def forget_identities(tx: Transaction, organization_id: UUID, member_id: UUID) -> None:
    """Drop as whom identity providers know a member, and the ways there that they have begun."""
    session = await tx.session()
    for model in (Identity, SignInFlow):
        its = model.organization_id == organization_id, model.member_id == member_id
        await session.execute(delete_from(model).where(*its))


async def leave(tx: Transaction, membership: Membership) -> None:
    """End a membership; the account goes with the last one."""
    session = await tx.session()
    await session.delete(membership)
    await session.flush()
    account_id, member_id = membership.account_id, membership.member_id
    await session.execute(_unnamed_tokens(membership))
    if await memberships(tx, account_id):
        await _end_sessions(tx, Session.member_id == member_id)
    else:
        await _end_sessions(tx, Session.account_id == account_id)
        await session.execute(
            delete_from(PasswordReset).where(PasswordReset.account_id == account_id)
        )
        await session.execute(_nobody(account_id))


def _unnamed_tokens(membership: Membership) -> Any:
    """Access tokens keep what they were for and when; what somebody called them goes."""
    return (
        update(AccessToken)
        .where(
            AccessToken.organization_id == membership.organization_id,
            AccessToken.member_id == membership.member_id,
        )
        .values(name="")
    )


def _nobody(account_id: UUID) -> Any:
    """An address that no letter reaches, a name and a password that nobody has."""
    return (
        update(Account)
        .where(Account.id == account_id)
        .values(
            email=f"{account_id}@erased.invalid",
            name="",
            password_hash=None,
            version=Account.version + 1,
            updated_at=now(),
        )
    )


async def _end_sessions(tx: Transaction, which: Any) -> None:
    session = await tx.session()
    await session.execute(
        update(Session)
        .where(which)
        .values(
            device="",
            ended_at=func.coalesce(Session.ended_at, now()),
            end_reason=func.coalesce(Session.end_reason, SessionEnd.ERASED.value),
        )
    )
