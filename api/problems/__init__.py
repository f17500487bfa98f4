"""Every refusal leaves as an RFC 9457 problem, and this is where it gets its shape."""

from api.problems.document import Problem, ProblemError, request_id
from api.problems.handler import answer, on_error, send_problem
from api.problems.storage import CONSTRAINTS, Meaning
from api.problems.table import REFUSALS, Answer, HttpRefusal

__all__ = [
    "CONSTRAINTS",
    "REFUSALS",
    "Answer",
    "HttpRefusal",
    "Meaning",
    "Problem",
    "ProblemError",
    "answer",
    "on_error",
    "request_id",
    "send_problem",
]
