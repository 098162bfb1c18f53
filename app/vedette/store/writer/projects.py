"""Projects and their keys, as far as writing needs them: found by what a request says, made where allowed."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

import apsw
from sqlalchemy import bindparam, delete, func, insert, select, update

from vedette.domain.times import now
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer.interning import next_id

FIRST_SLUG = "desk"
_SLUG = re.compile(r"[^a-z0-9-]+")
# The largest id SQLite can hold; a DSN with a longer number names a project by its text.
_LARGEST = 2**53


class Projects:
    """Finds and makes projects; one transaction at a time, held by the caller."""

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw = raw
        project, key = schema.project, schema.project_key
        self._by_id = sql_of(select(project.c.id).where(project.c.id == 0))
        self._by_slug = sql_of(select(project.c.id).where(project.c.slug == ""))
        self._insert = sql_of(insert(project))
        self._insert_key = sql_of(insert(key))
        self._find_key = sql_of(
            select(key.c.id, key.c.active).where(key.c.public_key == "", key.c.project == 0)
        )
        self._of_key = sql_of(
            select(key.c.project).where(key.c.public_key == "", key.c.active == 1).order_by(key.c.id)
        )
        self._count = sql_of(select(func.count()).select_from(project))
        self.forget()

    def forget(self) -> None:
        self._touched: dict[int, None] = {}
        self._known: dict[tuple[str, str | None], int] = {}

    @property
    def touched(self) -> list[int]:
        """The projects made or changed in this batch."""
        return list(self._touched)

    def flush(self) -> None:
        """Rows are written as they come, since there are few; only the note of them ends here."""
        self._touched.clear()

    def ensure_first(self) -> str:
        """Make project 1 in an empty workspace; returns its public key."""
        row = self._raw.execute(
            sql_of(select(schema.project_key.c.public_key).where(schema.project_key.c.project == 1)), (1,)
        ).fetchone()
        if row is not None:
            return str(row[0])
        self._make(1, FIRST_SLUG, "Desk", "user")
        key = secrets.token_hex(16)
        self.add_key(1, key, "Default")
        return key

    def of(self, text: str | None, public_key: str | None, origin: str) -> int:
        """Return the project that *text* (id or slug of the DSN) names, made if it is not there yet.

        Without *text* the key decides, else it is project 1. An unknown key is added to the project: whether
        it may send at all was the station's decision.
        """
        known = self._known.get((text or "", public_key))
        if known is not None:
            return known
        number = self._find(text, public_key)
        if number is None:
            number = self._create(text or "1", origin)
        if public_key and self._raw.execute(self._find_key, (public_key, number)).fetchone() is None:
            self.add_key(number, public_key, "From a request")
        if len(self._known) > 10_000:
            self._known.clear()
        self._known[text or "", public_key] = number
        return number

    def find(self, text: str | None, public_key: str | None) -> int | None:
        """Return the project `of` would give, None where it would make one."""
        return self._find(text, public_key)

    def _find(self, text: str | None, public_key: str | None) -> int | None:
        if not text:
            if public_key:
                row = self._raw.execute(self._of_key, (public_key, 1)).fetchone()
                if row is not None:
                    return int(row[0])
            text = "1"
        if text.isascii() and text.isdigit() and int(text) <= _LARGEST:
            row = self._raw.execute(self._by_id, (int(text),)).fetchone()
        else:
            row = self._raw.execute(self._by_slug, (slug_of(text),)).fetchone()
        return int(row[0]) if row else None

    def _create(self, text: str, origin: str) -> int:
        if text.isascii() and text.isdigit() and 0 < int(text) <= _LARGEST:
            number = int(text)
            return self._make(number, f"project-{number}", f"Project {number}", origin)
        return self._make(next_id(self._raw, schema.project), slug_of(text), text[:200], origin)

    def create(self, name: str, platform: str = "") -> tuple[int, str]:
        """Make a project called *name*; returns its id and its public key."""
        number = self._make(
            next_id(self._raw, schema.project), self._free_slug(slug_of(name)), name, "user", platform
        )
        key = secrets.token_hex(16)
        self.add_key(number, key, "Default")
        return number, key

    def _free_slug(self, wanted: str) -> str:
        slug, n = wanted, 1
        while self._raw.execute(self._by_slug, (slug,)).fetchone() is not None:
            n += 1
            slug = f"{wanted}-{n}"
        return slug

    def _make(self, number: int, slug: str, name: str, origin: str, platform: str = "") -> int:
        count = self._raw.execute(self._count).fetchone()
        colour = (count[0] if count else 0) % 10
        self._raw.execute(
            self._insert, (number, self._free_slug(slug), name, platform, None, colour, now(), origin, 0)
        )
        self._touched[number] = None
        return number

    def add_key(self, project: int, public_key: str, label: str) -> int:
        """Give *project* another public key; returns the key's id."""
        number = next_id(self._raw, schema.project_key)
        self._raw.execute(self._insert_key, (number, project, public_key, label, 1, now()))
        self._touched[project] = None
        return number

    def is_there(self, number: int) -> bool:
        """Return whether there is a project with that id."""
        return self._raw.execute(self._by_id, (number,)).fetchone() is not None

    def update(self, number: int, **values: Any) -> None:
        """Set columns of a project."""
        project = schema.project
        statement = (
            update(project)
            .values({name: bindparam(f"new_{name}") for name in values})
            .where(project.c.id == bindparam("which"))
        )
        ordered = [values[c.name] for c in project.columns if c.name in values]
        self._raw.execute(sql_of(statement), (*ordered, number))
        self._touched[number] = None
        if "slug" in values:
            self._known.clear()  # the old one names no project any more

    def is_taken(self, slug: str, by_other_than: int) -> bool:
        """Return whether another project is called *slug*."""
        row = self._raw.execute(self._by_slug, (slug,)).fetchone()
        return row is not None and row[0] != by_other_than

    def map_paths(self, number: int, mappings: Sequence[tuple[str, str]]) -> None:
        """Give a project these pairs of prefix and folder instead of those it has."""
        table = schema.project_mapping
        self._raw.execute(sql_of(delete(table).where(table.c.project == 0)), (number,))
        rows = [(number, n, prefix, folder) for n, (prefix, folder) in enumerate(mappings)]
        self._raw.executemany(sql_of(insert(table)), rows)
        self._touched[number] = None

    def rules(self) -> dict[int, str]:
        """Return the rules of processing of every project that has chosen some, as JSON."""
        table = schema.project_rules
        rows = self._raw.execute(sql_of(select(table.c.project, table.c.rules))).fetchall()
        return {int(str(number)): str(rules) for number, rules in rows}

    def set_rules(self, number: int, rules: str) -> None:
        """Give a project these rules of processing, JSON, instead of those it has."""
        table = schema.project_rules
        self._raw.execute(sql_of(delete(table).where(table.c.project == 0)), (number,))
        self._raw.execute(sql_of(insert(table)), (number, rules))
        self._touched[number] = None


def slug_of(text: str) -> str:
    """Return *text* as a slug: lower-case letters, digits and hyphens, never empty, never only digits."""
    slug = _SLUG.sub("-", text.lower()).strip("-")[:50] or "project"
    return f"project-{slug}" if slug.isdigit() else slug
