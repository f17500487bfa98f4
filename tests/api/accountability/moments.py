"""A small map whose touchpoints are moments, and ways to change what is on it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain import ledger
from domain.database import hot
from domain.duties import PlaybookStatus, RecoveryKind
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.accountability.playbooks import Playbook
from domain.queries.accountability.content import hashes
from domain.services.steps.changing import change
from tests.api.maps.drawing import Drawing, drawing
from tests.world import Caller, World, actor_of

_HASHES = hot(select(hashes(lambda of: of == bindparam("journey", type_=Uuid()))))


class Scene:
    """A drawing whose two touchpoints are moments."""

    def __init__(self, drawn: Drawing, moments: list[str]) -> None:
        self.drawn = drawn
        self.owner = drawn.owner
        self.moments = moments
        self.here: str = drawn.touchpoints[0]["id"]
        self.service = ""

    async def hashes(self) -> dict[str, str]:
        """The hashes of the journey and of its two moments."""
        given = {"organization_id": self.drawn.org.id, "journey": self.drawn.journey}
        async with self.drawn.org.world.database.transaction(self.drawn.org.id) as tx:
            rows = await tx.rows(_HASHES, **given)
        found = {str(row["subject_id"]): row["content_hash"] for row in rows}
        names = ("journey", "moment", "other")
        ids = (str(self.drawn.journey), *self.moments)
        return {name: found.get(one, "") for name, one in zip(names, ids, strict=True)}

    async def patch(self, path: str, body: dict[str, Any]) -> None:
        """Change something at the version it has now."""
        await self.send("PATCH", path, body, await self.version(path))

    async def send(self, method: str, path: str, body: Any, version: int) -> dict[str, Any]:
        reply = await self.owner.call(method, f"/v1{path}", body, If_Match=f'"{version}"')
        assert reply.status_code in (200, 204), reply.text
        found: dict[str, Any] = reply.json() if reply.content else {}
        return found

    async def version(self, path: str) -> int:
        """The version of a thing: from itself, or from the map."""
        thing = path.rsplit("/", 1)[-1]
        for items in (await self.drawn.map()).values():
            for item in items if isinstance(items, list) else []:
                if item["id"] == thing:
                    return int(item["version"])
        return int((await self.owner.read(f"/v1{path}"))["version"])

    async def playbook(self, status: PlaybookStatus) -> Playbook:
        """A playbook of the first moment."""
        async with self.drawn.org.world.database.transaction(self.drawn.org.id) as tx:
            actor = actor_of(self.owner, self.drawn.org.id)
            head = await ledger.lock(tx, actor, self.drawn.journey)
            playbook = Playbook(
                organization_id=self.drawn.org.id,
                journey_id=self.drawn.journey,
                touchpoint_id=UUID(self.here),
                moment_id=UUID(self.moments[0]),
                title="Say sorry",
                recovery_kind=RecoveryKind.APOLOGY,
                status=status,
                created_by=self.owner.member_id,
            )
            await tx.add(playbook)
            head = await ledger.record(tx, actor, head, Fact(Verb.PLAYBOOK_DRAFTED, playbook))
            change(playbook, {"title": "Say sorry at once"})
            await ledger.record(tx, actor, head, Fact(Verb.PLAYBOOK_UPDATED, playbook))
            return playbook


async def decisive(world: World) -> Scene:
    """A drawing whose two touchpoints are moments."""
    drawn = await drawing(world)
    paths = [f"/v1/touchpoints/{one['id']}/moments" for one in drawn.touchpoints]
    return Scene(drawn, [(await drawn.owner.made(path, {}))["id"] for path in paths])


async def asking(scene: Scene, subject: object, *rules: dict[str, Any]) -> dict[str, Any]:
    """Set the rules of a subject, whatever they were."""
    path = f"/v1/sign-off-rules/{subject}"
    version = (await scene.owner.read(path))["version"]
    reply = await scene.owner.put(path, {"rules": list(rules)}, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def approve(by: Caller, subject: object, **more: Any) -> dict[str, Any]:
    """Sign something off."""
    body = {"subject_id": str(subject), "decision": "approved"} | more
    return await by.made("/v1/sign-offs", body)


async def counted(by: Caller, subject: object) -> list[tuple[int, int, int, bool]]:
    """Given, stale, objections and whether it is satisfied, of each rule."""
    found = await by.read(f"/v1/sign-off-rules/{subject}")
    return [
        (rule["given"], rule["stale"], rule["objections"], rule["satisfied"])
        for rule in found["rules"]
    ]


async def become(admin: Caller, member: Caller, status: str) -> None:
    """Suspend a member, or reinstate them."""
    path = f"/v1/members/{member.member_id}"
    version = (await admin.read(path))["version"]
    reply = await admin.patch(path, {"status": status}, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text
