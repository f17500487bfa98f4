"""Finding what was said and drawn: words, prefixes, phrases, exclusions, misspellings, pages."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from api.settings import Settings
from domain.roles import Group
from tests.api.search.searching import found, learned, marks, search, text
from tests.api.voices.scene import Scene, code, scene
from tests.world import World


async def furnished(world: World) -> tuple[Scene, dict[str, str]]:
    """One thing of each kind that says "lighthouse"."""
    place = await scene(world, title="Lighthouse visit")
    owner, ids = place.owner, {"journey": str(place.journey)}
    stage = await owner.made(f"/v1/journeys/{place.journey}/stages", {"name": "Arrive"})
    body = {"name": "Lighthouse keeper", "quote": "Mind the steps."}
    touchpoint = await owner.made(f"/v1/stages/{stage['id']}/touchpoints", body)
    moment = await owner.made(
        f"/v1/touchpoints/{touchpoint['id']}/moments",
        {"rationale": "The lighthouse is why they come.", "triggers": ["fog horn"]},
    )
    persona = await owner.made(
        "/v1/personas", {"name": "Ida", "goals": ["to see a lighthouse at night"]}
    )
    said = await place.say(place[Group.SUPPORT_STAFF], body="No lighthouse is open on Mondays.")
    ids |= {
        "touchpoint": touchpoint["id"],
        "moment": moment["id"],
        "persona": persona["id"],
        "annotation": said["id"],
    }
    return place, ids


async def test_each_kind_is_found_by_its_words(world: World) -> None:
    place, ids = await furnished(world)
    reader = place[Group.FRONTLINE_STAFF]
    page = await search(reader, "lighthouse")
    assert {item["kind"]: item["id"] for item in page["items"]} == ids
    assert page["next_cursor"] is None
    assert page["corrected"] == []
    for kind, key in ids.items():
        assert await found(reader, "LIGHTH", kind=kind) == {key}
    assert await found(reader, "fog horn") == {ids["moment"]}
    assert await found(reader, "steps") == {ids["touchpoint"]}
    assert await found(reader, "lighthouse", journey=place.journey) == set(ids.values()) - {
        ids["persona"]
    }
    await place.put_on_journey(ids["persona"])
    assert await found(reader, "lighthouse", journey=place.journey) == set(ids.values())


async def test_a_title_and_the_place_that_says_it_come_in_pieces(world: World) -> None:
    place, ids = await furnished(world)
    page = await search(place[Group.EXECUTIVE], "light night")
    [item] = page["items"]
    assert (item["id"], text(item["title"])) == (ids["persona"], "Ida")
    assert text(item["snippet"]) == "to see a lighthouse at night"
    assert marks(item["snippet"]) == ["lighthouse", "night"]
    [said] = (await search(place[Group.EXECUTIVE], "mondays"))["items"]
    author = place[Group.SUPPORT_STAFF]
    assert said["author_id"] == str(author.member_id)
    assert (said["author_group"], said["status"]) == ("support_staff", "open")
    assert text(said["title"]) == "Wait"
    assert said["journey_title"] == "Lighthouse visit"


async def test_markup_in_a_text_stays_text(world: World) -> None:
    place = await scene(world)
    body = "<script>alert('hook')</script> & <b>hook</b>"
    await place.say(place.owner, body=body)
    [item] = (await search(place.owner, "hook"))["items"]
    assert text(item["snippet"]) == body
    assert marks(item["snippet"]) == ["hook", "hook"]


async def test_words_phrases_and_exclusions(world: World) -> None:
    place = await scene(world)
    who = place[Group.DECISION_MAKER]
    bodies = ["The long line moves.", "A line that is long.", "Line after line.", "O'Hara's e-mail"]
    a, b, c, d = [(await place.say(who, body=body))["id"] for body in bodies]
    for q, expected in (
        ("line", {a, b, c}),
        ("long line", {a, b}),
        ('"long line"', {a}),
        ("line -long", {c}),
        ('line -"long line"', {b, c}),
        ("lin", {a, b, c}),
        ("-x line", {a, b, c}),
        ("o'hara", {d}),
        ("e-mail", {d}),
        ('"long line', {a}),
        ("moves.", {a}),
        ("'", None),
        ("-line", None),
        ('"', None),
        ("&|!():*<->", None),
    ):
        if expected is None:
            reply = await who.get(f"/v1/search?q={q.replace('&', '%26')}")
            assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, "q"), q
        else:
            assert await found(who, q) == expected, q


async def test_texts_in_other_scripts_are_found(world: World) -> None:
    place = await scene(world)
    who = place.owner
    for body, q in (
        ("Die Straße ist GESPERRT", "straße"),
        ("Очередь слишком длинная", "ОЧЕРЕДЬ"),
        ("الانتظار طويل جدا", "الانتظار"),
        ("待ち時間 が長い", "待ち時間"),
        ("Ça déçoit 😀 beaucoup", "déç"),
    ):
        said = await place.say(who, body=body)
        assert await found(who, q) == {said["id"]}, q


async def test_a_reply_finds_its_thread(world: World) -> None:
    place = await scene(world)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    said = await place.say(author, body="Too slow.")
    path = f"/v1/annotations/{said['id']}/replies"
    reply = await other.made(path, {"body": "Because of the turnstile."})
    [item] = (await search(author, "turnstile"))["items"]
    assert (item["kind"], item["id"], item["reply_id"]) == ("annotation", said["id"], reply["id"])
    assert item["author_id"] == said["author_id"]
    assert marks(item["snippet"]) == ["turnstile"]
    await author.made(path, {"body": "The turnstile again, the turnstile!"})
    assert len((await search(author, "turnstile"))["items"]) == 1


async def test_a_misspelled_word_finds_what_was_meant(world: World, settings: Settings) -> None:
    place, ids = await furnished(world)
    who = place[Group.FRONTLINE_STAFF]
    assert await found(who, "ligthhouse") == set()
    await learned(place.org, settings)
    page = await search(who, "ligthhouse")
    assert {item["id"] for item in page["items"]} == set(ids.values())
    assert page["corrected"] == [{"word": "ligthhouse", "to": ["lighthouse"]}]
    [item] = (await search(who, "ligthhouse mondais"))["items"]
    assert (item["id"], marks(item["snippet"])) == (ids["annotation"], ["lighthouse", "Mondays"])
    for q in ("lihgthouse", "lighthous3", "lighhthoouse"):
        page = await search(who, q)
        assert bool(page["items"]) is q.isalpha(), q
    assert await found(who, "fgo") == set(), "too short to be sure"


async def test_no_correction_tells_of_a_text_that_is_hidden(
    world: World, settings: Settings
) -> None:
    place = await scene(world)
    author, other = place[Group.EXECUTIVE], place[Group.FRONTLINE_STAFF]
    secret = await place.say(author, body="The acquisition is near.", visibility="leadership")
    await learned(place.org, settings)
    page = await search(other, "aquisition")
    assert page["items"] == []
    assert page["corrected"] == []
    assert await found(author, "aquisition") == {secret["id"]}
    mine = await place.say(other, body="acquisitional, acquisitions")
    await learned(place.org, settings)
    page = await search(other, "aquisitions")
    assert [item["id"] for item in page["items"]] == [mine["id"]]
    assert page["corrected"] == [{"word": "aquisitions", "to": ["acquisitions"]}]


async def test_pages_go_on_where_they_ended_whatever_is_said_meanwhile(world: World) -> None:
    place = await scene(world)
    who = place[Group.SUPPORT_STAFF]
    first = {(await place.say(who, body=f"queue {n}"))["id"] for n in range(7)}
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await search(who, "queue", limit=2, **cursor)
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
        await place.say(who, body=f"queue queue {len(seen)}")
    assert len(seen) == len(set(seen))
    assert first <= set(seen)
    other = await who.get(f"/v1/search?q=line&cursor={cursor['cursor']}")
    assert code(other, 400) == "invalid_cursor"
    bound, score, last = json.loads(urlsafe_b64decode(cursor["cursor"] + "=="))
    for wrong in ([bound, "NaN", last], [bound, "-inf", last], [bound, score, "x"], [bound, score]):
        made = urlsafe_b64encode(json.dumps(wrong).encode()).decode().rstrip("=")
        assert code(await who.get(f"/v1/search?q=queue&cursor={made}"), 400) == "invalid_cursor"


async def test_facets_count_what_is_found(world: World) -> None:
    place, ids = await furnished(world)
    for group in (Group.EXECUTIVE, Group.EXECUTIVE, Group.FRONTLINE_STAFF):
        await place.say(place[group], kind="idea", body="Light the lighthouse")
    page = await search(place.owner, "lighthouse", limit=1)
    facets = page["facets"]
    assert facets["complete"] is True
    counted = {one["kind"]: one["count"] for one in facets["kinds"]}
    assert counted == {kind: 4 if kind == "annotation" else 1 for kind in ids}
    for name, parameter, key in (
        ("kinds", "kind", "kind"),
        ("journeys", "journey", "journey_id"),
        ("annotation_kinds", "annotation_kind", "annotation_kind"),
        ("groups", "group", "group"),
        ("statuses", "status", "status"),
    ):
        assert facets[name], name
        for one in facets[name]:
            narrowed = await found(place.owner, "lighthouse", **{parameter: one[key]})
            assert len(narrowed) == one["count"], (name, one)
    [journey] = facets["journeys"]
    assert journey["title"] == "Lighthouse visit"
