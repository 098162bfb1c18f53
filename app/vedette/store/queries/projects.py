"""Projects and the keys that may send to them."""

from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, Table, inspect, select

from vedette.domain.json import JsonObject
from vedette.domain.times import Micros
from vedette.store.schema import project, project_key, project_mapping
from vedette.store.schema import project_rules as rules_table


@dataclass(frozen=True, slots=True)
class ProjectRow:
    id: int
    slug: str
    name: str
    platform: str  # "" unknown
    folder: str | None  # where its source lies on this disk
    colour: int  # 0…9
    created: Micros
    origin: str  # user, loopback, adopted


@dataclass(frozen=True, slots=True)
class KeyRow:
    id: int
    project: int
    public_key: str
    label: str
    active: bool
    created: Micros


@dataclass(frozen=True, slots=True)
class PathMapping:
    """A path that begins with *prefix* in an event lies below *folder* on this disk."""

    prefix: str
    folder: str


_PROJECT = select(
    project.c.id,
    project.c.slug,
    project.c.name,
    project.c.platform,
    project.c.folder,
    project.c.colour,
    project.c.created,
    project.c.origin,
)
_KEY = select(
    project_key.c.id,
    project_key.c.project,
    project_key.c.public_key,
    project_key.c.label,
    project_key.c.active,
    project_key.c.created,
)
# What SQLite can hold as an integer; a longer number is no id.
_LARGEST = 2**63 - 1


def list_projects(db: Connection) -> list[ProjectRow]:
    """Return all projects by slug. Index: project(slug)."""
    return [ProjectRow(*row) for row in db.execute(_PROJECT.order_by(project.c.slug))]


def find_project(db: Connection, text: str) -> ProjectRow | None:
    """Return the project with the id or slug *text*. Index: primary key, project(slug)."""
    if text.isascii() and text.isdigit():
        if int(text) > _LARGEST:
            return None
        where = project.c.id == int(text)
    else:
        where = project.c.slug == text.lower()
    row = db.execute(_PROJECT.where(where)).first()
    return ProjectRow(*row) if row else None


def project_keys(db: Connection, project_id: int) -> list[KeyRow]:
    """Return the keys of a project, oldest first. There are few, so they are all looked at."""
    rows = db.execute(_KEY.where(project_key.c.project == project_id).order_by(project_key.c.id))
    return [KeyRow(*row[:4], bool(row.active), row.created) for row in rows]


def project_mappings(db: Connection, project_id: int) -> tuple[PathMapping, ...]:
    """Return a project's path mappings in the order they are tried; none in a database older than they are.

    Index: primary key.
    """
    rows = (
        select(project_mapping.c.prefix, project_mapping.c.folder)
        .where(project_mapping.c.project == project_id)
        .order_by(project_mapping.c.n)
    )
    if not _has(db, project_mapping):
        return ()
    return tuple(PathMapping(*row) for row in db.execute(rows))


def project_rules(db: Connection, project_id: int) -> JsonObject | None:
    """Return what a project has chosen of scrubbing, filters and trimming, None if nothing.

    `processing.rules.read_rules` reads it. Index: primary key.
    """
    if not _has(db, rules_table):
        return None
    found = db.execute(select(rules_table.c.rules).where(rules_table.c.project == project_id)).scalar()
    return orjson.loads(found) if found else None


def _has(db: Connection, table: Table) -> bool:
    """Return whether digest has brought the database as far; the window may be there before it."""
    known: bool | None = db.info.get(table.name)
    if not known:
        known = db.info[table.name] = inspect(db).has_table(table.name)
    return known


def key_known(db: Connection, public_key: str, project_id: int) -> bool | None:
    """Return whether a key may send to a project: None for a key it does not have, False for a closed one.

    Index: project_key(public_key, project).
    """
    found = db.execute(
        select(project_key.c.active).where(
            project_key.c.public_key == public_key, project_key.c.project == project_id
        )
    ).scalar()
    return None if found is None else bool(found)
