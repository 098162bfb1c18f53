"""All data sets by the names they have in the API.

Names and aliases are Sentry's (getsentry/sentry `search/events`, `search/eap`); a field that is known by none
of them is a tag or an attribute.
"""

from vedette.store.explore.dataset import Dataset
from vedette.store.explore.of_events import ERRORS, TRANSACTIONS
from vedette.store.explore.of_records import LOGS, METRICS
from vedette.store.explore.of_spans import SPANS

__all__ = ["ERRORS", "LOGS", "METRICS", "NAMES", "SPANS", "TRANSACTIONS", "Dataset", "find_dataset"]

_BY_NAME: dict[str, Dataset] = {
    "errors": ERRORS,
    "discover": ERRORS,
    "issuePlatform": ERRORS,
    "transactions": TRANSACTIONS,
    "metricsEnhanced": TRANSACTIONS,
    "metrics_enhanced": TRANSACTIONS,
    "spans": SPANS,
    "spansIndexed": SPANS,
    "spansMetrics": SPANS,
    "spanMetrics": SPANS,
    "logs": LOGS,
    "ourlogs": LOGS,
    "tracemetrics": METRICS,
    "metrics": METRICS,
}
NAMES = tuple(_BY_NAME)


def find_dataset(name: str) -> Dataset | None:
    """Return the data set *name* or an alias of it."""
    return _BY_NAME.get(name)
