"""Markdown to HTML that is safe to show: no scripts, no styles, nothing loaded from elsewhere."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from domain.rules.mentions import TOKEN, Mentioned

Names = tuple[tuple[str, str], ...]
"""What tokens stand for, as (`member:<id>`, name)."""

SCHEMES: Final = frozenset({"http", "https", "mailto"})
_PLAIN: Final = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr",
}  # fmt: skip
_CLEANER: Final = nh3.Cleaner(
    tags={*_PLAIN, "a", "span", "th", "td"},
    attributes={
        "a": {"href", "title"},
        "ol": {"start"},
        "span": {"class", "data-member", "data-department", "data-group"},
    },
    link_rel="nofollow noopener noreferrer",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes=set(SCHEMES),
    strip_comments=True,
)
MARKS: Final = 2_000
CELLS: Final = 2_000
"""How many characters that may mean something a text has, and a table cells, to be worth parsing:
it takes some 40 milliseconds then, and nobody who lays out a text needs more."""
_MARK: Final = re.compile(r"[\n*_`~<>|&\[\]\\]")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")


def _is_link(url: str) -> bool:
    """Whether a link says where it leads: nothing relative, nothing that runs or embeds."""
    try:
        return urlsplit(_CONTROL.sub("", url)).scheme.lower() in SCHEMES
    except ValueError:
        return False


def _mention(state: StateInline, silent: bool) -> bool:
    """A token that stands for somebody who was mentioned when the text was written."""
    if state.src[state.pos] != "@":
        return False
    found = TOKEN.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("mention", "span", 0).content = found[0]
    state.pos = found.end()
    return True


def _show_mention(
    _: RendererHTML, tokens: list[Token], place: int, __: OptionsDict, env: EnvType
) -> str:
    return _span(tokens[place].content, env["names"])


def _span(token: str, names: Mapping[str, str]) -> str:
    """A token by the name it stands for; as it was written where it mentions nobody."""
    key = token[2:-1].lower()
    if key not in names:
        return token
    kind, value = key.split(":")
    name = escapeHtml(names[key])
    return f'<span class="mention" data-{Mentioned(kind)}="{value}">@{name}</span>'


def _table(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A table of a size to be read: every row is filled up to the width of the head."""
    width = state.src.count("|", state.bMarks[first], state.eMarks[first])
    return width * (last - first) <= CELLS and table(state, first, last, silent)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"]).disable("image")
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.validateLink = _is_link  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "mention", _mention)
    parser.add_render_rule("mention", _show_mention)
    return parser


_PARSER: Final = _parser()


@lru_cache(maxsize=2048)  # lists show the same few texts over and over
def rendered(text: str, names: Names = ()) -> str:
    """A text as HTML, its mentions with these names."""
    known = dict(names)
    marks = sum(1 for _ in _MARK.finditer(text))
    shown = _PARSER.render(text, {"names": known}) if marks <= MARKS else _as_written(text, known)
    return _CLEANER.clean(shown)


def _as_written(text: str, names: Mapping[str, str]) -> str:
    """A text that is all marks, line by line."""
    told = TOKEN.sub(lambda found: _span(found[0], names), escapeHtml(text))
    return f"<p>{told.replace(chr(10), '<br>' + chr(10))}</p>\n"
