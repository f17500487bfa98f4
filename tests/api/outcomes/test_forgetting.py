"""What erasing somebody takes of opportunities, actions and outcomes: their words, nothing else."""

from typing import Any

import pytest

from api.settings import Settings
from domain.roles import Group
from tests.api.identity.canary import Canary, drawn, etag, invited
from tests.api.identity.test_erasure import erase
from tests.api.outcomes.action_scene import judged, recorded, waived
from tests.api.outcomes.opportunity_scene import moved
from tests.api.permissions.nouns.outcomes import ACTION
from tests.api.records.evidence import as_owner, faults, traces
from tests.world import Caller, World

CHANCE = {"title": "Tell them", "statement": "They would know.", "success_sign": "Fewer calls."}


async def led(canary: Canary, other: Caller) -> dict[str, Any]:
    """Leave words wherever opportunities, actions and outcomes take any."""
    bird, word = canary.caller, canary.word
    journey, _ = await drawn(canary.org)
    path = f"/v1/members/{bird.member_id}"
    leading = await canary.org.admin.patch(path, {"group": "executive"}, **etag(1))
    assert leading.status_code == 200, leading.text
    chance = await bird.made(f"/v1/journeys/{journey}/opportunities", CHANCE)
    assert (await moved(bird, chance, "declined", f"{word} doubts it")).status_code == 200
    names = {"mine": bird, "judged": other, "waived": other, "moved_on": bird}
    path = f"/v1/journeys/{journey}/actions"
    made = {name: await who.made(path, ACTION) for name, who in names.items()}
    for name, who in names.items():
        assert (await moved(who, made[name], "in_progress")).status_code == 200
    assert (await recorded(bird, made["mine"], note=f"{word} counted")).status_code == 200
    assert (await recorded(other, made["judged"], note="So it is.")).status_code == 200
    said = await judged(bird, made["judged"], "disputed", note=f"{word} disagrees")
    assert said.status_code == 200, said.text
    assert (await waived(bird, made["waived"], f"{word} answers for it")).status_code == 200
    for name in ("mine", "moved_on"):
        stuck = await moved(bird, made[name], "blocked", f"{word} is stuck")
        assert stuck.status_code == 200, stuck.text
    # What somebody said when it was moved before is theirs as well.
    on = await moved(canary.org.admin, made["moved_on"], "in_progress", "On it goes.")
    assert on.status_code == 200, on.text
    return made | {"chance": chance}


async def test_whoever_is_erased_leaves_no_word_and_the_work_stays(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary, other = await invited(org, caplog), await org.member(Group.EXECUTIVE)
    made = await led(canary, other)
    async with as_owner(settings) as owner:
        found = (await traces(owner, canary.word)).keys()
        assert {"opportunities", "actions", "outcomes", "revisions"} <= found
        status, told = await erase(org.admin, canary.caller, 2)
        assert status == 200, told
        assert await traces(owner, canary.word) == {}
        assert await faults(owner, org.id) == []
    chance = await other.read(f"/v1/opportunities/{made['chance']['id']}")
    assert {name: chance[name] for name in CHANCE} == CHANCE
    assert (chance["status"], chance["status_note"]) == ("declined", "")
    waiver = await other.read(f"/v1/actions/{made['waived']['id']}")
    assert (waiver["title"], waiver["waiver_reason"]) == (ACTION["title"], "")
    assert waiver["waived_by"] == str(canary.caller.member_id)
    assert (await other.read(f"/v1/actions/{made['moved_on']['id']}"))["status_note"] == (
        "On it goes."
    )
    for name, note in (("mine", ""), ("judged", "So it is.")):
        outcome = await other.read(f"/v1/actions/{made[name]['id']}/outcome")
        assert (outcome["note"], outcome["judgment_note"], outcome["actual"]) == (note, "", 22.5)
