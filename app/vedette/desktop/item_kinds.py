"""What each kind of item is called in the window, whichever view lists it."""

from vedette.desktop.language import mark, tr

_NAMES = {
    "event": mark("Error or message"),
    "transaction": mark("Transaction"),
    "span": mark("Spans"),
    "log": mark("Logs"),
    "trace_metric": mark("Metrics"),
    "session": mark("Session"),
    "sessions": mark("Sessions, counted"),
    "check_in": mark("Check-in of a job"),
    "attachment": mark("Attachment"),
    "form_data": mark("Form fields of a crash"),
    "user_report": mark("User report"),
    "user_report_v2": mark("User report"),
    "feedback": mark("Feedback"),
    "profile": mark("Profile"),
    "profile_chunk": mark("Part of a profile"),
    "profile_chunk_ui": mark("Part of a profile"),
    "replay_event": mark("Replay segment"),
    "replay_recording": mark("Replay recording"),
    "replay_video": mark("Replay video"),
    "client_report": mark("What the SDK dropped"),
    "raw_security": mark("Security report"),
    "security": mark("Security report"),
    "nel": mark("Network error report"),
    "browser_report": mark("Browser report"),
    "unreal_report": mark("Unreal crash"),
    "otlp_traces": mark("OpenTelemetry traces"),
    "otlp_logs": mark("OpenTelemetry logs"),
    "otlp_metrics": mark("OpenTelemetry metrics"),
    "metric_buckets": mark("Metrics of an old kind"),
    "statsd": mark("Metrics of an old kind"),
}


def kind_name(kind: str) -> str:
    """Return what items of *kind* are, in words; the protocol's word for those without."""
    name = _NAMES.get(kind)
    return kind if name is None else tr(name)
