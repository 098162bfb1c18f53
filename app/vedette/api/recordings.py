"""Recordings read again from their bytes: a segment's JSON text, the moments in it, a phone's video.

For station and desktop alike: nothing here knows HTTP. Every function belongs into a reading thread.
"""

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
from vedette.protocol.recordings import decode_recording, split_video
from vedette.store.queries.payloads import PayloadGoneError, read_item
from vedette.store.queries.replays import SegmentRow

_UNCOMPRESSED = Limits().replay_uncompressed


def recording_text(db: Db, workspace: Workspace, row: SegmentRow, rules: ProjectRules | None = None) -> bytes:
    """Return the JSON array of a segment's rrweb events, byte for byte as it was recorded.

    With *rules* as they let it leave.
    Raises PayloadGoneError when retention has removed it, DamagedError when it cannot be read.
    """
    payload = read_item(db, workspace, row.request, row.recording_item).payload
    try:
        if row.video is not None:
            payload = split_video(payload).recording
        text = decode_recording(payload, _UNCOMPRESSED)[1]
    except IngestError as error:  # it could be read when it came
        raise PayloadGoneError(f"The recording cannot be read any more: {error.detail}") from error
    return text if rules is None else export_recording(text, rules)


def segment_frames(
    db: Db, workspace: Workspace, row: SegmentRow, rules: ProjectRules | None = None
) -> list[ReplayFrame] | None:
    """Return what a segment's recording says, in order of time; None if it is too large or gone.

    With *rules* as they let it leave.
    """
    if not row.is_read:
        return None
    try:
        text = recording_text(db, workspace, row, rules)
    except PayloadGoneError:
        return None
    found = [frame for event in iter_events((text,)) if (frame := read_frame(event)) is not None]
    for frame in found:
        limit_depth(frame.data)
    return sorted(found, key=lambda frame: frame.at)


def segment_video(db: Db, workspace: Workspace, row: SegmentRow) -> bytes | None:
    """Return a segment's MP4, None if it has none. Raises as `recording_text`."""
    if row.video is None:
        return None
    start, length = row.video
    return read_item(db, workspace, row.request, row.recording_item).payload[start : start + length]
