"""Whether an address that somebody names would be called."""

from api.outbound import Outbound, Refused, Unreachable
from domain.errors import FieldError, Invalid
from domain.services.integration.webhooks import Judge


def judge(outbound: Outbound) -> Judge:
    """Invalid, with a pointer, for an address that would not be called as things are now."""

    async def check(url: str) -> None:
        try:
            await outbound.check(url)
        except Refused as refused:
            raise _invalid(str(refused), "refused_address") from None
        except Unreachable as unknown:
            raise _invalid(str(unknown), "unknown_address") from None

    return check


def _invalid(detail: str, code: str) -> Invalid:
    return Invalid(detail, code=code, errors=[FieldError(detail, code, "#/url")])
