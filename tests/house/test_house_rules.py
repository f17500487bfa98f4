"""What the import contracts cannot hold: who may call what, and how large a thing may grow."""

import statistics

import pytest

from tests.house.source import files

PRODUCT = ("api", "domain")
QUERIES = ("domain/queries/", "domain/ledger")
COMMITS = "api/plugins/database.py"
LONGEST_FILE, MEDIAN_FILE, LONGEST_FUNCTION = 250, 80, 30
# What would make a test pass without testing, or depend on the clock.
CRUTCHES = {"skip", "skipif", "skipIf", "xfail", "importorskip", "sleep", "MagicMock", "AsyncMock"}


def test_select_lives_in_queries_and_the_ledger() -> None:
    strays = [
        f"{file.name}:{line}"
        for file in files(*PRODUCT)
        if not file.name.startswith(QUERIES)
        for called, line in file.calls()
        if called == "select"
    ]
    assert not strays


def test_only_the_database_plugin_commits() -> None:
    strays = [
        f"{file.name}:{line}"
        for file in files(*PRODUCT)
        if file.name != COMMITS
        for called, line in file.calls()
        if called in {"commit", "rollback"}
    ]
    assert not strays


def test_annotations_in_api_exist_at_run_time() -> None:
    strays = [
        f"{file.name}:{line}"
        for file in files("api")
        for module, line in file.imports()
        if module in {"typing.TYPE_CHECKING", "__future__.annotations"}
    ]
    assert not strays


@pytest.mark.parametrize(
    ("library", "only"),
    [
        # Our own tokens and those of identity providers share no function and no key.
        ("jwt", {"api/auth/tokens.py", "api/auth/id_tokens.py"}),
        ("argon2", {"api/auth/passwords.py"}),
    ],
)
def test_only_these_files_know_the_library(library: str, only: set[str]) -> None:
    importers = {
        file.name
        for file in files(*PRODUCT)
        for module, _ in file.imports()
        if module.split(".")[0] == library
    }
    assert importers == only


def test_no_test_leans_on_a_crutch() -> None:
    strays = [
        f"{file.name}:{line} {called}"
        for file in files("tests")
        for called, line in file.calls()
        if called in CRUTCHES
    ]
    mocks = [f.name for f in files("tests") for m, _ in f.imports() if m.startswith("unittest")]
    assert not strays
    assert not mocks


def test_no_file_is_longer_than_its_budget() -> None:
    long = {f.name: f.lines for f in files(*PRODUCT, "bench", "tests") if f.lines > LONGEST_FILE}
    assert not long


def test_the_median_file_fits_a_screen() -> None:
    assert statistics.median(f.lines for f in files(*PRODUCT) if f.text) <= MEDIAN_FILE


def test_no_function_is_longer_than_its_budget() -> None:
    long = {
        f"{file.name} {name}": lines
        for file in files(*PRODUCT, "bench", "tests")
        for name, lines in file.functions()
        if lines > LONGEST_FUNCTION
    }
    assert not long
