"""Which event rows a reader that remembers them has to read again.

Events are written once; only retention (and whatever moves events to another issue) changes what is there.
It notes so in ``meta`` in the same transaction: how many times, so that no change is missed, and the last
row any of them touched.
"""

from typing import TYPE_CHECKING

from sqlalchemy import select

from vedette.store import dialect
from vedette.store.engine import sql_of
from vedette.store.schema import meta

if TYPE_CHECKING:
    import apsw

KEY = "event_changes"
_FIND = sql_of(select(meta.c.value).where(meta.c.key == ""))
_SET = sql_of(dialect.insert_or_replace(meta))


def note_change(raw: "apsw.Connection", through: int) -> None:
    """Note that event rows up to *through* may have gone or changed; the caller holds the transaction."""
    row = raw.execute(_FIND, (KEY,)).fetchone()
    times, before = read_changes(row[0] if row else None)
    raw.execute(_SET, (KEY, f"{times + 1} {max(before, through)}"))


def read_changes(value: str | None) -> tuple[int, int]:
    """Return from the value in ``meta`` how often rows were changed, and the last row ever touched."""
    if not value:
        return 0, 0
    times, through = value.split()
    return int(times), int(through)
