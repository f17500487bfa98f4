"""What the version of a document must say of how it differs from the released one."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Self

from api.openapi.stability.pair import Difference, Json
from api.openapi.stability.rules import Weight

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class NoVersion(ValueError):
    """What a document calls its version is none."""


class Version(NamedTuple):
    """A version after semver.org, without a suffix."""

    major: int
    minor: int
    patch: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a version; NoVersion when it is none."""
        if not (found := _VERSION.fullmatch(text)):
            raise NoVersion(f"{text!r} is no version: write it as 1.2.3.")
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def raised(self, weight: Weight) -> "Version":
        """The lowest version that may differ so much from this one."""
        if weight is Weight.MAJOR:
            return Version(self.major + 1, 0, 0)
        if weight is Weight.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


def version_of(document: Json) -> Version:
    """The version that a document says it has; KeyError or TypeError when it is no OpenAPI 3."""
    if not str(document["openapi"]).startswith("3.") or not isinstance(document["paths"], dict):
        raise TypeError("no OpenAPI 3")
    return Version.of(str(document["info"]["version"]))


def refused(old: Json, new: Json, found: Sequence[Difference]) -> list[Difference]:
    """The breaks that the version does not say: none once its first number is higher."""
    if version_of(new).major > version_of(old).major:
        return []
    return [one for one in found if one.weight is Weight.MAJOR]


def asked_for(old: Json, found: Sequence[Difference]) -> Version:
    """The lowest version under which the present document can be released."""
    released = version_of(old)
    heaviest = max((one.weight for one in found), default=None)
    return released if heaviest is None else released.raised(heaviest)
