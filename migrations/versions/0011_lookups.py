"""Looking things up by what they stand in: touchpoints of a stage, journeys of an owner or persona.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_touchpoints_stage_id", "touchpoints", ["organization_id", "stage_id"], unique=False
    )
    op.create_index(
        "ix_journeys_owner_id", "journeys", ["organization_id", "owner_id"], unique=False
    )
    op.create_index(
        "ix_journey_personas_persona_id",
        "journey_personas",
        ["organization_id", "persona_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_journey_personas_persona_id", "journey_personas")
    op.drop_index("ix_journeys_owner_id", "journeys")
    op.drop_index("ix_touchpoints_stage_id", "touchpoints")
