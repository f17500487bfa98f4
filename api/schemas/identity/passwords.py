"""Passwords on the wire."""

from api.schemas.base import Body, Email
from api.schemas.identity.sessions import NewPassword, Password, Secret


class PasswordChange(Body):
    """The present password and the one to be."""

    current_password: Password
    new_password: NewPassword


class PasswordResetRequest(Body):
    """The address of the account whose password was forgotten."""

    email: Email


class PasswordResetRedemption(Body):
    """The code from the letter, and the new password."""

    secret: Secret
    password: NewPassword
