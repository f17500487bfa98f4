"""How journeys may open into one another: never in a circle, and not too deep to be followed."""

from typing import Final

from domain.errors import Conflict

MOST_LEVELS: Final = 5
"""How many journeys may stand one below the other."""


def check_nesting(*, above: int, below: int, circular: bool) -> None:
    """Conflict where one journey may not open into another.

    `above` and `below` count levels: from the first journey up to the topmost, itself included,
    and from the second down to the lowest.
    """
    if circular:
        detail = (
            "That journey leads back to this one. A touchpoint that was removed counts as well,"
            " because it can be brought back."
        )
        raise Conflict(detail, code="journeys_in_a_circle")
    if above + below > MOST_LEVELS:
        detail = (
            f"Journeys may stand {MOST_LEVELS} levels deep; this would make {above + below}."
            " Choose one with fewer journeys below it."
        )
        raise Conflict(detail, code="journeys_too_deep")
