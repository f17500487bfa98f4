"""From the JSON texts of a drawn map to the bytes of its reply.

What ratings add up to is remembered by what it was made of: one change touches one touchpoint, and
the others need not be computed again.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import Raw
from msgspec.json import Decoder

from api.schemas.life.past_maps import PastMap
from api.schemas.maps.lanes import Cell, Lane
from api.schemas.maps.map import (
    JourneyMap,
    MapJourney,
    MapTouchpoint,
    MomentSignOffs,
    MomentSummary,
    RatingSummary,
    lacking,
)
from api.schemas.maps.stages import Stage
from api.schemas.maps.touchpoints import Touchpoint
from api.schemas.voices.aggregates import shown, told
from domain.queries.maps.map import Drawn
from domain.queries.voices.tallies import group_tallies
from domain.rules.missing import Missing
from domain.rules.ranking import Candidate, Ranked, rank
from domain.rules.ratings import Aggregates, aggregate, leaders_shown_from
from domain.words import RankingModel

AnyMap = TypeVar("AnyMap", JourneyMap, PastMap)
Told = tuple[str, int]
"""The tallies of a touchpoint as they were told, and from how many raters leaders are shown."""

_JOURNEY = Decoder(MapJourney)
_STAGES = Decoder(list[Stage])
_LANES = Decoder(list[Lane])
_CELLS = Decoder(list[Cell])
_TOUCHPOINTS = Decoder(list[MapTouchpoint])
_SIGNED = Decoder(dict[UUID, MomentSignOffs])
_TALLIES = Decoder(dict[UUID, Raw] | None)


def journey_map(found: Drawn) -> JourneyMap:
    """The reply, from what domain.queries.maps.map found."""
    row = found.row
    drawn = JourneyMap(
        revision=row["revision"],
        organization_revision=row["organization_revision"],
        journey=_JOURNEY.decode(row["journey"]),
        stages=_STAGES.decode(row["stages"]),
        lanes=_LANES.decode(row["lanes"]),
        cells=_CELLS.decode(row["cells"]),
        touchpoints=_TOUCHPOINTS.decode(row["touchpoints"]),
    )
    least = leaders_shown_from(row["names_leaders"])
    tallies = _TALLIES.decode(row["tallies"] or "null") or {}
    rated = {id_: (bytes(raw).decode(), least) for id_, raw in tallies.items()}
    for touchpoint in drawn.touchpoints:
        if touchpoint.id in rated:
            touchpoint.ratings = _summary(rated[touchpoint.id])
    _judge_moments(drawn.touchpoints, _SIGNED.decode(found.signed))
    _rank_moments(drawn, rated)
    return drawn


def _judge_moments(
    touchpoints: Sequence[MapTouchpoint], signed: Mapping[UUID, MomentSignOffs]
) -> None:
    for touchpoint in touchpoints:
        moment = touchpoint.moment
        if moment is not None:
            moment.sign_offs = signed.get(moment.id)
            moment.missing = _missing(touchpoint, moment)


def _missing(touchpoint: MapTouchpoint, moment: MomentSummary) -> list[Missing]:
    return lacking(
        touchpoint.responsible_department_id, moment.accountable, moment.playbooks, moment.sign_offs
    )


def _rank_moments(drawn: JourneyMap, rated: Mapping[UUID, Told]) -> None:
    stages = {stage.id: stage.position for stage in drawn.stages}
    decisive = {one.id: one for one in drawn.touchpoints if one.moment}
    order = tuple(
        (id_, (stages[one.stage_id], one.position), rated.get(id_, ("[]", 1)))
        for id_, one in decisive.items()
    )
    for ranked in _ranking(order):
        moment = decisive[ranked.id].moment
        if moment is not None:
            score = ranked.score
            moment.rank, moment.tied, moment.n = ranked.rank, ranked.tied, score.n
            moment.score = None if score.value is None else shown(score.value)
            moment.model, moment.model_version = ranked.model, ranked.model_version
            moment.explanation = score.explanation


@lru_cache(maxsize=512)
def _ranking(order: tuple[tuple[UUID, tuple[str, str], Told], ...]) -> list[Ranked]:
    candidates = [
        Candidate(id_, position, _aggregates(tallies)) for id_, position, tallies in order
    ]
    return rank(RankingModel.EMOTIONAL_IMPACT, candidates)


@lru_cache(maxsize=8192)
def _aggregates(tallies: Told) -> Aggregates:
    rows, leaders_from = tallies
    return aggregate(group_tallies(msgspec.json.decode(rows)), leaders_from=leaders_from)


@lru_cache(maxsize=8192)
def _summary(tallies: Told) -> RatingSummary | None:
    found = _aggregates(tallies)
    if not found.groups:
        return None
    groups, _, widest = told(found)
    return RatingSummary(n=found.n, groups=groups, widest_gap=widest)


def cut(drawn: AnyMap, wanted: Sequence[UUID]) -> tuple[AnyMap, list[int]]:
    """Leave only some touchpoints and their cells; also which of the wanted are not on the map."""
    kept = set(wanted)
    found: Sequence[Touchpoint] = drawn.touchpoints
    there = {touchpoint.id for touchpoint in found}
    touchpoints = [one for one in found if one.id in kept]
    cells = [one for one in drawn.cells if one.touchpoint_id is None or one.touchpoint_id in kept]
    missing = [place for place, id_ in enumerate(wanted) if id_ not in there]
    return msgspec.structs.replace(drawn, touchpoints=touchpoints, cells=cells), missing
