"""What users say about a program: a feedback event, or the older report on an event."""

from dataclasses import dataclass

from vedette.domain.times import Micros


@dataclass(frozen=True, slots=True)
class Feedback:
    """One user's words. ``event_id`` is the feedback's own event, which belongs to an issue of its own."""

    event_id: bytes
    about: bytes | None  # the event it is about, which may come later or never
    message: str
    name: str
    email: str
    url: str
    source: str  # widget, new_feedback_envelope, user_report_envelope, …; "" unknown
    replay: bytes | None
    trace: bytes | None
    created: Micros
    is_report: bool = False  # an older report: one an event, a later one replaces it
