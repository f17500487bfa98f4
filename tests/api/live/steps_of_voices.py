"""What people say of a map, and what becomes of it: each may change the numbers that all see."""

from collections.abc import Iterator

from tests.api.live.replica import Thing
from tests.api.live.walk import Ground, Impossible, Step
from tests.world import Caller

ABSTAINS = {"abstained": True, "abstention_reason": "Not mine."}
SEEN_BY = ("everyone", "everyone", "my_group", "leadership", "private")


def _subjects(here: Ground) -> Iterator[str]:
    for kind in ("stages", "lanes", "cells", "touchpoints", "touchpoints"):
        yield from (one["id"] for one in here.map[kind])
    yield here.emotion()["id"]


async def _in_state(here: Ground, *statuses: str) -> tuple[Caller, Thing]:
    """Something said that is in one of these states, and who said it."""
    said = list(here.said)
    here.random.shuffle(said)
    for who, annotation in said[:12]:
        read = await who.read(f"/v1/annotations/{annotation}")
        if read["status"] in statuses:
            return who, read
    raise Impossible


async def annotate(here: Ground) -> None:
    who = here.one(here.people[:4])
    kind, visibility = here.one(["issue", "idea", "praise"]), here.one(SEEN_BY)
    body = {"subject_id": here.one(_subjects(here)), "kind": kind, "body": here.word()}
    made = await here.do("POST", "/annotations", body | {"visibility": visibility}, who)
    here.said.append((who, made["id"]))


async def reply(here: Ground) -> None:
    who, said = await _in_state(here, "open", "resolved")
    await here.do("POST", f"/annotations/{said['id']}/replies", {"body": here.word()}, who)


async def edit(here: Ground) -> None:
    who, said = await _in_state(here, "open")
    change = {"body": here.word(), "kind": here.one(["issue", "idea"])}
    await here.do("PATCH", f"/annotations/{said['id']}", change, who)


async def widen_or_narrow(here: Ground) -> None:
    who, said = await _in_state(here, "open")
    path = f"/v1/annotations/{said['id']}"
    body = {"visibility": here.one([*SEEN_BY, "private"])}
    changed = await who.patch(path, body, If_Match=f'"{said["version"]}"')
    # What others answered in confidence stays there.
    assert changed.status_code in (200, 409), changed.text


async def withdraw(here: Ground) -> None:
    who, said = await _in_state(here, "open", "resolved")
    await here.do("POST", f"/annotations/{said['id']}/withdraw", None, who)


async def stand_by(here: Ground) -> None:
    who, said = await _in_state(here, "withdrawn")
    await here.do("POST", f"/annotations/{said['id']}/restore", None, who)


async def _by_owner(here: Ground, how: str, body: Thing | None, *statuses: str) -> None:
    _, said = await _in_state(here, *statuses)
    path = f"/v1/annotations/{said['id']}"
    seen = await here.owner.get(path)
    if seen.status_code == 404:
        raise Impossible
    await here.do("POST", f"/annotations/{said['id']}/{how}", body)


async def hide(here: Ground) -> None:
    await _by_owner(here, "hide", {"reason": "Rude."}, "open", "resolved")


async def show(here: Ground) -> None:
    await _by_owner(here, "show", None, "hidden")


async def resolve(here: Ground) -> None:
    how = {"resolution": "answered", "note": "We told them."}
    await _by_owner(here, "resolve", how, "open")


async def reopen(here: Ground) -> None:
    await _by_owner(here, "reopen", None, "resolved")


async def reanchor(here: Ground) -> None:
    target = {"subject_id": here.one(_subjects(here))}
    await _by_owner(here, "reanchor", target, "open", "resolved", "withdrawn")


async def rate(here: Ground) -> None:
    who = here.one(here.people)
    path = f"/touchpoints/{here.touchpoint()['id']}/ratings/me"
    answers = here.one([ABSTAINS, *({"emotional": n} for n in range(1, 6))])
    await here.do("PUT", path, answers, who)


async def _rate_moment(here: Ground, emotional: int) -> None:
    decisive = [one["id"] for one in here.map["touchpoints"] if one["moment"]]
    path = f"/touchpoints/{here.one(decisive)}/ratings/me"
    await here.do("PUT", path, {"emotional": emotional}, here.one(here.people[4:]))


async def rate_low(here: Ground) -> None:
    await _rate_moment(here, here.random.randrange(1, 3))


async def rate_high(here: Ground) -> None:
    await _rate_moment(here, here.random.randrange(4, 6))


async def propose(here: Ground) -> None:
    if here.map["journey"]["locked_at"]:
        raise Impossible
    touchpoint = here.touchpoint()
    words = {"changes": {"quote": here.word()}, "base_version": touchpoint["version"]}
    body = words | {"about": "touchpoint", "subject_id": touchpoint["id"], "reason": "So."}
    who = here.one(here.people[:4])
    made = await here.do("POST", "/proposals", body, who)
    how = here.one([("accept", {}, here.owner), ("reject", {"reason": "No."}, here.owner),
                    ("withdraw", None, who), None, None])  # fmt: skip
    if how is not None:
        decided, told, by = how
        await here.do("POST", f"/proposals/{made['id']}/{decided}", told, by)


VOICES: list[Step] = [
    annotate, reply, edit, widen_or_narrow, withdraw, stand_by, hide, show, resolve, reopen,
    reanchor, rate, propose,
]  # fmt: skip
