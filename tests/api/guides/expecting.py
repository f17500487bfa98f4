"""What a page shows of an answer, held against the answer.

A page shows part of the truth: keys may be missing, and `...` stands for anything that was left
out, in a text, in a list or as a value. Ids, times and revisions are as good as any other.
Everything else must be as it is shown.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

ELIDED = "\N{HORIZONTAL ELLIPSIS} left out"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\.\.\.', re.DOTALL)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REVISION = re.compile(r'(\bid:\\s\*|"revision":)\d+')
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def parsed(text: str) -> Any:
    """JSON as a page writes it: with `...`, and texts that go on in the next line."""
    put = _TOKEN.sub(lambda found: json.dumps(ELIDED) if found[0] == "..." else found[0], text)
    mark = json.dumps(ELIDED)
    bare = re.compile(rf"([{{,]\s*){re.escape(mark)}(?=\s*[,}}])")
    put = bare.sub(lambda found: f"{found[0]}: 0", put) if "{" in put else put
    return json.loads(put, strict=False)


def documents(text: str) -> list[Any]:
    """Every JSON document of an output, in order; what is no JSON stands for none."""
    found, place, decoder = [], 0, json.JSONDecoder()
    while start := re.compile(r"[{\[]").search(text, place):
        try:
            value, place = decoder.raw_decode(text, start.start())
        except ValueError:
            place = start.end()
        else:
            found.append(value)
    return found


def differences(shown: Any, got: Any, at: str = "") -> Iterator[str]:
    """Where an answer is not what is shown of it, as `path: what`."""
    if shown == ELIDED:
        return
    if isinstance(shown, dict) and isinstance(got, dict):
        yield from _object_differences(shown, got, at)
    elif isinstance(shown, list) and isinstance(got, list):
        yield from _list_differences(shown, got, at)
    elif not _same(shown, got):
        yield f"{at or 'all of it'}: shown {shown!r}, got {got!r}"


def _object_differences(shown: dict[str, Any], got: dict[str, Any], at: str) -> Iterator[str]:
    for key in shown.keys() - {ELIDED}:
        if key in got:
            yield from differences(shown[key], got[key], f"{at}.{key}")
        else:
            yield f"{at}.{key}: shown, but there are only {sorted(got)}"


def _list_differences(shown: list[Any], got: list[Any], at: str) -> Iterator[str]:
    kept = [one for one in shown if one != ELIDED]
    if len(kept) == len(shown) != len(got):
        yield f"{at}: shown {len(shown)} of them, got {len(got)}"
        return
    if len(kept) == len(shown):
        for number, (one, other) in enumerate(zip(shown, got, strict=True)):
            yield from differences(one, other, f"{at}[{number}]")
        return
    for number, one in enumerate(kept):
        if not any(not list(differences(one, other)) for other in got):
            yield f"{at}[{number}]: none of {len(got)} is like {json.dumps(one)[:300]}"


def _same(shown: Any, got: Any) -> bool:
    if not isinstance(shown, str) or not isinstance(got, str):
        return type(shown) is type(got) and bool(shown == got)
    alike = [kind for kind in (_ID, _TIME) if kind.fullmatch(shown)]
    return bool(alike and alike[0].fullmatch(got)) or bool(_pattern(shown).fullmatch(_flat(got)))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _pattern(shown: str) -> re.Pattern[str]:
    """A text, with whatever stands for `...`, and white space as it comes."""
    shown = re.sub(r"\b0199\.\.\.", "...", _flat(shown))  # as a page writes an id
    parts = [re.escape(part) for part in re.split(r"\s*\.\.\.\s*", shown)]
    spaced = ".*?".join(parts).replace("\\ ", r"\s*")
    return re.compile(_REVISION.sub(r"\1\\d+", spaced), re.DOTALL)


def _inside(value: Any, kind: type) -> Iterator[Any]:
    """An answer, and whatever like it is in it: a page may show one line of many."""
    if isinstance(value, kind):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from _inside(one, kind)


def json_faults(shown: str, output: str) -> list[str]:
    """What is wrong with JSON that a page shows of the last document of an output."""
    try:
        wanted = parsed(shown)
    except ValueError as error:
        return [f"this is no JSON: {error}"]
    if not (answers := documents(output)):
        return [f"no JSON came, but: {output[:300]!r}"]
    tries = [list(differences(wanted, one)) for one in _inside(answers[-1], type(wanted))]
    return min(tries, key=len, default=[f"nothing like it in {output[:300]!r}"])


def text_faults(shown: str, output: str) -> list[str]:
    """Which line of a text is not in the output, or not where it should be."""
    rest = _flat(output)
    for line in _sentences(shown):
        found = _pattern(line).search(rest)
        if found is None:
            return [f"not to be found (any more): {line!r}\nin: {rest[:1500]!r}"]
        rest = rest[found.end() :]
    return []


def _sentences(shown: str) -> Iterator[str]:
    """The lines of a text; one that is indented goes on with the one before."""
    for line in re.sub(r"\n +", " ", shown).splitlines():
        if line.strip().strip("."):
            yield line.strip()
