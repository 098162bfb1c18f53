"""View hierarchies that came as attachments: whether they are some, and how large.

Source: getsentry/develop, "View Hierarchy": ``windows`` is a list of views, which have ``children``.
"""

import orjson

from vedette.domain.outcomes import IngestError, Reason

LARGEST = 8 << 20
_MOST_VIEWS = 100_000
_DEEPEST = 500


def count_views(payload: bytes) -> int:
    """Return how many views a hierarchy has. Raises IngestError(BAD_VIEW_HIERARCHY) for what is none."""
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise _bad(error.msg) from None
    windows = document.get("windows") if isinstance(document, dict) else None
    if not isinstance(windows, list):
        raise _bad("it has no list of windows")
    level = windows
    count = 0
    for _ in range(_DEEPEST):
        if not all(isinstance(view, dict) for view in level):
            raise _bad("a view is no object")
        count += len(level)
        if count > _MOST_VIEWS:
            raise _bad(f"more than {_MOST_VIEWS:,} views")
        children = [view.get("children") or [] for view in level]
        if not all(isinstance(found, list) for found in children):
            raise _bad("a view's children are no list")
        level = [view for found in children for view in found]
        if not level:
            return count
    raise _bad(f"nested more than {_DEEPEST} deep")


def _bad(what: str) -> IngestError:
    return IngestError(Reason.BAD_VIEW_HIERARCHY, f"invalid view hierarchy: {what}")
