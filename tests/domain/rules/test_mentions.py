"""Tokens that mention: what is one, what is not, and how many."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.roles import Group
from domain.rules.mentions import MOST, Mentions, mentions

ID = UUID("01a222e9-2252-7454-bb92-e17b6d4eb8cd")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Mentions()),
        ("nobody", Mentions()),
        (f"@[member:{ID}]", Mentions(members=(ID,))),
        (f"So @[department:{ID}], and so on", Mentions(departments=(ID,))),
        ("@[group:frontline_staff]", Mentions(groups=(Group.FRONTLINE_STAFF,))),
        (f"@[member:{str(ID).upper()}] @[member:{ID}]", Mentions(members=(ID,))),
        (f"@@[member:{ID}]]", Mentions(members=(ID,))),
        (f"\\@[member:{ID}]", Mentions()),
        (f"@[Member:{ID}]", Mentions()),
        (f"@[member: {ID}]", Mentions()),
        (f"@[member:{ID.hex}]", Mentions()),
        (f"@[group:{ID}]", Mentions()),
        ("@[group:everybody]", Mentions()),
        ("@[member:me]", Mentions()),
        (f"[member:{ID}]", Mentions()),
    ],
)
def test_a_token_is_written_in_one_way(text: str, found: Mentions) -> None:
    assert mentions(text) == found


@given(
    st.lists(st.uuids(), unique=True, max_size=8),
    st.lists(st.uuids(), unique=True, max_size=8),
    st.lists(st.sampled_from(Group), unique=True),
    st.text(alphabet="ab @[]:\n*`"),
)
def test_whoever_is_written_is_found_once_and_in_order(
    members: list[UUID], departments: list[UUID], groups: list[Group], between: str
) -> None:
    tokens = [f"@[member:{one}]" for one in members]
    tokens += [f"@[department:{one}]" for one in departments]
    tokens += [f"@[group:{one}]" for one in groups]
    found = mentions(between.join([*tokens, *tokens]))
    assert found == Mentions(tuple(members), tuple(departments), tuple(groups))
    assert found.too_many is (len(tokens) > MOST)


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert list(mentions(text)) == list(mentions(text + " "))


def test_twenty_are_not_too_many_and_one_more_is() -> None:
    tokens = [f"@[member:{uuid4()}]" for _ in range(MOST)]
    assert not mentions("".join(tokens)).too_many
    assert not mentions("".join(tokens * 2)).too_many
    assert mentions("".join(tokens) + "@[group:executive]").too_many
