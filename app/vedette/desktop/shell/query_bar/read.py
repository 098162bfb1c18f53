"""What the query bar asks the store, in a worker thread."""

from typing import Any

from vedette.desktop.language import mark, tr
from vedette.desktop.shell.query_bar.completion import MOST_VALUES
from vedette.desktop.shell.query_bar.keys import KeyFact, Kind, ValueFact, with_tags
from vedette.desktop.shell.scope import Scope
from vedette.store.queries.projects import list_projects
from vedette.store.queries.terms import tag_keys
from vedette.store.queries.value_counts import key_counts, value_counts
from vedette.store.search.keys import KEYS, SearchKey, Source
from vedette.store.search.values import Kind as ValueKind

Db = Any


_SECTIONS = (
    ("error.", mark("Error")),
    ("stack.", mark("Stack trace")),
    ("user", mark("User")),
    ("geo.", mark("User")),
    ("http.", mark("Request")),
    ("url", mark("Request")),
    ("release", mark("Release")),
    ("dist", mark("Release")),
    ("device.", mark("Device and system")),
    ("os.", mark("Device and system")),
    ("app.", mark("Device and system")),
    ("browser.", mark("Device and system")),
)
_BY_SOURCE = {Source.STATE: mark("Status"), Source.ISSUE: mark("Issue")}


def read_keys(db: Db, scope: Scope) -> list[KeyFact]:
    """Return every key of the language, then the tags in use, with how many events carry them."""
    counts = [(one.value, one.n or None, one.exact) for one in key_counts(db, scope.projects)]
    return with_tags(counts, language())


def language() -> list[KeyFact]:
    """Return the keys of the language in their sections, those of an issue's status first."""
    facts = [
        KeyFact(key.name, _section(key), tr(key.meaning), _kind(key), aliases=key.aliases, values=key.values)
        for key in KEYS
    ]
    order = list(dict.fromkeys(fact.section for fact in facts))
    return sorted(facts, key=lambda fact: order.index(fact.section))


def _section(key: SearchKey) -> str:
    named = next((title for start, title in _SECTIONS if key.name.startswith(start)), mark("Event"))
    return tr(_BY_SOURCE.get(key.source, named))


def _kind(key: SearchKey) -> Kind:
    if key.kind is ValueKind.DATE:
        return Kind.DATE
    if key.kind is ValueKind.BOOLEAN:
        return Kind.BOOLEAN
    if key.kind.is_numeric:
        return Kind.NUMBER
    return Kind.CHOICE if key.values else Kind.TEXT


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
