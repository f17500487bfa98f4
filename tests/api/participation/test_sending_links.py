"""Sending links: to whom, how often, and who may."""

from domain.roles import Group
from tests.api.identity.letterbox import Letterbox
from tests.api.participation.asking import Asking, code, later
from tests.api.participation.linking import (
    A_MINUTE,
    ANSWER,
    OPEN,
    code_in,
    mailed,
    read_asks,
    send,
    use,
)
from tests.api.participation.test_answering import say
from tests.world import World


async def test_without_a_member_a_link_goes_to_each_who_is_silent(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask()
    await say(scene.ann, scene.touchpoints[0])
    reply = await send(scene, made)
    assert {one["member_id"] for one in reply.json()["items"]} == {
        str(scene.bob.member_id), str(scene.cleo.member_id)
    }  # fmt: skip
    letters = [await letterbox.next(), await letterbox.next()]
    assert {letter["To"] for letter in letters} == {scene.bob.email, scene.cleo.email}
    for letter in letters:
        assert (await use(scene, ANSWER, code_in(letter), answers=["a"])).status_code == 200
    assert code(await send(scene, made), 409) == "nobody_silent"
    assert code(await send(scene, made, scene.bob), 409) == "already_answered"
    # Who has spoken elsewhere may be written to by name: the questions are still open.
    assert (await send(scene, made, scene.ann)).status_code == 200


async def test_a_new_link_voids_the_one_before_and_letters_do_not_pour(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask()
    first = await mailed(scene, made, scene.ann, letterbox)
    hasty = await send(scene, made, scene.ann)
    assert hasty.status_code == 429
    assert 1 <= int(hasty.headers["retry-after"]) <= 60
    with later(A_MINUTE):
        second = await mailed(scene, made, scene.ann, letterbox)
    assert code(await use(scene, OPEN, first), 404) == "input_link_gone"
    assert (await use(scene, OPEN, second)).status_code == 200
    assert letterbox.empty


async def test_whoever_may_not_ask_sends_and_voids_no_links(
    scene: Asking, world: World, letterbox: Letterbox
) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id)])
    await mailed(scene, made, scene.ann, letterbox)
    link = (await read_asks(scene, made))[0]["link_id"]
    path = f"/v1/input-requests/{made['id']}/links"
    stranger = (await world.organization()).admin
    for caller, status in ((scene.ann, 403), (await scene.org.member(Group.DECISION_MAKER), 403),
                           (stranger, 404)):  # fmt: skip
        assert (await caller.post(path, {})).status_code == status
        assert (await caller.delete(f"/v1/input-links/{link}")).status_code == status
    assert code(await send(scene, made, scene.bob), 422) == "not_asked"
    assert (
        await scene.owner.post(f"/v1/input-requests/{made['id']}/cancel", If_Match='"1"')
    ).is_success
    assert code(await send(scene, made, scene.ann), 409) == "input_request_cancelled"
