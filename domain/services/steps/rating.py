"""Rating a touchpoint, with all the rules that hold for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.voices.ratings import Rating
from domain.policy import require
from domain.queries.maps.places import Place
from domain.queries.voices.ratings import own_rating
from domain.roles import SHIELDED, May
from domain.services.steps.changing import change
from domain.services.steps.places import enter_of
from domain.words import Axis, SubjectKind


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as it stands now. `hidden`: there is a new entry that does not say who rated."""

    rating: Rating
    hidden: bool


async def rate(
    tx: Transaction, actor: Actor, touchpoint_id: UUID, answers: Mapping[str, Any]
) -> Rated:
    """Rate a touchpoint or abstain; the same again changes nothing.

    The entries of frontline and support staff do not say who rated, nor do those of anybody where
    leaders are not named. What was hidden once stays so whatever group the member is in later: the
    rating's id would tell who it had been.
    """
    head, place = await enter_of(tx, actor, touchpoint_id, SubjectKind.TOUCHPOINT)
    require(actor, May.RATE, place.standing(actor))
    if place.subject_removed:
        raise NotFound
    _check(answers)
    found = await own_rating(tx, actor, touchpoint_id)
    fields = {**answers, "member_group": actor.group.value}
    hidden = actor.group in SHIELDED or not found["names_leaders"] or found["hidden_before"]
    if found["id"] is None:
        rating = _first(actor, place, touchpoint_id, fields)
        fact = Fact(Verb.RATING_GIVEN, rating, hidden=hidden)
    else:
        rating = Rating(**{one.name: found[one.name] for one in Rating.__table__.c})
        if not change(rating, fields):
            return Rated(rating, hidden=False)
        fact = Fact(Verb.RATING_CHANGED, rating, hidden=hidden)
    await ledger.write(tx, actor, head, fact)
    return Rated(rating, hidden)


def _first(actor: Actor, place: Place, touchpoint_id: UUID, fields: Mapping[str, Any]) -> Rating:
    return Rating(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        touchpoint_id=touchpoint_id,
        member_id=actor.member_id,
        **fields,
    )


def _check(answers: Mapping[str, Any]) -> None:
    """Either numbers or an abstention, and an abstention says why."""
    given = [axis for axis in Axis if answers[axis] is not None]
    errors = []
    if answers["abstained"] and given:
        detail = "Who abstains gives no numbers: leave them out or do not abstain."
        errors = [FieldError(detail, "abstained", pointer=f"#/{axis}") for axis in given]
    elif answers["abstained"] != bool(answers["abstention_reason"].strip()):
        detail = "Say why you abstain, and only then: a reason belongs to every abstention."
        errors = [FieldError(detail, "abstention_reason", pointer="#/abstention_reason")]
    if errors:
        raise Invalid(errors[0].detail, code=errors[0].code, errors=errors)
