"""Nothing in the contract breaks whoever has generated a client, unless its version says so."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.commands.contract import FOLDER, changelog, compared, pairs
from api.openapi.stability import (
    RULES,
    NotReady,
    Version,
    Weight,
    asked_for,
    differences,
    refused,
    released,
    renewed,
    told,
)
from tests.api.openapi.breaking import BREAKS
from tests.api.openapi.harmless import HARMLESS, WORDS
from tests.api.openapi.things import DOCUMENT
from tests.api.openapi.two_documents import WRITTEN, Change, changed

CHANGES: dict[str, Change] = {name: one[0] for name, one in (BREAKS | HARMLESS).items()} | WORDS


def test_no_client_of_the_released_api_breaks() -> None:
    for pair in pairs():
        lines = list(told(compared(*pair).refused))
        assert not lines, "\n".join(["see `make contract`", *lines])


def test_the_changelog_lists_what_is_new() -> None:
    same = (FOLDER / "CHANGELOG.md").read_text(encoding="utf-8") == changelog()
    assert same, "openapi/CHANGELOG.md is behind openapi/openapi.json: run `make openapi`"


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_seen(name: str) -> None:
    change, rule, where = BREAKS[name]
    found = differences(DOCUMENT, changed(change))
    breaks = [one for one in found if one.weight is Weight.MAJOR]
    seen = [one for one in breaks if one.rule is RULES[rule] and where in f"{one.where} {one.what}"]
    assert seen, list(told(found))
    assert refused(DOCUMENT, changed(change), found) == breaks
    assert asked_for(DOCUMENT, found) == Version(2, 0, 0)
    assert all(one.rule.instead for one in breaks)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_breaks_nobody_passes(name: str) -> None:
    change, rule, where = HARMLESS[name]
    found = differences(DOCUMENT, changed(change))
    assert [one.rule for one in found] == [RULES[rule]], list(told(found))
    assert where in f"{found[0].where} {found[0].what}"
    assert not refused(DOCUMENT, changed(change), found)
    assert asked_for(DOCUMENT, found) == Version(1, 3, 0)


@pytest.mark.parametrize("name", WORDS)
def test_words_are_words(name: str) -> None:
    found = differences(DOCUMENT, changed(WORDS[name]))
    assert [one.rule.name for one in found] == ["words"]
    assert asked_for(DOCUMENT, found) == Version(1, 2, 4)


def test_every_rule_is_tried() -> None:
    tried = {rule for _, rule, _ in (*BREAKS.values(), *HARMLESS.values())} | {"words"}
    assert tried == set(RULES)


@pytest.mark.parametrize(
    ("version", "passes"), [("1.2.3", False), ("1.3.0", False), ("2.0.0", True), ("3.0.0", True)]
)
def test_the_version_may_say_that_it_breaks(version: str, passes: bool) -> None:
    new = changed(BREAKS["a field received no more"][0])
    new["info"]["version"] = version
    assert bool(refused(DOCUMENT, new, differences(DOCUMENT, new))) is not passes


@given(st.lists(st.sampled_from(sorted(BREAKS)), min_size=1, max_size=3, unique=True), st.data())
def test_a_break_is_seen_among_other_changes(names: list[str], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.sampled_from(sorted(HARMLESS)), max_size=3, unique=True))
    new = deepcopy(DOCUMENT)
    for name in [*others, *names]:
        try:
            CHANGES[name](new)
        except (KeyError, IndexError):  # an earlier change has removed its place
            if name == names[0]:
                return
    found = differences(DOCUMENT, new)
    assert asked_for(DOCUMENT, found) == Version(2, 0, 0)


def test_a_document_differs_in_nothing_from_itself() -> None:
    assert differences(DOCUMENT, deepcopy(DOCUMENT)) == []


def test_what_is_shared_is_told_once() -> None:
    found = differences(DOCUMENT, changed(BREAKS["deep in a list"][0]))
    assert [one.where for one in found] == ["Made.id (received)"]


def test_a_release_moves_what_is_written_and_what_differs() -> None:
    found = differences(DOCUMENT, changed(HARMLESS["an operation added"][0]))
    text = released(renewed(WRITTEN, found), Version(1, 3, 0), date(2026, 12, 24))
    head, opened, done = text.partition("## 1.3.0 (2026-12-24)")
    assert opened
    assert head.endswith("## Unreleased\n\n<!-- differences -->\n<!-- /differences -->\n\n")
    assert done.startswith(
        "\n\nThings can be made.\n\n### New\n\n* `makeThing (POST /v1/things)`: "
    )
    assert done.endswith("\n\n## 1.2.3 (2026-01-02)\n\nThe one before.\n")


def test_no_release_without_words_and_none_twice() -> None:
    with pytest.raises(NotReady, match="what this release is about"):
        released(WRITTEN.replace("Things can be made.\n\n", ""), Version(1, 3, 0), date.max)
    with pytest.raises(NotReady, match="released already"):
        released(WRITTEN, Version(1, 2, 3), date.max)


def test_the_list_is_written_anew_and_stays() -> None:
    found = differences(DOCUMENT, changed(HARMLESS["a header more"][0]))
    once = renewed(WRITTEN, found)
    assert "* `getThing (GET /v1/things/{thing_id}) 200`: header sunset is new." in once
    assert renewed(once, found) == once
    assert renewed(once, []) == WRITTEN
