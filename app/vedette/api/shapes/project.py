"""Projects and their keys."""

from typing import Annotated, NotRequired, TypedDict

from vedette.api.schema import AtMost
from vedette.api.shapes.organization import Organization
from vedette.domain.json import JsonValue
from vedette.domain.times import to_iso
from vedette.store.queries.projects import KeyRow, ProjectRow

COLOURS = (
    "#7553ff", "#2ba185", "#e1567c", "#f2b712", "#3b82f6",
    "#d6570f", "#16a3b8", "#9c4ddb", "#6a8f1f", "#c2410c",
)  # fmt: skip
"""What ``color`` says for each of the ten project colours; the window has its own tokens for them."""


class ProjectRef(TypedDict):
    """A project in the place of a reference."""

    id: str
    name: str
    slug: str
    platform: str | None


class PathMapping(TypedDict):
    """A path that begins with `prefix` in an event lies below `folder` on this disk."""

    prefix: Annotated[str, AtMost(4096)]
    folder: Annotated[str, AtMost(4096)]


class Project(TypedDict):
    """One application that sends.

    `folder`, `mappings` and `colour` are Vedette's own: where its source lies, and 0…9. One project alone
    has its mappings and its rules of processing (see `Scrubbed` and `Grouped`), in a list they are left out.
    """

    id: str
    slug: str
    name: str
    platform: str | None
    platforms: list[str]
    dateCreated: str
    status: str
    color: str
    colour: int
    folder: str | None
    origin: str
    isBookmarked: bool
    isMember: bool
    isPublic: bool
    isInternal: bool
    hasAccess: bool
    access: list[str]
    features: list[str]
    firstEvent: str | None
    firstTransactionEvent: bool
    hasUserReports: bool
    environments: list[str]
    latestRelease: None
    team: None
    teams: list[JsonValue]
    options: dict[str, JsonValue]
    organization: NotRequired[Organization]
    mappings: NotRequired[list[PathMapping]]
    dataScrubber: NotRequired[bool]
    dataScrubberDefaults: NotRequired[bool]
    sensitiveFields: NotRequired[list[str]]
    safeFields: NotRequired[list[str]]
    scrubIPAddresses: NotRequired[bool]
    relayPiiConfig: NotRequired[str | None]
    scrubOnIngest: NotRequired[bool]
    scrubOnExport: NotRequired[bool]
    trimming: NotRequired[str]
    groupingConfig: NotRequired[str]
    groupingEnhancements: NotRequired[str]
    fingerprintingRules: NotRequired[str]


class ProjectCreated(Project):
    """A new project with the DSN of its first key."""

    dsn: str


class KeyDsn(TypedDict):
    """Where SDKs and collectors send with this key."""

    public: str
    secret: str
    csp: str
    security: str
    minidump: str
    nel: str
    unreal: str
    crons: str
    cdn: str
    playstation: str
    integration: str
    otlp_traces: str
    otlp_logs: str


class SdkChoices(TypedDict):
    choices: list[list[str]]


class LoaderOptions(TypedDict):
    hasReplay: bool
    hasPerformance: bool
    hasDebug: bool
    hasFeedback: bool
    hasLogsAndMetrics: bool


class ClientKey(TypedDict):
    """A key of a project, and the DSNs made with it. Its id is the public key."""

    id: str
    name: str
    label: str
    public: str
    secret: str
    projectId: int
    isActive: bool
    rateLimit: None
    dsn: KeyDsn
    browserSdkVersion: str
    browserSdk: SdkChoices
    dateCreated: str
    dynamicSdkLoaderOptions: LoaderOptions


def project_ref(project: ProjectRow) -> ProjectRef:
    return {
        "id": str(project.id),
        "name": project.name,
        "slug": project.slug,
        "platform": project.platform or None,
    }


def project_shape(project: ProjectRow) -> Project:
    return {
        "id": str(project.id),
        "slug": project.slug,
        "name": project.name,
        "platform": project.platform or None,
        "platforms": [project.platform] if project.platform else [],
        "dateCreated": to_iso(project.created),
        "status": "active",
        "color": COLOURS[project.colour % len(COLOURS)],
        "colour": project.colour,
        "folder": project.folder,
        "origin": project.origin,
        "isBookmarked": False,
        "isMember": True,
        "isPublic": False,
        "isInternal": False,
        "hasAccess": True,
        "access": ["project:read", "project:write"],
        "features": [],
        "firstEvent": None,
        "firstTransactionEvent": False,
        "hasUserReports": False,
        "environments": [],
        "latestRelease": None,
        "team": None,
        "teams": [],
        "options": {},
    }


def dsn_of(base_url: str, public_key: str, project: int) -> str:
    """Return the DSN by which clients reach *base_url* with *public_key*."""
    scheme, _, address = base_url.partition("://")
    return f"{scheme}://{public_key}@{address}/{project}"


def key_shape(key: KeyRow, base_url: str) -> ClientKey:
    ingest = f"{base_url}/api/{key.project}"
    query = f"?sentry_key={key.public_key}"
    dsn = dsn_of(base_url, key.public_key, key.project)
    return {
        "id": key.public_key,
        "name": key.label,
        "label": key.label,
        "public": key.public_key,
        "secret": "",
        "projectId": key.project,
        "isActive": bool(key.active),
        "rateLimit": None,
        "dsn": {
            "public": dsn,
            "secret": dsn,
            "csp": f"{ingest}/csp-report/{query}",
            "security": f"{ingest}/security/{query}",
            "minidump": f"{ingest}/minidump/{query}",
            "nel": f"{ingest}/nel/{query}",
            "unreal": f"{ingest}/unreal/{key.public_key}/",
            "crons": f"{ingest}/cron/___MONITOR_SLUG___/{key.public_key}/",
            "cdn": "",
            "playstation": f"{ingest}/playstation/{query}",
            "integration": f"{ingest}/integration/",
            "otlp_traces": f"{ingest}/integration/otlp/v1/traces",
            "otlp_logs": f"{ingest}/integration/otlp/v1/logs",
        },
        "browserSdkVersion": "latest",
        "browserSdk": {"choices": [["latest", "latest"]]},
        "dateCreated": to_iso(key.created),
        "dynamicSdkLoaderOptions": {
            "hasReplay": False,
            "hasPerformance": False,
            "hasDebug": False,
            "hasFeedback": False,
            "hasLogsAndMetrics": False,
        },
    }
