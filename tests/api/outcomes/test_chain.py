"""The chain from a quote to an outcome: all of it, in order, and nothing one may not see."""

from domain.roles import Group
from tests.api.outcomes.action_scene import begun, judged, recorded, waived
from tests.api.outcomes.opportunity_scene import merge, moved, seen
from tests.api.voices.scene import Scene, scene
from tests.world import World

F, S, D, X = Group


async def found(place: Scene, *sources: str) -> str:
    """A finding that follows from something."""
    path = f"/v1/touchpoints/{place.touchpoint}/pain-points"
    pain = {"text": "Nobody tells them.", "pain": "frustration", "side": "customer"}
    return str((await place[S].made(path, pain | {"from": list(sources)}))["id"])


async def test_from_a_quote_to_an_outcome(world: World) -> None:
    place = await scene(world, group_voice=True)
    quote = await place.say(place[F], body="They wait and wait.")
    unnamed = await place.say(place[F], body="So it is.", voice="group")
    secret = await place.say(place[D], body="Sh.", visibility="private")
    finding = await found(place, quote["id"], unnamed["id"])
    part = await seen(place, place[D], "A part", **{"from": [finding, secret["id"]]})
    whole = await seen(place, place[D], "Tell them")
    assert (await merge(place[D], part, whole)).status_code == 200
    one = await begun(place, place[F], opportunity_id=whole["id"])
    assert (await recorded(place[F], one)).status_code == 200
    assert (await judged(place[X], one)).status_code == 200
    told = await place[S].read(f"/v1/actions/{one['id']}/chain")
    said = [(link["kind"], link["sentence"]) for link in told["links"]]
    assert [kind for kind, _ in said] == [
        "annotation", "annotation", "finding", "opportunity", "opportunity", "action", "outcome",
        "judgment",
    ]  # fmt: skip
    assert said[0][1] == "frontline_staff person said: “They wait and wait.”"
    assert said[1][1] == "Somebody of frontline staff said: “So it is.”"
    assert said[2][1] == "support_staff person found (pain point): “Nobody tells them.”"
    assert said[-1][1] == "executive person verified what moved."
    assert told["links"][1]["member_id"] is None
    assert told["links"][0]["leads_to"] == [finding]
    assert str(place[F].member_id) not in str(told["links"][1])
    mine = await place[D].read(f"/v1/actions/{one['id']}/chain")
    assert len(mine["links"]) == len(told["links"]) + 1


async def test_what_was_withdrawn_is_told_no_more(world: World) -> None:
    place = await scene(world)
    quote = await place.say(place[F], body="They wait and wait.")
    one = await begun(place, place[F], **{"from": [quote["id"]]})
    path = f"/v1/actions/{one['id']}/chain"
    assert "They wait" in str(await place[F].read(path))
    assert (await place[F].post(f"/v1/annotations/{quote['id']}/withdraw")).status_code == 200
    for who in (F, S):
        assert "They wait" not in str(await place[who].read(path))


async def test_what_a_moderator_hid_is_told_no_more(world: World) -> None:
    place = await scene(world)
    quote = await place.say(place[F], body="They wait and wait.")
    one = await begun(place, place[F], **{"from": [quote["id"]]})
    said = f"/v1/annotations/{quote['id']}"
    hidden = await place.owner.post(f"{said}/hide", {"reason": "Names."}, If_Match='"1"')
    assert hidden.status_code == 200, hidden.text
    # Also to those who see it still: who wrote it, and who hid it.
    for who in (place[F], place[S], place.owner):
        assert "They wait" not in str(await who.read(f"/v1/actions/{one['id']}/chain"))


async def test_evidence_about_what_one_does_not_see_is_not_told(world: World) -> None:
    place = await scene(world)
    secret = await place.say(place[D], body="Sh.", visibility="private")
    plain = await place.say(place[D], body="They wait.")
    for said in (secret, plain):
        shown = {"subject_id": said["id"], "kind": "quote", "excerpt": f"About {said['body']}"}
        await place[D].made("/v1/evidence", shown)
    one = await begun(place, place[D], **{"from": [secret["id"], plain["id"]]})
    path = f"/v1/actions/{one['id']}/chain"
    assert "About Sh." in str(await place[D].read(path))
    told = str(await place[S].read(path))
    assert "About They wait." in told
    assert "About Sh." not in told


async def test_a_waiver_is_told_by_name(world: World) -> None:
    place = await scene(world)
    one = await begun(place, place[F])
    assert (await waived(place[X], one)).status_code == 200
    assert (await moved(place[F], one, "delivered")).status_code == 200
    told = await place[S].read(f"/v1/actions/{one['id']}/chain")
    assert (
        told["links"][-1]["sentence"]
        == "executive person waived the outcome: “The law asks for it.”"
    )
