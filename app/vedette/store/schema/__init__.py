"""Every table of a workspace, in SQLAlchemy Core, the same for SQLite and (later) PostgreSQL.

The physical design was measured at a million events and ten million spans:

* Row ids are arrival order, so "newest first" costs nothing and retention deletes a prefix.
* Event rows are narrow; raw bytes lie in ``payload``, one zstd frame per request.
* Tags are interned in ``term``; an event's terms are tokens in the same full-text table as its title and
  text (``find``), so any combination of words and tags is one MATCH.
* Stack frames are indexed once per distinct stack.
* Spans are clustered by the batch that brought them: ``span.id = batch * SPANS_PER_BATCH + n``.

Times are microseconds UTC, ids of events and traces 16 bytes, of spans 8. Levels are 10…50 (debug…fatal),
issue status 0 unresolved, 1 resolved, 2 ignored, 3 waiting to be deleted. Columns ending in
``_term`` hold ``term.id``.
Full-text tables are made by ``store.dialect``, since no two databases spell them alike.
"""

from vedette.store.schema.base import Id, metadata
from vedette.store.schema.events import (
    activity,
    all_hour,
    all_minute,
    attachment,
    derived_event,
    event,
    event_terms,
    issue,
    issue_hash,
    issue_hour,
    issue_minute,
    issue_stack,
    issue_term,
    issue_user,
    release_hour,
    stack,
    stack_term,
    term,
)
from vedette.store.schema.feedback import feedback
from vedette.store.schema.logs import inferred, log, log_hour, log_minute
from vedette.store.schema.metrics import metric, metric_attribute, metric_hour, metric_name, metric_total
from vedette.store.schema.monitors import check_in, incident, monitor, monitor_environment
from vedette.store.schema.outcomes import outcome_hour
from vedette.store.schema.profiles import profile, profile_chunk
from vedette.store.schema.regrouping import (
    event_pin,
    issue_origin,
    issue_redirect,
    regrouped_event,
    regrouping,
    split,
)
from vedette.store.schema.releases import release_commit, release_deploy, release_note
from vedette.store.schema.replays import (
    replay,
    replay_error,
    replay_mention,
    replay_segment,
    replay_trace,
)
from vedette.store.schema.requests import (
    blob,
    dictionary,
    item,
    meta,
    payload,
    project,
    project_key,
    project_mapping,
    project_rules,
    request,
    run,
    sender,
)
from vedette.store.schema.sessions import (
    release,
    session,
    session_duration,
    session_hour,
    session_minute,
    session_user,
)
from vedette.store.schema.traces import (
    SPANS_PER_BATCH,
    description,
    segment,
    segment_hour,
    segment_minute,
    span,
    span_batch,
    span_hour,
    trace,
)
from vedette.store.schema.vitals import web_vital, web_vital_hour
from vedette.store.schema.workflow import (
    archive,
    deletion,
    discarded_hash,
    issue_label,
    label,
    resolution,
    saved_view,
)

__all__ = [
    "SPANS_PER_BATCH",
    "Id",
    "activity",
    "all_hour",
    "all_minute",
    "archive",
    "attachment",
    "blob",
    "check_in",
    "deletion",
    "derived_event",
    "description",
    "dictionary",
    "discarded_hash",
    "event",
    "event_pin",
    "event_terms",
    "feedback",
    "incident",
    "inferred",
    "issue",
    "issue_hash",
    "issue_hour",
    "issue_label",
    "issue_minute",
    "issue_origin",
    "issue_redirect",
    "issue_stack",
    "issue_term",
    "issue_user",
    "item",
    "label",
    "log",
    "log_hour",
    "log_minute",
    "meta",
    "metadata",
    "metric",
    "metric_attribute",
    "metric_hour",
    "metric_name",
    "metric_total",
    "monitor",
    "monitor_environment",
    "outcome_hour",
    "payload",
    "profile",
    "profile_chunk",
    "project",
    "project_key",
    "project_mapping",
    "project_rules",
    "regrouped_event",
    "regrouping",
    "release",
    "release_commit",
    "release_deploy",
    "release_hour",
    "release_note",
    "replay",
    "replay_error",
    "replay_mention",
    "replay_segment",
    "replay_trace",
    "request",
    "resolution",
    "run",
    "saved_view",
    "segment",
    "segment_hour",
    "segment_minute",
    "sender",
    "session",
    "session_duration",
    "session_hour",
    "session_minute",
    "session_user",
    "span",
    "span_batch",
    "span_hour",
    "split",
    "stack",
    "stack_term",
    "term",
    "trace",
    "web_vital",
    "web_vital_hour",
]
