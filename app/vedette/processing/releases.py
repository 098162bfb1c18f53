"""Releases, environments and dists: which are valid, and what a release's parts are."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.versions import Version, parse_version
from vedette.processing.faults import Faults
from vedette.processing.shapes import UnfitError, primitive_text

LONGEST_RELEASE = 200
LONGEST_ENVIRONMENT = 64
LONGEST_DIST = 64

_HASH = re.compile(r"[a-f0-9]{12}|[a-f0-9]{16}|[a-f0-9]{20}|[a-f0-9]{32}|[a-f0-9]{40}|[a-f0-9]{64}")
_NOT_IN_DIST = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class Release:
    """A release name taken apart: ``package@version``, a bare version, or a commit hash."""

    package: str | None
    version_raw: str
    version: Version | None
    build_hash: str | None
    description: str


def parse_release(text: str) -> Release:
    """Return the parts of *text*. Raises UnfitError for a name that cannot be a release."""
    check_release(text)
    package, at, rest = text.partition("@")
    if not at or not package or not rest:
        package, rest = "", text
    version = parse_version(rest) if package else None
    build_hash = rest if _HASH.fullmatch(rest) else None
    return Release(
        package=package or None,
        version_raw=rest,
        version=version,
        build_hash=build_hash,
        description=_describe(text, rest, version, build_hash),
    )


def _describe(text: str, rest: str, version: Version | None, build_hash: str | None) -> str:
    if version is not None:
        return f"{version.raw_short} ({version.build_code})" if version.build_code else version.raw_short
    return build_hash[:12] if build_hash else text


def check_release(text: str) -> None:
    """Raise UnfitError if *text* cannot be a release."""
    if len(text) > LONGEST_RELEASE or text.lower() in (".", "..", "latest"):
        raise UnfitError
    if not text.isprintable() and any(bad in text for bad in "\n\r\t\f"):
        raise UnfitError
    if "/" in text or "\\" in text:
        raise UnfitError


def settle_release(event: JsonObject, faults: Faults) -> None:
    """Settle ``release``, ``environment`` and ``dist``; what cannot be one becomes null."""
    for name, check in (
        ("release", check_release),
        ("environment", _check_environment),
        ("dist", _check_dist),
    ):
        value = event.get(name)
        if value is not None:
            event[name] = _settle(name, value, check, faults)


def _settle(name: str, value: JsonValue, check: Callable[[str], None], faults: Faults) -> str | None:
    text = primitive_text(value) if name == "release" else value
    if type(text) is not str:
        faults.invalid((name,), value, "expected a string")
        return None
    if name != "environment":
        text = text.strip()
    if not text:
        if name != "dist":
            faults.invalid((name,), reason="expected a non-empty string")
        return None
    try:
        check(text)
    except UnfitError as unfit:
        faults.invalid((name,), value, str(unfit))
        return None
    return text


def _check_environment(text: str) -> None:
    if len(text) > LONGEST_ENVIRONMENT or text.lower() == "none" or any(bad in text for bad in "/\n\r\f"):
        raise UnfitError


def _check_dist(text: str) -> None:
    bad = _NOT_IN_DIST.search(text)
    if bad:
        raise UnfitError(f"invalid character {bad[0]!r}")
    if len(text) > LONGEST_DIST:
        raise UnfitError
