"""What the settings of an identity provider may look like."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from domain.roles import Group

ISSUER = "https://login.example.org/realms/staff"
BACK = "https://app.example.org/signed-in/{provider_id}"
OWN_BACK = "https://app.example.org/signed-in/01890a5d-ac96-774b-bcce-b302099a8057"
Address = Annotated[str, Meta(min_length=1, max_length=2048)]
Issuer = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="Exactly as the provider calls itself in its metadata, a final slash included.",
        examples=[ISSUER],
    ),
]
ClientId = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=300,
        pattern=r"^[!-~]([ -~]*[!-~])?$(?!\n)",
        description="As the provider knows us (RFC 6749, A.1).",
        examples=["touchstone"],
    ),
]
ClientSecret = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=1000,
        description="Kept sealed and never shown again. Without one it is a public client.",
    ),
]
ScopeName = Annotated[
    str,
    Meta(min_length=1, max_length=100, pattern=r"^[!#-\[\]-~]+$(?!\n)", examples=["openid"]),
]
Scopes = Annotated[
    list[ScopeName],
    Meta(
        min_length=1,
        max_length=20,
        description="What is asked for, each once; `openid` is among them.",
        extra_json_schema={"uniqueItems": True},
    ),
]
RedirectUris = Annotated[
    list[Address],
    Meta(
        min_length=1,
        max_length=20,
        description=(
            "Where frontends receive the code: https, or http on localhost. Each ends in"
            " `/{provider_id}`, which is replaced by the id of this provider: no two share an"
            " address. The reply shows what to register at the provider."
        ),
        examples=[[BACK]],
    ),
]
ClaimName = Annotated[
    str,
    Meta(max_length=200, description="A claim of the ID token or of UserInfo; empty for none."),
]
ClaimValue = Annotated[str, Meta(min_length=1, max_length=200)]
GroupMap = Annotated[
    dict[ClaimValue, Group],
    Meta(max_length=200, description="Value of the group claim: group. The most senior counts."),
]
DepartmentMap = Annotated[
    dict[ClaimValue, UUID],
    Meta(max_length=1000, description="Value of the department claim: department."),
]
Joins = Annotated[
    bool, Meta(description="Whether whoever the provider lets in becomes a member by signing in.")
]
DefaultGroup = Annotated[
    Group | None, Meta(description="For whoever joins and whose claims name no group.")
]
