"""A journey on one page for a board."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from api.pictures.board_pack import board_pack
from api.pictures.printing import Printer
from api.pictures.values import (
    BoardLate,
    BoardMoment,
    BoardMoved,
    BoardValues,
    Dot,
    GapRow,
    Head,
)
from domain import ledger
from domain.clock import now
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.outcomes.actions import Action, Outcome
from domain.roles import Group
from tests.api.pictures.test_pictures import scene
from tests.api.reports.ground import Ground
from tests.world import World, actor_of

HARD = '#image("/etc/passwd") $x$ *b* \\ `#eval("1")` @x <y> [z] // /* #sys.inputs'


def full(text: str) -> BoardValues:
    """A pack where everything that anybody can write says this, and there is much of it."""
    dots = [Dot(group, 1.5 + place, 4) for place, group in enumerate(Group)]
    return BoardValues(
        head=Head(text, [text] * 3, "Revision 7", text),
        about=text,
        moments=[BoardMoment(text, "1", "4.00 of 5 (n=9)", text, [text])] * 6,
        more_moments=7,
        gaps=[GapRow(text, "performance", 3.0, True, dots)] * 3,
        more_gaps=2,
        gap_counts=["3 of 5 moments lack an approved playbook."] * 6,
        late=[BoardLate(text, text, "due 1 Nov 2026, 27 days ago")] * 5,
        more_late=1,
        moved=[BoardMoved(text, text)] * 5,
        more_moved=0,
        participation=[text] * 5,
    )


def printed(values: BoardValues) -> list[str]:
    """The texts of its pages."""
    made = Printer().printed("board_pack", board_pack(values), now())
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize(
    "text", ["short", "Ask at the front desk of it "], ids=["short", "middling"]
)
def test_it_is_one_page(text: str) -> None:
    pages = printed(full(text.strip()))
    assert len(pages) == 1
    assert "and 7 more moments" in pages[0]
    assert "1 of 1" in pages[0]


@pytest.mark.parametrize(
    "text", ["x" * 200, "Long words " * 18, "予約を確認する" * 28, "ملاحظات " * 25]
)
def test_nothing_is_cut_off_whatever_the_lengths(text: str) -> None:
    pages = printed(full(text.strip()))
    assert 1 <= len(pages) <= 3
    whole = "".join("".join(pages).replace("\u200b", "").split())
    if text.isascii():
        assert whole.count("".join(text.split())) >= 1 + 3 + 1 + 5 + 5
    assert "Whohasspoken" in whole


def test_what_others_write_is_no_markup() -> None:
    (page,) = printed(full(HARD))
    assert "".join(HARD.split()) in "".join(page.split())
    assert "root:" not in page


async def followed_up(place: Ground) -> None:
    """An action that is late, and one after which something moved."""
    today = now().date()
    actor = actor_of(place.owner, place.org.id)
    owner, journey = place.owner.member_id, place.journey
    its = {"organization_id": place.org.id, "journey_id": journey}
    work: Any = {**its, "kind": "training", "owner_id": owner, "created_by": owner}
    late = Action(title="Greet people", due_on=today - timedelta(3), **work)
    done = Action(title="Open earlier", due_on=today - timedelta(9), status="delivered", **work)
    async with place.world.database.transaction(place.org.id) as tx:
        head = await ledger.lock(tx, actor, journey)
        await tx.add(late, done)
        moved = Outcome(
            action_id=done.id, measure="Waiting time", unit="min", better="lower",
            baseline=Decimal("12.50"), baseline_from=date(2026, 1, 1),
            baseline_to=date(2026, 1, 31), baseline_n=40,
            actual=Decimal(5), actual_from=date(2026, 3, 1), actual_to=date(2026, 3, 31),
            recorded_by=owner, owner_id=owner, judged_by=owner, judged_at=now(),
            status="verified", **its,
        )  # fmt: skip
        await tx.add(moved)
        facts = [Fact(Verb.ACTION_CREATED, late), Fact(Verb.ACTION_CREATED, done)]
        await ledger.record(tx, actor, head, *facts, Fact(Verb.OUTCOME_RECORDED, moved))


async def test_a_board_reads_what_matters(world: World) -> None:
    place = await scene(world)
    await followed_up(place)
    reply = await place.owner.get(f"{place.path}/board-pack")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(reply.content)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((595.3, 841.9), abs=0.1)
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    for told in (
        'Ask <b>for</b> "help" & wait',
        "1 b 2.83 of 5 (n=4) Nobody yet",
        "emotional: 3.67 apart, flagged",
        "1 of 1 moment lacks somebody accountable.",
        "Greet people (Founder), due ",
        "3 days ago",
        "Open earlier: Waiting time moved after it from 12.5 min (1 Jan 2026 to 31 Jan 2026, n=40) "
        "to 5 min (1 Mar 2026 to 31 Mar 2026, n unknown).",
    ):
        assert told in text, text
    assert text.count("ago") == 1
    again = await place.owner.get(f"{place.path}/board-pack", If_None_Match=reply.headers["etag"])
    assert again.status_code == 304
