"""Which refusals a function can end in, read off what its compiled code names.

Nothing is run and nothing is parsed: a function's code lists the names it uses and the constants in
it. Following the names gives all functions it can call, as far as they are ours; the codes among
the constants of those that refuse something are the codes of its problems. That is at times one
code too many, where a function is shared; a test of replies finds what is missing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from inspect import isclass, isfunction, ismethod, ismodule, unwrap
from types import CodeType, FunctionType, MappingProxyType
from typing import Any, get_args

from domain.errors import DomainError, FieldError

UNKNOWN = "unknown_"
OURS = ("domain", "api")
NOT_FOLLOWED = ("api.openapi", "api.app", "api.problems")
Codes = frozenset[str]
NOTHING: Mapping[str, Codes] = MappingProxyType({})
WRITING = frozenset({"add", "change", "change_all"})


class Reach:
    """Follows functions, each once.

    `known` are all codes that there are; `stored` says which of them the database answers with when
    a row of a table is added or changed.
    """

    def __init__(self, known: Iterable[str], stored: Mapping[str, Codes] = NOTHING) -> None:
        self.known = frozenset(known)
        self.stored = stored
        self.steps: dict[FunctionType, tuple[Codes, frozenset[FunctionType]]] = {}

    def codes(self, roots: Iterable[Any], kinds: Collection[str] = ()) -> Codes:
        """Give the codes of all refusals that the roots can end in.

        `kinds` is what `unknown_...` can be said of where the code says it of any kind.
        """
        waiting, seen, found = list(_functions(roots, ())), set[FunctionType](), set[str]()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                own, further = self._step(one)
                found |= own
                waiting += further
        unknown = {UNKNOWN + kind for kind in kinds} if UNKNOWN in found else set[str]()
        return (frozenset(found) | unknown) & self.known

    def _step(self, function: FunctionType) -> tuple[Codes, frozenset[FunctionType]]:
        if function not in self.steps:
            names, constants = _named(function.__code__), _constants(function.__code__)
            used = list(_used(function, names))
            further = frozenset(_functions(used, names))
            own = self._own(used, constants) | self._of_rows(used, names)
            self.steps[function] = own, further
        return self.steps[function]

    def _own(self, used: list[Any], constants: Codes) -> Codes:
        """The codes among the constants of a function that refuses, and those of its errors."""
        stated = {one.code for one in used if isinstance(one, FieldError) or _is_error(one)}
        if not stated and not any(map(_refuses, used)):
            return frozenset()
        constants |= {one for one in used if isinstance(one, str)}
        begun = {word for word in constants if word.endswith("_") and len(word) > 1} - {UNKNOWN}
        grown = {code for code in self.known for word in begun if code.startswith(word)}
        return frozenset((constants | stated) & {*self.known, UNKNOWN} | grown)

    def _of_rows(self, used: list[Any], names: Codes) -> Codes:
        """The codes of the tables that a function writes to."""
        tables = {getattr(one, "__tablename__", "") for one in used if isclass(one)}
        written = tables if names & WRITING else set[str]()
        return frozenset().union(*(self.stored.get(table, ()) for table in written))


def _is_error(used: Any) -> bool:
    return isclass(used) and issubclass(used, DomainError)


def _refuses(used: Any) -> bool:
    """Whether this makes a refusal: an error about a field, or a function that gives one."""
    given = used.__annotations__.get("return") if isfunction(used) else used
    kinds = [given, *get_args(given)]
    return any(isclass(kind) and issubclass(kind, DomainError | FieldError) for kind in kinds)


def _used(function: FunctionType, names: Codes) -> Iterator[Any]:
    """What a function uses of the world around it, and the types of what it is given."""
    around = function.__globals__
    for name in sorted(names):
        if name in around:
            yield from _opened(around[name])
    for cell in function.__closure__ or ():
        yield from _opened(cell.cell_contents)
    for annotation in function.__annotations__.values():
        yield from _types(annotation)


def _opened(value: Any) -> Iterator[Any]:
    """A value, or what a table or a tuple holds."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _opened(one)
    else:
        yield value.func if isinstance(value, partial) else value


def _types(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _types(inner)


def _functions(used: Iterable[Any], names: Iterable[str]) -> Iterator[FunctionType]:
    """The functions of ours: named themselves, or named as an attribute of what is used."""
    for one in used:
        if isfunction(one) or ismethod(one):
            yield from _ours(one)
        elif (isclass(one) or ismodule(one)) and _is_ours(one):
            inside = ("__init__", "__post_init__", *names) if isclass(one) else names
            for name in inside:
                yield from _ours(getattr(one, name, None))


def _ours(found: Any) -> Iterator[FunctionType]:
    found = unwrap(found) if callable(found) else found
    found = getattr(found, "__func__", found)
    if isfunction(found) and _is_ours(found):
        yield found


def _is_ours(thing: Any) -> bool:
    name = str(getattr(thing, "__module__", None) or getattr(thing, "__name__", ""))
    return name.startswith(OURS) and not name.startswith(NOT_FOLLOWED)


@cache
def _named(code: CodeType) -> frozenset[str]:
    inner = [_named(one) for one in code.co_consts if isinstance(one, CodeType)]
    return frozenset(code.co_names).union(*inner)


@cache
def _constants(code: CodeType) -> Codes:
    inner = [_constants(one) for one in code.co_consts if isinstance(one, CodeType)]
    flat = [part for one in code.co_consts for part in (one if isinstance(one, tuple) else (one,))]
    return frozenset(one for one in flat if isinstance(one, str)).union(*inner)
