"""What README.md says in words of where the values of its variables come from.

The guides write it into their commands; the front page spares its readers that.
"""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

from PIL import Image

from tests.api.guides.blocks import Block
from tests.api.guides.picking import picked
from tests.api.guides.shell import Shell

PAGE = "README.md"
PASSWORD = "touchstone-demo"
# Variable, the request whose answer has its value, and where it stands there.
SAID = (
    ("TOKEN", r"/sessions\b", ".access_token"),
    ("JOURNEY", r"/journeys\?q=outpatient", ".items[0].id"),
    ("TOUCHPOINT", r"/\$JOURNEY/moments ", ".items[2].touchpoint_id"),
    ("MOMENT", r"/\$JOURNEY/moments ", ".items[2].moment_id"),
    ("ANNOTATION", r"/annotations ", ".id"),
    ("PROPOSAL", r"/proposals ", ".id"),
    ("REQUEST", r"/input-requests ", ".id"),
    ("FINDING", r"/pain-points ", ".id"),
    ("ACCESS", r"/access-tokens ", ".token"),
)
PRINT = "Print the date of results on the summary that patients take home"
FOUND = {
    "FRONT_DESK": ("departments", '.items[] | select(.name == "Clinic Front Desk") | .id'),
    "PHARMACY": ("departments", '.items[] | select(.name == "Pharmacy") | .id'),
    "ACTION": ("actions?status=done", f'.items[] | select(.title == "{PRINT}") | .id'),
    "METRIC": ("metrics?limit=100", '.items[] | select(.name == "Calls about results") | .id'),
    "AIRLINE": ("journeys?q=fly", ".items[0].id"),
}
SIGNED_IN = {"NADIA": "nadia", "SELMA": "selma"}
CODE = "ts_input_..."


def parts(block: Block) -> Iterator[Block]:
    """A block as its reader does it: on the front page command by command."""
    if not _speaks(block):
        yield block
        return
    kept = list(commands(block.text))
    for number, text in enumerate(kept, 1):
        yield replace(block, text=text, answers=block.answers if number == len(kept) else [])


def _speaks(block: Block) -> bool:
    return block.page == PAGE and block.language == "bash"


def commands(text: str) -> Iterator[str]:
    """The commands of a text; one ends with its line, outside of quotes and without a backslash."""
    begun = ""
    for line in text.splitlines(keepends=True):
        begun += line
        plain = re.sub(r"\\.", "", re.sub(r"\\\n$", "", line))
        if line.endswith("\\\n") or _is_open(begun) or not plain.strip():
            continue
        yield begun
        begun = ""


def _is_open(text: str) -> bool:
    quote = ""
    for letter in text:
        if letter == quote:
            quote = ""
        elif letter in "'\"" and not quote:
            quote = letter
    return bool(quote)


def prepared(block: Block, shell: Shell) -> Block:
    """What the words around a block have its reader do before."""
    if not _speaks(block):
        return block
    for name in set(re.findall(r"\$([A-Z_]+)", block.text)) - shell.variables.keys():
        shell.set(name, _found(name, shell))
    for sign, happen in MEANWHILE.items():
        if sign in block.text:
            happen(shell)
    if CODE in block.text:
        code = shell.server.written(r"ts_input_\w+")
        return replace(block, text=block.text.replace(CODE, code))
    return block


def remembered(block: Block, shell: Shell, output: str) -> None:
    """Keep what a later block needs of this answer."""
    for name, request, path in SAID:
        if _speaks(block) and re.search(request, block.text):
            shell.set(name, picked(path, output, raw=True).strip())


def _found(name: str, shell: Shell) -> str:
    if name in SIGNED_IN:
        email = f"{SIGNED_IN[name]}@demo.example"
        body = f'{{"email": "{email}", "password": "{PASSWORD}"}}'
        answer = _asked(shell, "sessions", "-H", "content-type: application/json", "-d", body)
        return picked(".access_token", answer, raw=True).strip()
    path, program = FOUND[name]
    bearer = f"authorization: Bearer {shell.variables['TOKEN']}"
    return picked(program, _asked(shell, path, "-H", bearer), raw=True).strip()


def _asked(shell: Shell, path: str, *options: str) -> str:
    address = f"http://localhost:{shell.server.port}/v1/{path}"
    return shell.curl.run([*options, address], shell.folder)


def _meanwhile(shell: Shell) -> None:
    """Have somebody say something while the stream is open."""
    body = f'{{"subject_id": "{shell.variables["TOUCHPOINT"]}", "kind": "praise", "body": "Hm."}}'
    bearer = f"authorization: Bearer {shell.variables['TOKEN']}"
    given = ("annotations", "-H", bearer, "-H", "content-type: application/json", "-d", body)
    threading.Timer(0.3, _asked, (shell, *given)).start()


def _draw(shell: Shell) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "tan").save(drawn, "JPEG")
    (shell.folder / "queue.jpg").write_bytes(drawn.getvalue())


def _be_nadia(shell: Shell) -> None:
    shell.set("TOKEN", shell.variables["NADIA"])


MEANWHILE: dict[str, Callable[[Shell], None]] = {
    "queue.jpg": _draw,
    "/stream ": _meanwhile,
    "/input-requests ": _be_nadia,  # "Signed in as her"
}
