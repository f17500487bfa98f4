"""Attached files: what they hold decides, pictures are drawn anew, and who sees the subject sees
them.
"""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from domain.roles import Group
from domain.rules.media import LARGEST
from tests.api.findings.finding_scene import add, read
from tests.api.voices.scene import code, etag, scene
from tests.forms import encoded
from tests.world import Caller, World

F, S, D, X = Group
PDF = b"%PDF-1.7 a page"
OGG = b"OggS" + bytes(24) + b"OpusHead" + bytes(64)


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, form, exif=exif)
    return out.getvalue()


async def attach(who: Caller, subject: object, content: bytes, **texts: str) -> Any:
    return await who.post("/v1/attachments", {"subject_id": str(subject), "file": content} | texts)


async def test_a_photo_is_drawn_anew(world: World) -> None:
    place = await scene(world)
    finding = await add(place, place[F])
    before = await place.revision()
    assert b"SecretCamera" in photo()
    made = await attach(place[F], finding["id"], photo(), description="The queue.")
    assert made.status_code == 201, made.text
    one = made.json()
    assert (one["media_type"], one["name"]) == ("image/jpeg", "a photo.jpg")
    assert (one["width"], one["height"], one["description"]) == (20, 40, "The queue.")
    assert (await read(place[X], finding))["attachment_count"] == 1
    path = f"/v1/attachments/{one['id']}"
    content = await place[X].get(f"{path}/content")
    assert (content.status_code, len(content.content)) == (200, one["size"])
    assert b"SecretCamera" not in content.content
    with Image.open(BytesIO(content.content)) as picture:
        assert (picture.format, dict(picture.getexif())) == ("JPEG", {})
    headers = content.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-disposition"].startswith('inline; filename="a photo.jpg"')
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["etag"] == f'"{one["sha256"]}"'
    known = await place[X].get(f"{path}/content", If_None_Match=headers["etag"])
    assert (known.status_code, known.content) == (304, b"")
    assert (await place[X].call("HEAD", f"{path}/content")).headers["content-length"]
    assert code(await place[X].delete(path, **etag(1)), 403) == "forbidden"
    assert (await place[F].delete(path, **etag(1))).status_code == 204
    assert code(await place[F].get(f"{path}/content"), 404) == "not_found"
    assert await place.verbs(before) == ["attachment.added", "attachment.removed"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
async def test_every_way_to_keep_colors_is_taken(world: World, mode: str) -> None:
    place, out = await scene(world), BytesIO()
    Image.new(mode, (5000, 40)).save(out, "PNG")
    made = await attach(place[F], place.touchpoint, out.getvalue())
    assert made.status_code == 201, made.text
    assert made.json()["width"] == 4096


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-4", 206, PDF[:5]),
        ("bytes=5-", 206, PDF[5:]),
        ("bytes=-4", 206, PDF[-4:]),
        ("bytes=99-", 200, PDF),
        ("lines=1-2", 200, PDF),
    ],
)
async def test_a_range_of_it(world: World, asked: str, status: int, told: bytes) -> None:
    place = await scene(world)
    one = (await attach(place[F], place.touchpoint, PDF)).json()
    reply = await place[F].get(f"/v1/attachments/{one['id']}/content", Range=asked)
    assert (reply.status_code, reply.content) == (status, told)
    assert reply.headers["content-disposition"].startswith("attachment;")


async def test_what_is_sent_decides_and_not_what_it_is_called(world: World) -> None:
    place = await scene(world)
    voice = await attach(place[F], place.touchpoint, OGG)
    assert (voice.json()["media_type"], voice.json()["width"]) == ("audio/ogg", None)
    bomb = photo("PNG", (1, 1)).replace(b"\0\0\0\1\0\0\0\1", b"\0\1\0\0\0\1\0\0", 1)
    for wrong, why in (
        (b"<html><script>", "unknown_media_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_media_type"),
        (b"", "unknown_media_type"),
        (photo()[:200], "unreadable_picture"),
        (bomb, "unreadable_picture"),
    ):
        refused = await attach(place[F], place.touchpoint, wrong)
        assert code(refused, 422) == why
        assert refused.json()["errors"][0]["pointer"] == "#/file"
    large = await attach(place[F], place.touchpoint, PDF + bytes(LARGEST + 70_000))
    assert code(large, 413) == "body_too_large"
    assert [one["id"] for one in await listed(place[X], place.touchpoint)] == [voice.json()["id"]]


async def listed(who: Caller, subject: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await who.read(f"/v1/attachments?subject={subject}"))["items"]
    return found


async def test_a_file_is_seen_by_who_sees_its_subject(world: World) -> None:
    place = await scene(world)
    secret = await place.say(place[F], visibility="private")
    one = (await attach(place[F], secret["id"], PDF)).json()
    for path in (f"/v1/attachments/{one['id']}", f"/v1/attachments/{one['id']}/content"):
        assert (await place[F].get(path)).status_code == 200
        assert code(await place.owner.get(path), 404) == "not_found"
    assert await listed(place.owner, secret["id"]) == []
    assert code(await attach(place.owner, secret["id"], PDF), 404) == "not_found"
    body = {"subject_id": secret["id"], "kind": "quote", "attachment_id": one["id"]}
    evidence = await place[F].made("/v1/evidence", body)
    before = await place.revision()
    more = (await attach(place[F], evidence["id"], PDF)).json()
    assert code(await place.owner.get(f"/v1/attachments/{more['id']}"), 404) == "not_found"
    feed = f"/v1/journeys/{place.journey}/events?after={before}"
    assert [one["verb"] for one in (await place.owner.read(feed))["items"]] == [None]
    assert [one["verb"] for one in (await place[F].read(feed))["items"]] == ["attachment.added"]


async def test_twenty_are_enough(world: World) -> None:
    place = await scene(world)
    for _ in range(20):
        assert (await attach(place[F], place.touchpoint, PDF)).status_code == 201
    assert code(await attach(place[F], place.touchpoint, PDF), 409) == "too_many_attachments"
    assert code(await attach(place[F], place.journey, PDF), 422) == "wrong_subject"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"description": "So."}, "#/file"),
        ({"file": PDF}, "#/subject_id"),
        ({"file": PDF, "subject_id": "me"}, "#/subject_id"),
        ({"file": PDF, "colour": "red"}, "#/colour"),
        ({"file": PDF, "description": "x" * 501}, "#/description"),
    ],
)
async def test_a_form_that_is_wrong(world: World, fields: dict[str, Any], pointer: str) -> None:
    place = await scene(world)
    content, kind = encoded({"subject_id": str(place.touchpoint)} | fields)
    if pointer == "#/subject_id" and "subject_id" not in fields:
        content, kind = encoded(fields)
    auth = {"Authorization": f"Bearer {place[F].token}", "Content-Type": kind}
    refused = await place[F].http.request("POST", "/v1/attachments", content=content, headers=auth)
    assert refused.status_code == 400, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    torn = await place[F].http.request(
        "POST", "/v1/attachments", content=content[:-9], headers=auth
    )
    assert code(torn, 400) == "malformed"
    other = auth | {"Content-Type": "application/json"}
    refused = await place[F].http.request("POST", "/v1/attachments", content=b"{}", headers=other)
    assert code(refused, 415) == "unsupported_media_type"
    assert refused.headers["accept-post"] == "multipart/form-data"
