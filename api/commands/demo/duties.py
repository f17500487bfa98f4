"""Who answers for what in the demo: each member acts for themselves, by the rules of everybody."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from api.commands.demo.people import Cast, Told
from api.commands.demo.reading import document
from domain.clock import now
from domain.duties import SignOffDecision
from domain.models.maps.journeys import Journey
from domain.models.moments.moments import Moment
from domain.queries.maps.imports import Keys
from domain.queries.participation.asked import Asked
from domain.roles import Group
from domain.services.accountability import (
    playbook_uses,
    playbooks,
    responsibilities,
    sign_off_rules,
    sign_offs,
    stakeholder_values,
)
from domain.services.moments import moments
from domain.services.participation import input_requests
from domain.services.participation.input_requests import Question
from domain.services.steps.answering import Answer


async def let_answer(cast: Cast, journeys: Mapping[str, Keys]) -> None:
    """State what is at stake, assign, accept, approve and ask, where there is a journey."""
    if not journeys:
        return
    told = document("duties.json")
    steps = {
        "stakes": _state,
        "responsibilities": _assign,
        "values": _value,
        "playbooks": _draft,
        "sign_off_rules": _rule,
        "sign_offs": _sign,
        "input_requests": _ask,
    }
    for name, step in steps.items():
        for one in told[name]:
            await step(cast, journeys[one["journey"]], one)


async def _state(cast: Cast, keys: Keys, told: Told) -> None:
    moment = await cast.tx.entity(Moment, (_organization(cast), keys["moment", told["moment"]]))
    assert moment is not None
    stated = {name: value for name, value in told.items() if name not in ("journey", "moment")}
    await moments.update(cast.tx, cast.administrator, moment.id, stated, moment.version)


async def _assign(cast: Cast, keys: Keys, told: Told) -> None:
    fields = {"role": told["role"], "note": told["note"], **_assignee(cast, told)}
    moment_id = keys["moment", told["moment"]]
    given = await responsibilities.assign(cast.tx, cast.actors[told["by"]], moment_id, fields)
    if told["accepted_by"]:
        accepting = cast.actors[told["accepted_by"]]
        await responsibilities.accept(cast.tx, accepting, given["id"], given["version"])


def _assignee(cast: Cast, told: Told) -> dict[str, UUID]:
    if "member" in told:
        return {"member_id": cast.actors[told["member"]].member_id}
    return {"department_id": cast.departments[told["department"]].id}


async def _value(cast: Cast, keys: Keys, told: Told) -> None:
    department, touchpoint = told["department"], told["touchpoint"]
    place = {
        "group": told["group"],
        "department_id": cast.departments[department].id if department else None,
        "touchpoint_id": keys["touchpoint", touchpoint] if touchpoint else None,
    }
    by = cast.actors[told["by"]]
    await stakeholder_values.set_value(cast.tx, by, _journey(keys), place, told["value"], 0)


async def _draft(cast: Cast, keys: Keys, told: Told) -> None:
    fields = {name: told[name] for name in ("title", "recovery_kind", "situation", "steps")}
    moment_id = keys["moment", told["moment"]]
    made = await playbooks.draft(cast.tx, cast.actors[told["by"]], moment_id, fields)
    if not told["approved_by"]:
        return
    limits = {f"limit_{group}": amount for group, amount in told["limits"].items()}
    terms = {"currency": told["currency"], **limits}
    approving = cast.actors[told["approved_by"]]
    await playbooks.approve(cast.tx, approving, made.id, terms, made.version)
    for use in told["uses"]:
        fields = {name: value for name, value in use.items() if name != "by"}
        await playbook_uses.use(cast.tx, cast.actors[use["by"]], made.id, fields)


async def _rule(cast: Cast, keys: Keys, told: Told) -> None:
    rules = [{"required": rule["required"], **_signer(cast, rule)} for rule in told["rules"]]
    by = cast.actors[told["by"]]
    await sign_off_rules.set_rules(cast.tx, by, _about(keys, told["about"]), rules, 0)


def _signer(cast: Cast, told: Told) -> dict[str, Group | UUID | None]:
    if "group" in told:
        return {"group": Group(told["group"]), "department_id": None}
    return {"group": None, "department_id": cast.departments[told["department"]].id}


async def _sign(cast: Cast, keys: Keys, told: Told) -> None:
    decision = SignOffDecision(told["decision"])
    by, about = cast.actors[told["by"]], _about(keys, told["about"])
    await sign_offs.sign(cast.tx, by, about, decision, told["comment"], None)


async def _ask(cast: Cast, keys: Keys, told: Told) -> None:
    asked = Asked(
        departments=[cast.departments[name].id for name in told["departments"]],
        groups=[Group(group) for group in told["groups"]],
        members=[cast.actors[key].member_id for key in told["members"]],
    )
    question = Question(
        subject_id=_about(keys, told["about"]),
        message=told["message"],
        questions=list(told["questions"]),
        asked=asked,
        due_at=now() + timedelta(days=told["due_in_days"]),
    )
    by = cast.actors[told["by"]]
    made = await input_requests.request(cast.tx, by, _journey(keys), question)
    for one in told["answers"]:
        answer = Answer(answers=one.get("answers", ()), abstain=one.get("abstain"))
        await input_requests.answer(cast.tx, cast.actors[one["by"]], made.id, answer)


def _journey(keys: Keys) -> UUID:
    [journey_id] = [one for (kind, _), one in keys.items() if kind == Journey.subject_kind]
    return journey_id


def _about(keys: Keys, about: str) -> UUID:
    kind, _, key = about.partition(":")
    return _journey(keys) if kind == Journey.subject_kind else keys[kind, key]


def _organization(cast: Cast) -> UUID:
    return cast.administrator.organization_id
