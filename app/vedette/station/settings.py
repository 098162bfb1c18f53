"""What a user can set for a station: ``settings.toml`` of the workspace, typed, with unknown keys kept."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import orjson

from vedette.domain.json import JsonObject
from vedette.protocol.limits import MIB


class SettingsError(Exception):
    """A setting has no value it can have; the text names it."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Who may reach the station."""

    lan: bool = False
    """Listen beyond this machine. Only known keys may send then, and reading needs the token as always."""
    interfaces: tuple[str, ...] = ()
    """Interfaces to listen on with `lan`, by name or address; empty: all."""
    announce: bool = True
    """With `lan`, say by zeroconf that a station is here."""
    name: str = ""
    """What others see it called; empty: this machine's name."""
    spotlight_reading: bool = False
    """Let programs and pages of this machine read envelopes at /stream without a token, as Spotlight does."""
    otlp_port: int = 0
    """Listen at this port too, at the same addresses; 4318 is where OpenTelemetry's exporters send."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long and how much is kept."""

    days: int = 90
    gigabytes: float = 10.0
    free_megabytes: int = 500
    """Take nothing more when the disk has less than this left."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The most megabytes (2^20 bytes) that are taken: of a request, and of one item of each kind in it."""

    body_megabytes: float = 200.0
    """The whole request, as it comes and decompressed."""
    event_megabytes: float = 16.0
    """Events, transactions, feedback, replay events, reports of browsers."""
    attachment_megabytes: float = 200.0
    profile_megabytes: float = 50.0
    replay_megabytes: float = 10.0
    """A replay's recording, as it is sent."""
    replay_video_megabytes: float = 15.0
    container_megabytes: float = 12.0
    """Logs, spans and metrics of one item."""
    session_megabytes: float = 10.0
    metric_buckets_megabytes: float = 1.0
    check_in_megabytes: float = 0.1
    client_report_megabytes: float = 0.1

    def to_limits(self) -> JsonObject:
        """Return the members of `protocol.limits.Limits` that these are, in bytes."""
        sizes = {name.removesuffix("_megabytes"): round(value * MIB) for name, value in asdict(self).items()}
        return {_LIMIT_NAMES.get(name, name): size for name, size in sizes.items()} | {"wire": sizes["body"]}


_LIMIT_NAMES = {"replay": "replay_compressed", "replay_video": "replay_message"}
_MOST_MEGABYTES = 4096.0
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Settings:
    listening: Listening = field(default_factory=Listening)
    retention: Keeping = field(default_factory=Keeping)
    limits: Sizes = field(default_factory=Sizes)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Settings":
        """Return the settings in *value*; what is not there is as by default. Raises SettingsError."""
        return cls(
            _section(Listening(), value.get("listening", {}), "listening"),
            _section(Keeping(), value.get("retention", {}), "retention"),
            _section(Sizes(), value.get("limits", {}), "limits"),
        )

    def changed(self, value: Mapping[str, Any]) -> "Settings":
        """Return these settings with those in *value* changed. Raises SettingsError for any that is none."""
        for name, members in value.items():
            if name not in ("listening", "retention", "limits"):
                raise SettingsError(f"there is no setting {name!r}")
            for member in members if isinstance(members, dict) else ():
                if member not in asdict(getattr(self, name)):
                    raise SettingsError(f"there is no setting {name}.{member}")
        return Settings(
            _section(self.listening, value.get("listening", {}), "listening"),
            _section(self.retention, value.get("retention", {}), "retention"),
            _section(self.limits, value.get("limits", {}), "limits"),
        )

    def to_json(self) -> JsonObject:
        plain: JsonObject = orjson.loads(orjson.dumps(asdict(self)))
        return plain


S = TypeVar("S", Listening, Keeping, Sizes)


def _section(now: S, value: Any, name: str) -> S:
    if not isinstance(value, Mapping):
        raise SettingsError(f"{name} must be a table")
    known = {member: value[member] for member in asdict(now) if member in value}
    return replace(now, **{member: _checked(now, member, given, name) for member, given in known.items()})


def _checked(now: object, member: str, given: Any, section: str) -> Any:
    match getattr(now, member):
        case bool():
            is_right = isinstance(given, bool)
        case str():
            is_right = isinstance(given, str) and len(given) <= 200
        case tuple():
            is_right = isinstance(given, list | tuple) and all(isinstance(part, str) for part in given)
            given = tuple(given) if is_right else given
        case float():
            is_right = isinstance(given, int | float) and not isinstance(given, bool) and given > 0
            is_right = is_right and (section != "limits" or given <= _MOST_MEGABYTES)
        case _:
            most = _HIGHEST_PORT if member == "otlp_port" else given
            is_right = isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= most
    if not is_right:
        raise SettingsError(f"{section}.{member} cannot be {given!r}")
    return given


class SettingsFile:
    """Reads and writes the file; keys it does not know survive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._all: dict[str, Any] = {}

    def read(self) -> Settings:
        """Return what the file says. Raises SettingsError when it is no TOML or says something impossible."""
        try:
            self._all = tomllib.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{self._path}: {error}") from error
        return Settings.from_json(self._all)

    def write(self, settings: Settings) -> None:
        """Replace the file; it is whole at every moment."""
        for name, members in settings.to_json().items():
            section = self._all.get(name)
            self._all[name] = {**(section if isinstance(section, dict) else {}), **members}
        part = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        part.write_text(to_toml(self._all), encoding="utf-8")
        os.replace(part, self._path)


def to_toml(value: Mapping[str, Any]) -> str:
    """Return *value* as TOML: scalars first, then each table, nested ones by dotted names."""
    lines: list[str] = []
    _write_table(value, "", lines)
    return "\n".join(lines).strip("\n") + "\n"


def _write_table(table: Mapping[str, Any], name: str, lines: list[str]) -> None:
    if name:
        lines += ["", f"[{name}]"]
    for key, value in table.items():
        if not isinstance(value, Mapping):
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in table.items():
        if isinstance(value, Mapping):
            _write_table(value, f"{name}.{_key(key)}" if name else _key(key), lines)


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if is_bare else _value(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # JSON's escapes are TOML's, but for the control character JSON lets stand.
            return orjson.dumps(value).decode().replace("\x7f", "\\u007f")
        case int() | float():
            return repr(value)
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return "{" + ", ".join(f"{_key(key)} = {_value(member)}" for key, member in value.items()) + "}"
        case _:
            return str(value.isoformat())  # dates and times
