"""One test for many items: what each of them fails at is told by its name, and all are tried."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Self

import pytest

Chosen = Sequence[tuple[str, Any]]


@dataclass
class Faults:
    """What went wrong with which of the items; told when all have been tried."""

    name: str
    tried: int
    found: list[Exception] = field(default_factory=list)

    @contextmanager
    def of(self, item: str) -> Iterator[None]:
        """Note a fault, and go on."""
        try:
            yield
        except pytest.fail.Exception as fault:
            self._note(AssertionError(str(fault)).with_traceback(fault.__traceback__), item)
        except Exception as fault:
            self._note(fault, item)

    def _note(self, fault: Exception, item: str) -> None:
        fault.add_note(f"with {self.name} = {item}")
        self.found.append(fault)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None and self.found:
            raise ExceptionGroup(f"{len(self.found)} of {self.tried} fail", self.found)


def each(
    name: str, items: Iterable[Any], ids: Callable[[Any], str] = str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Run a test with every item as its argument `name`.

    As `parametrize` does, without an item of the run for each: setting up, reporting and sending
    one to another process costs more than what is tried in most of these. It may take longer than
    other tests, for there are many.
    """
    chosen = [(ids(one), one) for one in items]
    assert chosen, f"there is no {name} to try"

    def of(test: Callable[..., Any]) -> Callable[..., Any]:
        asked = inspect.signature(test)
        assert name in asked.parameters, f"{test.__name__} takes no {name}"
        left = [one for one in asked.parameters.values() if one.name != name]
        runs = (_awaiting if inspect.iscoroutinefunction(test) else _calling)(test, name, chosen)
        runs.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]
        del runs.__wrapped__  # type: ignore[attr-defined]
        marked: Callable[..., Any] = pytest.mark.within(300)(runs)
        return marked

    return of


def _calling(test: Callable[..., Any], name: str, chosen: Chosen) -> Callable[..., Any]:
    @wraps(test)
    def one_by_one(**given: Any) -> None:
        with Faults(name, len(chosen)) as faults:
            for item, one in chosen:
                with faults.of(item):
                    test(**given, **{name: one})

    return one_by_one


def _awaiting(test: Callable[..., Any], name: str, chosen: Chosen) -> Callable[..., Any]:
    @wraps(test)
    async def one_by_one(**given: Any) -> None:
        with Faults(name, len(chosen)) as faults:
            for item, one in chosen:
                with faults.of(item):
                    await test(**given, **{name: one})

    return one_by_one
