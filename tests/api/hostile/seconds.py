"""A second one of everything on stage, so that every list has a second page."""

from tests.api.hostile.target import Target
from tests.api.permissions.cast import Cast
from tests.api.permissions.nouns.evidence import evidence, form
from tests.api.permissions.nouns.flags import FLAG
from tests.api.permissions.nouns.outcomes import for_another


async def two_of_each(target: Target) -> None:
    """A second one where there was one, so that every list has a second page."""
    owner, cast = target.cast["owner"], target.cast
    if "second" in cast.things:
        return
    cast.things["second"] = (await owner.made("/v1/journeys", {"title": "Another"}))["id"]
    await owner.made("/v1/personas", {"name": "Bob"})
    await owner.made("/v1/departments", {"name": "Yard"})
    await owner.made("/v1/channels", {"key": "fax", "name": "Fax"})
    await owner.made("/v1/invitations", target.body("inviteMember"))
    await owner.made("/v1/identity-providers", target.body("createIdentityProvider"))
    await owner.made(cast.path("/touchpoints/{other_touchpoint}/moments"), {})
    await owner.made("/v1/access-tokens", target.body("createAccessToken"))
    for _ in range(2):
        said = {"subject_id": cast.things["touchpoint"], "kind": "idea", "body": "So."}
        await owner.made("/v1/annotations", said)
        await owner.made(cast.path("/annotations/{annotation}/replies"), {"body": "Yes."})
    await two_alive(cast)
    await owner.made("/v1/evidence", evidence(cast))
    await owner.made("/v1/attachments", form(cast))
    await owner.made(cast.path("/journeys/{journey}/actions"), for_another(cast))
    for _ in range(2):
        asked = await owner.post("/v1/jobs/exports", {"journey_id": cast.things["journey"]})
        assert asked.status_code == 202, asked.text
    await two_to_answer_for(cast)
    await two_heard(target)
    await owner.made("/v1/webhooks", target.body("createWebhook"))
    pinged = await owner.post(cast.path("/webhooks/{webhook}/ping"))
    assert pinged.status_code == 202, pinged.text


async def two_alive(cast: Cast) -> None:
    """The same of what the nouns of a map's life list."""
    owner, journey = cast["owner"], cast.path("/journeys/{journey}")
    await owner.made(f"{journey}/editions", {"name": "Summer"})
    await owner.made(f"{journey}/publications", {"everyone": True})
    for outcome in ("still_true", "needs_work"):
        await owner.made(f"{journey}/revisits", {"outcome": outcome})


async def two_heard(target: Target) -> None:
    """The same of what hangs on threads."""
    cast, watching = target.cast, target.caller("listWatches")
    for name in ("journeys/{journey}", "annotations/{annotation}"):
        watched = await watching.put(cast.path(f"/{name}/watch"), {"level": "all"})
        assert watched.status_code == 200, watched.text
    for name in ("annotations/{annotation}", "replies/{reply}"):
        for by in ("owner", "author"):
            path = cast.path(f"/{name}/reactions/heart")
            assert (await cast[by].put(path)).status_code == 200
    flagged = await cast["author"].post(cast.path("/replies/{flagged_reply}/flag"), FLAG)
    assert flagged.status_code == 200, flagged.text
    path = cast.path("/replies/{reply}")
    version = (await cast["author"].read(path))["version"]
    edited = await cast["author"].patch(path, {"body": "Or so."}, If_Match=f'"{version}"')
    assert edited.status_code == 200, edited.text


async def two_to_answer_for(cast: Cast) -> None:
    """The same of what the nouns of accountability list."""
    owner = cast["owner"]
    await cast["author"].made(cast.path("/playbooks/{approved_playbook}/uses"), {})
    signed = {"subject_id": cast.things["signed_moment"], "decision": "approved"}
    await cast["participant"].made("/v1/sign-offs", signed)
    for group in ("executive", "support_staff"):
        brought = {"group": group, "value": "A promise."}
        path = cast.path("/journeys/{journey}/stakeholder-values")
        assert (await owner.put(path, brought, If_Match='"0"')).status_code == 200
    for name in ("touchpoint", "other_touchpoint"):
        path = f"/v1/touchpoints/{cast.things[name]}"
        answering = {"responsible_department_id": cast.things["department"]}
        version = (await owner.read(path))["version"]
        assert (await owner.patch(path, answering, If_Match=f'"{version}"')).status_code == 200
