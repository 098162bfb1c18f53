"""A tag's value as a term of the search language, put into a query. Pure."""

import re

from vedette.desktop.widgets.query_terms import split_terms

_PLAIN = re.compile(r"^[\w./@:+\-]+$")
_KEY = re.compile(r"^[A-Za-z0-9_.\-]+$")


def term(key: str, value: str, *, exclude: bool = False) -> str:
    """Return the term that finds *value* of the tag *key*, or leaves it out."""
    name = key if _KEY.match(key) else f'"{key}"' if '"' not in key else f"tags[{key}]"
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("*", "\\*")
    text = value if _PLAIN.match(value) else f'"{quoted}"'
    return f"{'!' if exclude else ''}{name}:{text}"


def with_term(query: str, added: str) -> str:
    """Return *query* with *added*: in place of another value of its key; what leaves out adds up."""
    key = split_terms(added)[0].key
    kept = [str(one) for one in split_terms(query) if str(one) != added]
    if not added.startswith("!"):
        kept = [text for text in kept if split_terms(text)[0].key != key]
    return " ".join([*kept, added])
