"""Nothing in the repository depends on where it was written, and nothing in it hides."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import ROOT

VENDORED = ("api/openapi/static/scalar",)
# In pieces, so that this file does not hold what it looks for.
ADDRESS = re.compile(
    "|".join(
        (
            "pypi" + r"\.(org|python)",
            "pythonhosted" + r"\.org",
            "registry" + r"\.(npmjs|yarnpkg)",
            "(extra-)?index" + r"-url[ =]+\S*:",
            '"resolved"' + ': *"http',
        )
    )
)
MACHINE = re.compile(
    r"(?<![\w.}/-])/(?:home|Users)/\w+|(?<![\w.}/-])/(?:root|work)/\w|[A-Z]:\\+Users"
)
# Soft hyphen, zero width, direction marks, bidirectional overrides, byte order mark, tags.
HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


@cache
def tracked() -> dict[str, str]:
    """Every text that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return dict(_texts(listed.stdout.split("\0")))


def _texts(names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        path = ROOT / name
        if not name or name.startswith(VENDORED) or not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize(
    "unwanted", [ADDRESS, MACHINE, HIDDEN], ids=["index address", "machine path", "hidden letter"]
)
def test_no_tracked_file_holds(unwanted: re.Pattern[str]) -> None:
    found = [
        f"{name}: {match.group()!r}"
        for name, text in tracked().items()
        for match in [unwanted.search(text)]
        if match
    ]
    assert not found


@pytest.mark.parametrize(
    ("unwanted", "text"),
    [
        (ADDRESS, "--index" + "-url https://somewhere"),
        (ADDRESS, "https://files.python" + "hosted.org/x"),
        (MACHINE, "see /ho" + "me/ada/touchstone"),
        (MACHINE, "'/wo" + "rk/main'"),
        (HIDDEN, "a\u202eb"),
    ],
)
def test_the_patterns_find_what_they_are_for(unwanted: re.Pattern[str], text: str) -> None:
    assert unwanted.search(text)


def test_something_is_tracked() -> None:
    assert "pyproject.toml" in tracked()
