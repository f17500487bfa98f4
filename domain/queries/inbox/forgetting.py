"""What an inbox leaves behind when its member is erased: nothing."""

from uuid import UUID

from sqlalchemy import text

from domain.database import Transaction, hot

_FORGET = [
    hot(
        text(
            f"DELETE FROM {table} WHERE organization_id = CAST(:organization_id AS uuid)"  # noqa: S608  our own names
            " AND member_id = CAST(:member_id AS uuid)"
        )
    )
    # Preferences first, as a letter that is being written holds them first.
    for table in ("preferences", "notifications", "watches")
]


async def forget_inbox(tx: Transaction, member_id: UUID) -> None:
    """Delete what a member was told, watched and preferred; who is held can be told nothing new."""
    for statement in _FORGET:
        await tx.run(statement, organization_id=tx.organization_id, member_id=member_id)


# The worker removes their files and then the jobs themselves, as it does with those of yesterday.
_END_JOBS = hot(
    text(
        "UPDATE jobs SET status = 'cancelled', beat_at = 'epoch', request = '{}', problem = NULL"
        " WHERE organization_id = CAST(:organization_id AS uuid)"
        " AND member_id = CAST(:member_id AS uuid)"
    )
)


async def forget_jobs(tx: Transaction, member_id: UUID) -> None:
    """End what a member had asked for; whoever does it hears so, and the rest is swept."""
    await tx.run(_END_JOBS, organization_id=tx.organization_id, member_id=member_id)
