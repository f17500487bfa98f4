"""The permission table over HTTP."""

from domain.policy import POLICY
from domain.roles import Group
from tests.world import World


async def test_it_serves_the_whole_table(world: World) -> None:
    org = await world.organization()
    told = await org.admin.read("/v1/policy")
    rows = {row["may"]: row for row in told["rows"]}
    assert rows.keys() == {may.value for may in POLICY}
    assert rows["escalate"]["groups"]["decision_maker"] == "all"
    assert rows["erase_member"]["groups"]["executive"] == "oneself"
    assert rows["erase_member"]["or_anyone_who_is"] == ["administrator"]
    assert rows["erase_member"]["only_if"] == [["not_last_administrator"], ["owns_no_journey"]]
    assert len(told["groups"]) == 4
    scopes = {scope["name"]: scope for scope in told["scopes"]}
    assert {may: row["scope"] for may, row in rows.items()} == {
        may: name for name, scope in scopes.items() for may in scope["may"]
    }
    assert [name for name, scope in scopes.items() if scope["personal"]] == ["judge"]
    named = {word["name"] for word in told["relations"]}
    assert {name for row in told["rows"] for name in row["or_anyone_who_is"]} <= named


async def test_it_says_what_the_reader_may_anyway(world: World) -> None:
    org = await world.organization()
    ann = await org.member(Group.FRONTLINE_STAFF)
    assert "manage_members" in (await org.admin.read("/v1/policy"))["mine"]
    mine = (await ann.read("/v1/policy"))["mine"]
    assert "read_journey" in mine
    assert "manage_members" not in mine
