"""openapi/CHANGELOG.md: what each release changed, for whoever has generated a client.

Its section `Unreleased` has words that somebody wrote, and below them the list of differences,
which is written by `touchstone openapi` and kept equal to the documents by a test.
"""

import re
from collections.abc import Sequence
from datetime import date

from api.openapi.stability.pair import Difference
from api.openapi.stability.rules import Weight
from api.openapi.stability.versions import Version

BEGIN, END = "<!-- differences -->", "<!-- /differences -->"
UNRELEASED = "## Unreleased"
HEADINGS = {Weight.MAJOR: "### Breaking", Weight.MINOR: "### New", Weight.PATCH: "### Words"}

_RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) \(", re.MULTILINE)


class NotReady(Exception):
    """Something is missing for a release."""


def listed(found: Sequence[Difference]) -> str:
    """The list of differences, as Markdown."""
    parts = []
    for weight, heading in HEADINGS.items():
        lines = [f"* `{one.where}`: {one.what}." for one in found if one.weight is weight]
        if lines:
            parts.append("\n".join([heading, "", *lines]))
    return "\n\n".join(parts)


def renewed(text: str, found: Sequence[Difference]) -> str:
    """The changelog with the list of its section `Unreleased` written anew."""
    head, rest = _split(text, BEGIN)
    _, tail = _split(rest, END)
    told = listed(found)
    return f"{head}{BEGIN}\n{told}{chr(10) if told else ''}{END}{tail}"


def words(text: str) -> str:
    """What somebody wrote of the next release."""
    return _split(_split(text, UNRELEASED)[1], BEGIN)[0].strip()


def newest(text: str) -> Version | None:
    """The version released last; None before the first."""
    found = _RELEASE.search(text)
    return Version.of(found[1]) if found else None


def released(text: str, version: Version, day: date) -> str:
    """The changelog once what is unreleased has a version and a day; NotReady without words."""
    if f"\n## {version} " in text:
        raise NotReady(f"{version} has been released already: raise VERSION.")
    if not words(text):
        raise NotReady("Write under Unreleased in openapi/CHANGELOG.md what this release is about.")
    head, rest = _split(text, UNRELEASED)
    section, tail = _split(rest, END)
    prose, told = (part.strip() for part in _split(section, BEGIN))
    done = "\n\n".join(part for part in (f"## {version} ({day})", prose, told) if part)
    return f"{head}{UNRELEASED}\n\n{BEGIN}\n{END}\n\n{done}{tail}"


def _split(text: str, at: str) -> tuple[str, str]:
    head, found, tail = text.partition(at)
    if not found:
        raise NotReady(f"openapi/CHANGELOG.md has lost its line {at!r}.")
    return head, tail
