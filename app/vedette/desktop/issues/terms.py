"""Terms of the search made from what an issue is: put into the query by the menu's filter entries. Pure."""

from vedette.desktop.widgets.query_terms import split_terms
from vedette.store.queries.issue_details import TagSummary
from vedette.store.queries.issue_rows import IssueRow

_SAFE = frozenset("-_./:@+#$%&=~")


def term(key: str, value: str) -> str:
    """Return ``key:value``, the value in quotes if it would be read as more than a word."""
    plain = bool(value) and all(sign.isalnum() or sign in _SAFE for sign in value)
    if plain and value[0] not in "!<>=[":
        return f"{key}:{value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("*", "\\*")
    return f'{key}:"{escaped}"'


def with_term(query: str, added: str) -> str:
    """Return *query* with *added* at its end, in place of other terms of the same key."""
    key = split_terms(added)[0].key
    rest = [str(found) for found in split_terms(query) if found.key != key]
    return " ".join([*rest, added]).strip()


def terms_of(row: IssueRow) -> dict[str, str]:
    """Return the terms that find what is like *row*: by file, function, release, level, project."""
    found = {
        "file": term("stack.filename", row.filename) if row.filename else "",
        "function": term("stack.function", row.function) if row.function else "",
        "release": term("release", row.last_release) if row.last_release else "",
        "level": term("level", row.level.value),
        "project": term("project", row.project_slug) if row.project_slug else "",
    }
    return {name: text for name, text in found.items() if text}


def tag_terms(tags: list[TagSummary], most: int = 14) -> list[tuple[str, str, str]]:
    """Return (key, value, term) for the tags' most frequent values, those of fewer values first.

    A tag with a value of its own for nearly every event says nothing of others.
    """
    known = {"level", "release"}
    telling = [
        tag for tag in tags if tag.top and tag.key not in known and (tag.unique < tag.total or tag.total < 3)
    ]
    telling.sort(key=lambda tag: (tag.unique, tag.key))
    return [(tag.key, tag.top[0].value, term(tag.key, tag.top[0].value)) for tag in telling[:most]]
