"""The front door tells the truth."""

import re
from pathlib import Path

from api.settings import Settings, variable
from domain.policy import as_markdown

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def test_the_permission_table_is_the_one_that_decides() -> None:
    printed = README.split("<!-- policy -->")[1].split("<!-- /policy -->")[0].strip()
    assert printed == as_markdown().strip(), "run `make readme`"


def test_it_says_where_the_ids_of_its_examples_come_from() -> None:
    for said in ("`$JOURNEY` is `items[0].id`", "`$TOUCHPOINT` is the `touchpoint_id`"):
        assert said in README
    assert "which operations exist in this release" in " ".join(README.split())


def test_every_room_of_the_map_is_there() -> None:
    block = README.split("## The map of the house")[1].split("```")[1]
    tops = re.findall(r"^([a-z_]+)/ ", block, re.MULTILINE)
    assert set(tops) == {"api", "domain", "migrations", "openapi", "tests", "bench"}
    below = {"api": [], "domain": []}  # type: dict[str, list[str]]
    top = ""
    for line in block.splitlines():
        if found := re.match(r"([a-z_]+)/ ", line):
            top = found[1]
        elif found := re.match(r"  ([A-Za-z_.]+)/? ", line):
            below[top].append(found[1])
    for room, names in below.items():
        assert names
        assert [name for name in names if not (ROOT / room / name).exists()] == []


def test_every_target_it_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE)) <= targets


def test_every_setting_is_there() -> None:
    named = set(re.findall(r"`((?:TOUCHSTONE|DATABASE)_[A-Z_]+)", README))
    named |= set(re.findall(r"^((?:TOUCHSTONE|DATABASE)_[A-Z_]+)=", README, re.MULTILINE))
    assert {variable(name) for name in Settings.__struct_fields__} - named == set()
