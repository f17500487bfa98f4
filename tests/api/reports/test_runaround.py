"""The runaround of a journey: the sequence of departments, handoffs, gaps."""

from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.world import World


async def department(drawn: Drawing, name: str, **fields: object) -> str:
    made = await drawn.owner.made("/v1/departments", {"name": name} | fields)
    return str(made["id"])


async def test_the_sequence_follows_the_map(world: World) -> None:
    drawn = await drawing(world)
    sales = await department(drawn, "Sales")
    center = await department(drawn, "Center", external=True)
    at = {"stage": 1, "contact_context": "repeat"}
    await drawn.touchpoint("Ask again", responsible_department_id=sales, **at)
    first = await drawn.touchpoint("Order", responsible_department_id=sales)
    await drawn.touchpoint("Complain", responsible_department_id=center)
    found = await drawn.owner.read(f"/v1/journeys/{drawn.journey}/runaround")
    assert [step["touchpoint_name"] for step in found["steps"]] == [
        "Call", "Visit", "Order", "Complain", "Ask again",
    ]  # fmt: skip
    assert [step["handed_over_from"] for step in found["steps"]] == [
        None, None, None, sales, center,
    ]  # fmt: skip
    assert [step["external"] for step in found["steps"]] == [None, None, False, True, False]
    assert found["steps"][4]["returned"]
    assert (found["handoffs"], found["departments"], found["returns"]) == (2, 2, 1)
    assert (found["n"], found["without_department"], found["repeat_contacts"]) == (5, 2, 1)
    assert found["explanation"].startswith("handoffs 2 = 2 passes between 3 touchpoints")
    path = f"/v1/touchpoints/{first['id']}"
    assert (await drawn.owner.delete(path, If_Match='"1"')).status_code == 204
    assert (await drawn.owner.read(f"/v1/journeys/{drawn.journey}/runaround"))["n"] == 4


async def test_an_empty_journey_has_no_figure(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(template="blank")
    found = await org.admin.read(f"/v1/journeys/{journey}/runaround")
    assert (found["handoffs"], found["steps"]) == (0, [])
    assert found["explanation"].startswith("no figure")


async def test_nothing_is_told_of_a_journey_one_does_not_see(world: World) -> None:
    drawn = await drawing(world, status="draft")
    stranger = (await world.organization()).admin
    for caller in (await drawn.org.member(Group.EXECUTIVE), stranger):
        reply = await caller.get(f"/v1/journeys/{drawn.journey}/runaround")
        assert reply.status_code == 404
