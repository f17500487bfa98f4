"""What a sign-off approves: which changes are changes of content, and which are not."""

from collections.abc import Awaitable, Callable

import pytest

from domain.duties import PlaybookStatus
from domain.models.accountability.playbooks import Playbook
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.models.moments.moments import Moment
from domain.queries.accountability.content import content_columns
from tests.api.accountability.moments import Scene, decisive
from tests.world import World


@pytest.fixture
async def scene(world: World) -> Scene:
    return await decisive(world)


async def channel(scene: Scene) -> None:
    listed = (await scene.owner.read("/v1/channels"))["items"][0]["id"]
    await scene.patch(f"/touchpoints/{scene.here}", {"channel_ids": [listed]})


async def department(scene: Scene) -> None:
    made = await scene.owner.made("/v1/departments", {"name": "Service"})
    body = {"responsible_department_id": made["id"]}
    await scene.patch(f"/touchpoints/{scene.here}", body)


async def text(scene: Scene) -> None:
    await scene.patch(f"/touchpoints/{scene.here}", {"expectation": "An answer."})


async def emotion(scene: Scene) -> None:
    await scene.drawn.emotion()


async def cell(scene: Scene) -> None:
    lane = await scene.drawn.lane()
    body = {"touchpoint_id": scene.here, "body": "Answer sooner."}
    await scene.send("PUT", f"/lanes/{lane['id']}/cells", body, 0)


async def stakes(scene: Scene) -> None:
    await scene.patch(f"/moments/{scene.moments[0]}", {"stakes": "Their trust."})


async def playbook(scene: Scene) -> None:
    await scene.playbook(PlaybookStatus.APPROVED)


Act = Callable[[Scene], Awaitable[None]]


@pytest.mark.parametrize("act", [channel, department, text, emotion, cell, stakes, playbook])
async def test_every_kind_of_content_counts_for_its_moment_alone(scene: Scene, act: Act) -> None:
    before = await scene.hashes()
    assert len(set(before.values()) - {""}) == 3
    await act(scene)
    after = await scene.hashes()
    assert {name for name in before if before[name] != after[name]} == {"journey", "moment"}


async def renamed_stage(scene: Scene) -> None:
    await scene.patch(f"/stages/{scene.drawn.stages[0]['id']}", {"name": "Renamed"})


async def moved(scene: Scene) -> None:
    body = {"after": scene.drawn.touchpoints[1]["id"]}
    await scene.send("POST", f"/touchpoints/{scene.here}/move", body, 1)


async def moved_stage(scene: Scene) -> None:
    path = f"/touchpoints/{scene.here}/move"
    await scene.send("POST", path, {"stage_id": scene.drawn.stages[1]["id"], "after": None}, 1)


async def swapped_stages(scene: Scene) -> None:
    one, other = (stage["id"] for stage in scene.drawn.stages)
    await scene.send("POST", f"/stages/{one}/move", {"after": other}, 1)


async def lane(scene: Scene) -> None:
    await scene.drawn.lane()


async def cell_of_stage(scene: Scene) -> None:
    lane = await scene.drawn.lane()
    body = {"stage_id": scene.drawn.stages[0]["id"], "body": "Answer sooner."}
    await scene.send("PUT", f"/lanes/{lane['id']}/cells", body, 0)


async def retitled(scene: Scene) -> None:
    await scene.patch(f"/journeys/{scene.drawn.journey}", {"title": "Another"})


async def persona(scene: Scene) -> None:
    made = await scene.owner.made("/v1/personas", {"name": "Ada"})
    await scene.patch(f"/journeys/{scene.drawn.journey}", {"persona_ids": [made["id"]]})


async def touchpoint(scene: Scene) -> None:
    await scene.drawn.touchpoint("Wait")


@pytest.mark.parametrize(
    "act",
    [renamed_stage, moved, moved_stage, swapped_stages, lane, cell_of_stage, retitled, persona,
     touchpoint],
)  # fmt: skip
async def test_what_stands_around_a_moment_is_content_of_the_journey_only(
    scene: Scene, act: Act
) -> None:
    before = await scene.hashes()
    await act(scene)
    after = await scene.hashes()
    assert {name for name in before if before[name] != after[name]} == {"journey"}


async def confirmed(scene: Scene) -> None:
    await scene.send("POST", f"/moments/{scene.moments[0]}/confirm", None, 1)


async def locked(scene: Scene) -> None:
    await scene.send("POST", f"/journeys/{scene.drawn.journey}/lock", None, 1)


async def said(scene: Scene) -> None:
    body = {"subject_id": scene.here, "kind": "issue", "body": "Too long."}
    await scene.owner.made("/v1/annotations", body)


async def drafted(scene: Scene) -> None:
    await scene.playbook(PlaybookStatus.DRAFT)


async def moved_and_back(scene: Scene) -> None:
    await moved(scene)
    await scene.send("POST", f"/touchpoints/{scene.here}/move", {"after": None}, 2)


async def edited_and_back(scene: Scene) -> None:
    await text(scene)
    await scene.patch(f"/touchpoints/{scene.here}", {"expectation": ""})


async def felt_and_not(scene: Scene) -> None:
    made = await scene.drawn.emotion()
    await scene.send("DELETE", f"/emotions/{made['id']}", None, 1)


async def opened(scene: Scene) -> None:
    child = {"journey_id": str(await scene.drawn.org.journey())}
    await scene.send("PUT", f"/touchpoints/{scene.here}/child-journey", child, 1)


async def answered_and_not(scene: Scene) -> None:
    lane = await scene.drawn.lane()
    for version, body in enumerate(("Answer sooner.", "")):
        told = {"touchpoint_id": scene.here, "body": body}
        await scene.send("PUT", f"/lanes/{lane['id']}/cells", told, version)
    await scene.send("DELETE", f"/lanes/{lane['id']}", None, 1)


@pytest.mark.parametrize(
    "act",
    [confirmed, locked, said, drafted, moved_and_back, edited_and_back, felt_and_not, opened,
     answered_and_not],
)  # fmt: skip
async def test_what_is_no_content_or_was_put_back_changes_nothing(scene: Scene, act: Act) -> None:
    before = await scene.hashes()
    await act(scene)
    assert await scene.hashes() == before


async def test_a_removed_lane_takes_its_cells_along(scene: Scene) -> None:
    before = await scene.hashes()
    await cell(scene)
    lane_id = (await scene.drawn.map())["lanes"][-1]["id"]
    await scene.send("DELETE", f"/lanes/{lane_id}", None, 1)
    assert await scene.hashes() == before


async def test_a_moment_goes_off_the_map_with_its_touchpoint(scene: Scene) -> None:
    before = await scene.hashes()
    await scene.send("DELETE", f"/touchpoints/{scene.here}", None, 1)
    after = await scene.hashes()
    assert (after["moment"], after["other"]) == ("", before["other"])
    assert after["journey"] != before["journey"]


def test_nobody_adds_a_column_without_saying_whether_it_is_content() -> None:
    # A column more changes every hash there is, and with it makes every sign-off stale.
    counts = {
        Journey: 13, Stage: 3, Lane: 2, Touchpoint: 20, Emotion: 7, Moment: 7, Playbook: 9,
    }  # fmt: skip
    assert {model: len(content_columns(model)) for model in counts} == counts


async def test_the_same_content_has_the_same_hash_for_ever(scene: Scene) -> None:
    # Sign-offs outlive releases: whatever changes this makes every one of them stale.
    found = await scene.hashes()
    assert found["moment"] == "8e36c56d3f5a7a008450a1971834cbc062edc18b08a93daf628d0ad0c50a5b93"
