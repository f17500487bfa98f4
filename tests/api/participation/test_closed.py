"""In a locked journey nothing is asked any more, and what was asked can still be taken back."""

from tests.api.identity.letterbox import Letterbox
from tests.api.participation.asking import Asking, code
from tests.api.participation.linking import OPEN, mailed, read_asks, send, use


async def closed(scene: Asking, verb: str, body: dict[str, str] | None = None) -> None:
    """Let the owner lock or archive it."""
    path = f"/v1/journeys/{scene.journey}"
    version = (await scene.owner.read(path))["version"]
    reply = await scene.owner.post(f"{path}/{verb}", body, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def test_a_link_that_leaked_is_voided_in_a_locked_journey(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id)])
    link = await mailed(scene, made, scene.ann, letterbox)
    (ask,) = await read_asks(scene, made)
    await closed(scene, "lock")
    path = f"/v1/input-links/{ask['link_id']}"
    assert code(await send(scene, made, scene.ann), 403) == "forbidden"
    assert code(await scene.bob.delete(path), 403) == "forbidden"
    assert (await scene.owner.delete(path)).status_code == 204
    assert code(await use(scene, OPEN, link), 404) == "input_link_gone"


async def test_a_request_is_called_off_in_an_archived_journey(scene: Asking) -> None:
    made = await scene.ask()
    await closed(scene, "transition", {"to": "archived"})
    path = f"/v1/input-requests/{made['id']}/cancel"
    assert code(await scene.bob.post(path, If_Match='"1"'), 403) == "forbidden"
    assert (await scene.owner.post(path, If_Match='"1"')).json()["status"] == "cancelled"
