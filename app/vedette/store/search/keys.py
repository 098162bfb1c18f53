"""Every key that searches of issues and events know: where its value lies, its type, what it means.

What is not here is a tag. Names are Sentry's (getsentry/sentry `api/issue_search.py`, `search/events`); the
data sets of `store.explore` have fields of their own beside these.
"""

from dataclasses import dataclass
from enum import StrEnum

from vedette.domain import search_members
from vedette.store.search.values import Kind


class Source(StrEnum):
    """Where the value of a key lies, which decides how it is looked for."""

    STATE = "state"  # what people decided of an issue
    ISSUE = "issue"  # a column of the issue
    EVENT = "event"  # a column of the event
    TAG = "tag"  # a token of the event's full text
    MEMBER = "member"  # the same, of what is no tag
    FRAME = "frame"  # a token of its stack
    PAYLOAD = "payload"  # only in the event's payload: looked for newest first while there is time
    TEXT = "text"  # words of the full text
    RELEASE = "release"  # a part of the release's name

    @property
    def is_indexed(self) -> bool:
        return self is not Source.PAYLOAD


@dataclass(frozen=True, slots=True)
class SearchKey:
    """A key that is no tag a sender made up."""

    name: str
    source: Source
    meaning: str
    kind: Kind = Kind.STRING
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()  # all it can be, where these are few
    example: str = ""
    tag: str = ""  # what the tag is called that has its values

    @property
    def is_of_issue(self) -> bool:
        """Whether the issue alone can tell."""
        return self.source in (Source.STATE, Source.ISSUE)


_TRUTH = ("true", "false")

STATES = (
    "unresolved", "resolved", "archived", "ignored", "muted", "new", "ongoing", "escalating", "regressed",
    "archived_until_escalating", "archived_until_condition_met", "archived_forever", "unhandled", "starred",
    "bookmarked", "unread", "for_review", "assigned", "unassigned", "linked", "unlinked",
)  # fmt: skip
CATEGORIES = (
    "error", "performance", "profile", "cron", "replay", "feedback", "uptime", "metric_alert", "outage",
    "metric", "db_query", "http_client", "frontend", "mobile", "ai_detected", "preprod", "configuration",
    "instrumentation",
)  # fmt: skip
_OF_ISSUES = (
    SearchKey("is", Source.STATE, "the issue's status or a detail of it", values=STATES,
              example="is:unresolved"),
    SearchKey("has", Source.STATE, "the key has a value", example="has:user"),
    SearchKey("assigned", Source.STATE, "who works on it: on one desk nobody is assigned",
              aliases=("assigned_to", "assigned_or_suggested"), values=("none", "me"),
              example="assigned:none"),
    SearchKey("bookmarks", Source.STATE, "starred by you", aliases=("bookmarked_by",), values=("me",),
              example="bookmarks:me"),
    SearchKey("label", Source.ISSUE, "a label put on it", example="label:flaky"),
    SearchKey("firstSeen", Source.ISSUE, "when it was first seen", Kind.DATE, ("age", "first_seen"),
              example="age:-24h"),
    SearchKey("lastSeen", Source.ISSUE, "when it was last seen", Kind.DATE, ("last_seen",),
              example="lastSeen:+7d"),
    SearchKey("timesSeen", Source.ISSUE, "how many events it has", Kind.INTEGER, ("times_seen",),
              example="timesSeen:>1k"),
    SearchKey("userCount", Source.ISSUE, "how many users it befell", Kind.INTEGER, ("user_count",),
              example="userCount:>=10"),
    SearchKey("firstRelease", Source.ISSUE, "the release it was first seen in",
              aliases=("first-release", "first_release"), example="firstRelease:latest"),
    SearchKey("regressed_in_release", Source.ISSUE, "the release in which it came back",
              example="regressed_in_release:shop@2.0"),
    SearchKey("issue.category", Source.ISSUE, "what sort of issue it is",
              values=CATEGORIES, example="issue.category:feedback"),
    SearchKey("issue.type", Source.ISSUE, "what made it an issue",
              example="issue.type:monitor_check_in_failure"),
    SearchKey("issue.priority", Source.ISSUE, "how much it matters",
              values=("low", "medium", "high"), example="issue.priority:[high, medium]"),
    SearchKey("issue", Source.ISSUE, "a short id", aliases=("issue.id", "group_id"), example="issue:DESK-12"),
    SearchKey("project", Source.ISSUE, "slug or id", aliases=("project.name", "project.id", "project_id"),
              example="project:web"),
    SearchKey("platform", Source.ISSUE, "the platform it came from", aliases=("platform.name",),
              example="platform:python"),
    SearchKey("culprit", Source.ISSUE, "what is named below the title", example="culprit:*checkout*"),
    SearchKey("event.type", Source.ISSUE, "the kind of event", values=("error", "default", "csp"),
              example="event.type:csp"),
)  # fmt: skip
_OF_EVENTS = (
    SearchKey("message", Source.TEXT, "words of title and messages", example='message:"bad price"'),
    SearchKey("title", Source.TEXT, "words of the title", example="title:Timeout*"),
    SearchKey("level", Source.EVENT, "how bad it is", values=("fatal", "error", "warning", "info", "debug"),
              example="level:>=error"),
    SearchKey("timestamp", Source.EVENT, "when it happened", Kind.DATE,
              ("event.timestamp",), example="timestamp:>2026-11-24T10:00"),
    SearchKey("id", Source.EVENT, "an event's id", aliases=("event.id", "event_id"), example="id:0a1b…"),
    SearchKey("trace", Source.EVENT, "a trace's id", example="trace:4bf9…"),
    SearchKey("trace.span", Source.EVENT, "a span's id", aliases=("span_id",), example="trace.span:b7ad…"),
    SearchKey("release", Source.TAG, "the release's name", example="release:shop@1.*", tag="release"),
    SearchKey("release.version", Source.RELEASE, "the version in the release's name, compared by order",
              aliases=("sentry.semver",), example="release.version:>=1.4"),
    SearchKey("release.build", Source.RELEASE, "its build, behind the plus sign",
              aliases=("sentry.semver_build",), example="release.build:>120"),
    SearchKey("release.package", Source.RELEASE, "its package, before the @",
              aliases=("sentry.semver_package",), example="release.package:shop"),
    SearchKey("release.stage", Source.RELEASE, "`adopted` if most sessions are of it, else `low_adoption`",
              aliases=("sentry.release_stage",), example="release.stage:adopted"),
    SearchKey("dist", Source.TAG, "the distribution", example="dist:14G60", tag="dist"),
    SearchKey("environment", Source.TAG, "the environment", example="environment:production",
              tag="environment"),
    SearchKey("logger", Source.TAG, "the logger's name", example="logger:django.*", tag="logger"),
    SearchKey("transaction", Source.TAG, "the transaction it happened in", example="transaction:/pay",
              tag="transaction"),
    SearchKey("url", Source.TAG, "the address asked for", example="url:*checkout*", tag="url"),
    SearchKey("user", Source.TAG, "whom it befell", aliases=("user.display",), example="user:id:7",
              tag="user"),
    SearchKey("replay.id", Source.TAG, "the replay it is seen in", aliases=("replayId", "replay_id"),
              example="has:replay.id", tag="replayId"),
    SearchKey("error.type", Source.MEMBER, "the type of any exception",
              example="error.type:ValueError"),
    SearchKey("error.value", Source.PAYLOAD, "the text of any exception", example="error.value:*refused*"),
    SearchKey("error.mechanism", Source.MEMBER, "how any exception was caught",
              example="error.mechanism:excepthook"),
    SearchKey("error.handled", Source.TAG, "no exception went uncaught", Kind.BOOLEAN, values=_TRUTH,
              example="error.handled:false", tag="handled"),
    SearchKey("error.unhandled", Source.TAG, "an exception went uncaught", Kind.BOOLEAN, values=_TRUTH,
              example="error.unhandled:true", tag="handled"),
    SearchKey("error.main_thread", Source.PAYLOAD, "an exception is of the main thread", Kind.BOOLEAN,
              values=_TRUTH, example="error.main_thread:true"),
    SearchKey("stack.filename", Source.FRAME, "the file of any frame", example="stack.filename:*/pay.py"),
    SearchKey("stack.function", Source.FRAME, "the function of any frame", example="stack.function:checkout"),
    SearchKey("stack.module", Source.FRAME, "the module of any frame", example="stack.module:shop.*"),
    SearchKey("stack.abs_path", Source.PAYLOAD, "the full path of any frame",
              example="stack.abs_path:/srv/*"),
    SearchKey("stack.package", Source.PAYLOAD, "the package or library of any frame",
              example="stack.package:*libc*"),
    SearchKey("stack.lineno", Source.PAYLOAD, "the line of any frame", Kind.INTEGER,
              example="stack.lineno:>40"),
    SearchKey("stack.colno", Source.PAYLOAD, "the column of any frame", Kind.INTEGER,
              example="stack.colno:1"),
    SearchKey("stack.in_app", Source.PAYLOAD, "any frame is the application's own", Kind.BOOLEAN,
              values=_TRUTH, example="stack.in_app:true"),
    SearchKey("stack.stack_level", Source.PAYLOAD, "the place of any frame, 0 the outermost call",
              Kind.INTEGER, example="stack.stack_level:>100"),
    *(SearchKey(name, Source.MEMBER, meaning, kind, example=example) for name, meaning, kind, example in (
        ("user.id", "the user's id", Kind.STRING, "user.id:7"),
        ("user.email", "the user's address", Kind.STRING, "user.email:*@example.org"),
        ("user.username", "the user's name", Kind.STRING, "user.username:ada"),
        ("user.ip", "the user's network address", Kind.STRING, "user.ip:10.0.*"),
        ("geo.country_code", "the user's country", Kind.STRING, "geo.country_code:AT"),
        ("geo.region", "the user's region", Kind.STRING, "geo.region:Austria"),
        ("geo.city", "the user's town", Kind.STRING, "geo.city:Vienna"),
        ("http.method", "how the address was asked for", Kind.STRING, "http.method:POST"),
        ("http.status_code", "what was answered", Kind.INTEGER, "http.status_code:>=500"),
        ("sdk.name", "the SDK that sent it", Kind.STRING, "sdk.name:sentry.python*"),
        ("sdk.version", "that SDK's version", Kind.STRING, "sdk.version:2.*"),
    )),
    SearchKey("http.url", Source.PAYLOAD, "the address asked for, in full", example="http.url:*page=2*"),
    SearchKey("http.referer", Source.PAYLOAD, "the address that led there", example="has:http.referer"),
    SearchKey("os.name", Source.TAG, "the operating system", example="os.name:Linux", tag="os.name"),
    *(SearchKey(f"os.{name}", Source.PAYLOAD, f"the operating system's {name.replace('_', ' ')}",
                example=f"os.{name}:*22*") for name in ("version", "build", "kernel_version")),
    SearchKey("browser.name", Source.TAG, "the browser", example="browser.name:Firefox", tag="browser.name"),
    SearchKey("device.family", Source.TAG, "the device's family", example="device.family:iPhone",
              tag="device.family"),
    SearchKey("device.class", Source.TAG, "how capable the device is", values=("low", "medium", "high"),
              example="device.class:low", tag="device.class"),
    *(SearchKey(f"device.{name}", Source.PAYLOAD, f"the device's {name.replace('_', ' ')}",
                example=f"has:device.{name}") for name in (
        "arch", "brand", "locale", "location", "manufacturer", "model", "model_id", "name", "orientation",
        "uuid")),
    *(SearchKey(f"device.{name}", Source.PAYLOAD, f"the device's {name.replace('_', ' ')}", Kind.NUMBER,
                example=f"device.{name}:>20") for name in (
        "battery_level", "screen_density", "screen_dpi", "screen_height_pixels", "screen_width_pixels")),
    *(SearchKey(f"device.{name}", Source.PAYLOAD, meaning, Kind.BOOLEAN, values=_TRUTH,
                example=f"device.{name}:true") for name, meaning in (
        ("charging", "the device was being charged"), ("online", "the device had a network"),
        ("simulator", "the device is a simulated one"))),
    SearchKey("app.in_foreground", Source.PAYLOAD, "the application was in front", Kind.BOOLEAN,
              values=_TRUTH, example="app.in_foreground:true"),
)  # fmt: skip
KEYS = (*_OF_ISSUES, *_OF_EVENTS)

_BY_NAME = {name: known for known in KEYS for name in (known.name, *known.aliases)}
_LOWERED = {name.lower(): known for name, known in _BY_NAME.items()}

FLAG = "flags["
"""What the name of a feature flag's key begins with; it ends with a closing bracket."""


def find_key(name: str) -> SearchKey | None:
    """Return what is known of the key *name* or an alias of it, in any case; None: it is a tag."""
    found = _BY_NAME.get(name) or _LOWERED.get(name.lower())
    if found is None and name.startswith(FLAG):
        return SearchKey(name, Source.PAYLOAD, "a feature flag's value", values=_TRUTH)
    return found


def stored_key(name: str) -> str:
    """Return under which key of terms the values of *name*, a key of searches or a tag, are stored."""
    found = find_key(name)
    if found is None:
        return name
    if found.source in (Source.MEMBER, Source.FRAME):
        return search_members.MARK + found.name
    return found.tag or name


assert {key.name for key in KEYS if key.source is Source.MEMBER} == set(search_members.OF_EVENTS)
assert {key.name for key in KEYS if key.source is Source.FRAME} == set(search_members.OF_FRAMES)
