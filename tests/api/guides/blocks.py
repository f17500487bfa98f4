"""The fenced blocks of a page, each with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = ("bash", "python", "javascript")
ANSWERS = ("json", "http", "text")
_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+)(?P<info>[^`\n]*)$")


@dataclass
class Block:
    """What stands between two fences: `language`, other words behind it, and its lines."""

    page: str
    line: int
    language: str
    words: tuple[str, ...]
    text: str
    answers: list["Block"] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where a reader finds it."""
        return f"{self.page}:{self.line}"

    @property
    def file_name(self) -> str:
        """The file that its first line says it is, such as `# verify.py`."""
        found = re.match(r"(?:#|//) ([a-z_]+\.(?:py|mjs))\n", self.text)
        return found[1] if found else ""

    def expects(self, status: int) -> bool:
        """Whether an answer after it shows this status of HTTP."""
        return any(re.search(rf"\b{status}\b", answer.text) for answer in self.answers)


def blocks(page: str, text: str) -> Iterator[Block]:
    """Every fenced block of a page, in order."""
    lines = iter(zip(count(1), text.splitlines(), strict=False))
    for number, line in lines:
        if opened := _FENCE.match(line):
            language, *words = opened["info"].split() or [""]
            kept = []
            for _, inner in lines:
                if inner.strip() == opened["fence"]:
                    break
                kept.append(inner.removeprefix(opened["indent"]))
            yield Block(page, number, language, tuple(words), "\n".join(kept) + "\n")


def told(page: str) -> list[Block]:
    """The blocks of a page, each answer put to the program before it."""
    found: list[Block] = []
    for block in blocks(page, (ROOT / page).read_text()):
        if block.language in ANSWERS and found and found[-1].language in PROGRAMS:
            found[-1].answers.append(block)
        else:
            found.append(block)
    return found


def pages() -> list[str]:
    """The pages whose snippets must be true, the one that a newcomer reads first at the front."""
    guides = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("api/guides/*.md"))
    return ["README.md", *guides, "openapi/README.md"]
