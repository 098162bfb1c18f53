"""Versions of releases taken apart, and which of two releases is the later one.

Source of the syntax: Sentry's release names, ``package@1.2.3.4-pre+build``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_VERSION = re.compile(
    r"(?P<major>\d{1,20})(?:\.(?P<minor>\d{1,20}))?(?:\.(?P<patch>\d{1,20}))?(?:\.(?P<revision>\d{1,20}))?"
    r"(?:-?(?P<pre>(?<=-)[A-Za-z0-9.-]+|[A-Za-z][A-Za-z0-9.-]*))?(?:\+(?P<build>[^+]+))?"
)
_LEAST_COMPONENTS = 2  # of a version without a package: `7` or `20261124` may be anything

Part = tuple[int, int, str]
OrderKey = tuple[int, int, int, int, int, tuple[Part, ...], tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Version:
    """``1.2.3.4-pre+build`` taken apart. ``components`` counts the numbers that were written."""

    major: int
    minor: int
    patch: int
    revision: int
    pre: str | None
    build_code: str | None
    raw_short: str
    components: int
    raw_quad: tuple[str, str | None, str | None, str | None]

    @property
    def key(self) -> OrderKey:
        """What orders versions: numbers, then a final one after its pre-releases, then the build."""
        numbers = (self.major, self.minor, self.patch, self.revision)
        return (*numbers, int(self.pre is None), _parts(self.pre), _parts(self.build_code))


@dataclass(frozen=True, slots=True)
class SeenRelease:
    """A release and when it was first seen, microseconds; None: not yet, so it is later than any other."""

    name: str
    first: int | None


def parse_version(text: str) -> Version | None:
    """Return the parts of *text*, None if it is no version."""
    match = _VERSION.fullmatch(text)
    if match is None:
        return None
    quad = (match["major"], match["minor"], match["patch"], match["revision"])
    major, minor, patch, revision = (int(part or 0) for part in quad)
    short = ".".join(part for part in quad if part is not None)
    return Version(
        major=major,
        minor=minor,
        patch=patch,
        revision=revision,
        pre=match["pre"],
        build_code=match["build"],
        raw_short=f"{short}-{match['pre']}" if match["pre"] else short,
        components=sum(part is not None for part in quad),
        raw_quad=quad,
    )


@lru_cache(maxsize=4096)
def package_and_version(name: str) -> tuple[str, Version] | None:
    """Return the package of release *name*, "" without one, and its version; None if it has no version."""
    package, at, rest = name.partition("@")
    if not at or not package or not rest:
        package, rest = "", name
    version = parse_version(rest)
    if version is None or (not package and version.components < _LEAST_COMPONENTS):
        return None
    return package, version


def compare_releases(one: SeenRelease, other: SeenRelease) -> int:
    """Return below 0 if *one* is the earlier release, above 0 if it is the later one, 0 if neither.

    Versions of one package decide; where there are none, when the releases were first seen.
    """
    if one.name == other.name:
        return 0
    a, b = package_and_version(one.name), package_and_version(other.name)
    if a is not None and b is not None and a[0] == b[0]:
        return _sign(a[1].key, b[1].key)
    if one.first is None or other.first is None:
        return int(one.first is None) - int(other.first is None)
    return (one.first > other.first) - (one.first < other.first)


def _sign(a: OrderKey, b: OrderKey) -> int:
    return (a > b) - (a < b)


def _parts(text: str | None) -> tuple[Part, ...]:
    """Return dotted identifiers so that they order: numbers by value and before words."""
    if text is None:
        return ()
    return tuple((0, int(part), "") if _is_number(part) else (1, 0, part) for part in text.split("."))


def _is_number(part: str) -> bool:
    # int() refuses digits by the thousand, and release names are short anyway.
    return part.isascii() and part.isdigit() and len(part) <= 200
