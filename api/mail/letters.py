"""What Touchstone writes to people, as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill
from zoneinfo import ZoneInfo

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one address."""

    to: str
    subject: str
    body: str


def password_reset(to: str, name: str, secret: str) -> Letter:
    """The right to set a new password."""
    body = f"""\
Hello {name},

somebody, probably you, asked for a new password for this address. Enter this code where you asked
for it, in the application that your organization uses, together with the new password:

{secret}

Without such an application, send both to POST /v1/password-resets/redeem.

The code works once and for an hour, and signs you out everywhere. If it was not you, there is
nothing to do: your password stays as it is.

Touchstone
"""
    return Letter(to, "Your new password", body)


def invitation(to: str, name: str, organization: str, secret: str) -> Letter:
    """The right to join an organization."""
    body = f"""\
Hello {name},

you are invited to join {organization} on Touchstone, where journey maps are drawn and answered for
together. To join, enter this code in the application that your organization uses, where it asks for
an invitation code:

{secret}

Without such an application, send it to POST /v1/invitations/accept.

The code works once and for two weeks. Whoever has an account under this address already joins with
its password. If you do not want to join, there is nothing to do.

Touchstone
"""
    return Letter(to, "You are invited to join", body)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked: by whom, about what, in which words, until when."""

    organization: str
    path: str
    message: str
    questions: Sequence[str]
    due: str


def moment_in(timezone: str, at: datetime) -> str:
    """A day and time of day as an organization reckons them."""
    return f"{at.astimezone(ZoneInfo(timezone)):%A, %d %B %Y, %H:%M} ({timezone})"


def input_link(to: str, name: str, asked: Asked, secret: str) -> Letter:
    """The right to answer one request for input without signing in."""
    body = f"""\
Hello {name},

{_asks(asked)}

To answer without a password, enter this code in the application that your organization uses, where
it asks for an input code:

{secret}

Without such an application, send it to POST /v1/input-links/open to read what can be rated, and to
POST /v1/input-links/answer together with your answer.

The code answers this request, once, in your name, and does nothing else: keep it to yourself. It is
good for two weeks after the date. If you would rather not say anything, answer with the reason.

Touchstone
"""
    return Letter(to, "Your view is asked for", body)


def input_reminder(to: str, name: str, asked: Asked) -> Letter:
    """A few words before the date to somebody who has not answered."""
    body = f"""\
Hello {name},

you have not answered yet, and there is still time.

{_asks(asked)}

Sign in and answer, or use the code of an earlier letter. Annotating or rating there counts as well.
If you would rather not say anything, answer with the reason. Silence is recorded after the date.

Touchstone
"""
    return Letter(to, "Your view is still missing", body)


Part = tuple[str, Sequence[tuple[str, str]]]
"""A journey, and what happened in it: a sentence and the place."""


def digest(
    to: str, name: str, organization: str, parts: Sequence[Part], *, more: bool = False
) -> Letter:
    """What is unread in somebody's inbox; nothing of what anybody wrote leaves by letter."""
    told = "\n\n".join(_part(title, lines) for title, lines in parts)
    rest = "\n\nThere is more: your inbox has all of it." if more else ""
    body = f"""\
Hello {name},

this happened in {_line(organization)} since you last read your inbox:

{told}{rest}

Sign in to read what was said. How often this letter comes, and for which reasons you are told at
all, is yours to choose in your preferences.

Touchstone
"""
    return Letter(to, "What happened on your journeys", body)


def _part(title: str, lines: Sequence[tuple[str, str]]) -> str:
    told = (f"{sentence}\n{path}" if path != title else sentence for sentence, path in lines)
    points = "\n".join(_point(one) for one in told)
    return f"{_line(title)}\n{points}"


def _point(told: str) -> str:
    first, *rest = (_line(one) for one in told.split("\n"))
    return "\n".join([f"- {first}", *(f"  {one}" for one in rest)])


def _line(told: str) -> str:
    """The same in one line, whatever a name or title brings along."""
    return " ".join(told.split())


def _asks(asked: Asked) -> str:
    """What is asked, as paragraphs that no line of a name or a question can break out of."""
    paragraphs = [
        f"{asked.organization} asks what you see here: {asked.path}. Please answer until"
        f" {asked.due}.",
        asked.message,
        *(f"{n}. {question}" for n, question in enumerate(asked.questions, start=1)),
    ]
    return "\n\n".join(fill(" ".join(one.split()), WIDTH) for one in paragraphs if one.strip())
