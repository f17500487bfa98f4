"""What differs, told to whoever has to do something about it."""

from collections.abc import Iterator, Sequence

from api.openapi.stability.pair import Difference
from api.openapi.stability.rules import Weight

TITLES = {Weight.MAJOR: "BREAKING", Weight.MINOR: "more", Weight.PATCH: "words"}


def told(found: Sequence[Difference]) -> Iterator[str]:
    """One line for each difference, and under each break what to do instead."""
    for one in found:
        yield f"{TITLES[one.weight]:8}  {one.where}: {one.what}"
        if one.weight is Weight.MAJOR:
            yield f"{'':8}  {one.rule.instead}"


def counted(found: Sequence[Difference]) -> str:
    """How many differences of each weight."""
    counts = {weight: sum(one.weight is weight for one in found) for weight in reversed(Weight)}
    return f"{counts[Weight.MAJOR]} breaking, {counts[Weight.MINOR]} more"
