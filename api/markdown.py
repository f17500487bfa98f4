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
    key = found[0][2:-1].lower()
    names: Mapping[str, str] = state.env["names"]
    if key not in names:
        return False
    if not silent:
        token = state.push("mention", "span", 0)
        token.content, token.meta = names[key], {"key": key}
    state.pos = found.end()
    return True


def _show_mention(
    _: RendererHTML, tokens: list[Token], place: int, __: OptionsDict, ___: EnvType
) -> str:
    kind, value = tokens[place].meta["key"].split(":")
    name = escapeHtml(tokens[place].content)
    return f'<span class="mention" data-{Mentioned(kind)}="{value}">@{name}</span>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"]).disable("image")
    parser.validateLink = _is_link  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "mention", _mention)
    parser.add_render_rule("mention", _show_mention)
    return parser


_PARSER: Final = _parser()


@lru_cache(maxsize=2048)  # lists show the same few texts over and over
def rendered(text: str, names: Names = ()) -> str:
    """A text as HTML, its mentions with these names."""
    return _CLEANER.clean(_PARSER.render(text, {"names": dict(names)}))
