"""What the page asks the store: the event grouped again, with the tree behind its hashes."""

from dataclasses import dataclass
from typing import Any

from vedette.api.reading import explain_event
from vedette.desktop.issue.grouping.parts import Part, parts_of
from vedette.domain.workspace import Workspace
from vedette.store.queries.events import EventRow
from vedette.store.queries.issue_details import issue_hashes
from vedette.store.queries.issues import get_issue

Db = Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event is in its issue."""

    variant: str  # what decided: app, system, message, fingerprint, …
    hashes: tuple[str, ...]  # of the event as it groups today, the first that is known decides
    leading: frozenset[str]  # those of them that lead to the issue
    edition: str  # of the algorithm, today
    made_by: str  # the edition that made the issue
    parts: tuple[Part, ...]


def read_explanation(db: Db, workspace: Workspace, row: EventRow) -> Explanation:
    """Return why the event of *row* is in its issue, by today's algorithm and the project's rules.

    Raises PayloadGoneError and DamagedError.
    """
    explained = explain_event(db, workspace, row)
    issue = get_issue(db, row.issue)
    grouping = explained.grouping
    return Explanation(
        grouping.variant,
        grouping.hashes,
        frozenset(grouping.hashes) & frozenset(issue_hashes(db, row.issue)),
        grouping.config,
        issue.grouping_config if issue is not None else "",
        parts_of(explained.tree),
    )
