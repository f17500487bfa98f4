"""Reminding those who were asked for input and are silent, some days before the date."""

from collections.abc import Sequence

from api.mail import Asked, Letter, input_reminder, moment_in
from domain.database import Row, Transaction
from domain.ledger import Locked
from domain.services.participation import closing
from domain.services.participation.closing import Reminder


async def remind_of_input(tx: Transaction, head: Locked, deadline: Row) -> Sequence[Letter]:
    """Record that they are reminded; the letters that do it."""
    reminders = await closing.remind(tx, head, deadline["subject_id"])
    return [letter_of(reminder) for reminder in reminders]


def letter_of(reminder: Reminder) -> Letter:
    """The letter to somebody who is silent."""
    asked = Asked(
        organization=reminder.organization,
        path=reminder.path,
        message=reminder.message,
        questions=reminder.questions,
        due=moment_in(reminder.timezone, reminder.due_at),
    )
    return input_reminder(reminder.email, reminder.name, asked)
