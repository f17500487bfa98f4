"""What letters say, and where they go without a mail server: printed, or withheld."""

import logging
from typing import Any

import pytest

from api.mail import Mailer, invitation, password_reset
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
