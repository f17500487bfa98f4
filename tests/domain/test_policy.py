"""The table of who may do what, typed a second time and compared cell by cell."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actor import Actor, Standing
from domain.policy import (
    POLICY,
    Cell,
    permits,
    table,
)
from domain.roles import Condition, Group, May, Relation
from tests.each import each

# names | frontline support decision executive | or anyone who is | only if ("/": either is enough)
TYPED_AGAIN = """
read_journey                              | all all all all      |                           |
read_organization                         | all all all all      |                           |
use_own_account flag_annotation           | all all all all      |                           |
create_journey create_persona             | -   -   all all      | allowed_to_create         |
edit_persona                              | -   -   all all      | creator                   |
edit_journey                              | -   -   -   -        | owner editor              | open
grant_access transfer_journey             | -   -   -   all      | owner                     |
list_orphaned_journeys                    | -   -   -   all      |                           |
propose_change                            | all all all all      |                           | open
decide_proposal                           | -   -   -   -        | may_make_change           | open
withdraw_proposal                         | -   -   -   -        | author                    |
annotate reply react support vote rate    | all all all all      |                           | open
edit_annotation withdraw_annotation       | -   -   -   -        | author                    | open
restore_annotation                        | -   -   -   -        | author                    | open
resolve_thread            | - - - -             | assignee responsible accountable owner     | open
reopen_thread             | - - - -      | author assignee responsible accountable owner     | open
assign_thread                             | own own own own | assignee accountable owner     | open
hide_annotation                           | -   -   -   -        | moderator owner           |
escalate                  | - - all -          | author assignee responsible accountable     | open
nominate_moment                           | all all all all      |                           | open
confirm_moment state_stakes               | -   -   all all      | owner                     | open
retire_moment                             | - - - all  | owner               | not_own_accountable
draft_playbook                            | all all all all      |                           | open
update_playbook                           | -   -   -   -        | author                    | open
approve_playbook                          | -   -   all all      |                      | not_author
use_playbook                              | all all all all      |                    | within_limit
assign_responsibility                     | -   -   -   all      | owner manager_of_assignee | open
answer_responsibility                     | -   -   -   -        | assignee head             |
request_input set_sign_off_rules          | -   -   -   all      | owner                     | open
answer_input                              | -   -   -   -        | asked                     |
sign_off                                  | - - - -   | asked  | not_own_last_edit/sole_eligible
set_stakeholder_value                     | -   -   all all      | owner editor              | open
move_to_review                            | -   -   -   -        | owner                     |
approve_journey publish_journey  | - - - all  | owner  | rules_satisfied/override_with_reason
return_to_draft archive_journey           | -   -   -   all      | owner                     |
unarchive_journey lock_journey            | -   -   -   all      | owner                     |
unlock_journey publish_edition            | -   -   -   all      | owner                     |
create_opportunity create_finding         | all all all all      |                           | open
edit_opportunity edit_finding             | -   -   -   -        | author owner editor       | open
create_action                             | own own all all      | owner accountable         | open
update_action                             | -   -   -   all      | action_owner owner        |
verify_outcome              | - - all all  | owner  | not_action_owner not_outcome_recorder
waive_outcome                             | -   -   -   all      |                | not_action_owner
create_metric                             | -   -   all all      | owner editor              |
record_data_points                        | -   -   -   -        | metric_owner recorder     |
manage_members manage_departments         | -   -   -   -        | administrator             |
manage_channels manage_invitations        | -   -   -   -        | administrator             |
manage_organization manage_webhooks       | -   -   -   -        | administrator             |
manage_tokens                             | -   -   -   -        | administrator             |
erase_member  | own own own own  | administrator  | not_last_administrator owns_no_journey
read_organization_ledger                  | -   -   -   all      | administrator             |
"""

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
Typed = tuple[dict[Group, str], set[str], list[frozenset[Condition]]]


def _typed() -> dict[str, Typed]:
    rows: dict[str, Typed] = {}
    for line in TYPED_AGAIN.strip().splitlines():
        names, cells, relations, conditions = (part.split() for part in line.split("|"))
        only_if = [frozenset(map(Condition, either.split("/"))) for either in conditions]
        groups = dict(zip(Group, cells, strict=True))
        for name in names:
            assert name not in rows, f"{name} is typed twice"
            rows[name] = groups, set(relations), only_if
    return rows


EXPECTED = _typed()
NO_RELATION: frozenset[Relation] = frozenset()


def _of(group: Group) -> Actor:
    return replace(ACTOR, group=group)


def _met(may: May) -> frozenset[Condition]:
    """Exactly what the typed table asks for, and nothing else."""
    return frozenset().union(*EXPECTED[may][2])


def test_the_same_things_are_typed_and_ruled() -> None:
    assert set(EXPECTED) == {may.value for may in May} == {may.value for may in POLICY}


@each("may", May)
def test_every_cell_agrees(may: May) -> None:
    cells, relations, _ = EXPECTED[may]
    for group in Group:
        alone = permits(_of(group), may, Standing(NO_RELATION, _met(may)))
        assert alone is (cells[group] == "all"), f"{may}: {group}"
        for relation in Relation:
            tied = permits(_of(group), may, Standing(frozenset({relation}), _met(may)))
            oneself = relation is Relation.ONESELF and cells[group] == "own"
            expected = alone or oneself or relation.value in relations
            assert tied is expected, f"{may}: {group} who is {relation}"


@each("may", May)
def test_a_missing_condition_refuses_everybody(may: May) -> None:
    for alternatives in EXPECTED[may][2]:
        held = frozenset(Condition) - alternatives
        standing = Standing(frozenset(Relation), held)
        assert not any(permits(_of(group), may, standing) for group in Group), alternatives


@each("may", May)
def test_one_of_two_alternatives_is_enough(may: May) -> None:
    for alternatives in EXPECTED[may][2]:
        for one in alternatives:
            held = _met(may) - alternatives | {one}
            actor = _of(Group.EXECUTIVE)
            assert permits(actor, may, Standing(frozenset(Relation), held)), one


@pytest.mark.parametrize("may", [May.APPROVE_JOURNEY, May.PUBLISH_JOURNEY])
@pytest.mark.parametrize("group", Group)
def test_only_an_executive_overrides_the_rules(may: May, group: Group) -> None:
    owner = frozenset({Relation.OWNER})
    reason = Standing(owner, frozenset({Condition.OVERRIDE_WITH_REASON}))
    assert permits(_of(group), may, reason) is (group is Group.EXECUTIVE)


@given(
    group=st.sampled_from(Group),
    may=st.sampled_from(May),
    relations=st.frozensets(st.sampled_from(Relation)),
    more=st.frozensets(st.sampled_from(Relation)),
    conditions=st.frozensets(st.sampled_from(Condition)),
    further=st.frozensets(st.sampled_from(Condition)),
)
def test_closer_ties_never_take_a_right_away(
    group: Group,
    may: May,
    relations: frozenset[Relation],
    more: frozenset[Relation],
    conditions: frozenset[Condition],
    further: frozenset[Condition],
) -> None:
    if permits(_of(group), may, Standing(relations, conditions)):
        assert permits(_of(group), may, Standing(relations | more, conditions | further))


def test_no_word_of_the_vocabulary_is_idle() -> None:
    relations = {relation for rule in POLICY.values() for relation in rule.relations}
    conditions = {one for rule in POLICY.values() for any_of in rule.only_if for one in any_of}
    groups = {group for rule in POLICY.values() for group in rule.groups}
    assert (relations, conditions, groups) == (set(Relation), set(Condition), set(Group))
    assert all(rule.groups or rule.relations for rule in POLICY.values())


@pytest.mark.parametrize("vocabulary", [Group, Relation, Condition, May])
def test_every_word_has_its_name_on_the_wire_and_a_meaning_of_its_own(
    vocabulary: type[Group] | type[Relation] | type[Condition] | type[May],
) -> None:
    assert all(word.value == word.name.lower() and word.says for word in vocabulary)
    assert len({word.says for word in vocabulary}) == len(vocabulary)


def test_the_printed_table_says_what_the_rules_say() -> None:
    cell_of = {"all": Cell.ALL, "own": Cell.ONESELF, "-": Cell.NONE}
    for row in table():
        cells, relations, only_if = EXPECTED[row.may]
        assert row.groups == {group: cell_of[cell] for group, cell in cells.items()}
        assert set(row.or_anyone_who_is) == relations
        assert {frozenset(any_of) for any_of in row.only_if} == set(only_if)
        assert row.meaning == row.may.says
        assert row.says == POLICY[row.may].says
