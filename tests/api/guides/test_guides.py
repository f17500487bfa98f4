"""Every snippet of every page does what the page says, on a server with the demo."""

import warnings
from collections.abc import Iterator

import pytest

from tests.api.guides.blocks import pages, told
from tests.api.guides.checking import CHECKS
from tests.api.guides.prose import parts, prepared, remembered
from tests.api.guides.reading import Reader, folder_of
from tests.api.guides.serving import Serving
from tests.api.guides.shell import Shell

LEAST = {
    "README.md": 25,
    "api/guides/frontend.md": 16,
    "api/guides/integrator.md": 24,
    "api/guides/operator.md": 12,
    "api/guides/reviewer.md": 7,
    "openapi/README.md": 0,  # `make sdk` does what it says
}
"""How many programs of a page are tried at least, however its blocks are found."""


class NotTried(UserWarning):
    """There is no Node on this machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The one server that all pages talk to."""
    server = Serving(tmp_path_factory.mktemp("served"))
    try:
        yield server.ready()
    finally:
        server.stop()


@pytest.mark.filterwarnings("default::tests.api.guides.test_guides.NotTried")
@pytest.mark.within(180)  # the first one waits for the server
@pytest.mark.parametrize("page", pages())
def test_every_snippet_does_what_its_page_says(
    page: str, server: Serving, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shell = Shell(folder_of(page, tmp_path_factory.mktemp("page")), server)
    reader = Reader(shell, CHECKS)
    faults = []
    try:
        for block in (part for one in told(page) for part in parts(one)):
            faults += reader.read(prepared(block, shell))
            remembered(block, shell, reader.output)
    finally:
        shell.stop()
    assert not faults, "\n\n".join(faults)
    assert reader.ran + len(reader.passed_over) >= LEAST[page]
    if reader.passed_over:
        warnings.warn(NotTried(f"without Node: {', '.join(reader.passed_over)}"), stacklevel=1)
