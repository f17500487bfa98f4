"""What is said to whom an identity provider does not get in."""

from domain.errors import Conflict, Forbidden, Unauthenticated, Unavailable


class SignInByProviderRefused(Unauthenticated):
    """A flow, a code or a token that is not in order. Nobody is told what is wrong with it."""

    code = "provider_sign_in_refused"
    detail = "What came back from the identity provider is not in order: begin again."


class ProviderRefused(Unauthenticated):
    """The provider itself sent somebody back without letting them in."""

    code = "provider_refused"
    detail = (
        "The identity provider did not let you in: begin again, or ask whoever runs it whether"
        " you may use it."
    )


class ProviderUnavailable(Unavailable):
    """The provider is not to be reached, or says nothing of use."""

    code = "provider_unavailable"
    detail = (
        "The identity provider does not answer as it should: begin again in a minute, or ask an"
        " administrator to test it."
    )

    def __init__(self, retry_after: int = 30) -> None:
        super().__init__(retry_after, self.detail)


class IdentityUnknown(Forbidden):
    """The provider knows them and nobody here does, or who they are may not come in."""

    code = "identity_unknown"
    detail = (
        "The identity provider let you in, and no active member is known by this identity: ask an"
        " administrator to invite you, or sign in as usual and link it to yourself."
    )


class NoPlace(Forbidden):
    """Somebody may join, and nothing says in which group."""

    code = "no_group"
    detail = (
        "The identity provider names none of the groups that have a place here: ask an"
        " administrator to give yours one."
    )


class IdentityTaken(Conflict):
    """The identity is somebody else's."""

    code = "identity_taken"
    detail = "This identity is linked to another member: they have to unlink it first."
