"""How a picture is asked for over HTTP, and what it is called as a file."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

Disposition = Literal["inline", "attachment"]


class PictureFormat(StrEnum):
    """An SVG to look at on a screen, or a PDF to print."""

    SVG = "svg"
    PDF = "pdf"


MEDIA = {PictureFormat.SVG: "image/svg+xml", PictureFormat.PDF: "application/pdf"}
# Nothing in a picture runs or loads anything; a browser is told so all the same.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """As what a picture is wanted."""

    format: PictureFormat
    disposition: Disposition


def headers(asked: PictureRequest, title: str, kind: str, tag: str) -> dict[str, str]:
    """What goes with a picture: its ETag, its name as a file, and what it may do."""
    found = {"ETag": f'"{tag}"', "Content-Disposition": _file(asked, f"{title} {kind}")}
    # The viewers for PDF that browsers have do not work in a sandbox.
    return found | ({"Content-Security-Policy": POLICY} if asked.format == "svg" else {})


def _file(asked: PictureRequest, name: str) -> str:
    """The name twice, for programs that take ASCII only and for all others (RFC 6266)."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100]
    whole = re.sub(r"[^\w.,()-]+", " ", name).strip()[:100]
    named = f"filename=\"{short}.{asked.format}\"; filename*=UTF-8''{quote(whole, safe='')}"
    return f"{asked.disposition}; {named}.{asked.format}"
