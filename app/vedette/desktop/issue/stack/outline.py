"""The chain or tree of exceptions of one event, newest first, with words for how each hangs together.

Source: the protocol's exception interface (``mechanism.exception_id``, ``parent_id``, ``source``,
``is_exception_group``); without ids the list is a chain, its last entry the one that was raised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vedette.desktop.language import mark, tr
from vedette.domain.json import JsonObject


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One exception. *at* is its place in ``exception.values``; *members* how many a group holds."""

    at: int
    depth: int
    relation: str  # "" for the one that was raised, else "caused by", "1 of 3", …
    title: str
    members: int = 0

    @property
    def sentence(self) -> str:
        """The row as it is read out."""
        parts = [f"{self.relation} {self.title}".strip()]
        if self.members:
            parts.append(tr("a group of %n exception(s)", "", self.members))
        return ", ".join(parts)


def exceptions_of(event: JsonObject) -> list[tuple[int, JsonObject]]:
    """Return the exceptions of a normalised event with their places, broken entries left out."""
    values = (event.get("exception") or {}).get("values") or ()
    return [(at, value) for at, value in enumerate(values) if isinstance(value, dict)]


def exception_title(exception: JsonObject) -> str:
    """Return ``Type: value`` on one line."""
    value = str(exception.get("value") or "").strip().partition("\n")[0]
    kind = str(exception.get("type") or exception.get("module") or "")
    return f"{kind}: {value}" if kind and value else kind or value or "Exception"


def outline(event: JsonObject) -> tuple[OutlineRow, ...]:
    """Return every exception once, the one that was raised first, causes and members below it."""
    exceptions = exceptions_of(event)
    tree = _tree(exceptions)
    if tree is None:
        return tuple(
            OutlineRow(at, 0, tr(_CAUSED) if place else "", exception_title(exception))
            for place, (at, exception) in enumerate(reversed(exceptions))
        )
    return tuple(tree)


def is_tree(rows: Sequence[OutlineRow]) -> bool:
    """Return whether the rows need an outline beside them: a group, or more than two in a chain."""
    return len(rows) > 2 or any(row.members for row in rows)


def _mechanism(exception: JsonObject) -> JsonObject:
    found = exception.get("mechanism")
    return found if isinstance(found, dict) else {}


def _tree(exceptions: Sequence[tuple[int, JsonObject]]) -> list[OutlineRow] | None:
    """Return the rows by the ids that SDKs give, None where they give none or contradict themselves."""
    ids = {_mechanism(exception).get("exception_id"): at for at, exception in exceptions}
    if not exceptions or None in ids or len(ids) != len(exceptions):
        return None
    known = dict(exceptions)
    children: dict[object, list[int]] = {}
    for number, at in sorted(ids.items(), key=lambda pair: str(pair[0]).zfill(9)):
        parent = _mechanism(known[at]).get("parent_id")
        children.setdefault(parent if parent in ids and parent != number else None, []).append(at)
    rows: list[OutlineRow] = []
    waiting = [(at, 0, "") for at in reversed(children.get(None, []))]
    while waiting:
        at, depth, relation = waiting.pop()
        rows.append(
            OutlineRow(at, depth, relation, exception_title(known[at]), _members(known, children, at))
        )
        waiting += reversed(_below(known, children, at, depth))
    return rows if len(rows) == len(exceptions) else None


def _kinds(
    known: Mapping[int, JsonObject], children: Mapping[object, list[int]], at: int
) -> tuple[list[int], list[int]]:
    """Return what lies below *at*: members of the group it is, and causes."""
    below = children.get(_mechanism(known[at]).get("exception_id"), [])
    if not _mechanism(known[at]).get("is_exception_group"):
        return [], list(below)
    causes = [child for child in below if _relation(known[child])]
    return [child for child in below if child not in causes], causes


def _members(known: Mapping[int, JsonObject], children: Mapping[object, list[int]], at: int) -> int:
    return len(_kinds(known, children, at)[0])


def _below(
    known: Mapping[int, JsonObject], children: Mapping[object, list[int]], at: int, depth: int
) -> list[tuple[int, int, str]]:
    members, causes = _kinds(known, children, at)
    found = [
        (child, depth + 1, tr("{place} of {count}").format(place=place, count=len(members)))
        for place, child in enumerate(members, start=1)
    ]
    return found + [(child, depth, _relation(known[child]) or tr(_CAUSED)) for child in causes]


_CAUSED = mark("caused by")
_WORDS = {
    "__cause__": _CAUSED,
    "cause": _CAUSED,
    "__context__": mark("while handling"),
    "InnerException": _CAUSED,
    "inner_exception": _CAUSED,
    "suppressed": mark("suppressed"),
}


def _relation(exception: JsonObject) -> str:
    """Return the words an SDK's ``source`` stands for, "" where it says nothing of a cause."""
    source = str(_mechanism(exception).get("source") or "").partition("[")[0]
    return tr(_WORDS[source]) if source in _WORDS else ""
