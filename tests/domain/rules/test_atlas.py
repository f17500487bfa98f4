"""How far a journey is mapped, and where nobody has mapped anything."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.results import MappingStatus
from domain.rules.atlas import Charted, grid, mapping_status
from domain.words import JourneyState, JourneyStatus

ids = st.integers(1, 5).map(lambda n: UUID(int=n))


@pytest.mark.parametrize(
    ("status", "state", "touchpoints", "expected"),
    [
        ("archived", "current", 0, "retired"),
        ("archived", "future", 9, "retired"),
        ("published", "current", 0, "unmapped"),
        ("draft", "future", 0, "unmapped"),
        ("published", "future", 1, "prototype"),
        ("approved", "current", 1, "live"),
        ("published", "current", 1, "live"),
        ("in_review", "current", 1, "draft"),
        ("draft", "current", 1, "draft"),
    ],
)
def test_how_far_a_journey_is_mapped(
    status: str, state: str, touchpoints: int, expected: str
) -> None:
    assert mapping_status(status, state, touchpoints) == expected


def test_every_journey_is_mapped_somehow() -> None:
    told = {mapping_status(s, t, n) for s in JourneyStatus for t in JourneyState for n in (0, 1)}
    assert told == set(MappingStatus)


@given(
    st.lists(
        st.builds(
            Charted,
            ids,
            st.sampled_from(MappingStatus),
            st.lists(ids, unique=True, max_size=3),
            st.none() | st.sampled_from("xyz"),
        ),
        unique_by=lambda one: one.id,
    )
)
def test_each_place_has_its_journeys_or_is_empty(journeys: list[Charted]) -> None:
    personas, columns = [UUID(int=n) for n in (3, 1, 2)], ["y", "x"]
    found = grid(journeys, personas, columns)
    filled = {(cell.persona_id, cell.column): cell.journey_ids for cell in found.filled}
    assert len(filled) == len(found.filled)
    for one in journeys:
        places = [(p, one.column) for p in one.persona_ids or (None,)]
        retired = one.mapping is MappingStatus.RETIRED
        assert all((one.id in filled.get(at, ())) is not retired for at in places)
    assert sum(map(len, filled.values())) == sum(
        len(one.persona_ids or (None,))
        for one in journeys
        if one.mapping is not MappingStatus.RETIRED
    )
    assert set(found.empty) == {(p, c) for p in personas for c in columns} - set(filled)
    known = [cell for cell in found.filled if cell.persona_id in personas]
    ranks = [personas.index(cell.persona_id) for cell in known if cell.persona_id]
    assert ranks == sorted(ranks)
    assert found.filled[: len(known)] == known, "what no list names comes last"
