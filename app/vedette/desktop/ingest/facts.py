"""What the pane says of one request: its headline and its rows. Pure."""

from vedette.desktop.ingest.advice import advice, read_drops
from vedette.desktop.ingest.model import sizes_text
from vedette.desktop.ingest.read import Detail
from vedette.desktop.ingest.wording import reason_sentence, what_happened
from vedette.desktop.language import tr
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
    rows: list[KeyValue] = []
    reason = reason_sentence(detail.listed)
    if reason:
        bad = row.outcome in (Outcome.REFUSED, Outcome.INVALID)
        rows.append(KeyValue(tr("Reason"), reason, "level.error.text" if bad else "text"))
    elif row.issue_short or row.detail or detail.listed.report:
        rows.append(KeyValue(tr("Became"), what_happened(detail.listed), link=bool(row.issue_short)))
    rows += [KeyValue(tr("Advice"), text) for text in advice(read_drops(detail.listed.report))]
    rows.append(KeyValue(tr("From"), row.ip or units.NO_VALUE, code=True))
    if row.client:
        rows.append(KeyValue(tr("Sender"), row.client, code=True))
    if row.public_key:
        rows.append(KeyValue(tr("Key"), row.public_key, code=True))
    if row.project_slug:
        rows.append(KeyValue(tr("Project"), row.project_slug))
    if row.content_type:
        rows.append(KeyValue("Content-Type", row.content_type, code=True))
    if row.encoding:
        rows.append(KeyValue(tr("Encoding"), row.encoding, code=True))
    if row.skew is not None:
        token = "level.warning.text" if abs(row.skew) > _LARGE_SKEW else "text"
        rows.append(
            KeyValue(
                tr("Clock difference"),
                skew_text(row.skew),
                token,
                tip=tr("The sender's clock against this one's"),
            )
        )
    rows.append(KeyValue(tr("Received"), relative_time.exact(row.received)))
    return rows
