"""What is missing in answering for a touchpoint, in words, and how much of a map is covered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from domain.roles import Group
from domain.rules.phrases import listed
from domain.rules.ratings import hundredths

MODEL, MODEL_VERSION = "share", 1


class Missing(StrEnum):
    """What can be missing, in the order in which it is told."""

    NO_DEPARTMENT = "no_department"
    NO_ACCOUNTABLE = "no_accountable"
    NOT_ACCEPTED = "not_accepted"
    DECLINED = "declined"
    ACCOUNTABLE_SUSPENDED = "accountable_suspended"
    OVERDUE_ACCEPTANCE = "overdue_acceptance"
    NO_PLAYBOOK = "no_playbook"
    SIGN_OFFS_MISSING = "sign_offs_missing"
    SIGN_OFFS_STALE = "sign_offs_stale"
    CHANGES_REQUESTED = "changes_requested"
    SILENT_GROUPS = "silent_groups"
    OVERDUE_INPUT = "overdue_input"
    OVERDUE_THREAD = "overdue_thread"
    OVERDUE_ACTION = "overdue_action"


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers that the words about it are made of."""

    required: int = 0
    given: int = 0
    stale: int = 0
    objections: int = 0
    silent: Sequence[Group] = ()
    late_answers: int = 0
    late_input: int = 0
    late_threads: int = 0
    late_actions: int = 0


def facts_of(row: Any, silent: Sequence[Group] = (), prefix: str = "") -> Facts:
    """The numbers of a row, missing ones as zero."""
    names = ("required", "given", "stale", "objections", "late_answers", "late_input",
             "late_threads", "late_actions")  # fmt: skip
    found = {name: int(row.get(prefix + name) or 0) for name in names}
    return Facts(silent=tuple(silent), **found)


def counted(number: int, one: str, many: str) -> str:
    """A number with the word that goes with it."""
    return f"{number} {one if number == 1 else many}"


def _missing(facts: Facts) -> str:
    of = counted(facts.required, "sign-off is", "sign-offs are")
    return f"{facts.given} of {of} given: ask the others."


def _stale(facts: Facts) -> str:
    signed = counted(facts.stale, "sign-off is", "sign-offs are")
    return f"{signed} of what it said before: ask for {'it' if facts.stale == 1 else 'them'} again."


def _objections(facts: Facts) -> str:
    asked = counted(facts.objections, "signer asks", "signers ask")
    return f"{asked} for changes: make them, or ask for another decision."


def _silent(facts: Facts) -> str:
    return f"Nothing is heard of {listed([group.says for group in facts.silent])}: ask them."


def _answers(facts: Facts) -> str:
    late = counted(facts.late_answers, "responsibility is", "responsibilities are")
    return f"{late} neither accepted nor declined in time."


def _input(facts: Facts) -> str:
    return f"{counted(facts.late_input, 'member', 'members')} asked for input gave none in time."


def _threads(facts: Facts) -> str:
    late = counted(facts.late_threads, "open thread is", "open threads are")
    return f"{late} past the date: resolve or hand on."


def _actions(facts: Facts) -> str:
    late = counted(facts.late_actions, "action is", "actions are")
    return f"{late} past the date and not carried out: deliver, or agree on another date."


def _always(sentence: str) -> Callable[[Facts], str]:
    return lambda _: sentence


WORDS: Final[Mapping[str, Callable[[Facts], str]]] = {
    Missing.NO_DEPARTMENT: _always("No department is responsible: name one."),
    Missing.NO_ACCOUNTABLE: _always("Nobody is accountable: assign somebody."),
    Missing.NOT_ACCEPTED: _always("Whoever is to be accountable has not accepted yet."),
    Missing.DECLINED: _always("A responsibility was declined, and nobody has been asked since."),
    Missing.ACCOUNTABLE_SUSPENDED: _always("Whoever is accountable is not active: hand it over."),
    Missing.OVERDUE_ACCEPTANCE: _answers,
    Missing.NO_PLAYBOOK: _always("No playbook is approved: draft one, or approve a draft."),
    Missing.SIGN_OFFS_MISSING: _missing,
    Missing.SIGN_OFFS_STALE: _stale,
    Missing.CHANGES_REQUESTED: _objections,
    Missing.SILENT_GROUPS: _silent,
    Missing.OVERDUE_INPUT: _input,
    Missing.OVERDUE_THREAD: _threads,
    Missing.OVERDUE_ACTION: _actions,
}


def words(missing: str, facts: Facts) -> str:
    """Say what is missing, and what to do about it."""
    return WORDS[missing](facts)


class Measure(StrEnum):
    """What is covered, and of how many."""

    DEPARTMENTS = "departments"
    ACCOUNTABLE = "accountable"
    PLAYBOOKS = "playbooks"
    SIGN_OFFS = "sign_offs"
    GROUPS_HEARD = "groups_heard"


_MEASURES: Final[Mapping[Measure, tuple[str, str]]] = {
    Measure.DEPARTMENTS: ("touchpoints", "have a responsible department"),
    Measure.ACCOUNTABLE: ("moments", "have an active member who accepted being accountable"),
    Measure.PLAYBOOKS: ("moments", "have an approved playbook"),
    Measure.SIGN_OFFS: ("moments with sign-off rules", "have all their sign-offs"),
    Measure.GROUPS_HEARD: ("pairs of a touchpoint and a group", "have a rating or an annotation"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of something is covered; `value` is None where there is nothing to cover."""

    measure: Measure
    covered: int
    of: int
    value: Decimal | None
    explanation: str


def share(measure: Measure, covered: int, of: int) -> Share:
    """The share as a figure that a reader can check."""
    many, what = _MEASURES[measure]
    if not of:
        return Share(measure, covered, of, None, f"There are no {many}.")
    value = hundredths(Fraction(covered, of))
    told = f"{covered} of {of} {many} {what}: {covered}/{of} = {value}."
    return Share(measure, covered, of, value, told)
