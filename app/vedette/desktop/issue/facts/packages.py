"""The packages an event's program was made of, and what changed since another event. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.language import tr
from vedette.domain.json import JsonObject


class Change(StrEnum):
    """How a package differs from the event before."""

    SAME = ""
    OTHER = "~"
    ADDED = "+"
    REMOVED = "-"


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package. *before* is its version in the event it is compared with."""

    name: str
    version: str
    change: Change = Change.SAME
    before: str = ""

    @property
    def note(self) -> str:
        """What changed, in words; "" for nothing."""
        match self.change:
            case Change.OTHER:
                return tr("was {version}").format(version=self.before or "—")
            case Change.ADDED:
                return tr("new")
            case Change.REMOVED:
                return tr("gone, was {version}").format(version=self.before or "—")
        return ""

    @property
    def sentence(self) -> str:
        """The row as it is read out."""
        return ", ".join(part for part in (self.name, self.version, self.note) if part)


def packages_of(event: JsonObject) -> dict[str, str]:
    """Return the installed packages with their versions, by name."""
    modules = event.get("modules")
    if not isinstance(modules, dict):
        return {}
    return {str(name): str(version or "") for name, version in sorted(modules.items())}


def package_rows(now: Mapping[str, str], before: Mapping[str, str] | None = None) -> tuple[PackageRow, ...]:
    """Return the packages of one event; with those of an event *before*, what changed comes first."""
    if before is None:
        return tuple(PackageRow(name, version) for name, version in now.items())
    rows = [_row(name, now, before) for name in sorted({*now, *before}, key=str.lower)]
    return tuple(sorted(rows, key=lambda row: row.change is Change.SAME))


def _row(name: str, now: Mapping[str, str], before: Mapping[str, str]) -> PackageRow:
    if name not in now:
        return PackageRow(name, "", Change.REMOVED, before[name])
    if name not in before:
        return PackageRow(name, now[name], Change.ADDED)
    changed = now[name] != before[name]
    return PackageRow(name, now[name], Change.OTHER if changed else Change.SAME, before[name])


def found(rows: Sequence[PackageRow], text: str) -> tuple[PackageRow, ...]:
    """Return the rows whose name or version contains every word of *text*."""
    words = text.lower().split()
    return tuple(row for row in rows if all(word in f"{row.name} {row.version}".lower() for word in words))
