"""Letters without a mail server: printed where somebody develops, withheld in production."""

import logging
from typing import Any

import pytest

from api.mail import Mailer
from api.mail.letters import Letter


@pytest.mark.parametrize("prints", [True, False])
async def test_without_a_server_a_letter_goes_to_the_log(prints: bool, caplog: Any) -> None:
    caplog.set_level(logging.WARNING, "touchstone.mail")
    letter = Letter(to="ada@example.org", subject="A code", body="The code is ts_reset_secret.")
    await Mailer("", "touchstone@localhost", prints=prints).send(letter)
    (record,) = [one for one in caplog.records if one.name == "touchstone.mail"]
    assert "A code" in record.getMessage()
    assert ("ts_reset_secret" in record.getMessage()) is prints
