"""msgspec's complaints, made into sentences that say what to send instead."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from litestar.handlers import BaseRouteHandler
from msgspec import inspect

PATTERNS: Final[Mapping[str, str]] = {
    r"\S": "Write something: blank is not enough.",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$(?!\n)": "Send an e-mail address, such as ada@example.org.",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)": "Send a language tag, such as en or de-AT.",
    r"^[a-z][a-z0-9_]*$(?!\n)": "Begin with a to z; then only a to z, 0 to 9 and _ are allowed.",
    r"^[a-z0-9][a-z0-9_.-]*$(?!\n)": (
        "Begin with a to z or 0 to 9; then only these and _, . and - are allowed."
    ),
    r"^[a-z_]+:[a-z0-9][a-z0-9_./:-]*$(?!\n)": (
        "Name a part of the document by its kind and its key, such as touchpoint:wait."
    ),
    r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$(?!\n)": (
        "Send a decimal number as text, such as 12.5: up to 12 digits, and 6 after the point."
    ),
    r"^-?([0-9]{1,9}(\.[0-9]{1,6})?|1000000000(\.0{1,6})?)$(?!\n)": (
        "Send a decimal number as text, from -1000000000 to 1000000000, such as 12.5."
    ),
    r"^(https?://[^\s/]\S*)?$(?!\n)": "Send an address that begins with http:// or https://.",
    r"^[,;\t|]$(?!\n)": "Send a comma, a semicolon, a tab or a bar.",
    r"^[A-Z]{3}$(?!\n)": "Send a currency after ISO 4217, such as EUR.",
    r"^[0-9a-f]{64}$(?!\n)": "Send a hash as it was read: 64 characters of 0 to 9 and a to f.",
    r"^https?://[^\s/]\S*$(?!\n)": "Send an address that begins with http:// or https://.",
    r"^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$(?!\n)": (
        "Send an address that begins with https://, in ASCII and without spaces."
    ),
    r"^[!-~]([ -~]*[!-~])?$(?!\n)": (
        "Send visible ASCII characters, without a space before or after them."
    ),
    r"^[!#-\[\]-~]+$(?!\n)": (
        "Send visible ASCII characters without spaces, quotation marks and backslashes."
    ),
}
"""What each pattern of the schemas asks for, in words."""

_PATTERN = re.compile(r"Expected `.*` matching regex '(.*)'", re.DOTALL)
_CHOICE = "Invalid enum value "


def advise(complaint: str, kind: Any, pointer: str = "#") -> str:
    """The sentence for a complaint about the value at `pointer` in something of type `kind`."""
    if complaint.startswith(_CHOICE) and (allowed := _choices(_at(kind, pointer))):
        return f"Use one of: {allowed}."
    if found := _PATTERN.match(complaint):
        # The message shows the pattern as a literal does, with its backslashes doubled or not.
        pattern = found[1].replace("\\\\", "\\")
        return PATTERNS.get(pattern, f"Send text that matches {pattern}.")
    return f"{complaint.removesuffix('.')}."


def advise_parameter(complaint: str, handler: BaseRouteHandler, name: str) -> str:
    """The same about a parameter of a route, or of what it depends on."""
    if not complaint.startswith(_CHOICE):
        return complaint
    kinds = _parameter(handler, name)
    lists = [one.item_type for one in kinds if isinstance(one, inspect.CollectionType)]
    allowed = _choices(_flat(*kinds, *lists))
    return f"Use one of: {allowed}." if allowed else complaint


def _choices(kinds: list[inspect.Type]) -> str:
    enums = [one.cls for one in kinds if isinstance(one, inspect.EnumType)]
    named = [member.value for enum in enums for member in enum]
    literal = [v for one in kinds if isinstance(one, inspect.LiteralType) for v in one.values]
    return ", ".join(str(value) for value in (*named, *literal))


def _parameter(handler: BaseRouteHandler, name: str) -> list[inspect.Type]:
    providers = handler.resolve_dependencies().values()
    signatures = [handler.parsed_fn_signature, *(one.parsed_fn_signature for one in providers)]
    found = [one.parameters[name] for one in signatures if name in one.parameters]
    return _flat(*(_described(one.annotation) for one in found))


def _at(kind: Any, pointer: str) -> list[inspect.Type]:
    kinds = _flat(_described(kind))
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        kinds = _flat(*(inner for one in kinds for inner in _below(one, name)))
    return kinds


def _below(kind: inspect.Type, name: str) -> Iterator[inspect.Type]:
    if isinstance(kind, inspect.StructType):
        yield from (field.type for field in kind.fields if field.encode_name == name)
    elif isinstance(kind, inspect.CollectionType):
        yield kind.item_type
    elif isinstance(kind, inspect.DictType):
        yield kind.value_type


def _flat(*kinds: inspect.Type) -> list[inspect.Type]:
    """These types without their wrappings, a union as its members."""
    flat: list[inspect.Type] = []
    for kind in kinds:
        if isinstance(kind, inspect.Metadata):
            flat += _flat(kind.type)
        elif isinstance(kind, inspect.UnionType):
            flat += _flat(*kind.types)
        else:
            flat.append(kind)
    return flat


@cache
def _described(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)
