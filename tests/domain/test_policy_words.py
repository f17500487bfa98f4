"""What the gate says when it refuses, and what it tells those who only ask."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.actor import Actor, Standing
from domain.errors import Forbidden
from domain.policy import POLICY, allowed, as_markdown, groups_with, knock, permits, require
from domain.roles import Condition, Group, May, Relation

NOBODY = UUID(int=0)
ACTOR = Actor(
    account_id=NOBODY,
    organization_id=NOBODY,
    member_id=NOBODY,
    session_id=NOBODY,
    group=Group.FRONTLINE_STAFF,
    department_id=None,
    department_ids=frozenset(),
    administrator=False,
    may_create_journeys=False,
)


def test_rules_read_as_sentences() -> None:
    assert POLICY[May.EDIT_JOURNEY].says == "the owner or an editor, while the journey is open"
    assert POLICY[May.EDIT_PERSONA].says == "decision-makers, executives, or its creator"
    assert POLICY[May.READ_JOURNEY].says == "every member"
    assert POLICY[May.ASSIGN_THREAD].says.startswith("its assignee, ")
    assert POLICY[May.ASSIGN_THREAD].who.endswith(", or anyone for themselves")


def test_a_stranger_is_told_who_may() -> None:
    with pytest.raises(Forbidden) as refusal:
        require(ACTOR, May.EDIT_JOURNEY, Standing(conditions=frozenset(Condition)))
    assert refusal.value.code == "forbidden"
    assert refusal.value.may == "edit_journey"
    assert refusal.value.detail == (
        "Only the owner or an editor may edit structure and content and undo removals,"
        " while the journey is open."
    )


def test_whoever_lacks_only_a_condition_is_told_which() -> None:
    with pytest.raises(Forbidden) as refusal:
        require(ACTOR, May.ANNOTATE, ACTOR.standing())
    assert refusal.value.detail == (
        "You may not annotate now. The journey is locked or archived."
        " Ask its owner to unlock or unarchive it."
    )


@pytest.mark.parametrize("group", Group)
def test_whoever_may_open_the_journey_is_told_to(group: Group) -> None:
    actor = replace(ACTOR, group=group)
    for relations in ((), (Relation.OWNER,)):
        with pytest.raises(Forbidden) as refusal:
            require(actor, May.ANNOTATE, actor.standing(*relations))
        oneself = bool(relations) or group is Group.EXECUTIVE
        assert refusal.value.detail.endswith("Unlock or unarchive it first.") is oneself
        assert ("Ask its owner" in refusal.value.detail) is not oneself


def test_an_owner_is_told_that_an_executive_may_override() -> None:
    reason = ACTOR.standing(Relation.OWNER, conditions=[Condition.OVERRIDE_WITH_REASON])
    with pytest.raises(Forbidden) as refusal:
        require(ACTOR, May.APPROVE_JOURNEY, reason)
    assert refusal.value.detail.endswith("An executive may override them with a reason.")


def test_a_permitted_member_passes() -> None:
    require(ACTOR, May.ANNOTATE, ACTOR.standing(conditions=[Condition.OPEN]))


def test_an_actor_always_carries_their_flags() -> None:
    both = replace(ACTOR, administrator=True, may_create_journeys=True)
    carried = frozenset({Relation.ADMINISTRATOR, Relation.ALLOWED_TO_CREATE})
    assert both.standing() == Standing(carried, frozenset())
    assert ACTOR.standing(Relation.OWNER) == Standing(frozenset({Relation.OWNER}), frozenset())


def test_a_knock_needs_no_object() -> None:
    knock(replace(ACTOR, administrator=True), May.MANAGE_MEMBERS)
    knock(replace(ACTOR, may_create_journeys=True), May.CREATE_JOURNEY)
    knock(replace(ACTOR, group=Group.DECISION_MAKER), May.CREATE_JOURNEY)
    for may in (May.MANAGE_MEMBERS, May.CREATE_JOURNEY):
        with pytest.raises(Forbidden):
            knock(ACTOR, may)


def test_an_administrator_has_no_key_to_content() -> None:
    administrator = replace(ACTOR, administrator=True)
    held = frozenset(Condition)
    gained = {
        may
        for may in May
        if permits(administrator, may, administrator.standing(conditions=held))
        and not permits(ACTOR, may, ACTOR.standing(conditions=held))
    }
    manage = {may for may in May if may.value.startswith("manage_")}
    assert gained == manage | {May.ERASE_MEMBER, May.READ_ORGANIZATION_LEDGER}


def test_replies_list_what_is_allowed_in_the_order_asked() -> None:
    mays = [May.REPLY, May.EDIT_ANNOTATION, May.HIDE_ANNOTATION, May.ANNOTATE]
    author = ACTOR.standing(Relation.AUTHOR, conditions=[Condition.OPEN])
    assert allowed(ACTOR, mays, author) == ["reply", "edit_annotation", "annotate"]


def test_groups_with_inverts_the_table() -> None:
    assert groups_with(May.CONFIRM_MOMENT) == {Group.DECISION_MAKER, Group.EXECUTIVE}
    assert groups_with(May.ASSIGN_THREAD) == frozenset()


def test_the_table_prints_as_markdown() -> None:
    lines = as_markdown().splitlines()
    assert len(lines) == len(May) + 2
    assert {line.count("|") for line in lines} == {8}
    assert (
        "| `create_action` create an action | for oneself | for oneself | all | all "
        "| whoever is accountable for its moment; the owner | while the journey is open |"
    ) in lines
