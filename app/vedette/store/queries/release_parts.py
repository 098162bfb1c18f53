"""Releases by what their names say and by their place among others: version, build, stage, latest."""

from collections.abc import Callable, Iterable, Sequence
from functools import cmp_to_key

from sqlalchemy import Connection, func, select

from vedette.domain.times import DAY, HOUR
from vedette.domain.versions import SeenRelease, Version, compare_releases, package_and_version, parse_version
from vedette.store.queries import terms
from vedette.store.queries.releases import ADOPTED
from vedette.store.schema import release, session_hour, term
from vedette.store.search import QueryError, Value

LATEST = "latest"
MOST_RELEASES = 100_000
STAGES = ("adopted", "low_adoption", "replaced")


def is_latest(value: Value) -> bool:
    """Return whether *value* is the word that no release can be called: the newest of each project."""
    return value.literal.lower() == LATEST


def latest_releases(db: Connection) -> list[tuple[int, int]]:
    """Return for each project with releases its latest one: project and the release's term.

    By version within a package, else by when they were first seen. Index: primary key of release.
    """
    rows = db.execute(
        select(release.c.project, release.c.release_term, term.c.value, release.c.first).join(
            term, term.c.id == release.c.release_term
        )
    )
    of: dict[int, list[tuple[SeenRelease, int]]] = {}
    for project, number, name, first in rows:
        of.setdefault(project, []).append((SeenRelease(name, first), number))
    later = cmp_to_key(compare_releases)
    latest = {
        project: max(_of_newest_package(seen), key=lambda one: later(one[0])) for project, seen in of.items()
    }
    return [(project, number) for project, (_, number) in latest.items()]


def _of_newest_package(seen: list[tuple[SeenRelease, int]]) -> list[tuple[SeenRelease, int]]:
    """Return the releases of the package that was seen last: only those have an order among each other."""
    newest = max(seen, key=lambda one: (one[0].first or 0, one[1]))[0]
    package = _package(newest.name)
    return [one for one in seen if _package(one[0].name) == package]


def _package(name: str) -> str | None:
    known = package_and_version(name)
    return None if known is None else known[0]


def releases_where(db: Connection, key: str, operator: str, value: Value | None) -> list[int]:
    """Return the terms of the releases whose *key*, a part of their name, is what is asked; None: has any.

    Raises QueryError. Index: term(key, value), all releases; for stages session_hour.
    """
    if key == "release.stage":
        return _of_stage(db, value)
    fits = _TESTS[key](operator, value)
    rows = db.execute(select(term.c.id, term.c.value).where(term.c.key == "release").limit(MOST_RELEASES))
    return [number for number, name in rows if fits(name)]


Test = Callable[[str], bool]


def _version(operator: str, value: Value | None) -> Test:
    if value is None:
        return lambda name: package_and_version(name) is not None
    text = value.text
    if value.is_pattern:
        _only_equal("release.version", operator, value)
        return lambda name: (
            (known := package_and_version(name)) is not None
            and any(terms.fits(text, form) for form in (known[1].raw_short, name.rpartition("@")[2]))
        )
    package, _, rest = value.literal.rpartition("@")
    bound = parse_version(rest)
    if bound is None:
        raise QueryError(f"'{value.text}' is no version. Write 1.4 or 1.4.2-beta.1.", value.at, value.length)
    compares = _ORDERS[operator]

    def fits(name: str) -> bool:
        known = package_and_version(name)
        if known is None or (package and known[0] != package):
            return False
        # The build is compared only where it is written: 1.4 is any build of it.
        ours, theirs = (_key(version, whole=bound.build_code is not None) for version in (known[1], bound))
        return compares((ours > theirs) - (ours < theirs))

    return fits


def _key(version: Version, *, whole: bool) -> tuple[object, ...]:
    return version.key if whole else version.key[:-1]


_ORDERS: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
}


def _build(operator: str, value: Value | None) -> Test:
    def build_of(name: str) -> str | None:
        known = package_and_version(name)
        return None if known is None else known[1].build_code

    if value is None:
        return lambda name: bool(build_of(name))
    if value.is_pattern:
        _only_equal("release.build", operator, value)
        return lambda name: (code := build_of(name)) is not None and terms.fits(value.text, code)
    literal = value.literal
    if operator == "=":
        return lambda name: build_of(name) == literal
    if not literal.isascii() or not literal.isdigit() or len(literal) > 18:
        raise QueryError(f"'{value.text}' is no number of a build.", value.at, value.length)
    compares, bound = _ORDERS[operator], int(literal)

    def fits(name: str) -> bool:
        code = build_of(name)
        if code is None or not code.isascii() or not code.isdigit() or len(code) > 18:
            return False
        return compares((int(code) > bound) - (int(code) < bound))

    return fits


def _package_is(operator: str, value: Value | None) -> Test:
    def package_of(name: str) -> str:
        package, at, rest = name.partition("@")
        return package if at and rest else ""

    if value is None:
        return lambda name: package_of(name) != ""
    _only_equal("release.package", operator, value)
    if value.is_pattern:
        return lambda name: (found := package_of(name)) != "" and terms.fits(value.text, found)
    return lambda name: package_of(name) == value.literal


def _only_equal(key: str, operator: str, value: Value) -> None:
    if operator != "=":
        raise QueryError(f"'{key}' with a star cannot be compared with {operator}.", value.at, value.length)


_TESTS: dict[str, Callable[[str, Value | None], Test]] = {
    "release.version": _version,
    "release.build": _build,
    "release.package": _package_is,
}


def _of_stage(db: Connection, value: Value | None) -> list[int]:
    """Return the releases of a stage in any project: by their share of the last day's sessions there is."""
    shares = list(_shares(db))
    if value is None:
        return sorted({number for number, _, _ in shares})
    wanted = value.literal.lower()
    if wanted not in STAGES:
        known = ", ".join(STAGES)
        raise QueryError(f"'{value.text}' is no stage. It can be: {known}.", value.at, value.length)
    return sorted({number for number, day, most in shares if _stage(day, most) == wanted})


def _stage(day: float, most: float) -> str:
    if day >= ADOPTED:
        return "adopted"
    return "replaced" if most >= ADOPTED else "low_adoption"


def _shares(db: Connection) -> Iterable[tuple[int, float, float]]:
    """Yield each release of each project with its share of sessions in the last day, and of its best day."""
    hours = session_hour.c
    last = db.execute(select(func.max(hours.bucket))).scalar() or 0
    per_day = DAY // HOUR
    day = (last - hours.bucket) // per_day  # 0: the last
    rows = db.execute(
        select(hours.project, hours.release_term, day, func.sum(hours.total)).group_by(
            hours.project, hours.release_term, day
        )
    ).all()
    whole: dict[tuple[int, int], int] = {}
    of: dict[tuple[int, int], dict[int, int]] = {}
    for project, number, at, total in rows:
        at = int(at)
        whole[project, at] = whole.get((project, at), 0) + total
        days = of.setdefault((project, number), {})
        days[at] = days.get(at, 0) + total
    known: Sequence[tuple[int, int]] = [
        (row[0], row[1]) for row in db.execute(select(release.c.project, release.c.release_term))
    ]
    for project, number in known:
        days = of.get((project, number), {})
        shares = {at: n / whole[project, at] for at, n in days.items() if whole[project, at]}
        yield number, shares.get(0, 0.0), max(shares.values(), default=0.0)
