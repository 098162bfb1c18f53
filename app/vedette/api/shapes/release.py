"""A release named by an event or an issue."""

from typing import TypedDict

from vedette.domain.json import JsonValue
from vedette.processing.releases import parse_release
from vedette.processing.shapes import UnfitError


class VersionInfo(TypedDict):
    """A release name taken apart: ``package@version``."""

    package: str | None
    version: dict[str, JsonValue]
    buildHash: str | None
    description: str


class Release(TypedDict):
    version: str
    shortVersion: str
    versionInfo: VersionInfo | None


def release_shape(name: JsonValue) -> Release | None:
    """Return the release called *name*, None without a name."""
    if not isinstance(name, str) or not name:
        return None
    try:
        parsed = parse_release(name)
    except UnfitError:
        return {"version": name, "shortVersion": name, "versionInfo": None}
    return {
        "version": name,
        "shortVersion": parsed.description,
        "versionInfo": {
            "package": parsed.package,
            "version": {"raw": parsed.version_raw},
            "buildHash": parsed.build_hash,
            "description": parsed.description,
        },
    }
