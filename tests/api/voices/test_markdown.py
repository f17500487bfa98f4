"""Words as HTML: what Markdown gives, and that nothing dangerous comes through."""

import re
from html.parser import HTMLParser
from time import process_time
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.markdown import CELLS, MARKS, rendered

ID = UUID("01a222e9-2252-7454-bb92-e17b6d4eb8cd")
TOKEN = f"@[member:{ID}]"
ALLOWED = {
    "p": set(), "br": set(), "hr": set(), "em": set(), "strong": set(), "s": set(), "code": set(),
    "pre": set(), "blockquote": set(), "ul": set(), "ol": {"start"}, "li": set(), "h1": set(),
    "h2": set(), "h3": set(), "h4": set(), "h5": set(), "h6": set(), "table": set(),
    "thead": set(), "tbody": set(), "tr": set(), "th": set(), "td": set(),
    "a": {"href", "title", "rel", "target"},
    "span": {"class", "data-member", "data-department", "data-group"},
}  # fmt: skip


class Reader(HTMLParser):
    """Reads HTML as a browser would, and fails on whatever is not allowed."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, self.rawdata
        assert {name for name, _ in attrs} <= ALLOWED[tag], self.rawdata
        told = dict(attrs)
        if tag == "a" and "href" in told:
            href = told["href"] or ""
            assert re.match(r"(?i)(https?|mailto):", href), self.rawdata
            assert told["rel"] == "nofollow noopener noreferrer"
            assert told["target"] == "_blank"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def assert_harmless(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    reader.close()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "<p>plain</p>"),
        ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("# T", "<h1>T</h1>"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>"),
        ("3. x", '<ol start="3">\n<li>x</li>\n</ol>'),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("```js\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        (
            "[a](https://x.org 'T')",
            '<p><a href="https://x.org" title="T" target="_blank"'
            ' rel="nofollow noopener noreferrer">a</a></p>',
        ),
        (
            "|a|\n|-|\n|1|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n"
            "</tr>\n</tbody>\n</table>",
        ),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[a](/v1/me)", "<p>[a](/v1/me)</p>"),
        ("[a](//x.org)", "<p>[a](//x.org)</p>"),
        ("![](data:image/png;base64,AA)", "<p>![](data:image/png;base64,AA)</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert rendered(text).strip() == html


NASTY = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.org/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi xlink:href='data:x,<script>'>",
    "<!--><script>alert(1)</script-->",
    "<style>@import 'x'</style>",
    "<p style=background:url(javascript:alert(1))>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](<javascript:alert(1)>)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](https://x.org "\' onmouseover=alert(1)")',
    '[x](https://x.org/"onmouseover="alert(1))',
    "[x](https://x.org/'onclick='y)",
    "![x](javascript:alert(1))",
    "![x](https://x.org/pixel.png)",
    "![x](https://x.org/\"onerror='alert(1)')",
    "`<script>`",
    "```<script>\nx\n```",
    "|<script>|\n|-|\n|<img onerror=x>|",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "\\<script\\>",
    "<span class=mention data-member=x onclick=y>@Boss</span>",
    "[" * 50 + "x](javascript:1)",
    "*" * (MARKS + 1) + "<script>alert(1)</script> [x](javascript:y) <img onerror=z>",
]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_dangerous_comes_through(text: str) -> None:
    assert_harmless(rendered(text))
    assert_harmless(rendered(f"> - {text}\n\n*{text}*"))


PIECES = st.sampled_from(
    [*NASTY, TOKEN, "\n", " ", "*", "_", "`", "~~", "[", "]", "(", ")", "<", ">", '"', "'", "\\",
     "|", "&", "#", "- ", "> ", "](", "://", "javascript:", "onload=", "<script", "--", "\x00"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=10), max_size=25).map("".join))
@example("[x](https://x.org/<script>)")
@settings(max_examples=300, deadline=None)
def test_whatever_is_put_together_stays_harmless(text: str) -> None:
    assert_harmless(rendered(text, ((f"member:{ID}", text[:50]),)))


@pytest.mark.parametrize("name", ["Ann", "<script>", '"><img onerror=x>', "*A*", "@[group:x]", "&"])
@pytest.mark.parametrize("text", [TOKEN, f"*{TOKEN}*", "*" * (MARKS + 1) + TOKEN])
def test_a_mention_is_shown_by_its_name(text: str, name: str) -> None:
    html = rendered(text, ((f"member:{ID}", name),))
    assert_harmless(html)
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f'<span class="mention" data-member="{ID}">@{escaped}</span>' in html


def test_a_token_that_mentions_nobody_is_text() -> None:
    assert rendered(TOKEN).strip() == f"<p>{TOKEN}</p>"
    spoofed = f"{TOKEN}\n\n[member:{ID}]: https://x.org"
    assert "<span" not in rendered(spoofed)
    assert "<span" not in rendered(f"`{TOKEN}`", ((f"member:{ID}", "Ann"),))
    assert "<span" not in rendered(f"\\{TOKEN}", ((f"member:{ID}", "Ann"),))


DEEP = {
    "brackets": "[", "links": "[](", "images": "![", "stars": "*a **b ", "quotes": "> ",
    "lists": "- ", "numbers": "1. ", "ticks": "`a``", "tags": "<a ", "entities": "&a",
    "strikes": "~~a", "newlines": "a\n", "definitions": "[a\n", "titles": '[a](b "', "at": TOKEN,
}  # fmt: skip


@pytest.mark.parametrize("piece", DEEP.values(), ids=DEEP)
def test_ten_thousand_characters_of_nesting_take_no_time(piece: str) -> None:
    marked = re.sub(r"[^\n*_`~<>|&\[\]\\]", "", piece)
    just_parsed = piece * (MARKS // max(len(marked), 1))
    for text in ((piece * 10_000)[:10_000], just_parsed[:10_000]):
        before = process_time()
        html = rendered(text)
        assert process_time() - before < 0.5
        assert_harmless(html)


@pytest.mark.parametrize("columns", [2, 40, 400])
def test_a_table_is_not_filled_up_beyond_measure(columns: int) -> None:
    text = "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|\n" * 900
    html = rendered(text)
    assert html.count("<td") <= CELLS
    assert len(html) < 100_000
