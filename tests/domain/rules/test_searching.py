"""Rules of searching: what is asked, what may be meant, what is marked, what is alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.highlighting import WIDTH, marked, pattern, snippet
from domain.rules.likeness import Gist, likeness
from domain.rules.searching import (
    Term,
    asked_spellings,
    contained,
    distance,
    likely,
    parse,
    query,
    spellings,
    vocabulary,
)

WORDS = st.text("abcdeé", min_size=4, max_size=12)
TEXTS = st.text(max_size=300)


@pytest.mark.parametrize(
    ("asked", "expected", "parts"),
    [
        ("wait", "('wait':*)", ["wait"]),
        ('"long line" wait', "('long line') & ('wait':*)", ["long", "line", "wait"]),
        ("wait -never", "('wait':*) & (!'never')", ["wait"]),
        ("o'hara c:\\x", r"('o''hara':*) & ('c:\\x':*)", []),
        ("x² e-mail", "('x²':*) & ('e-mail':*)", []),
        ('- "" ! "?"', "", []),
        ('"open', "('open')", ["open"]),
    ],
)
def test_what_is_asked(asked: str, expected: str, parts: list[str]) -> None:
    terms = parse(asked)
    assert query(terms) == expected
    assert contained(terms) == parts


def test_what_may_be_meant_stands_beside_what_was_asked() -> None:
    terms = parse('wiat "wiat" -wiat')
    meant = {"wiat": ["wait", "what"]}
    assert query(terms, meant) == "('wiat':*|'wait'|'what') & ('wiat') & (!'wiat')"
    assert contained(terms, meant) == ["wiat"]


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("wait", "wait", 0), ("wiat", "wait", 1), ("wat", "wait", 1), ("waist", "wait", 1),
     ("want", "wait", 1), ("", "wait", 4), ("maintainance", "maintenance", 2)],
)  # fmt: skip
def test_how_far_words_are_apart(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


@given(WORDS, WORDS)
def test_words_that_are_one_letter_apart_share_a_spelling(one: str, other: str) -> None:
    if distance(one, other) <= 1:
        assert asked_spellings(one) & spellings(other)
        assert one == other or likely(one, [other], 5) == [other]


def test_the_most_likely_comes_first_and_the_unlikely_not_at_all() -> None:
    known = ["reception", "receptions", "perception", "deception", "ration"]
    assert likely("recpetion", known, 5) == ["reception", "receptions", "deception"]
    assert likely("receptionn", known, 1) == ["reception"]


def test_a_vocabulary_is_of_words_that_somebody_could_misspell() -> None:
    assert vocabulary("Wait, WAIT at gate 12b! Ço 待ち時間が長い straße") == {
        "wait", "gate", "straße",
    }  # fmt: skip


@given(TEXTS, st.lists(st.text(max_size=10), max_size=4))
def test_pieces_are_the_text(text: str, asked: list[str]) -> None:
    wanted = pattern([Term(one) for one in asked if one])
    assert "".join(piece.text for piece in marked(text, wanted)) == text
    assert all(piece.text for piece in marked(text, wanted))


@given(st.lists(TEXTS, max_size=3), st.text("ab <&>", min_size=1, max_size=5))
def test_a_snippet_is_short_and_says_it_if_any_text_does(texts: list[str], asked: str) -> None:
    wanted = pattern(parse(asked))
    pieces = snippet(texts, wanted)
    assert len("".join(piece.text for piece in pieces)) <= WIDTH + 4
    said = any(wanted.search(" ".join(text.split())) for text in texts)
    assert said <= any(piece.marked for piece in pieces)


def test_a_snippet_shows_the_place() -> None:
    text = "word " * 100 + "here it is " + "more " * 100
    pieces = snippet(["nothing", text], pattern(parse("here")))
    assert [piece.text for piece in pieces if piece.marked] == ["here"]
    told = "".join(piece.text for piece in pieces)
    assert told.startswith("… word")
    assert told.endswith(" …")


@given(TEXTS, TEXTS)
def test_likeness_is_mutual_and_between_nothing_and_all(one: str, other: str) -> None:
    assert likeness(Gist(one), Gist(other)) == likeness(Gist(other), Gist(one))
    assert 0 <= likeness(Gist(one), Gist(other)) <= 1
