"""`make sdk`: make clients of the document, compile them strictly, and live a day with each.

What has not changed since the last time is not done again: only the days are, always.
"""

import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.sdk import making, tools
from tests.sdk.serving import serving
from tests.sdk.steps import Failed, Unreachable, say, say_took

DAYS = {
    "TypeScript, @hey-api/openapi-ts": ["node", "build/js/scenario.hey.js"],
    "TypeScript, openapi-typescript and openapi-fetch": ["node", "build/js/scenario.fetch.js"],
    "Python, openapi-python-client": [tools.PYTHON, "scenario.py"],
}


def main(asked: list[str]) -> int:
    """Do what is asked (`lint`, or all there is), and say in one line why it was not done.

    With `--must` not to have done it is a failure: for a pipeline where nobody reads that line.
    """
    must = "--must" in asked
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    missing = tools.missing()
    if missing:
        return not_done(f"{missing}, and Node 20 or newer with npm is what this needs.", must)
    try:
        lint() if "lint" in asked else prove()
    except Unreachable as fault:
        return not_done(str(fault), must)
    except Failed as fault:
        say(f"\n{fault}")
        return 1
    return 0


def not_done(reason: str, must: bool) -> int:
    """Say so."""
    say(f"Not done: {reason}")
    return int(must)


def lint() -> None:
    """Only look at the document."""
    tools.node_packages()
    making.lint()


def prove() -> None:
    """Everything at once, as far as it does not wait for one another; then the days in turn."""
    say("Clients of openapi/openapi.json")
    with serving() as server, ThreadPoolExecutor(4) as pool:
        node = pool.submit(tools.node_packages)
        python = pool.submit(tools.python_packages)
        made = [
            pool.submit(after, node, making.typescript),
            pool.submit(after, node, making.lint),
            pool.submit(after, python, making.python),
        ]
        for one in [node, python, *made]:
            one.result()
        address = server.ready()
        say_took("server with demo data, of its own", server.took)
        told = sum(day(name, command, address) for name, command in DAYS.items())
        say("\nA map on the terminal, in 29 lines of TypeScript (map.ts)\n")
        tools.tell(["node", "build/js/map.js"], {"TOUCHSTONE_URL": address})
    say(f"\n{told + 1} passed, 0 failed")


def after(first: Any, then: Callable[[], None]) -> None:
    """Do something when another is done, and not if it failed."""
    first.result()
    then()


def day(name: str, command: list[str], address: str) -> int:
    """Live one day; gives how many of its steps went well."""
    say(f"\n{name}")
    environment = {"TOUCHSTONE_URL": address, "PYTHONPATH": str(making.PYTHON_CLIENT)}
    return tools.tell(command, environment).count("✓")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
