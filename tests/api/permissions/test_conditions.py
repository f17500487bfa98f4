"""Every "only if" of the table, and every word about who sees a journey: allowed and refused."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from litestar import Litestar

from api.openapi import operations
from domain.policy import POLICY
from domain.roles import Condition, Group, May
from tests.api.permissions.assembly import assemble
from tests.api.permissions.cast import Cast, fresh_removal
from tests.api.permissions.probes import PROBES
from tests.api.permissions.test_matrix import ACTORS, expects, tried
from tests.world import Caller, World

F, S, D, X = Group
OPEN = frozenset({Condition.OPEN})

ELSEWHERE = {
    Condition.RULES_SATISFIED: "tests/api/accountability/test_signed_transitions.py",
    Condition.OVERRIDE_WITH_REASON: "tests/api/accountability/test_signed_transitions.py",
    Condition.NOT_OWN_LAST_EDIT: "tests/api/accountability/test_sign_offs.py",
    Condition.SOLE_ELIGIBLE: "tests/api/accountability/test_sign_offs.py",
    Condition.OPEN: "test_what_is_closed_takes_no_change, for every operation",
    Condition.NOT_LAST_ADMINISTRATOR: "test_the_last_administrator_cannot_be_erased",
    Condition.NOT_OWN_ACCOUNTABLE: "tests/api/accountability/test_retiring.py",
    Condition.OWNS_NO_JOURNEY: "test_an_owner_of_journeys_cannot_be_erased",
    Condition.NOT_AUTHOR: "tests/api/accountability/test_playbooks.py",
    Condition.WITHIN_LIMIT: "tests/api/accountability/test_playbook_uses.py",
    Condition.NOT_ACTION_OWNER: "tests/api/outcomes/test_outcomes.py",
    Condition.NOT_OUTCOME_RECORDER: "tests/api/outcomes/test_outcomes.py",
}

ENDS = {"cancelInputRequest", "revokeInputLink"}
"""They take something back, also where all is closed: tests/api/participation/test_closed.py."""
MOVES = (May.MOVE_TO_REVIEW, May.APPROVE_JOURNEY, May.PUBLISH_JOURNEY, May.UNARCHIVE_JOURNEY)
"""What transitionJourney asks, beside what its route names; tests/api/maps/test_transitions.py."""


def needs(operation: str, app: Litestar) -> frozenset[frozenset[Condition]]:
    """What must hold for an operation."""
    may = PROBES[operation].may or operations(app)[operation].may
    assert may is not None
    return POLICY[may].only_if


def test_every_condition_is_known(app: Litestar) -> None:
    asked = [needs(name, app) for name in PROBES] + [POLICY[may].only_if for may in MOVES]
    used = {one for only_if in asked for any_of in only_if for one in any_of}
    assert used == set(ELSEWHERE)


async def lock(cast: Cast) -> None:
    await owners_move(cast, "lock", None)


async def archive(cast: Cast) -> None:
    await owners_move(cast, "transition", {"to": "archived"})


async def owners_move(cast: Cast, verb: str, body: Any) -> None:
    """Let the owner do something with the journey as a whole."""
    owner, path = cast["owner"], cast.path("/journeys/{journey}")
    version = (await owner.read(path))["version"]
    reply = await owner.post(f"{path}/{verb}", body, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


@pytest.fixture(scope="module", params=[lock, archive], ids=["locked", "archived"])
async def closed(app: Litestar, http: httpx.AsyncClient, request: Any) -> Cast:
    cast = await assemble(World(http, app.state.database, app.state.tokens))
    cast.things |= await fresh_removal(cast, cast["owner"])
    close: Callable[[Cast], Awaitable[None]] = request.param
    await close(cast)
    return cast


async def test_what_is_closed_takes_no_change(app: Litestar, closed: Cast) -> None:
    tried_ones = [name for name in PROBES if name not in ENDS and OPEN in needs(name, app)]
    assert len(tried_ones) > 30
    for operation in tried_ones:
        probe = PROBES[operation]
        may = probe.may or operations(app)[operation].may
        assert may is not None
        name = next(one for one in ACTORS if expects(closed, may, probe, one))
        reply = await tried(closed, probe, closed[name], fresh=False)
        assert reply.status_code == 403, f"{operation} by {name}: {reply.text}"
        assert "The journey is locked or archived." in reply.json()["detail"]
        assert "unlock or unarchive it" in reply.json()["detail"].lower()


async def test_what_is_closed_can_still_be_read(closed: Cast) -> None:
    for path in ("/journeys/{journey}", "/journeys/{journey}/map", "/annotations/{annotation}"):
        assert (await closed["frontline_staff"].get(closed.path(path))).status_code == 200


async def test_a_moderator_may_still_hide_where_all_is_closed(closed: Cast) -> None:
    path = closed.path("/annotations/{annotation}")
    version = (await closed["moderator"].read(path))["version"]
    hidden = await closed["moderator"].post(
        f"{path}/hide", {"reason": "Names a customer."}, If_Match=f'"{version}"'
    )
    assert hidden.status_code == 200


async def erase(by: Caller, whom: Caller) -> httpx.Response:
    path = f"/v1/members/{whom.member_id}"
    version = (await by.read(path))["version"]
    return await by.post(f"{path}/erase", If_Match=f'"{version}"')


async def test_the_last_administrator_cannot_be_erased(world: World) -> None:
    org = await world.organization()
    refused = await erase(org.admin, org.admin)
    assert refused.status_code == 403
    assert "last administrator" in refused.json()["detail"]
    second = await org.member(F, administrator=True)
    assert (await erase(second, org.admin)).status_code in (200, 204)


async def test_an_owner_of_journeys_cannot_be_erased(world: World) -> None:
    org = await world.organization()
    owner = await org.member(F)
    journey = await org.journey(owner=owner)
    refused = await erase(org.admin, owner)
    assert refused.status_code == 403
    assert "Hand it over first" in refused.json()["detail"]
    body = {"member_id": str(org.admin.member_id)}
    version = (await owner.read(f"/v1/journeys/{journey}"))["version"]
    path = f"/v1/journeys/{journey}/transfer"
    handed = await owner.post(path, body, If_Match=f'"{version}"')
    assert handed.status_code == 200, handed.text
    assert (await erase(org.admin, owner)).status_code in (200, 204)


async def test_anybody_may_take_a_thread_on_themselves_and_nobody_for_others(
    world: World,
) -> None:
    org = await world.organization()
    stage = await org.admin.made(f"/v1/journeys/{await org.journey()}/stages", {"name": "Ride"})
    said = {"subject_id": stage["id"], "kind": "issue", "body": "Too long."}
    annotation = await org.admin.made("/v1/annotations", said)
    ann, bob = await org.member(F), await org.member(F)
    path = f"/v1/annotations/{annotation['id']}/assign"
    for whom, status in ((bob, 403), (ann, 200)):
        body = {"member_id": str(whom.member_id)}
        assert (await ann.post(path, body, If_Match='"1"')).status_code == status


@pytest.mark.parametrize("hiding", [{"status": "draft"}, {"restricted": True}])
async def test_a_hidden_journey_exists_for_its_owner_and_grantees_only(
    world: World, hiding: dict[str, Any]
) -> None:
    org = await world.organization()
    owner = await org.member(D)
    journey = await org.journey(owner=owner, **hiding)
    path = f"/v1/journeys/{journey}"
    outsiders = [await org.member(group) for group in Group]
    for outsider in (*outsiders, org.admin):
        # 404 before 403: a change is refused as if there were nothing, too.
        assert (await outsider.get(path)).status_code == 404
        body = {"name": "Mine"}
        assert (await outsider.post(f"{path}/stages", body)).status_code == 404
    by_name, by_group = outsiders[0], outsiders[1]
    for grantee in ({"member_id": str(by_name.member_id)}, {"group": S.value}):
        await owner.made(f"{path}/grants", {"role": "participant"} | grantee)
    for reader in (owner, by_name, by_group):
        assert (await reader.get(path)).status_code == 200
    refused = await by_name.post(f"{path}/stages", {"name": "Mine"})
    assert refused.status_code == 403
    assert (await outsiders[3].get(path)).status_code == 404


async def test_every_may_of_a_route_is_in_the_table(app: Litestar) -> None:
    assert {one.may for one in operations(app).values() if one.may} <= set(May)
