"""What is measured from customers.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metrics",
        sa.Column("journey_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("target", sa.Numeric(precision=18, scale=6), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("\"better\" IN ('higher', 'lower')", name=op.f("ck_metrics_better")),
        sa.CheckConstraint(
            "\"kind\" IN ('nps', 'csat', 'ces', 'ratio', 'number')", name=op.f("ck_metrics_kind")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_metrics_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_metrics_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_metrics_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_metrics_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_metrics")),
    )
    op.create_index(
        "ix_metrics_journey", "metrics", ["organization_id", "journey_id"], unique=False
    )
    op.create_index(
        "uq_metrics_name",
        "metrics",
        ["organization_id", "journey_id", "name"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "metric_recorders",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["metrics.organization_id", "metrics.id"],
            name=op.f("fk_metric_recorders_organization_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_metric_recorders_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_metric_recorders_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "id", "member_id", name=op.f("pk_metric_recorders")
        ),
    )
    op.create_table(
        "metric_links",
        sa.Column("metric_id", sa.Uuid(), nullable=False),
        sa.Column("journey_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(dimension = '') = (value = '')", name=op.f("ck_metric_links_dimension")
        ),
        sa.CheckConstraint(
            "\"aspect\" IN ('general', 'importance', 'satisfaction')",
            name=op.f("ck_metric_links_aspect"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_metric_links_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_metric_links_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "metric_id"],
            ["metrics.organization_id", "metrics.id"],
            name=op.f("fk_metric_links_organization_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_metric_links_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_metric_links_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_metric_links_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_metric_links")),
    )
    op.create_index(
        "ix_metric_links_journey", "metric_links", ["organization_id", "journey_id"], unique=False
    )
    op.create_index(
        "ix_metric_links_subject", "metric_links", ["organization_id", "subject_id"], unique=False
    )
    op.create_index(
        "uq_metric_links_link",
        "metric_links",
        ["organization_id", "metric_id", "subject_id", "aspect"],
        unique=True,
    )
    op.create_table(
        "recordings",
        sa.Column("metric_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "metric_id"],
            ["metrics.organization_id", "metrics.id"],
            name=op.f("fk_recordings_organization_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "recorded_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_recordings_organization_id_recorded_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_recordings_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_recordings")),
    )
    op.create_index(
        "ix_recordings_metric", "recordings", ["organization_id", "metric_id", "id"], unique=False
    )
    op.create_table(
        "data_points",
        sa.Column("metric_id", sa.Uuid(), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.Column("promoters", sa.BigInteger(), nullable=True),
        sa.Column("passives", sa.BigInteger(), nullable=True),
        sa.Column("detractors", sa.BigInteger(), nullable=True),
        sa.Column("ones", sa.BigInteger(), nullable=True),
        sa.Column("twos", sa.BigInteger(), nullable=True),
        sa.Column("threes", sa.BigInteger(), nullable=True),
        sa.Column("fours", sa.BigInteger(), nullable=True),
        sa.Column("fives", sa.BigInteger(), nullable=True),
        sa.Column("score_sum", sa.BigInteger(), nullable=True),
        sa.Column("respondents", sa.BigInteger(), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Numeric(precision=18, scale=6), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "least(promoters, passives, detractors, ones, twos, threes, fours, fives, score_sum, respondents, numerator, denominator) >= 0",
            name=op.f("ck_data_points_components"),
        ),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_data_points_period")),
        sa.ForeignKeyConstraint(
            ["organization_id", "metric_id"],
            ["metrics.organization_id", "metrics.id"],
            name=op.f("fk_data_points_organization_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "recording_id"],
            ["recordings.organization_id", "recordings.id"],
            name=op.f("fk_data_points_organization_id_recording_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_data_points_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_data_points")),
    )
    op.create_index(
        "uq_data_points_place",
        "data_points",
        ["organization_id", "metric_id", "period_to", "period_from", "dimensions"],
        unique=True,
    )
    protect("metrics", "metric_links", "recordings", "data_points")
    protect("metric_recorders", rights="SELECT, INSERT, DELETE")


def downgrade() -> None:
    op.drop_table("data_points")
    op.drop_table("recordings")
    op.drop_table("metric_links")
    op.drop_table("metric_recorders")
    op.drop_table("metrics")
