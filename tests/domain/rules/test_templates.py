"""What a new journey starts from."""

from domain.rules.templates import FOUNDING_LANES, TEMPLATES, Template
from domain.words import LaneKind, PurchasePhase


def test_every_template_is_there() -> None:
    assert set(TEMPLATES) == set(Template)
    assert [template.value for template in Template] == [
        "eight_stage",
        "three_stage",
        "support",
        "blank",
    ]


def test_the_stages_of_the_founding_documents() -> None:
    assert [stage.name for stage in TEMPLATES[Template.EIGHT_STAGE].stages] == [
        "Awareness",
        "Consideration",
        "Decision",
        "Delivery",
        "Use",
        "Monitoring",
        "Loyalty",
        "Advocacy",
    ]
    assert [stage.name for stage in TEMPLATES[Template.THREE_STAGE].stages] == [
        "Awareness",
        "Purchase",
        "Engagement",
    ]
    assert TEMPLATES[Template.BLANK].stages == TEMPLATES[Template.BLANK].lanes == ()


def test_five_questions_each_bound_to_one_place() -> None:
    assert len({lane.kind for lane in FOUNDING_LANES}) == len(FOUNDING_LANES) == 5
    assert all(lane.question.endswith("?") for lane in FOUNDING_LANES)
    assert FOUNDING_LANES[-1].kind is LaneKind.CUSTOM
    for name in set(Template) - {Template.BLANK}:
        assert TEMPLATES[name].lanes == FOUNDING_LANES


def test_phases_only_move_forward() -> None:
    order = list(PurchasePhase)
    for template in TEMPLATES.values():
        phases = [order.index(stage.purchase_phase) for stage in template.stages]
        assert phases == sorted(phases)
        assert all(stage.customer_goal for stage in template.stages)
        assert len({stage.name for stage in template.stages}) == len(template.stages)
