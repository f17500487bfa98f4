"""What the clock does when something is due: one function for each kind of deadline."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from api.commands.reminders import remind_of_input
from api.mail import Letter
from domain.database import Row, Transaction
from domain.duties import DeadlineKind
from domain.ledger import Locked
from domain.services.accountability import clock
from domain.services.participation import closing

Handler = Callable[[Transaction, Locked, Row], Awaitable[Sequence[Letter]]]
"""Given the journey that is held and the deadline; the letters go out after the commit."""


async def escalate(tx: Transaction, head: Locked, deadline: Row) -> Sequence[Letter]:
    """Take the step of the chain that is due."""
    await clock.look(tx, head, deadline)
    return ()


async def close_input(tx: Transaction, head: Locked, deadline: Row) -> Sequence[Letter]:
    """Record who has answered a request, and who was silent."""
    await closing.close(tx, head, deadline["subject_id"])
    return ()


HANDLERS: Mapping[DeadlineKind, Handler] = {
    DeadlineKind.REMIND: remind_of_input,
    DeadlineKind.ESCALATE: escalate,
    DeadlineKind.CLOSE_INPUT: close_input,
}
