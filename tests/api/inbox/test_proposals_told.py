"""Who hears of proposals: those who may decide, then the author, each of what is theirs to know."""

from uuid import UUID

from domain.roles import Group
from tests.api.inbox.telling import inbox, nothing, only, reasons, tell, watch
from tests.api.voices.proposing import accepted, bench, reject
from tests.world import World


async def test_owner_and_editors_hear_of_a_proposal_and_its_author_how_it_ended(
    world: World,
) -> None:
    here = await bench(world)
    journey = UUID(here.journey)
    editor, other = await here.org.member(Group.SUPPORT_STAFF), await here.org.member()
    grant = {"role": "editor", "group": "support_staff"}
    await here.owner.made(f"/v1/journeys/{journey}/grants", grant)
    await tell(here.org, journey)
    first = await here.propose("touchpoint", name="Ring")
    second = await here.propose("stage", name="Earlier")
    await tell(here.org, journey)
    for caller in (here.owner, editor):
        told = await inbox(caller)
        assert [one["subject"]["id"] for one in told] == [second["id"], first["id"]]
        assert {one["reason"] for one in told} == {"proposal"}
    await nothing(here.ann, other)
    await watch(other, f"journeys/{journey}", "all")
    await accepted(here.owner, first)
    await reject(editor, second)
    await tell(here.org, journey)
    assert await reasons(here.ann) == [
        ("proposal", "proposal.rejected"),
        ("proposal", "proposal.accepted"),
    ]
    declined = (await inbox(here.ann))[0]["sentence"]
    assert declined.startswith("Support_staff person declined your proposal for ")
    assert {reason for reason, _ in await reasons(other)} == {"watching"}


async def test_who_proposes_to_their_own_journey_hears_nothing_of_it(world: World) -> None:
    here = await bench(world)
    await tell(here.org, UUID(here.journey))
    made = await here.propose("touchpoint", by=here.owner, name="Ring")
    await tell(here.org, UUID(here.journey))
    await nothing(here.owner)
    await here.propose("touchpoint", name="Knock")
    await tell(here.org, UUID(here.journey))
    assert only(await inbox(here.owner))["subject"]["id"] != made["id"]
