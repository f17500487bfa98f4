"""Every problem has its place: its code in the catalogue, and with the operations that give it."""

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.openapi.reach import Reach
from api.problems import CONSTRAINTS, REFUSALS
from api.problems.catalogue import CATALOGUE
from api.problems.table import HTTP_REFUSALS
from domain.errors import Conflict, DomainError, FieldError, Invalid
from tests.api.described import DOCUMENT

ROOT = Path(__file__).parents[3]
KNOWN = {code for codes in CATALOGUE.values() for code in codes}
RAISED = {kind.__name__ for kind in REFUSALS} | {"Underway", "impossible"}
ADDRESS = "#/components/examples/"


def test_every_code_that_is_raised_has_a_meaning() -> None:
    own = {one.code for one in _kinds(DomainError)}
    told = {code for code, _ in HTTP_REFUSALS.values()} | {m.code for m in CONSTRAINTS.values()}
    written = {code for folder in ("api", "domain") for code in _written(ROOT / folder)}
    assert len(written) > 100
    nameless = (own | told | written) - KNOWN
    assert nameless == set(), "say what each means in api/problems/catalogue.py"


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


def _written(folder: Path) -> Iterator[str]:
    """The codes that are written out where something is refused, in any file below."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text()
        calls = ast.walk(ast.parse(text)) if "code=" in text or "impossible(" in text else ()
        for call in calls:
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in RAISED:
                given = {word.arg: word.value for word in call.keywords}
                second = call.args[1] if len(call.args) > 1 else None
                code = given.get("code", second)
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value


def test_a_meaning_is_a_sentence_and_shown_as_a_problem() -> None:
    shown = DOCUMENT["components"]["examples"]
    for status, codes in CATALOGUE.items():
        for code, says in codes.items():
            assert says.endswith(".")
            example = shown.get(f"{status}.{code}")
            assert code == "job_given_up" or example["value"]["type"] == f"/problems/{code}"
    schema = DOCUMENT["components"]["schemas"]["Problem"]["properties"]["code"]
    assert set(schema["x-extensible-enum"]) == KNOWN


@pytest.mark.parametrize(
    ("operation", "status", "some"),
    [
        ("createDepartment", 409, {"conflict", "department_exists"}),
        ("removeDepartment", 409, {"conflict", "department_in_use"}),
        ("moveAction", 409, {"outcome_missing", "transition_not_allowed"}),
        ("acceptProposal", 409, {"proposal_conflict", "proposal_rejected"}),
        ("createAction", 422, {"unknown_moment", "unknown_member", "owner_cannot_see"}),
        ("listJourneys", 400, {"malformed", "invalid_cursor"}),
        ("getJourneyMap", 422, {"unknown_revision", "unknown_touchpoint"}),
        ("signIn", 401, {"unauthenticated", "sign_in_refused"}),
        ("importJourney", 409, {"idempotency_key_in_flight", "underway"}),
    ],
)
def test_an_operation_says_what_it_can_answer(operation: str, status: int, some: set[str]) -> None:
    assert some <= set(codes_of(operation, status))


def test_an_operation_does_not_say_what_others_answer() -> None:
    assert set(codes_of("listDepartments", 400)) & KNOWN <= {*CATALOGUE[400]}
    assert "department_in_use" not in codes_of("createDepartment", 409)
    assert "idempotency_key_in_flight" not in codes_of("updateDepartment", 409)
    assert "unknown_moment" not in codes_of("createDepartment", 422)


def codes_of(name: str, status: int) -> list[str]:
    """The codes that an operation documents for a status."""
    found = [o for i in DOCUMENT["paths"].values() for o in i.values() if o["operationId"] == name]
    answer = found[0]["responses"][str(status)]
    if "$ref" in answer:
        answer = DOCUMENT["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    content = answer["content"]["application/problem+json"]
    assert all(ref["$ref"].startswith(ADDRESS) for ref in content["examples"].values())
    return list(content["examples"])


class Drawer:
    """Something with a method that refuses."""

    __tablename__ = "drawers"

    def close(self, word: str) -> None:
        """Refuse by a word that is put together."""
        raise Conflict(code=f"drawer_{word}")


LATE = FieldError("Too late.", "late")
WAYS = {"up": partial(lambda drawer: _look(drawer))}


def _look(drawer: Drawer) -> str:
    raise Invalid(LATE.detail, code=LATE.code)


def by_method(drawer: Drawer) -> None:
    drawer.close("stuck")


def by_table(way: str, drawer: Drawer) -> None:
    WAYS[way](drawer)


def by_row(tx: Any) -> None:
    tx.add(Drawer())


def by_kind(kind: str) -> FieldError:
    return FieldError("There is none.", f"unknown_{kind}")


def only_a_word() -> str:
    return "late"


@pytest.mark.parametrize(
    ("root", "codes"),
    [
        pytest.param(by_method, {"drawer_stuck", "drawer_gone"}, id="a method of what is given"),
        pytest.param(by_table, {"late"}, id="through a table, of an error that is kept"),
        pytest.param(by_row, {"twice_there"}, id="what the database refuses"),
        pytest.param(by_kind, {"unknown_drawer"}, id="what the body can name"),
        pytest.param(only_a_word, set(), id="not where nothing is refused"),
    ],
)
def test_codes_are_read_off_the_code(root: Any, codes: set[str], monkeypatch: Any) -> None:
    monkeypatch.setattr("api.openapi.reach.OURS", ("tests",))
    known = {"drawer_stuck", "drawer_gone", "late", "twice_there", "unknown_drawer", "unknown_ox"}
    reach = Reach(known, {"drawers": frozenset({"twice_there"})})
    assert reach.codes([root], {"drawer"}) == codes
