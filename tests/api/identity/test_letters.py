"""What letters say, and where they go without a mail server: printed, or withheld."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from api.mail import (
    Asked,
    Mailer,
    input_link,
    input_reminder,
    invitation,
    moment_in,
    password_reset,
)
from api.mail.letters import Letter


@pytest.mark.parametrize("prints", [True, False])
async def test_without_a_server_a_letter_goes_to_the_log(prints: bool, caplog: Any) -> None:
    caplog.set_level(logging.WARNING, "touchstone.mail")
    letter = Letter(to="ada@example.org", subject="A code", body="The code is ts_reset_secret.")
    await Mailer("", "touchstone@localhost", prints=prints).send(letter)
    (record,) = [one for one in caplog.records if one.name == "touchstone.mail"]
    assert "A code" in record.getMessage()
    assert ("ts_reset_secret" in record.getMessage()) is prints


def test_each_letter_says_where_its_code_belongs() -> None:
    asked = invitation("a@example.org", "Ada", "Geese", "the-code").body
    assert "where it asks for\nan invitation code" in asked
    assert "POST /v1/invitations/accept" in asked
    reset = password_reset("a@example.org", "Ada", "the-code").body
    assert "in the application that your organization uses" in reset
    assert "POST /v1/password-resets/redeem" in reset
    for body in (asked, reset):
        assert body.splitlines().count("the-code") == 1
        assert max(map(len, body.splitlines())) <= 100


def test_a_question_is_put_in_words_and_no_name_breaks_out_of_its_line() -> None:
    due = moment_in("Europe/Berlin", datetime(2026, 7, 1, 15, tzinfo=UTC))
    assert due == "Wednesday, 01 July 2026, 17:00 (Europe/Berlin)"
    asked = Asked("Geese", "Travel\r\n\r\nthe-wrong-code", "Look " * 60, ["What?", "Why?"], due)
    letters = [
        input_link("a@example.org", "Ada", asked, "the-code"),
        input_reminder("a@example.org", "Ada", asked),
    ]
    for letter in letters:
        lines = letter.body.splitlines()
        assert max(map(len, lines)) <= 100
        assert any(line.startswith("Geese asks what you see here: Travel the-wr") for line in lines)
        assert {"1. What?", "2. Why?"} <= set(lines)
        assert due in " ".join(lines)
    assert letters[0].body.splitlines().count("the-code") == 1
    assert "POST /v1/input-links/open" in letters[0].body
    assert "POST /v1/input-links/answer" in letters[0].body
    assert "the-code" not in letters[1].body
