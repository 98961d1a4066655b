"""The library: scenarios and their versions, tags, shares, links, and blind rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _scenarios()
    _versions()
    _sharing()
    _rounds()


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _time(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _of(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    key = f"fk_{table}_{other}"
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=key, ondelete="CASCADE")


def _scenarios() -> None:
    op.create_table(
        "scenarios",
        _text("id"),
        _text("owner"),
        _text("name"),
        _text("note"),
        _text("folded"),
        sa.Column("head", sa.Integer, nullable=False),
        _time("created"),
        _time("changed"),
        sa.Column("trashed", sa.BigInteger),
        sa.Column("origin_id", sa.Text),
        sa.Column("origin_number", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
    )
    op.create_index("ix_scenarios_owner", "scenarios", ["owner"])
    op.create_table(
        "tags",
        _text("scenario_id"),
        _text("folded"),
        _text("tag"),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scenario_id", "folded", name="pk_tags"),
        _of("tags", "scenario_id", "scenarios"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        _text("scenario_id"),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        _text("author"),
        _time("saved"),
        _text("note"),
        _text("document"),
        _text("why"),
        _text("outcomes"),
        _text("settings"),
        _text("model_version"),
        _text("model_fingerprint"),
        sa.Column("restored_from", sa.Integer),
        sa.PrimaryKeyConstraint("scenario_id", "number", name="pk_versions"),
        _of("versions", "scenario_id", "scenarios"),
    )
    op.create_table(
        "saves",
        _text("person"),
        _text("save_id"),
        _text("digest"),
        _text("scenario_id"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("person", "save_id", name="pk_saves"),
        sa.ForeignKeyConstraint(
            ["scenario_id", "number"],
            ["versions.scenario_id", "versions.number"],
            name="fk_saves_versions",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_saves_scenario_id", "saves", ["scenario_id"])


def _sharing() -> None:
    op.create_table(
        "shares",
        _text("scenario_id"),
        _text("person"),
        sa.Column("role", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scenario_id", "person", name="pk_shares"),
        _of("shares", "scenario_id", "scenarios"),
    )
    op.create_index("ix_shares_person", "shares", ["person"])
    op.create_table(
        "links",
        _text("id"),
        _text("scenario_id"),
        _text("hash"),
        sa.Column("role", sa.Integer, nullable=False),
        _time("made"),
        sa.Column("expires", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        _of("links", "scenario_id", "scenarios"),
    )
    op.create_index("ix_links_scenario_id", "links", ["scenario_id"])


def _rounds() -> None:
    op.create_table(
        "rounds",
        _text("id"),
        _text("scenario_id"),
        sa.Column("number", sa.Integer, nullable=False),
        _text("owner"),
        _text("question"),
        _text("document"),
        _text("hash"),
        _time("opened"),
        sa.Column("revealed", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        _of("rounds", "scenario_id", "scenarios"),
    )
    op.create_index("ix_rounds_scenario_id", "rounds", ["scenario_id"])
    op.create_table(
        "entries",
        _text("round_id"),
        _text("person"),
        _text("name"),
        _text("document"),
        _text("why"),
        _time("entered"),
        sa.PrimaryKeyConstraint("round_id", "person", name="pk_entries"),
        _of("entries", "round_id", "rounds"),
    )
