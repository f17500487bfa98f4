"""Pictures over HTTP."""

from typing import Any
from xml.etree import ElementTree

import httpx
import pypdfium2

from api.pictures.album import PictureKind
from domain.roles import Group
from tests.api.reports.ground import Ground, ground
from tests.each import each
from tests.world import World

KINDS = [kind.value for kind in PictureKind]
SVG = "{http://www.w3.org/2000/svg}"


async def scene(world: World) -> Ground:
    """A journey with something to see, and something to cut."""
    place = await ground(world, 4, title='Ask <b>for</b> "help" & wait')
    await place.moment(1)
    await place.feel(0, -2, 5, label="dread")
    await place.feel(3, 2, 5, label="relief")
    await place.rated(1, Group.FRONTLINE_STAFF, 5, 5, 4)
    await place.rated(1, Group.EXECUTIVE, 1)
    await place.rated(2, Group.SUPPORT_STAFF, 3, 3)
    return place


def picture(place: Ground, kind: str, query: str = "") -> str:
    return f"{place.path}/pictures/{kind}{query}"


def texts(reply: httpx.Response) -> list[str]:
    """The lines that an SVG shows."""
    found = ElementTree.fromstring(reply.text)
    return ["".join(part.text or "" for part in text.iter(f"{SVG}tspan"))
            for text in found.iter(f"{SVG}text")]  # fmt: skip


def told(reply: httpx.Response) -> str:
    """What an SVG says of itself."""
    return str(ElementTree.fromstring(reply.text).findtext(f"{SVG}desc"))


@each("kind", KINDS)
async def test_a_picture_is_an_svg_that_nobody_can_do_harm_with(world: World, kind: str) -> None:
    place = await scene(world)
    reply = await place.owner.get(picture(place, kind))
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("image/svg+xml")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"] == (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert reply.headers["content-disposition"].startswith('inline; filename="ask-b-for-b-help-')
    assert "Ask <b>for</b>" in (ElementTree.fromstring(reply.text).findtext(f"{SVG}title") or "")
    again = await place.owner.get(picture(place, kind), If_None_Match=reply.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    kept = await place.owner.get(picture(place, kind, "?disposition=attachment"))
    assert kept.headers["content-disposition"].startswith("attachment; ")
    assert kept.text == reply.text


@each("kind", KINDS)
async def test_a_picture_is_a_pdf_with_its_letters_inside(world: World, kind: str) -> None:
    place = await scene(world)
    reply = await place.owner.get(picture(place, kind, "?format=pdf"))
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(reply.content)
    assert "Ask <b>for</b>" in document.get_metadata_dict()["Title"]
    assert b"/Lang" in reply.content
    assert b"/StructTreeRoot" in reply.content
    assert b"pdfuaid:part" in reply.content
    shown = document[0].get_textpage().get_text_bounded()
    assert 'Ask <b>for</b> "help" & wait' in shown
    assert "Revision" in shown


async def test_whoever_may_not_see_the_journey_sees_no_picture(world: World) -> None:
    place = await scene(world)
    draft = await place.org.journey(status="draft")
    stranger = await place.org.member(Group.FRONTLINE_STAFF)
    reply = await stranger.get(f"/v1/journeys/{draft}/pictures/journey_map")
    assert reply.status_code == 404
    other = await (await world.organization()).member(Group.EXECUTIVE)
    assert (await other.get(picture(place, "journey_map"))).status_code == 404


async def test_a_change_of_what_is_drawn_changes_the_tag(world: World) -> None:
    place = await scene(world)

    async def tag(query: str = "") -> Any:
        return (await place.owner.get(picture(place, "journey_map", query))).headers["etag"]

    before = await tag()
    assert await tag() == before
    assert await tag("?format=pdf") != before
    await place.feel(2, 1, 3)
    assert await tag() != before


async def test_a_map_shows_its_moments_and_that_nobody_answers(world: World) -> None:
    place = await scene(world)
    reply = await place.owner.get(picture(place, "journey_map"))
    found = texts(reply)
    assert "Moment of truth no. 1" in found
    assert "Nobody yet" in found
    assert "dread -2.0" in found
    assert "Moment of truth no. 1. Accountable: nobody yet." in told(reply)


async def test_a_group_too_few_to_show_is_seen_by_its_number_only(world: World) -> None:
    place = await scene(world)
    reply = await place.owner.get(picture(place, "perception_gap"))
    found = texts(reply)
    assert "frontline staff 4.67 (n=3)" in found
    assert "executives 1.00 (n=1)" in found
    assert "emotional: 3.67 apart, flagged" in found
    assert "support staff n=2, too few" in found
    assert "3.00" not in reply.text


@each("kind", ["journey_map", "emotion_curve"])
async def test_groups_rate_below_what_is_felt_unless_they_are_too_few(
    world: World, kind: str
) -> None:
    place = await scene(world)
    reply = await place.owner.get(picture(place, kind))
    found = texts(reply)
    assert "4.67 (n=3)" in found
    assert "1.00 (n=1)" in found
    assert "n=2, too few" in found
    assert "executives" in found
    assert "decision-makers" not in found
    lines = [line for line in told(reply).split("\n") if line.startswith("How strongly")]
    assert lines == [
        "How strongly it moves customers, as rated by: "
        "frontline staff 4.67 of 5, n=3; executives 1.00 of 5, n=1.",
        "How strongly it moves customers, as rated by: support staff n=2, too few to show.",
    ]
    assert "3.00" not in reply.text


async def test_whoever_only_abstains_has_not_rated(world: World) -> None:
    place = await ground(world, 1)
    member = await place.org.member(Group.SUPPORT_STAFF)
    given = {"abstained": True, "abstention_reason": "I am new."}
    reply = await member.put(f"/v1/touchpoints/{place.touchpoints[0]}/ratings/me", given)
    assert reply.status_code in (200, 201), reply.text
    shown = await place.owner.get(picture(place, "emotion_curve"))
    assert "as rated by" not in told(shown)
    assert "support staff" not in texts(shown)
    gaps = await place.owner.get(picture(place, "perception_gap"))
    assert "n=0" not in gaps.text


async def test_participation_is_what_everybody_sees(world: World) -> None:
    place = await scene(world)
    path = "/v1/annotations"
    body = {"subject_id": place.touchpoints[0], "kind": "issue", "body": "Only for me."}
    before = await place.owner.get(picture(place, "participation"))
    await place.owner.made(path, body | {"visibility": "private"})
    await place.owner.made(path, body | {"visibility": "leadership"})
    after = await place.owner.get(picture(place, "participation"))
    rows = [line for line in told(after).split("\n") if line.startswith("No department: ")]
    assert rows == [line for line in told(before).split("\n") if line.startswith("No department: ")]
    assert "No department: executives. First: 1 voices, asked 0." in rows
    assert not any("decision-makers" in row for row in rows)
    await place.owner.made(path, body)
    shown = await place.owner.get(picture(place, "participation"))
    assert "No department: decision-makers. First: 1 voices, asked 0." in told(shown)


@each("format", ["svg", "pdf"])
async def test_a_journey_is_taken_along_as_a_picture(world: World, format: str) -> None:
    place = await scene(world)
    reply = await place.owner.get(f"{place.path}/export?format={format}")
    assert reply.status_code == 200
    same = await place.owner.get(picture(place, "journey_map", f"?format={format}"))
    assert reply.headers["content-type"] == same.headers["content-type"]
    if format == "svg":
        assert reply.content == same.content
    else:
        assert len(pypdfium2.PdfDocument(reply.content)) == 1
