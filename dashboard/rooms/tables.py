"""The tables: all that is stored of a room. No name, no address, no text of the debate."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

KEY_LENGTH = 120
WORDS_LENGTH = 200
HASH_LENGTH = 64

tables = MetaData()

# SQLite would give the number of a deleted row to the next one, so that a page left open in a
# room that is gone could meet another.
_OWN_NUMBERS: Any = {"sqlite_autoincrement": True}


def _belongs_to(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")


room = Table(
    "room",
    tables,
    Column("id", Integer, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("secret_hash", String(HASH_LENGTH), nullable=False, unique=True),
    Column("debate", String(KEY_LENGTH), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False, index=True),
    Column("least", Integer, nullable=False),
    Column("asking", Integer, nullable=False),
    **_OWN_NUMBERS,
)
question = Table(
    "question",
    tables,
    Column("id", Integer, primary_key=True),
    Column("room", Integer, _belongs_to("room.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("item", String(KEY_LENGTH), nullable=False),
    Column("text", String(KEY_LENGTH), nullable=False),
    Column("round", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("is_revealed", Boolean, nullable=False),
    UniqueConstraint("room", "number"),
    UniqueConstraint("room", "item", "text", "round"),
    **_OWN_NUMBERS,
)
ballot = Table(
    "ballot",
    tables,
    Column("id", Integer, primary_key=True),
    Column("question", Integer, _belongs_to("question.id"), nullable=False),
    Column("token_hash", String(HASH_LENGTH), nullable=False),
    Column("value", String(1), nullable=False),
    Column("words", String(WORDS_LENGTH), nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("question", "token_hash"),
    **_OWN_NUMBERS,
)
hands = Table(
    "hands",
    tables,
    Column("question", Integer, _belongs_to("question.id"), primary_key=True),
    Column("value", String(1), primary_key=True),
    Column("count", Integer, nullable=False),
)
