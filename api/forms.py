"""Forms with a file: read strictly, from bytes that are there already and not too many."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import multipart
from litestar import Request

from api.middleware.json_gate import below, refuse
from api.problems import HttpRefusal

FORM = "multipart/form-data"
_LONGEST_FIELD = 16_384


@dataclass(frozen=True, slots=True)
class Form:
    """The texts of a form, and its one file with the name it was sent with."""

    texts: Mapping[str, str]
    name: str
    content: bytes


async def read_form(request: Request[Any, Any, Any], file: str, texts: tuple[str, ...]) -> Form:
    """A form with a file and texts of these names, each at most once; Malformed otherwise."""
    body = await request.body()  # what is too large is told first, whatever it is
    kind, options = request.content_type
    if kind.lower() != FORM or "boundary" not in options:
        says = f"Send a form with a file, with the Content-Type {FORM}."
        raise HttpRefusal(415, headers={"Accept-Post": FORM}, says=says)
    parts = _parts(body, str(options["boundary"]).strip('"'))
    for name in parts:
        if name not in (file, *texts):
            raise refuse(
                f"There is no field {name[:100]!r} here.", "unknown_field", below("#", name)
            )
    if file not in parts or parts[file][0] is None:
        raise refuse(f"The field {file!r} is required, as a file.", "missing", f"#/{file}")
    sent_as, content = parts.pop(file)
    told = {one: _text(one, raw) for one, (_, raw) in parts.items()}
    return Form(told, sent_as or "", content)


def _parts(body: bytes, boundary: str) -> dict[str, tuple[str | None, bytes]]:
    found: dict[str, tuple[str | None, bytes]] = {}
    segment: Any = None
    held = bytearray()
    try:
        with multipart.PushMultipartParser(
            boundary, content_length=len(body), max_segment_count=10, max_header_size=4_096,
            strict=True,
        ) as parser:  # fmt: skip
            for event in parser.parse(body):
                if isinstance(event, multipart.MultipartSegment):
                    segment, held = event, bytearray()
                elif event:
                    held += event
                elif segment is not None:
                    _put(found, segment, bytes(held))
                    segment = None
    except multipart.MultipartError as error:
        raise refuse("The form cannot be read.", "malformed_form") from error
    return found


def _put(found: dict[str, tuple[str | None, bytes]], segment: Any, content: bytes) -> None:
    if segment.name in found:
        detail = f"The field {segment.name[:100]!r} stands twice in the form."
        raise refuse(detail, "duplicate_key", below("#", segment.name))
    found[segment.name] = (segment.filename, content)


def _text(name: str, raw: bytes) -> str:
    if len(raw) > _LONGEST_FIELD:
        raise refuse("This is too long.", "invalid", f"#/{name}")
    try:
        told = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse("The form is not UTF-8.", "not_utf8", f"#/{name}") from error
    if "\0" in told:
        raise refuse("NUL characters are not allowed in text.", "nul_character", f"#/{name}")
    return told
