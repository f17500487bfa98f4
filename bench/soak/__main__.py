"""`make soak`: what needs time, quiet or violence. Each line says what it did and what held.

ARGS=kill runs one of them; without, all are run.
"""

import argparse
from collections.abc import Callable, Sequence

from bench import growth
from bench.soak import (
    assign,
    audit,
    clock,
    contract,
    conversation,
    exchange,
    fuzz,
    kill,
    race,
    restart,
    revoke,
    rolling,
    slow,
    stream,
)

SOAKS: dict[str, Callable[[], bool]] = {
    "kill": kill.main,
    "restart": restart.main,
    "race": race.main,
    "assign": assign.main,
    "clock": clock.main,
    "conversation": conversation.main,
    "audit": audit.main,
    "contract": contract.main,
    "exchange": exchange.main,
    "fuzz": fuzz.main,
    "million": growth.main,
    "stream": stream.main,
    "slow": slow.main,
    "revoke": revoke.main,
    "rolling": rolling.main,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*SOAKS, []], help="which; all without")
    chosen = parser.parse_args(arguments).only or list(SOAKS)
    held = [SOAKS[name]() for name in chosen]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
