"""The kept map: one statement, sent again only when it changed, right after every single change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from api.controllers.maps import map as controller
from api.plugins.database import LONGEST_KEPT
from api.plugins.shelf import Kept, Shelf
from domain.database import Transaction
from domain.queries.maps import map as queries
from domain.queries.maps.map import MAP
from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.world import World

EMPTY, OLD, NEW = ({"If_Match": f'"{version}"'} for version in range(3))


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that transactions give to the driver while the block runs."""
    said: list[str] = []
    driver = Transaction.driver

    class Counting:
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def __getattr__(self, name: str) -> Any:
            async def call(query: str, *args: Any) -> Any:
                said.append(query)
                return await getattr(self.inner, name)(query, *args)

            return call

    async def counting(tx: Transaction) -> Any:
        return Counting(await driver(tx))

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "driver", counting)
        yield said


async def test_one_statement_draws_it(
    world: World, app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = await drawing(world)
    await drawn.map()
    known = (await drawn.owner.get(drawn.map_path)).headers["etag"]
    kept, app.state.maps = app.state.maps, Shelf()
    with counted(monkeypatch) as said:
        assert (await drawn.owner.get(drawn.map_path, If_None_Match=known)).status_code == 304
        assert len(said) == 1
        app.state.maps = kept
        await drawn.map()
        assert len(said) == 2
        assert not any("json_agg" in query for query in said)
    await drawn.stage("More")
    await drawn.owner.read(f"/v1/journeys/{drawn.journey}/overlay")
    with counted(monkeypatch) as said:
        await drawn.map()
    assert len([query for query in said if "json_agg" in query]) == 1
    assert len(said) == 2


async def test_it_is_sent_again_only_when_it_changed(world: World) -> None:
    drawn = await drawing(world)
    first = await drawn.owner.get(drawn.map_path)
    told = first.json()
    tag = first.headers["etag"]
    assert tag == f'"{told["revision"]}-{told["organization_revision"]}"'
    assert first.headers["cache-control"] == "private, no-cache"
    again = await drawn.owner.get(drawn.map_path, If_None_Match=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    changed = await drawn.owner.patch(
        f"/v1/stages/{drawn.stages[0]['id']}", {"name": "Earlier"}, If_Match='"1"'
    )
    after = await drawn.owner.get(drawn.map_path, If_None_Match=tag)
    assert after.status_code == 200
    assert str(after.json()["revision"]) == changed.headers["journey-revision"]
    await drawn.org.member(Group.EXECUTIVE)
    newcomer = await drawn.owner.get(drawn.map_path, If_None_Match=after.headers["etag"])
    assert newcomer.status_code == 200
    assert newcomer.json()["organization_revision"] == told["organization_revision"] + 1


async def test_a_change_between_the_question_and_the_drawing_is_on_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = await drawing(world)
    await drawn.map()
    changed = await drawn.stage("First change")

    async def later(*given: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(controller, "drawn", queries.drawn)
            path = f"/v1/stages/{changed['id']}"
            done = await drawn.owner.patch(path, {"name": "Second change"}, If_Match='"1"')
            assert done.status_code == 200
        return await queries.drawn(*given)

    with monkeypatch.context() as patch:
        patch.setattr(controller, "drawn", later)
        reply = await drawn.owner.get(drawn.map_path)
    told = reply.json()
    assert told["stages"][-1]["name"] == "Second change"
    assert reply.headers["etag"] == f'"{told["revision"]}-{told["organization_revision"]}"'
    assert (await drawn.owner.get(drawn.map_path)).content == reply.content


async def every_change(drawn: Drawing) -> list[tuple[str, str, Any, dict[str, Any]]]:
    """One change of each kind, each on something of its own."""
    call, visit = (f"/v1/touchpoints/{one['id']}" for one in drawn.touchpoints)
    first, second = (f"/v1/stages/{one['id']}" for one in drawn.stages)
    await drawn.lane("Who?")
    lane, emotion = await drawn.lane(), await drawn.emotion()
    lane_path, emotion_path = f"/v1/lanes/{lane['id']}", f"/v1/emotions/{emotion['id']}"
    said = {"subject_id": drawn.touchpoints[0]["id"], "kind": "idea", "body": "Call back."}
    return [
        ("POST", f"/v1/journeys/{drawn.journey}/stages", {"name": "Later"}, {}),
        ("PATCH", first, {"name": "Earlier"}, OLD),
        ("POST", f"{first}/move", {"after": drawn.stages[1]["id"]}, NEW),
        ("POST", f"{first}/touchpoints", {"name": "Letter"}, {}),
        ("PATCH", call, {"quote": "Again?"}, OLD),
        ("POST", f"{visit}/move", {"after": None}, OLD),
        ("POST", f"{visit}/emotions", {"label": "glad", "valence": 1, "intensity": 2}, {}),
        ("PATCH", emotion_path, {"valence": 2}, OLD),
        ("DELETE", emotion_path, None, NEW),
        ("POST", f"/v1/subjects/{emotion['id']}/restore", None, {}),
        ("POST", f"/v1/journeys/{drawn.journey}/lanes", {"question": "Who?"}, {}),
        ("PATCH", lane_path, {"question": "How else?"}, OLD),
        ("POST", f"{lane_path}/move", {"after": None}, NEW),
        ("PUT", f"{lane_path}/cells", {"stage_id": drawn.stages[0]["id"], "body": "So."}, EMPTY),
        ("POST", "/v1/annotations", said, {}),
        ("PUT", f"{call}/ratings/me", {"emotional": 4}, {}),
        ("POST", f"{visit}/moments", {}, {}),
        ("DELETE", second, None, OLD),
        ("DELETE", call, None, NEW),
        ("POST", f"/v1/subjects/{drawn.stages[1]['id']}/restore", None, {}),
    ]  # fmt: skip


async def test_after_any_change_it_equals_one_drawn_anew(world: World, app: Litestar) -> None:
    drawn = await drawing(world)
    changes = await every_change(drawn)
    before = (await drawn.owner.get(drawn.map_path)).content
    for method, path, body, headers in changes:
        done = await drawn.owner.call(method, path, body, **headers)
        assert done.status_code < 300, f"{method} {path}: {done.text}"
        shown = await drawn.owner.get(drawn.map_path)
        app.state.maps = Shelf()
        anew = await drawn.owner.get(drawn.map_path)
        assert shown.content == anew.content
        assert shown.headers["etag"] == anew.headers["etag"]
        assert shown.content != before, f"{method} {path} is not to be seen"
        before = shown.content


def test_the_statement_is_short_enough_for_the_driver_to_keep_its_plan() -> None:
    assert len(MAP.text) < LONGEST_KEPT


def test_the_shelf_puts_away_what_was_not_asked_for() -> None:
    shelf = Shelf(room=30)
    keys = [(uuid4(), uuid4()) for _ in range(4)]
    for key in keys[:3]:
        shelf.put(key, Kept('"1-1"', b"x" * 10))
    assert shelf.get(keys[0]) is not None
    shelf.put(keys[3], Kept('"1-1"', b"x" * 10))
    assert shelf.get(keys[1]) is None
    assert [shelf.get(key) is not None for key in keys] == [True, False, True, True]
    shelf.put(keys[0], Kept('"2-1"', b"x" * 30))
    assert [shelf.get(key) is not None for key in keys] == [True, False, False, False]
