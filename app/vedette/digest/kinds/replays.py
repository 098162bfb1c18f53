"""Session replays: an event and a recording that belong together, or both in one as mobile SDKs send them."""

from collections.abc import Sequence

from vedette.digest.kinds.incoming import Incoming
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.replays import Recording, ReplayEvent, ReplaySegment
from vedette.processing.recordings import summarise
from vedette.processing.replays import read_replay_event
from vedette.protocol.limits import Limits
from vedette.protocol.recordings import iter_recording, split_video
from vedette.store.writer.records import ItemRecord

_UNCOMPRESSED = Limits().replay_uncompressed
_NOT_READ = "the recording is kept, but too large to be looked into"

Items = Sequence[tuple[Incoming, ItemRecord]]


def read_event(incoming: Incoming, found: ItemRecord) -> None:
    """Put what the segment's event says into *found*; `pair_segments` completes it. Raises IngestError."""
    found.values.append(read_replay_event(incoming.payload, incoming.arrival))


def read_recording(incoming: Incoming, found: ItemRecord) -> None:
    """Put the sum of the recording into *found*; `pair_segments` completes it. Raises IngestError."""
    segment_id, pieces = iter_recording(incoming.view, _UNCOMPRESSED)
    found.values.append(summarise(pieces, segment_id))


def read_video(incoming: Incoming, found: ItemRecord) -> None:
    """Put the segment of a mobile replay into *found*. Raises IngestError."""
    parts = split_video(incoming.payload)
    event = read_replay_event(parts.event, incoming.arrival)
    segment_id, pieces = iter_recording(parts.recording, _UNCOMPRESSED)
    recording = summarise(pieces, segment_id)
    found.values.append(ReplaySegment(event, recording, found.n, found.n, parts.video))
    _remark(found, recording)


def pair_segments(items: Items) -> None:
    """Make one segment of each replay event and its recording; what stands alone is invalid."""
    events = [found for incoming, found in items if incoming.item.type == "replay_event"]
    recordings = [found for incoming, found in items if incoming.item.type == "replay_recording"]
    if not events and not recordings:
        return
    waiting = [found for found in recordings if found.outcome is Outcome.STORED]
    for found in events:
        if found.outcome is not Outcome.STORED:
            continue
        (event,) = (value for value in found.values if isinstance(value, ReplayEvent))
        partner = _partner(event, waiting)
        if partner is None:
            _refuse(found, "a replay_event needs the replay_recording of its segment", len(recordings))
            continue
        waiting.remove(partner)
        recording = _recording(partner)
        segment = ReplaySegment(event, recording, found.n, partner.n)
        # Both items lead to the segment's row.
        found.values, partner.values = [segment], [segment]
        _remark(partner, recording)
    for found in waiting:
        _refuse(found, "a replay_recording needs the replay_event of its segment", len(events))


def _partner(event: ReplayEvent, waiting: Sequence[ItemRecord]) -> ItemRecord | None:
    """Return the recording whose header names the segment, else one that names none."""
    named = (found for found in waiting if _recording(found).segment_id == event.segment_id)
    unnamed = (found for found in waiting if _recording(found).segment_id is None)
    return next(named, None) or next(unnamed, None)


def _recording(found: ItemRecord) -> Recording:
    (recording,) = (value for value in found.values if isinstance(value, Recording))
    return recording


def _refuse(found: ItemRecord, why: str, others: int) -> None:
    rest = "the one in the envelope is invalid or another's" if others else "the envelope has none"
    found.values = []
    found.outcome, found.reason = Outcome.INVALID, Reason.BAD_REPLAY
    found.detail = f"invalid replay: {why}; {rest}"


def _remark(found: ItemRecord, recording: Recording) -> None:
    if not recording.is_read:
        found.detail = _NOT_READ
