"""The guides under /docs/guides: the Markdown of api/guides as pages that ask no other machine."""

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from api.openapi.sequence import sequence

FOLDER = Path(__file__).parents[1] / "guides"
ORDER = ("frontend", "reviewer", "integrator", "operator")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "public, max-age=300"}
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} - Touchstone</title>
<link rel="icon" type="image/svg+xml" href="/docs/assets/favicon.svg">
<link rel="stylesheet" href="/docs/assets/guides.css">
</head>
<body>
<a class="skip" href="#content">To the text</a>
<header><nav aria-label="Guides"><a class="brand" href="/docs/guides">Touchstone</a>
{links}
<a href="/docs">Reference</a></nav></header>
<div class="page">
{contents}
<main id="content">
{body}
</main>
</div>
</body>
</html>
"""


class Guide(NamedTuple):
    """One page."""

    name: str
    title: str
    lead: str
    body: str
    chapters: Sequence[tuple[str, str]]


def _plain(token: Token) -> str:
    """The words of a heading, without their marks."""
    return "".join(one.content for one in token.children or [])


def slug(words: str) -> str:
    """The anchor of a heading."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))


def _fence(
    _: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: EnvType
) -> str:
    token = tokens[place]
    if token.info.strip() == "sequence":
        return f"<figure>{sequence(token.content)}</figure>\n"
    language = escape(token.info.split()[0]) if token.info.split() else "text"
    return (
        f'<pre tabindex="0" data-language="{language}"><code>{escape(token.content)}</code></pre>\n'
    )


def _image(
    _: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: EnvType
) -> str:
    """A picture of the folder, put into the page so that it takes the page's colors."""
    source = str(tokens[place].attrs["src"])
    drawn = (FOLDER / Path(source).name).read_text(encoding="utf-8")
    return f"<figure>{drawn}</figure>"


def _link(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A link to a neighbor leads to its page."""
    target = str(tokens[place].attrs["href"])
    page, mark, place_in_it = target.partition("#")
    if page.endswith(".md"):
        tokens[place].attrSet("href", f"/docs/guides/{page.removesuffix('.md')}{mark}{place_in_it}")
    return renderer.renderToken(tokens, place, options, env)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("table_open", lambda *_: '<div class="wide" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


@cache
def guide(name: str) -> Guide:
    """Lay a page out, once."""
    if name not in ORDER:
        raise NotFoundException("There is no such guide: GET /docs/guides lists them.")
    parser = _parser()
    tokens = parser.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    chapters = []
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slug(_plain(words)))
            if token.tag == "h2":
                chapters.append((slug(_plain(words)), _plain(words)))
    first, lead = (token for token in tokens[:5] if token.type == "inline")
    body = parser.renderer.render(tokens, parser.options, {})
    return Guide(name, _plain(first), _plain(lead), body, chapters)


def page(shown: Guide) -> str:
    """A guide as a whole document."""
    links = "\n".join(
        f'<a href="/docs/guides/{name}"{here(name, shown.name)}>{name.capitalize()}</a>'
        for name in ORDER
    )
    listed = "".join(
        f'<li><a href="#{mark}">{escape(words)}</a></li>' for mark, words in shown.chapters
    )
    contents = (
        f'<nav class="contents" aria-label="On this page"><ol>{listed}</ol></nav>'
        f'<details class="contents"><summary>On this page</summary><ol>{listed}</ol></details>'
    )
    return PAGE.format(
        title=escape(shown.title),
        links=links,
        contents=contents if listed else "",
        body=shown.body,
    )


def here(name: str, shown: str) -> str:
    """Mark the page that is shown among the links."""
    return ' aria-current="page"' if name == shown else ""


@cache
def index() -> Guide:
    """The page that leads to the others."""
    items = "".join(
        f'<li><a href="/docs/guides/{one.name}">{escape(one.title)}</a>'
        f"<p>{escape(one.lead)}</p></li>"
        for one in map(guide, ORDER)
    )
    words = (
        "<h1>Guides</h1><p>Every command on these pages is run by the tests of this release. The"
        ' <a href="/docs">reference</a> has every operation, and its document is at'
        ' <a href="/docs/openapi.json">/docs/openapi.json</a>; what is sent to webhooks is'
        ' described at <a href="/docs/webhooks.json">/docs/webhooks.json</a>.</p>'
    )
    return Guide("", "Guides", "", f'{words}<ul class="index">{items}</ul>', ())


@get("/guides", sync_to_thread=False)
def read_guides() -> Response[str]:
    """Send the list of guides."""
    return _sent(index())


@get("/guides/{name:str}", sync_to_thread=False)
def read_guide(name: FromPath[str]) -> Response[str]:
    """Send one guide."""
    return _sent(guide(name))


def _sent(shown: Guide) -> Response[Any]:
    return Response(page(shown), media_type="text/html", headers=HEADERS)
