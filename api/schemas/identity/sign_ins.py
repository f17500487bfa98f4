"""Signing in by an identity provider, on the wire."""

from collections.abc import Sequence
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Line, Reply, present
from api.schemas.identity.provider_fields import ISSUER, OWN_BACK
from api.schemas.identity.sessions import Secret
from domain.database import Row
from domain.errors import FieldError, Invalid

STATE = "8uVhF3Yx0m1kq2bQz7Jd5w"
FLOW = (
    "ts_signin_01890a5dac96774bbcceb302099a8057_0Tq8mVxw3kPzQ2aYb7LrUe5NfGhJd9sC1iXoKt4MvBn_0aZ9xY"
)
RedirectUri = Annotated[
    str,
    Meta(min_length=1, max_length=2048, description="Exactly one of those the provider has here."),
]
CameBackTo = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2048,
        description=(
            "Where the browser is now, without query and fragment:"
            " `location.origin + location.pathname`. Read it there, never from what was kept:"
            " it tells which provider gave the code."
        ),
    ),
]
Code = Annotated[str, Meta(min_length=1, max_length=4096)]
StateParameter = Annotated[str, Meta(min_length=1, max_length=200)]
IssParameter = Annotated[
    str, Meta(min_length=1, max_length=2048, description="`iss`, where the provider gives one.")
]
ErrorParameter = Annotated[
    str, Meta(min_length=1, max_length=200, description="`error`, where there is no code.")
]


class SignInBeginning(Body):
    """By which provider of which organization, and where the browser is to come back to.

    With the secret of an `invitation` whoever comes back accepts it.
    """

    example: ClassVar = {"redirect_uri": OWN_BACK, "device": "Firefox on Linux"}

    organization_id: UUID
    provider_id: UUID
    redirect_uri: RedirectUri
    device: Line = ""
    invitation: Secret | None = None


class SignInCompletion(Body):
    """The flow that was begun, and the parameters with which the browser came back."""

    example: ClassVar = {
        "flow": FLOW,
        "redirect_uri": OWN_BACK,
        "state": STATE,
        "code": "SplxlOBeZQQYbYS6WxSbIA",
    }

    flow: Secret
    redirect_uri: CameBackTo
    state: StateParameter
    code: Code | None = None
    iss: IssParameter | None = None
    error: ErrorParameter | None = None

    def __post_init__(self) -> None:
        """Invalid unless the provider gave a code or an error."""
        if (self.code is None) is (self.error is None):
            detail = "Send either the `code` or the `error` with which the browser came back."
            error = FieldError(detail, "code_or_error", pointer="#/code")
            raise Invalid(detail, code="code_or_error", errors=[error])


class SignInProvider(Reply):
    """A provider by which one may sign in."""

    example: ClassVar = {"name": "Staff login"}

    id: UUID
    name: str


class SignInProviders(Reply):
    """All of them, by name; none for an organization that has none, and for none at all."""

    items: list[SignInProvider]


class SignInFlow(Reply):
    """Where to send the browser, and the secret that stays in it.

    Keep `flow` where only this browser has it. It is good once, until `expires_at`.
    """

    example: ClassVar = {
        "authorization_url": f"{ISSUER}/auth?response_type=code&client_id=touchstone&state={STATE}",
        "flow": FLOW,
    }

    authorization_url: str
    flow: str
    expires_at: Instant


def sign_in_providers(rows: Sequence[Row]) -> SignInProviders:
    """The names of providers."""
    return SignInProviders(items=[present(SignInProvider, row) for row in rows])
