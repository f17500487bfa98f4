"""An organization with a program in it, somebody who answers for that, and a journey."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.roles import Group
from tests.api.identity.tokens import made
from tests.world import Caller, Org, World


@dataclass
class Program:
    """The robot stands beside Ann, in support staff of a department; Boss answers for it."""

    org: Org
    boss: Caller
    ann: Caller
    robot: Caller
    department: str
    journey: UUID
    touchpoint: str
    moment: str

    @property
    def id(self) -> str:
        """The service member."""
        return str(self.robot.member_id)


async def taken_in(world: World) -> Program:
    """A service member with a token for all that a program may."""
    org = await world.organization()
    department = (await org.admin.made("/v1/departments", {"name": "Desk"}))["id"]
    boss = await org.member(Group.DECISION_MAKER, name="Boss Able")
    ann = await org.member(Group.SUPPORT_STAFF, department_id=UUID(department))
    wish = {
        "name": "Ticket system",
        "group": "support_staff",
        "department_id": department,
        "manager_id": str(boss.member_id),
        "may_create_journeys": True,
    }
    member = await org.admin.made("/v1/service-members", wish)
    scopes = ("read", "voice", "maps", "results", "metrics", "account")
    token = await made(org.admin, *scopes, member_id=member["id"])
    robot = replace(org.admin, token=token["token"], member_id=UUID(member["id"]))
    journey = await org.journey(group_voice=True)
    stage = await org.admin.made(f"/v1/journeys/{journey}/stages", {"name": "Ride"})
    path = f"/v1/stages/{stage['id']}/touchpoints"
    touchpoint = (await org.admin.made(path, {"name": "Call"}))["id"]
    moment = (await org.admin.made(f"/v1/touchpoints/{touchpoint}/moments", {}))["id"]
    return Program(org, boss, ann, robot, department, journey, touchpoint, moment)
