"""What the page asks the store, each in a worker thread."""

from dataclasses import dataclass
from typing import Any

from vedette.desktop.ingest.read import listed
from vedette.desktop.ingest.wording import Listed
from vedette.store.queries.events import find_event
from vedette.store.queries.issues import get_issue
from vedette.store.queries.projects import ProjectRow, list_projects, project_keys
from vedette.store.queries.requests import page_requests

Db = Any  # the store's connection, which the desktop only hands through

_LATEST = 30


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """A project with a key that may send to it, "" if all are switched off."""

    project: ProjectRow
    public_key: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """Where an event has ended up."""

    issue: int
    short: str
    title: str


def read_projects(db: Db) -> list[ProjectKey]:
    """Return all projects, each with its first key that may send."""
    found = []
    for project in list_projects(db):
        keys = [key.public_key for key in project_keys(db, project.id) if key.active]
        found.append(ProjectKey(project, keys[0] if keys else ""))
    return found


def read_latest(db: Db) -> list[Listed]:
    """Return the newest requests, whatever became of them."""
    return [listed(db, row) for row in page_requests(db, limit=_LATEST)]


def read_arrival(db: Db, event_id: str) -> Arrived | None:
    """Return the issue the event *event_id* (32 hex) belongs to, None while it is not stored."""
    event = find_event(db, bytes.fromhex(event_id))
    issue = get_issue(db, event.issue) if event else None
    return Arrived(issue.id, issue.short, issue.title) if issue else None
