"""What the query bar asks the store, in a worker thread."""

from typing import Any

from vedette.desktop.shell.query_bar.completion import MOST_VALUES
from vedette.desktop.shell.query_bar.keys import KeyCount, ValueFact
from vedette.desktop.shell.scope import Scope
from vedette.store.queries.projects import list_projects
from vedette.store.queries.terms import tag_keys
from vedette.store.queries.value_counts import key_counts, value_counts

Db = Any


def read_keys(db: Db, scope: Scope) -> list[KeyCount]:
    """Return the tags' keys in use with how many events carry them."""
    return [(one.value, one.n or None, one.exact) for one in key_counts(db, scope.projects)]


def read_values(db: Db, scope: Scope, key: str, prefix: str) -> list[ValueFact]:
    """Return values of *key* with *prefix* in them."""
    if key == "has":
        return [ValueFact(name) for name in tag_keys(db)]
    if key in ("project", "project.name"):
        return [ValueFact(row.slug, None, row.name) for row in list_projects(db)]
    return [
        ValueFact(one.value, one.n or None, is_exact=one.exact)
        for one in value_counts(db, key, prefix, scope.projects, MOST_VALUES)
    ]
