"""What the pane says of one request: its headline and its rows. Pure."""

from vedette.desktop.ingest.model import sizes_text
from vedette.desktop.ingest.read import Detail
from vedette.desktop.ingest.wording import advice, reason_sentence, what_happened
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.key_values import KeyValue
from vedette.domain.outcomes import Outcome

_LARGE_SKEW = 60 * 1_000_000  # a sender whose clock is off by more shows times that mislead


def headline(detail: Detail) -> str:
    """Return ``POST /api/3/envelope/ · 401 · 2,041 bytes gzip → 9,310``."""
    row = detail.listed.request
    return f"{row.method} {row.path or '/'} · {row.status} · {sizes_text(detail.listed)}"


def skew_text(skew: int) -> str:
    """Return how the sender's clock differs from ours; *skew* is how far it is behind, in microseconds.

    The time on the way is in it.
    """
    ahead = -skew
    sign = "+" if ahead >= 0 else "−"
    return f"{sign}{units.duration(abs(ahead))}"


def fact_rows(detail: Detail) -> list[KeyValue]:
    """Return the rows about one request; what is not known is left out."""
    row = detail.listed.request
    rows = []
    reason = reason_sentence(detail.listed)
    if reason:
        bad = row.outcome in (Outcome.REFUSED, Outcome.INVALID)
        rows.append(KeyValue("Reason", reason, "level.error.text" if bad else "text"))
    elif row.issue_short or row.detail or detail.listed.report:
        rows.append(KeyValue("Became", what_happened(detail.listed), link=bool(row.issue_short)))
    rows += [KeyValue("Advice", text) for text in advice(detail.listed.report)]
    rows.append(KeyValue("From", row.ip or units.NO_VALUE, code=True))
    if row.client:
        rows.append(KeyValue("Sender", row.client, code=True))
    if row.public_key:
        rows.append(KeyValue("Key", row.public_key, code=True))
    if row.project_slug:
        rows.append(KeyValue("Project", row.project_slug))
    if row.content_type:
        rows.append(KeyValue("Content-Type", row.content_type, code=True))
    if row.encoding:
        rows.append(KeyValue("Encoding", row.encoding, code=True))
    if row.skew is not None:
        token = "level.warning.text" if abs(row.skew) > _LARGE_SKEW else "text"
        rows.append(
            KeyValue("Clock difference", skew_text(row.skew), token, tip="Sender's clock against this one's")
        )
    rows.append(KeyValue("Received", relative_time.exact(row.received)))
    return rows
