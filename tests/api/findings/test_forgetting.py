"""What goes: files that nothing knows, and the words and files of whoever is erased."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from litestar import Litestar

from api.commands.sweeping import Sweep
from api.files import Files
from api.settings import Settings
from domain import clock
from domain.files import new_key
from domain.roles import Group
from tests.api.findings.finding_scene import BODIES
from tests.api.findings.test_attachments import PDF, attach
from tests.api.identity.canary import Canary, drawn, invited
from tests.api.identity.test_erasure import erase
from tests.api.records.evidence import as_owner, faults, traces
from tests.api.voices.scene import code, etag, scene
from tests.world import World

F, S, D, X = Group


async def test_files_that_nothing_knows_are_forgotten(world: World, app: Litestar) -> None:
    place = await scene(world)
    files: Files = app.state.files
    kept, removed = [(await attach(place[F], place.touchpoint, PDF)).json()["id"] for _ in range(2)]
    stray = new_key(place.org.id, "attachments")
    job = new_key(place.org.id, "jobs")
    for key in (stray, job):
        await files.put(key, b"so")
    await place[F].delete(f"/v1/attachments/{removed}", **etag(1))
    sweep = Sweep(world.database, files, place.org.id)

    async def there() -> list[str]:
        prefix = f"{place.org.id}/"
        return [key async for key in files.older_than(prefix, timedelta(days=-99))]

    await sweep.look()
    assert len(await there()) == 4  # nothing is a day old
    for days, left in ((2, 2), (31, 1)):
        at = clock.now() + timedelta(days=days)
        with clock.replaced(partial(datetime.fromtimestamp, at.timestamp(), UTC)):
            assert (await sweep.look())["swept"] == 1
        assert len(await there()) == left
    content = await place[F].get(f"/v1/attachments/{kept}/content")
    assert (content.status_code, content.content) == (200, PDF)


async def lost(canary: Canary) -> dict[str, str]:
    """Leave words wherever findings, evidence and files take any."""
    org, bird, word = canary.org, canary.caller, canary.word
    _, (touchpoint, _) = await drawn(org)
    body = BODIES["drop-offs"] | {"text": word, "went_to": word, "source": word}
    finding = (await bird.made(f"/v1/touchpoints/{touchpoint}/drop-offs", body))["id"]
    for version, (step, said) in enumerate((("close", word), ("reopen", "")), 1):
        closing = {"status": "addressed", "note": said} if said else None
        done = await bird.post(f"/v1/findings/{finding}/{step}", closing, **etag(version))
        assert done.status_code == 200, done.text
    persona = (await org.admin.made("/v1/personas", {"name": "Ada"}))["id"]
    path = f"/v1/members/{bird.member_id}"
    leading = await org.admin.patch(path, {"group": "executive"}, **etag(1))
    assert leading.status_code == 200, leading.text
    given = {"kind": "quote", "excerpt": word, "source": word, "url": f"https://{word}.example"}
    about = {"of_persona": persona, "of_finding": finding}
    evidence = {
        name: (await bird.made("/v1/evidence", given | {"subject_id": one}))["id"]
        for name, one in about.items()
    }
    file = (await attach(bird, finding, PDF, description=word)).json()["id"]
    return evidence | {"finding": finding, "file": file}


async def test_whoever_is_erased_leaves_no_word_and_no_file(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    things = await lost(canary)
    async with as_owner(settings) as owner:
        found = (await traces(owner, canary.word)).keys()
        assert {"findings", "evidence", "attachments", "revisions"} <= found
        status, told = await erase(org.admin, canary.caller, 2)
        assert status == 200, told
        assert await traces(owner, canary.word) == {}
        assert await faults(owner, org.id) == []
    emptied = await org.admin.read(f"/v1/findings/{things['finding']}")
    assert (emptied["text"], emptied["entered"], emptied["attachment_count"]) == ("", 9, 0)
    for one in ("of_persona", "of_finding"):
        assert (await org.admin.read(f"/v1/evidence/{things[one]}"))["excerpt"] == ""
    gone = await org.admin.get(f"/v1/attachments/{things['file']}/content")
    assert code(gone, 404) == "not_found"
    events = (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    verbs = [event["verb"] for event in events]
    assert verbs[-3:] == ["evidence.erased", "invitation.erased", "member.erased"]
