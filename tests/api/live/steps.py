"""The changes of a map's structure, of its moments and of the organization around it."""

from tests.api.live.walk import Ground, Impossible, Step


async def add_stage(here: Ground) -> None:
    if len(here.map["stages"]) > 4:
        raise Impossible
    path = f"/journeys/{here.drawn.journey}/stages"
    await here.do("POST", path, {"name": here.word(), "after": here.after("stages", but="")})


async def add_touchpoint(here: Ground) -> None:
    if len(here.map["touchpoints"]) > 7:
        raise Impossible
    await here.do("POST", f"/stages/{here.stage()['id']}/touchpoints", {"name": here.word()})


async def add_lane(here: Ground) -> None:
    if len(here.map["lanes"]) > 3:
        raise Impossible
    await here.do("POST", f"/journeys/{here.drawn.journey}/lanes", {"question": here.word()})


async def add_emotion(here: Ground) -> None:
    feeling = {"label": here.word(), "valence": -1, "intensity": 2}
    await here.do("POST", f"/touchpoints/{here.touchpoint()['id']}/emotions", feeling)


async def write_cell(here: Ground) -> None:
    lane = here.one(one["id"] for one in here.map["lanes"] if one["kind"] == "custom")
    place = here.one([("stage_id", here.stage()), ("touchpoint_id", here.touchpoint())])
    written = {place[0]: place[1]["id"], "body": here.word()}
    there = [
        cell["version"]
        for cell in here.map["cells"]
        if cell["lane_id"] == lane and cell[place[0]] == place[1]["id"]
    ]
    # A cell that is off the map with something else has a version all the same.
    reply = await here.owner.put(
        f"/v1/lanes/{lane}/cells", written, If_Match=f'"{there[0] if there else 0}"'
    )
    assert reply.status_code in (200, 412), reply.text


async def update_stage(here: Ground) -> None:
    await here.do("PATCH", f"/stages/{here.stage()['id']}", {"name": here.word()})


async def update_lane(here: Ground) -> None:
    lane = here.one(here.map["lanes"])["id"]
    await here.do("PATCH", f"/lanes/{lane}", {"question": here.word()})


async def update_touchpoint(here: Ground) -> None:
    departments = (await here.owner.read("/v1/departments"))["items"]
    change = {
        "reality": here.word(),
        "responsible_department_id": here.one([None, *(one["id"] for one in departments)]),
    }
    await here.do("PATCH", f"/touchpoints/{here.touchpoint()['id']}", change)


async def open_or_close(here: Ground) -> None:
    touchpoint = here.touchpoint()
    path = f"/touchpoints/{touchpoint['id']}/child-journey"
    if touchpoint["child_journey_id"]:
        await here.do("DELETE", path)
        return
    await here.do("PUT", path, {"journey_id": str(await here.drawn.org.journey())})


async def update_emotion(here: Ground) -> None:
    await here.do("PATCH", f"/emotions/{here.emotion()['id']}", {"label": here.word()})


async def update_journey(here: Ground) -> None:
    await here.do("PATCH", f"/journeys/{here.drawn.journey}", {"title": here.word()})


async def lock_and_unlock(here: Ground) -> None:
    how = "lock" if here.map["journey"]["locked_at"] is None else "unlock"
    await here.do("POST", f"/journeys/{here.drawn.journey}/{how}")
    if how == "lock":
        await here.do("POST", f"/journeys/{here.drawn.journey}/unlock")


async def move_stage(here: Ground) -> None:
    stage = here.stage()["id"]
    body = {"after": here.after("stages", but=stage)}
    await here.do("POST", f"/stages/{stage}/move", body)


async def move_lane(here: Ground) -> None:
    lane = here.one(here.map["lanes"])["id"]
    await here.do("POST", f"/lanes/{lane}/move", {"after": here.after("lanes", but=lane)})


async def move_touchpoint(here: Ground) -> None:
    body = {"after": None, "stage_id": here.stage()["id"]}
    await here.do("POST", f"/touchpoints/{here.touchpoint()['id']}/move", body)


async def _remove(here: Ground, kind: str, id_: str) -> None:
    await here.do("DELETE", f"/{kind}/{id_}")
    here.removed.append(id_)


async def remove_stage(here: Ground) -> None:
    if len(here.map["stages"]) < 2:
        raise Impossible
    await _remove(here, "stages", here.stage()["id"])


async def remove_lane(here: Ground) -> None:
    await _remove(here, "lanes", here.one(here.map["lanes"])["id"])


async def remove_touchpoint(here: Ground) -> None:
    if len(here.map["touchpoints"]) < 2:
        raise Impossible
    await _remove(here, "touchpoints", here.touchpoint()["id"])


async def remove_emotion(here: Ground) -> None:
    await _remove(here, "emotions", here.emotion()["id"])


async def restore(here: Ground) -> None:
    piece = here.one(here.removed)
    reply = await here.owner.post(f"/v1/subjects/{piece}/restore")
    if reply.status_code == 409:
        raise Impossible
    assert reply.status_code == 200, reply.text
    here.removed.remove(piece)


async def nominate(here: Ground) -> None:
    plain = here.one(one["id"] for one in here.map["touchpoints"] if not one["moment"])
    await here.do("POST", f"/touchpoints/{plain}/moments", {})


async def update_moment(here: Ground) -> None:
    await here.do("PATCH", f"/moments/{here.moment()['id']}", {"stakes": here.word()})


async def confirm(here: Ground) -> None:
    moments = (one["moment"] for one in here.map["touchpoints"] if one["moment"])
    nominated = here.one(one["id"] for one in moments if one["status"] == "nominated")
    await here.do("POST", f"/moments/{nominated}/confirm")


async def retire(here: Ground) -> None:
    moment = here.moment()["id"]
    await here.do("POST", f"/moments/{moment}/retire", {"reason": "Gone."})


async def assign(here: Ground) -> None:
    moments = (one["moment"] for one in here.map["touchpoints"] if one["moment"])
    open_ = here.one(one["id"] for one in moments if not one["accountable"])
    given = {"role": "accountable", "member_id": str(here.people[4].member_id)}
    await here.do("POST", f"/moments/{open_}/responsibilities", given)


async def _answer(here: Ground, status: str, how: str, body: object = None) -> None:
    moments = (one["moment"] for one in here.map["touchpoints"] if one["moment"])
    told = (one["accountable"] for one in moments if one["accountable"])
    asked = here.one(one["responsibility_id"] for one in told if one["status"] == status)
    by = here.owner if how == "end" else here.people[4]
    await here.do("POST", f"/responsibilities/{asked}/{how}", body, by)


async def accept(here: Ground) -> None:
    await _answer(here, "assigned", "accept")


async def decline(here: Ground) -> None:
    await _answer(here, "assigned", "decline", {"reason": "Not mine."})


async def end(here: Ground) -> None:
    await _answer(here, "accepted", "end", {"reason": "Over."})


async def draft_playbook(here: Ground) -> None:
    body = {"title": here.word(), "recovery_kind": "apology", "steps": ["Say sorry."]}
    path = f"/moments/{here.moment()['id']}/playbooks"
    made = await here.do("POST", path, body, here.people[0])
    if here.random.random() < 0.7:
        await here.do("POST", f"/playbooks/{made['id']}/approve", {}, here.people[4])


async def set_rules(here: Ground) -> None:
    path = f"/v1/sign-off-rules/{here.moment()['id']}"
    version = (await here.owner.read(path))["version"]
    rules = here.one([[], [{"group": "frontline_staff"}], [{"group": "decision_maker"}]])
    reply = await here.owner.put(path, {"rules": rules}, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def sign_off(here: Ground) -> None:
    moments = (one["moment"] for one in here.map["touchpoints"] if one["moment"])
    ruled = here.one(one["id"] for one in moments if one["sign_offs"])
    decision = here.one(["approved", "changes_requested"])
    body = {"subject_id": ruled, "decision": decision, "comment": "Hm."}
    for who in (here.people[1], here.people[4]):
        reply = await who.post("/v1/sign-offs", body)
        assert reply.status_code in (201, 403), reply.text


async def name_leaders(here: Ground) -> None:
    names = (await here.owner.read("/v1/organization"))["names_leaders"]
    reply = await here.owner.read("/v1/organization")
    changed = await here.owner.patch(
        "/v1/organization", {"names_leaders": not names}, If_Match=f'"{reply["version"]}"'
    )
    assert changed.status_code == 200, changed.text


async def suspend_or_reinstate(here: Ground) -> None:
    path = f"/members/{here.people[4].member_id}"
    for status in ("suspended", "active"):
        await here.do("PATCH", path, {"status": status})
        if here.random.random() < 0.5:
            await here.do("PATCH", path, {"title": here.word()})


STRUCTURE: list[Step] = [
    add_stage, add_touchpoint, add_lane, add_emotion, write_cell, update_stage, update_lane,
    update_touchpoint, open_or_close, update_emotion, update_journey, lock_and_unlock, move_stage,
    move_lane,
    move_touchpoint, remove_stage, remove_lane, remove_touchpoint, remove_emotion, restore,
]  # fmt: skip
DUTIES: list[Step] = [
    nominate, update_moment, confirm, retire, assign, accept, decline, end, draft_playbook,
    set_rules, sign_off, name_leaders, suspend_or_reinstate,
]  # fmt: skip
