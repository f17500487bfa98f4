"""Makes PDF, in a process of its own: it is killed when it takes too long, and keeps no memory.

Run as `python -m api.pictures.press`: a job as JSON on standard input, the PDF on standard output.
"""

import resource
import sys
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

Template = Literal["pages", "board_pack"]
HERE = Path(__file__).parent
MOST_MEMORY = 1536 * 1024 * 1024


class Job(Struct):
    """What to print: a template of this folder, and the data it lays out.

    `fonts` are folders besides our own. `written_at` is what the document says of when it was
    made, in seconds since 1970.
    """

    template: Template
    told: str
    fonts: list[str]
    written_at: int


def printed(job: Job) -> bytes:
    """The PDF, tagged and with its fonts inside; PDF/UA-1 if the fonts have all of its letters.

    Letters that no font has are drawn as boxes: the standard forbids that, a reader prefers it to
    nothing.
    """
    from typst import Compiler, TypstError

    folders = [HERE / "fonts", *(Path(folder) for folder in job.fonts)]
    compiler = Compiler(root=HERE, font_paths=list[Path](folders), ignore_system_fonts=True)
    source = (HERE / f"{job.template}.typ").read_bytes()
    compile_ = partial(
        compiler.compile,
        source,
        format="pdf",
        timestamp=job.written_at,
        sys_inputs={"told": job.told},
    )
    try:
        made = compile_(pdf_standards="ua-1")
    except TypstError:
        made = compile_()
    assert isinstance(made, bytes)
    return made


def main() -> None:
    """Print one job."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(printed(job))


if __name__ == "__main__":
    main()
