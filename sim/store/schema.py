"""The tables. Every time is in microseconds since 1970 (UTC); what is not searched in is JSON text.

Only texts and whole numbers: SQLite and PostgreSQL keep them alike, to the letter and to the digit.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.schema import ForeignKeyConstraint

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)
# Of the newest migration; a test holds it against the folder of migrations.
NEWEST: Final = "0001"
VERSION_TABLE: Final = "library_schema"


def _text(name: str, *, key: bool = False) -> "Column[str]":
    return Column(name, Text, nullable=False, primary_key=key)


def _time(name: str) -> "Column[int]":
    return Column(name, BigInteger, nullable=False)


def _of(table: str, *, key: bool = False) -> "Column[str]":
    reference = ForeignKey(f"{table}.id", ondelete="CASCADE")
    name = f"{table.removesuffix('s')}_id"
    return Column(name, Text, reference, nullable=False, primary_key=key)


# Name and note are those of the newest version; ``folded`` is the name as it is searched in.
SCENARIOS: Final = Table(
    "scenarios",
    METADATA,
    _text("id", key=True),
    _text("owner"),
    _text("name"),
    _text("note"),
    _text("folded"),
    Column("head", Integer, nullable=False),
    _time("created"),
    _time("changed"),
    Column("trashed", BigInteger),
    Column("origin_id", Text),
    Column("origin_number", Integer),
    Index("ix_scenarios_owner", "owner"),
)
VERSIONS: Final = Table(
    "versions",
    METADATA,
    _of("scenarios", key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("author"),
    _time("saved"),
    _text("note"),
    _text("document"),
    _text("why"),
    _text("outcomes"),
    _text("settings"),
    _text("model_version"),
    _text("model_fingerprint"),
    Column("restored_from", Integer),
)
# What was saved under which id of the client: asked again after a lost answer, it is not saved twice.
SAVES: Final = Table(
    "saves",
    METADATA,
    _text("person", key=True),
    _text("save_id", key=True),
    _text("digest"),
    _text("scenario_id"),
    Column("number", Integer, nullable=False),
    ForeignKeyConstraint(
        ["scenario_id", "number"], ["versions.scenario_id", "versions.number"], ondelete="CASCADE"
    ),
    Index("ix_saves_scenario_id", "scenario_id"),
)
TAGS: Final = Table(
    "tags",
    METADATA,
    _of("scenarios", key=True),
    _text("folded", key=True),
    _text("tag"),
    Column("place", Integer, nullable=False),
)
SHARES: Final = Table(
    "shares",
    METADATA,
    _of("scenarios", key=True),
    _text("person", key=True),
    Column("role", Integer, nullable=False),
    Index("ix_shares_person", "person"),
)
# Of a link's secret only the hash: who reads the database, or a backup of it, opens nothing with it.
LINKS: Final = Table(
    "links",
    METADATA,
    _text("id", key=True),
    _of("scenarios"),
    _text("hash"),
    Column("role", Integer, nullable=False),
    _time("made"),
    Column("expires", BigInteger),
    Index("ix_links_scenario_id", "scenario_id"),
)
ROUNDS: Final = Table(
    "rounds",
    METADATA,
    _text("id", key=True),
    _of("scenarios"),
    Column("number", Integer, nullable=False),
    _text("owner"),
    _text("question"),
    _text("document"),
    _text("hash"),
    _time("opened"),
    Column("revealed", BigInteger),
    Index("ix_rounds_scenario_id", "scenario_id"),
)
ENTRIES: Final = Table(
    "entries",
    METADATA,
    _of("rounds", key=True),
    _text("person", key=True),
    _text("name"),
    _text("document"),
    _text("why"),
    _time("entered"),
)
