"""Session replays: one row each, summed up from its segments, and the segments with their items."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from vedette.store.schema.base import Id, key, metadata

replay = Table(
    "replay",
    metadata,
    key(),
    Column("replay_id", LargeBinary, nullable=False),
    Column("project", Id, nullable=False),
    Column("run", Id, nullable=False),  # of the first segment that came
    Column("type", Text, nullable=False),  # session, buffer
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger, nullable=False),
    Column("duration", BigInteger, nullable=False),  # microseconds
    Column("segments", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),  # bytes of the recordings, decoded
    Column("errors", Integer, nullable=False),  # distinct error events
    Column("traces", Integer, nullable=False),
    Column("clicks", Integer, nullable=False),
    Column("dead_clicks", Integer, nullable=False),  # rage clicks among them
    Column("rage_clicks", Integer, nullable=False),
    Column("console_errors", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("failed_requests", Integer, nullable=False),
    Column("pages", Integer, nullable=False),  # urls, counted as they changed
    Column("activity", Integer, nullable=False),  # 0–10
    Column("urls", Text, nullable=False),  # JSON: [[segment, url]…], by segment
    Column("names", Text, nullable=False),  # JSON: [[segment, transaction]…]
    Column("env_term", Id),
    Column("release_term", Id),
    Column("user_term", Id),
    Column("releases", Text, nullable=False),  # JSON: names
    Column("dist", Text, nullable=False),
    Column("platform", Text, nullable=False),
    # JSON: {user, sdk, os, browser, device}, as the segment with the lowest number says
    Column("about", Text, nullable=False),
    Column("tags", Text, nullable=False),  # JSON: pairs
    Column("first_segment", Integer, nullable=False),  # the lowest number that is here
    Column("video", SmallInteger, nullable=False),  # 1: recorded as video
    Column("viewed", SmallInteger, nullable=False),
    Column("archived", SmallInteger, nullable=False),
    Column("request", Id, nullable=False),  # of the segment that came last
    Index("replay_of_id", "replay_id", "project", unique=True),
    Index("replay_of_project", "project", "started", "id"),
    # one per sort order offered
    Index("replay_by_start", "started", "id"),
    Index("replay_by_end", "finished", "id"),
    Index("replay_by_duration", "duration", "id"),
    Index("replay_by_errors", "errors", "id"),
    Index("replay_by_dead_clicks", "dead_clicks", "id"),
    Index("replay_by_rage_clicks", "rage_clicks", "id"),
    Index("replay_by_activity", "activity", "id"),
)

replay_segment = Table(
    "replay_segment",
    metadata,
    key(),
    Column("replay", Id, nullable=False),  # replay.id
    Column("n", Integer, nullable=False),  # the segment's own number
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger, nullable=False),
    Column("shift", BigInteger, nullable=False),  # microseconds its times are corrected by
    Column("size", BigInteger, nullable=False),  # decoded
    Column("events", Integer, nullable=False),
    Column("is_read", SmallInteger, nullable=False),  # 0: too large to be looked into
    Column("request", Id, nullable=False),
    Column("event_item", SmallInteger, nullable=False),
    Column("recording_item", SmallInteger, nullable=False),
    Column("video_start", BigInteger),  # of the MP4 in the recording's item; None: no video
    Column("video_length", BigInteger),
    Column("received", BigInteger, nullable=False),
    Index("replay_segment_of", "replay", "n", unique=True),
)

replay_error = Table(
    "replay_error",
    metadata,
    key(),
    Column("replay", Id, nullable=False),
    Column("eid", LargeBinary, nullable=False),
    Column("request", Id, nullable=False),
    Index("replay_error_of", "replay", "eid", unique=True),
    Index("replay_error_eid", "eid"),
)
"""Events that happened while a replay ran; they may arrive later, or never."""

replay_mention = Table(
    "replay_mention",
    metadata,
    key(),
    Column("replay_id", LargeBinary, nullable=False),
    Column("eid", LargeBinary, nullable=False),
    Column("request", Id, nullable=False),
    Index("replay_mention_of", "replay_id"),
)
"""Errors that named a replay of which nothing had come yet; those of a browser nearly always do."""

replay_trace = Table(
    "replay_trace",
    metadata,
    key(),
    Column("replay", Id, nullable=False),
    Column("trace", LargeBinary, nullable=False),
    Column("request", Id, nullable=False),
    Index("replay_trace_of", "replay", "trace", unique=True),
    Index("replay_trace_trace", "trace"),
)
