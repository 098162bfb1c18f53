"""Recordings read again from their bytes: a segment's JSON text, the moments in it, a phone's video.

For station and desktop alike: nothing here knows HTTP. Every function belongs into a reading thread.
"""

from collections.abc import Iterator

from vedette.api.readers import Db
from vedette.domain.outcomes import IngestError
from vedette.domain.replays import ReplayFrame
from vedette.domain.workspace import Workspace
from vedette.processing.depth import limit_depth
from vedette.processing.exporting import export_recording
from vedette.processing.recorded_events import iter_events
from vedette.processing.recordings import read_frame
from vedette.processing.rules import ProjectRules
from vedette.protocol.limits import Limits
from vedette.protocol.recordings import iter_recording, split_video
from vedette.store.queries.payloads import PayloadGoneError, find_item, read_item
from vedette.store.queries.replays import SegmentRow
from vedette.store.queries.stored_bytes import StoredBytes

_UNCOMPRESSED = Limits().replay_uncompressed


def recording_pieces(
    db: Db, workspace: Workspace, row: SegmentRow, rules: ProjectRules | None = None
) -> Iterator[bytes]:
    """Return the JSON array of a segment's rrweb events, byte for byte as it was recorded, in pieces.

    With *rules* as they let it leave, in memory as a whole if they scrub.
    The pieces can be read in any thread. Raises PayloadGoneError when retention has removed it, DamagedError
    when it cannot be read.
    """
    payload = read_item(db, workspace, row.request, row.recording_item).payload
    try:
        if row.video is not None:
            payload = split_video(payload).recording
        pieces = iter_recording(payload, _UNCOMPRESSED)[1]
        if rules is not None and rules.exporter() is not None:
            pieces = iter((export_recording(b"".join(pieces), rules),))
    except IngestError as error:  # it could be read when it came
        raise PayloadGoneError(f"The recording cannot be read any more: {error.detail}") from error
    return pieces


def segment_frames(
    db: Db, workspace: Workspace, row: SegmentRow, rules: ProjectRules | None = None
) -> list[ReplayFrame] | None:
    """Return what a segment's recording says, in order of time; None if it is too large or gone.

    With *rules* as they let it leave.
    """
    if not row.is_read:
        return None
    try:
        pieces = recording_pieces(db, workspace, row, rules)
        found = [frame for event in iter_events(pieces) if (frame := read_frame(event)) is not None]
    except (PayloadGoneError, IngestError):
        return None
    for frame in found:
        limit_depth(frame.data)
    return sorted(found, key=lambda frame: frame.at)


def segment_video(db: Db, workspace: Workspace, row: SegmentRow) -> StoredBytes | None:
    """Return where a segment's MP4 lies, None if it has none. Raises as `recording_pieces`."""
    if row.video is None:
        return None
    return find_item(db, workspace, row.request, row.recording_item).payload.part(*row.video)
