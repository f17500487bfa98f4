"""What is to be done at a touchpoint, as the map tells it."""

from datetime import date

from api.schemas.base import Count, Reply


class ActionSummary(Reply, gc=False):
    """Actions that are planned, in progress or blocked, and when the first of them is due."""

    open: Count
    next_due_on: date | None
