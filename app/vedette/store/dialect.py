"""All that SQLite spells differently from other databases: upserts, full text, storage upkeep.

The same tables must later run on PostgreSQL for a team's shared station; then this module gets a twin.
No SQL text stands outside it and the spool.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, TextClause, column, func, insert, table, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import Insert

# Full-text tables hold no copy of the text (`content=''`); their row ids are those of `event`, `stack`,
# `segment` and so on. `NAME_find` is emptied with the rows of NAME where retention deletes those by request.
# Merging is the writer's own job between batches: with automatic merging single commits took over a second at
# a million events.
FULL_TEXT = {
    "find": "title, body, tags",
    "stack_find": "body",
    "segment_find": "title, tags",
    "log_find": "body, tags",
}

find = table("find", column("rowid"), column("find"), column("title"), column("body"), column("tags"))
stack_find = table("stack_find", column("rowid"), column("stack_find"), column("body"))
segment_find = table("segment_find", column("rowid"), column("segment_find"), column("title"), column("tags"))
log_find = table("log_find", column("rowid"), column("log_find"), column("body"), column("tags"))

# All rows that an expression finds, as one text of numbers in rising order: handing over each row by itself
# takes three times as long.
FULL_TEXT_ROWS = {name: f"SELECT group_concat(rowid) FROM {name} WHERE {name} MATCH ?" for name in FULL_TEXT}

# A term's token: a private-use letter, which the tokenizer keeps with what follows, and its number.
TERM = "\ue000"
ISSUE = "\ue001"
PROJECT = "\ue002"
RUN = "\ue003"
# Carried by every row, since FTS5's NOT needs something to take from.
ANY = "\ue004"


def create_full_text() -> list[TextClause]:
    """Return the statements that make the full-text tables that are not there."""
    statements = []
    for name, columns in FULL_TEXT.items():
        statements.append(
            text(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5({columns}, content='', "
                "contentless_delete=1, detail=full, "
                "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co'\")"
            )
        )
        for setting, value in (("automerge", 0), ("crisismerge", 64)):
            statements.append(text(f"INSERT INTO {name}({name}, rank) VALUES('{setting}', {value})"))
    return statements


def merge_full_text(name: str, pages: int) -> str:
    """Return the statement that does some *pages* of merging in full-text table *name*."""
    return f"INSERT INTO {name}({name}, rank) VALUES('merge', {pages:d})"


def insert_full_text(name: str) -> str:
    """Return the bulk insert for *name*: row id, then its columns in FULL_TEXT's order."""
    columns = FULL_TEXT[name]
    places = ", ".join("?" * (columns.count(",") + 2))
    return f"INSERT INTO {name}(rowid, {columns}) VALUES({places})"


def delete_full_text(name: str) -> str:
    """Return the bulk delete for *name* by row id range [?, ?]."""
    return f"DELETE FROM {name} WHERE rowid BETWEEN ? AND ?"


def upsert_adding(
    target: Table,
    added: Sequence[Column[int]],
    *,
    least: Sequence[Column[int]] = (),
    most: Sequence[Column[int]] = (),
) -> Insert:
    """Return an insert into *target* that adds *added* columns to a row that is already there.

    Of the columns *least* and *most* the smaller and the larger value stays.
    """
    statement = sqlite_insert(target)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(target.primary_key.columns),
        set_={c.name: c + new[c.name] for c in added}
        | {c.name: func.min(c, new[c.name]) for c in least}
        | {c.name: func.max(c, new[c.name]) for c in most},
    )


def upsert_range(target: Table, least: str, most: str, added: Sequence[str]) -> Insert:
    """Return an insert that widens a row that is there to hold [*least*, *most*], adding columns *added*."""
    statement = sqlite_insert(target)
    new = statement.excluded
    values: dict[str, Any] = {
        least: func.min(target.c[least], new[least]),  # of two values the lesser one, in SQLite
        most: func.max(target.c[most], new[most]),
    }
    return statement.on_conflict_do_update(
        index_elements=list(target.primary_key.columns),
        set_=values | {name: target.c[name] + new[name] for name in added},
    )


def upsert_marking(target: Table, marks: Column[int]) -> Insert:
    """Return an insert into *target* that joins the bits of *marks* with those of a row that is there."""
    statement = sqlite_insert(target)
    return statement.on_conflict_do_update(
        index_elements=list(target.primary_key.columns),
        set_={marks.name: marks.bitwise_or(statement.excluded[marks.name])},
    )


def add_column(new: "Column[Any]") -> TextClause:
    """Return the statement that adds *new*, which may be empty, to the table it belongs to."""
    kind = new.type.compile(dialect=sqlite.dialect())
    return text(f"ALTER TABLE {new.table.name} ADD COLUMN {new.name} {kind}")


def insert_or_ignore(target: Table) -> Insert:
    """Return an insert into *target* that leaves a row alone that is already there."""
    return sqlite_insert(target).on_conflict_do_nothing()


def insert_or_replace(target: Table) -> Insert:
    """Return an insert into *target* that replaces a row with the same key."""
    return insert(target).prefix_with("OR REPLACE")


def quote(word: str) -> str:
    """Return *word* as an FTS5 string: one token or a phrase, nothing in it is an operator."""
    return '"' + word.replace('"', '""') + '"'


def bytes_in_use(db: Connection) -> int:
    """Return the bytes of the database that hold something; pages that are free are on their way back."""
    pages, free, size = (
        db.execute(text(f"PRAGMA {name}")).scalar_one()
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)"
TRUNCATE = "PRAGMA wal_checkpoint(TRUNCATE)"
QUICK_CHECK = "PRAGMA quick_check(1)"
ANALYZE = "ANALYZE"
