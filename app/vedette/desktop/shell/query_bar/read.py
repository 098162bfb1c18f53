"""What the query bar asks the store, in a worker thread."""

from typing import Any

from vedette.desktop.shell.query_bar.completion import MOST_VALUES
from vedette.desktop.shell.query_bar.keys import ValueFact
from vedette.desktop.shell.scope import Scope
from vedette.store.queries.projects import list_projects
from vedette.store.queries.terms import newest_values, tag_keys, tag_totals

Db = Any


def read_keys(db: Db, scope: Scope) -> list[tuple[str, int]]:
    """Return the tags' keys in use with how many events carry them."""
    return list(tag_totals(db, scope.projects).items())


def read_values(db: Db, scope: Scope, key: str, prefix: str) -> list[ValueFact]:
    """Return values of *key* with *prefix* in them."""
    if key == "has":
        return [ValueFact(name) for name in tag_keys(db)]
    if key in ("project", "project.name"):
        return [ValueFact(row.slug, None, row.name) for row in list_projects(db)]
    return [ValueFact(value) for value in newest_values(db, key, prefix, MOST_VALUES)]
