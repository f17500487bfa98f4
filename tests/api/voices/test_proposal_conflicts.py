"""What becomes of a proposal when its subject has been changed since."""

from typing import Any

import httpx
import pytest

from tests.api.maps.drawing import pointers
from tests.api.maps.events import verbs
from tests.api.voices.proposing import Bench, Thing, accept, accepted, bench, etag, reject
from tests.api.voices.scene import code
from tests.world import World

KINDS: list[tuple[str, Thing, Thing]] = [
    ("touchpoint", {"name": "Ring"}, {"name": "Dial"}),
    ("stage", {"customer_goal": "To find us."}, {"customer_goal": "To reach us."}),
    ("cell", {"body": "Answer the phone."}, {"body": "Call back."}),
    ("moment", {"stakes": "Their trust."}, {"stakes": "Their money."}),
]
"""What is proposed to which kind, and what somebody makes of it meanwhile."""


@pytest.fixture
async def here(world: World) -> Bench:
    return await bench(world)


async def read(here: Bench, proposal: Thing) -> Thing:
    return await here.owner.read(f"/v1/proposals/{proposal['id']}")


def conflicts_in(proposal: Thing) -> dict[str, tuple[Any, Any, Any]]:
    """The fields in conflict, with what was, is and is to be."""
    return {
        one["field"]: (one["base"], one["now"], one["proposed"])
        for one in proposal["differences"]
        if one["conflict"]
    }


@pytest.mark.parametrize(("about", "changes", "others"), KINDS)
async def test_a_conflict_is_told_and_changes_nothing_until_somebody_decides_over_it(
    here: Bench, about: str, changes: Thing, others: Thing
) -> None:
    ((field, wanted),) = changes.items()
    made = await here.propose(about, **changes)
    base = (await here.now(about))[field]
    await here.change(about, **others)
    told = await read(here, made)
    assert conflicts_in(told) == {field: (base, others[field], wanted)}
    before, news = await here.now(about), await verbs(here.org, here.journey)
    refused = await accept(here.owner, made)
    assert code(refused, 409) == "proposal_conflict"
    assert pointers(refused) == [f"#/changes/{field}"]
    (error,) = refused.json()["errors"]
    assert f"“{others[field]}” now, “{wanted}” proposed." in error["detail"]
    assert await here.now(about) == before
    assert await verbs(here.org, here.journey) == news
    done = await accepted(here.owner, made, over_version=told["current_version"])
    assert done["applied_version"] == before["version"] + 1
    assert conflicts_in(done) == {}
    assert (await here.now(about))[field] == wanted


@pytest.mark.parametrize(("about", "changes", "others"), KINDS)
async def test_whoever_decides_over_it_has_seen_the_last_version(
    here: Bench, about: str, changes: Thing, others: Thing
) -> None:
    made = await here.propose(about, **changes)
    await here.change(about, **others)
    seen = (await read(here, made))["current_version"]
    await here.change(about, **{name: f"{value} Again." for name, value in others.items()})
    refused = await accept(here.owner, made, over_version=seen)
    assert code(refused, 409) == "proposal_conflict"
    assert pointers(refused) == ["#/over_version", *(f"#/changes/{name}" for name in changes)]
    assert refused.json()["errors"][0]["code"] == "changed_again"
    assert (await accepted(here.owner, made, over_version=seen + 1))["status"] == "accepted"


TABLE: list[tuple[Thing, Thing, list[str]]] = [
    # what is proposed, what the owner has done since, which fields are in conflict
    ({"name": "Ring"}, {"quote": "Hm."}, []),
    ({"name": "Ring"}, {"name": "Ring"}, []),
    ({"name": "Ring", "quote": "Hm."}, {"name": "Dial"}, ["name"]),
    ({"name": "Ring", "quote": "Hm."}, {"name": "Dial", "quote": "Oh."}, ["name", "quote"]),
    ({"monthly_volume": 5}, {"monthly_volume": 6}, ["monthly_volume"]),
    ({"evidence": ["a"]}, {"evidence": ["a", "b"]}, ["evidence"]),
    ({"optional": True}, {"optional": True}, []),
]


@pytest.mark.parametrize(("changes", "since", "expected"), TABLE)
async def test_only_what_others_have_changed_otherwise_is_in_conflict(
    here: Bench, changes: Thing, since: Thing, expected: list[str]
) -> None:
    made = await here.propose("touchpoint", **changes)
    await here.change("touchpoint", **since)
    assert sorted(conflicts_in(await read(here, made))) == expected
    reply = await accept(here.owner, made)
    if expected:
        assert sorted(pointers(reply)) == [f"#/changes/{name}" for name in expected]
        return
    assert reply.status_code == 200, reply.text
    after = await here.now("touchpoint")
    assert after == after | since | changes
    assert after["version"] == 2 + (since != changes)
    assert reply.json()["applied_version"] == after["version"]


async def test_what_was_done_meanwhile_is_accepted_without_a_change(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    await here.change("stage", name="Earlier")
    news = await verbs(here.org, here.journey)
    done = await accepted(here.owner, made)
    assert (done["status"], done["applied_version"]) == ("accepted", 2)
    assert (await verbs(here.org, here.journey))[len(news) :] == ["proposal.accepted"]


async def test_what_was_changed_and_changed_back_is_no_conflict(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    for name in ("Later", "Before"):
        await here.change("stage", name=name)
    assert (await accepted(here.owner, made))["applied_version"] == 4


async def test_fields_sent_along_as_they_were_are_not_proposed(here: Bench) -> None:
    before = await here.now("touchpoint")
    whole = {name: before[name] for name in ("name", "quote", "evidence", "optional")}
    made = await here.propose("touchpoint", **whole | {"quote": "Hm."})
    assert [one["field"] for one in made["differences"]] == ["quote"]
    await here.change("touchpoint", name="Dial")
    await accepted(here.owner, made)
    after = await here.now("touchpoint")
    assert (after["name"], after["quote"]) == ("Dial", "Hm.")


async def test_channels_are_compared_as_a_set(here: Bench) -> None:
    made = {
        key: (await here.owner.made("/v1/channels", {"key": key, "name": key}))["id"]
        for key in ("fax", "pigeon")
    }
    both = [made["pigeon"], made["fax"], made["pigeon"]]
    proposal = await here.propose("touchpoint", channel_ids=both)
    assert proposal["differences"][0]["proposed"] == sorted(made.values())
    await here.change("touchpoint", channel_ids=[made["fax"], made["pigeon"]])
    assert conflicts_in(await read(here, proposal)) == {}
    await here.change("touchpoint", channel_ids=[made["fax"]])
    assert code(await accept(here.owner, proposal), 409) == "proposal_conflict"
    await accepted(here.owner, proposal, over_version=3)
    assert (await here.now("touchpoint"))["channel_ids"] == sorted(made.values())


async def test_a_decision_is_about_the_proposal_as_it_was_read(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    path = f"/v1/proposals/{made['id']}"
    for verb, body in (("accept", {}), ("reject", {"reason": "No."})):
        missing = await here.owner.post(f"{path}/{verb}", body)
        assert missing.status_code == 428
        stale = await here.owner.post(f"{path}/{verb}", body, If_Match='"7"')
        assert (stale.status_code, stale.headers["etag"]) == (412, '"1"')
    await accepted(here.owner, made)
    assert (await accept(here.owner, made)).status_code == 412
    decided = await read(here, made)
    assert code(await accept(here.owner, decided), 409) == "proposal_accepted"
    assert code(await reject(here.owner, decided), 409) == "proposal_accepted"


async def removed(here: Bench, path: str) -> httpx.Response:
    return await here.owner.delete(f"/v1/{path}", If_Match='"1"')


@pytest.mark.parametrize(
    ("about", "changes", "off"),
    [
        ("touchpoint", {"name": "Ring"}, "touchpoints/{here}"),
        ("touchpoint", {"name": "Ring"}, "stages/{stage}"),
        ("stage", {"name": "Ring"}, "stages/{stage}"),
        ("cell", {"body": "So."}, "lanes/{lane}"),
        ("cell", {"body": "So."}, "stages/{stage}"),
        ("moment", {"stakes": "Trust."}, "touchpoints/{here}"),
        ("moment", {"stakes": "Trust."}, "stages/{stage}"),
    ],
)
async def test_what_is_off_the_map_takes_no_change_until_it_is_back(
    here: Bench, about: str, changes: Thing, off: str
) -> None:
    made = await here.propose(about, **changes)
    path = off.format(here=here.scene.here, stage=here.stage, lane=here.lane)
    assert (await removed(here, path)).status_code == 204
    told = await read(here, made)
    assert (told["subject_removed"], told["may"]) == (True, ["decide_proposal"])
    refused = await accept(here.owner, made)
    assert code(refused, 409) == "subject_removed"
    assert "restore" in refused.json()["detail"]
    back = await here.owner.post(f"/v1/subjects/{path.split('/')[1]}/restore")
    assert back.status_code == 200, back.text
    assert (await accepted(here.owner, made))["subject_removed"] is False


async def test_what_is_off_the_map_can_still_be_rejected(here: Bench) -> None:
    made = await here.propose("stage", name="Earlier")
    assert (await removed(here, f"stages/{here.stage}")).status_code == 204
    assert (await reject(here.owner, made)).status_code == 200


async def test_a_cell_at_a_touchpoint_is_its_own_place(here: Bench) -> None:
    place = {"stage_id": None, "touchpoint_id": here.scene.here}
    body = here.body("cell", {"body": "Here."}, **place)
    made = await here.ann.made("/v1/proposals", body)
    assert (made["touchpoint_id"], made["stage_id"]) == (here.scene.here, None)
    await here.change("cell", body="At the stage.")
    assert (await read(here, made))["current_version"] == 0
    await accepted(here.owner, made)
    cells = (await here.scene.drawn.map())["cells"]
    assert sorted((one["body"], one["version"]) for one in cells) == [
        ("At the stage.", 1), ("Here.", 1),
    ]  # fmt: skip
    assert etag(made)
