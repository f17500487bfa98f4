"""Where proposals are found: lists, the map, what is asked of those who decide."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.accountability.moments import approve, asking, counted
from tests.api.reports.work import work_of
from tests.api.voices.proposing import Bench, Thing, accepted, bench, reject
from tests.world import Caller, World

F, S, D, X = Group


@pytest.fixture
async def here(world: World) -> Bench:
    return await bench(world)


async def every_kind(here: Bench) -> dict[str, str]:
    """One proposal of each kind by Ann, and one for a cell at the touchpoint; ids by name."""
    at_touchpoint = {"stage_id": None, "touchpoint_id": here.scene.here}
    crossing = here.body("cell", {"body": "Here."}, **at_touchpoint)
    made = {
        "touchpoint": await here.propose("touchpoint", name="Ring"),
        "stage": await here.propose("stage", name="Earlier"),
        "cell": await here.propose("cell", body="So."),
        "moment": await here.propose("moment", stakes="Trust."),
        "crossing": await here.ann.made("/v1/proposals", crossing),
    }
    return {name: one["id"] for name, one in made.items()}


async def found(by: Caller, query: str) -> list[str]:
    return [one["id"] for one in (await by.read(f"/v1/proposals?{query}"))["items"]]


async def test_a_list_is_narrowed_by_what_is_asked(here: Bench) -> None:
    ids = await every_kind(here)
    bob = await here.org.member(S)
    bobs = await here.propose("stage", by=bob, name="Sooner")
    rejected = (await reject(here.owner, bobs)).json()
    newest = [rejected["id"], *reversed(ids.values())]
    cases: list[tuple[str, list[str]]] = [
        ("", newest),
        (f"journey={here.journey}", newest),
        (f"subject={here.stage}", [rejected["id"], ids["stage"]]),
        (f"subject={here.lane}", [ids["crossing"], ids["cell"]]),
        (f"under={here.scene.here}", [ids["crossing"], ids["moment"], ids["touchpoint"]]),
        (f"under={here.stage}", newest),
        (f"under={here.scene.drawn.stages[1]['id']}", []),
        ("about=stage&about=moment", [rejected["id"], ids["moment"], ids["stage"]]),
        ("status=rejected&status=accepted", [rejected["id"]]),
        (f"author={bob.member_id}", [rejected["id"]]),
        (f"author={here.ann.member_id}&status=open&about=stage", [ids["stage"]]),
    ]
    for query, expected in cases:
        assert await found(bob, query) == expected, query


async def test_a_list_is_walked_page_by_page(here: Bench) -> None:
    ids = list((await every_kind(here)).values())
    walked: list[str] = []
    query = "?limit=2&status=open"
    while query:
        page = await here.ann.read(f"/v1/proposals{query}")
        walked += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        query = f"?limit=2&status=open&cursor={cursor}" if cursor else ""
    assert walked == ids[::-1]
    first = (await here.ann.read("/v1/proposals?limit=2"))["next_cursor"]
    other = await here.ann.get(f"/v1/proposals?status=open&cursor={first}")
    assert (other.status_code, other.json()["code"]) == (400, "invalid_cursor")


async def on_the_map(here: Bench) -> list[int]:
    return [one["proposals_open"] for one in (await here.scene.drawn.map(here.ann))["touchpoints"]]


async def test_the_map_counts_what_is_open_per_touchpoint(here: Bench) -> None:
    assert await on_the_map(here) == [0, 0]
    ids = await every_kind(here)
    assert await on_the_map(here) == [3, 0]
    read = {name: await here.owner.read(f"/v1/proposals/{id_}") for name, id_ in ids.items()}
    await accepted(here.owner, read["touchpoint"])
    await reject(here.owner, read["moment"])
    assert await on_the_map(here) == [1, 0]
    await here.ann.post(f"/v1/proposals/{ids['crossing']}/withdraw")
    assert await on_the_map(here) == [0, 0]


async def asked_of(by: Caller) -> list[str]:
    return [one["subject_id"] for one in await work_of(by, "?kind=decide_proposal")]


async def test_it_is_asked_of_the_owner_and_of_editors(here: Bench) -> None:
    bob, boss = await here.org.member(S), await here.org.member(X)
    team = await here.org.member(S)
    for grantee in ({"member_id": str(bob.member_id)},):
        path = f"/v1/journeys/{here.journey}/grants"
        await here.owner.made(path, {"role": "editor"} | grantee)
    ids = await every_kind(here)
    bobs = (await here.propose("stage", by=bob, name="Sooner"))["id"]
    assert await asked_of(here.owner) == [*ids.values(), bobs]
    assert await asked_of(bob) == [id_ for name, id_ in ids.items() if name != "moment"]
    for nobody in (here.ann, boss, team):
        assert await asked_of(nobody) == []
    items = {one["subject_id"]: one for one in await work_of(here.owner, "?kind=decide_proposal")}
    item = items[ids["touchpoint"]]
    assert item == item | {
        "subject_kind": "proposal",
        "reason": "Somebody proposes a change to this touchpoint: accept or reject it.",
        "path": "I try it > Before > Call",
        "from_member_id": str(here.ann.member_id),
        "touchpoint_id": here.scene.here,
        "moment_id": None,
        "due_at": None,
        "may": ["decide_proposal"],
    }
    assert items[ids["moment"]]["moment_id"] == here.scene.moments[0]
    assert items[ids["cell"]]["path"] == "I try it > Before"


async def test_what_was_decided_is_asked_no_more(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    await accepted(here.owner, made)
    await reject(here.owner, await here.propose("cell", body="So."))
    withdrawn = await here.propose("moment", stakes="Trust.")
    await here.ann.post(f"/v1/proposals/{withdrawn['id']}/withdraw")
    assert await asked_of(here.owner) == []


async def test_it_lies_over_the_map_of_those_who_decide(here: Bench) -> None:
    ids = await every_kind(here)
    path = f"/v1/journeys/{here.journey}/overlay"

    def asked(of: Thing) -> list[str]:
        return [one["subject_id"] for one in of["asked"] if one["kind"] == "decide_proposal"]

    seen = await here.owner.read(path)
    at: dict[str, Any] = {one["touchpoint_id"]: asked(one) for one in seen["touchpoints"]}
    assert at[here.scene.here] == [ids[name] for name in ("touchpoint", "moment", "crossing")]
    assert asked(seen) == [ids["stage"], ids["cell"]]
    assert asked(await here.ann.read(path)) == []


async def test_what_is_accepted_makes_sign_offs_stale_where_it_says_so(here: Bench) -> None:
    moment, other = here.scene.moments
    for subject in (moment, other):
        await asking(here.scene, subject, {"group": "frontline_staff"})
    made = await here.propose("touchpoint", reality="They wait an hour.")
    for subject in (moment, other):
        await approve(here.ann, subject)
    assert await counted(here.ann, moment) == [(1, 0, 0, True)]
    await accepted(here.owner, made)
    assert await counted(here.ann, moment) == [(0, 1, 0, False)]
    assert await counted(here.ann, other) == [(1, 0, 0, True)]
