"""Which reader takes which kind of item, and what looks at an envelope as a whole."""

from collections.abc import Callable, Sequence

from vedette.digest.kinds.attachments import read_attachment
from vedette.digest.kinds.check_ins import read_check_in
from vedette.digest.kinds.client_reports import read_client_report
from vedette.digest.kinds.crashes import gather_crash, read_form, read_unreal_report
from vedette.digest.kinds.events import read_event, read_spans, read_transaction
from vedette.digest.kinds.feedback import read_feedback, read_user_report
from vedette.digest.kinds.incoming import Incoming
from vedette.digest.kinds.logs import read_logs
from vedette.digest.kinds.metrics import read_metrics
from vedette.digest.kinds.otlp import read_otlp_logs, read_otlp_metrics, read_otlp_traces
from vedette.digest.kinds.profiles import read_profile_chunk, read_profile_item
from vedette.digest.kinds.replays import pair_segments, read_recording, read_video
from vedette.digest.kinds.replays import read_event as read_replay_event
from vedette.digest.kinds.security import keep_report, read_security
from vedette.digest.kinds.sessions import read_aggregates, read_session
from vedette.domain.outcomes import Reason
from vedette.store.writer.records import ItemRecord

Reader = Callable[[Incoming, ItemRecord], None]
"""Fills the record of one item. Raises IngestError for what the sender did wrong."""

Gatherer = Callable[[Sequence[tuple[Incoming, ItemRecord]]], None]
"""Looks at all items of an envelope once each was read, where one changes what another means."""

READERS: dict[str, Reader] = {
    "event": read_event,
    "transaction": read_transaction,
    "span": read_spans,
    "log": read_logs,
    "trace_metric": read_metrics,
    "otlp_traces": read_otlp_traces,
    "otlp_logs": read_otlp_logs,
    "otlp_metrics": read_otlp_metrics,
    "attachment": read_attachment,
    "form_data": read_form,
    "unreal_report": read_unreal_report,
    "client_report": read_client_report,
    "feedback": read_feedback,
    "user_report": read_user_report,
    "raw_security": read_security,
    "nel": keep_report,
    "browser_report": keep_report,
    "session": read_session,
    "check_in": read_check_in,
    "sessions": read_aggregates,
    "profile": read_profile_item,
    "profile_chunk": read_profile_chunk,
    "profile_chunk_ui": read_profile_chunk,
    "replay_event": read_replay_event,
    "replay_recording": read_recording,
    "replay_video": read_video,
}

GATHERERS: tuple[Gatherer, ...] = (
    gather_crash,
    pair_segments,
)


def reader_of(kind: str) -> Reader:
    """Return what reads items of *kind*; unknown ones are kept raw."""
    return READERS.get(kind, _keep_raw)


def _keep_raw(incoming: Incoming, found: ItemRecord) -> None:
    found.reason = Reason.STORED_RAW
    found.detail = "kept as it came; Vedette does not know this kind of item"
