"""What findings follow from: linked, unlinked, and told to those who may see it."""

from domain.roles import Group
from tests.api.findings.finding_scene import add, read
from tests.api.voices.scene import Scene, code, scene
from tests.world import Caller, World

F, S, D, X = Group


async def sources(who: Caller, one: dict[str, object]) -> list[tuple[str, str | None]]:
    """Kind and name of what a finding follows from, as somebody sees it."""
    items = (await who.read(f"/v1/subjects/{one['id']}/sources"))["items"]
    return [(item["from_kind"], item["name"]) for item in items]


async def told(place: Scene, who: Caller, after: int) -> list[str | None]:
    """What the feed says that happened, as somebody hears it; None for a bare number."""
    path = f"/v1/journeys/{place.journey}/events?after={after}"
    return [item["verb"] for item in (await who.read(path))["items"]]


async def test_a_finding_follows_from_what_was_said_and_found(world: World) -> None:
    place = await scene(world)
    one, other = await add(place, place[F]), await add(place, place[F], text="Nobody calls.")
    said = await place.say(place[S], body="They say so.")
    moment = await place.owner.made(f"/v1/touchpoints/{place.touchpoint}/moments", {})
    before = await place.revision()
    for from_id in (str(place.touchpoint), moment["id"], said["id"], other["id"], other["id"]):
        linked = await place[F].put(f"/v1/subjects/{one['id']}/sources/{from_id}")
        assert linked.status_code == 200, linked.text
    assert await sources(place[X], one) == [
        ("finding", "Nobody calls."),
        ("annotation", "They say so."),
        ("moment", "Wait"),
        ("touchpoint", "Wait"),
    ]
    path = f"/v1/subjects/{one['id']}/sources/{said['id']}"
    assert code(await place[S].delete(path), 403) == "forbidden"
    assert (await place.owner.delete(path)).status_code == 204
    assert code(await place.owner.delete(path), 404) == "not_found"
    assert (await read(place[X], one))["source_count"] == 3
    assert (await place[F].put(path)).json()["version"] == 3
    verbs = ["source.linked"] * 4 + ["source.unlinked", "source.linked"]
    assert await place.verbs(before) == verbs


async def test_nothing_follows_from_itself_or_from_nothing(world: World) -> None:
    place = await scene(world)
    one, other = await add(place, place[F]), await add(place, place[F], text="Nobody calls.")
    said = await place.say(place[S], body="They say so.")
    linked = await place[F].put(f"/v1/subjects/{one['id']}/sources/{other['id']}")
    assert linked.status_code == 200, linked.text
    circle = await place[F].put(f"/v1/subjects/{other['id']}/sources/{one['id']}")
    assert code(circle, 409) == "source_circle"
    itself = await place[F].put(f"/v1/subjects/{one['id']}/sources/{one['id']}")
    assert code(itself, 409) == "source_circle"
    for wrong in (said["id"], str(place.touchpoint), str(place.journey)):
        missing = await place.owner.put(f"/v1/subjects/{wrong}/sources/{one['id']}")
        assert code(missing, 404) == "not_found"
    refused = await place[F].put(f"/v1/subjects/{one['id']}/sources/{place.journey}")
    assert code(refused, 404) == "not_found"


async def test_what_one_may_not_see_is_no_source(world: World) -> None:
    place = await scene(world)
    secret = await place.say(place[F], visibility="private", body="Between us.")
    before = await place.revision()
    one = await add(place, place[F], **{"from": [secret["id"], str(place.touchpoint)]})
    assert await sources(place[F], one) == [("touchpoint", "Wait"), ("annotation", "Between us.")]
    assert await sources(place[X], one) == [("touchpoint", "Wait")]
    path = f"/v1/subjects/{one['id']}/sources/{secret['id']}"
    for request in (place.owner.delete(path), place.owner.put(path)):
        assert (await request).status_code == 404
    everything = ["finding.added", "source.linked", "source.linked"]
    assert sorted(map(str, await told(place, place[F], before))) == everything
    heard = await told(place, place[X], before)
    assert (len(heard), heard.count("source.linked")) == (3, 1)
    await place[F].post(f"/v1/annotations/{secret['id']}/withdraw")
    assert ("annotation", None) in await sources(place[F], one)


STANDING: list[tuple[str, dict[str, object]]] = [
    ("pain-points", {"severity": 2}),
    ("requirements", {"met": False}),
    ("requirements", {"met": None}),
    ("promises", {"met": False}),
    ("experiences", {"experience": "negative"}),
    ("drop-offs", {"measured_to": "2026-03-01", "entered": 8, "left": 1}),
    ("drop-offs", {"measured_to": "2026-02-01", "entered": 8, "left": 2}),
]


async def test_the_map_tells_what_stands(world: World) -> None:
    place = await scene(world)

    async def findings() -> dict[str, object]:
        drawn = await place[X].read(f"/v1/journeys/{place.journey}/map")
        (one,) = drawn["touchpoints"]
        beside = await place[X].read(f"/v1/touchpoints/{one['id']}?include=findings")
        assert beside["findings"] == one["findings"]
        return {name: n for name, n in one["findings"].items() if n not in (0, None)}

    assert await findings() == {}
    pain = await add(place, place[F], severity=4)
    for noun, fields in STANDING:
        await add(place, place[F], noun, **fields)
    assert await findings() == {
        "open_pain_points": 2,
        "worst_severity": 4,
        "unmet_requirements": 1,
        "broken_promises": 1,
        "negative_experiences": 1,
        "drop_off_rate": 0.125,
    }
    closing = f"/v1/findings/{pain['id']}/close"
    await place[F].post(closing, {"status": "addressed"}, If_Match='"1"')
    now = await findings()
    assert (now["open_pain_points"], now["worst_severity"]) == (1, 2)
