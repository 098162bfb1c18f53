"""An issue's row to vary."""

from typing import Any

from tests.support.builders import MORNING
from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.store.queries.issue_rows import IssueRow


def a_row(**changes: Any) -> IssueRow:
    """Return the row of a new, unhandled error."""
    values: dict[str, Any] = {
        "id": 1,
        "project": 1,
        "project_slug": "shop",
        "short": "SHOP-1",
        "status": Status.UNRESOLVED,
        "substatus": "new",
        "kind": "error",
        "level": Level.ERROR,
        "priority": 75,
        "title": "ValueError: bad currency",
        "type": "ValueError",
        "value": "bad currency",
        "culprit": "shop.pay in pay",
        "filename": "shop/pay.py",
        "function": "pay",
        "lineno": 7,
        "platform": "python",
        "handled": False,
        "first": MORNING,
        "last": MORNING,
        "n": 1284,
        "users": 212,
        "first_run": 1,
        "last_run": 1,
        "first_event": 1,
        "last_event": 2,
        "first_release": None,
        "last_release": None,
        "starred": False,
        "seen": False,
        "grouping_config": "test/1",
        "resolved_at": None,
        "status_details": None,
    }
    return IssueRow(**(values | changes))
