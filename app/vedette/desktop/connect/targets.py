"""Under which addresses the station is reached from where a program runs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

DEFAULT_URL = "http://127.0.0.1:8969"
"""Where a station listens when nothing else is set; shown while none is running."""
ANDROID_EMULATOR = "10.0.2.2"  # the host's loopback. Source: Android emulator networking
CONTAINER = "host.docker.internal"


@dataclass(frozen=True, slots=True)
class Target:
    """A line to copy: where it is for, the line, and what to mind."""

    key: str
    title: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a DSN needs besides an address."""

    public_key: str
    project: int


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def lan_address(addresses: Sequence[str]) -> str:
    """Return the first of *addresses* (host:port) that other devices can reach, "" if there is none."""
    for address in addresses:
        host = urlsplit(f"//{address}").hostname or ""
        if host and host not in ("0.0.0.0", "::") and not _is_loopback(host):
            return address
    return ""


def local_address(base_url: str) -> str:
    """Return where the station at *base_url* listens on this machine (host:port)."""
    return urlsplit(base_url or DEFAULT_URL).netloc


def dsn(address: str, key: Key) -> str:
    """Return the DSN of *key* at *address* (host:port)."""
    return f"http://{key.public_key}@{address}/{key.project}"


def spotlight_line(base_url: str) -> str:
    """Return the environment variable that makes SDKs with Spotlight send a copy to this machine."""
    return f"SENTRY_SPOTLIGHT={(base_url or DEFAULT_URL).rstrip('/')}/stream"


def main_dsn(base_url: str, addresses: Sequence[str], key: Key, *, lan: bool) -> str:
    """Return the DSN that works in most places: the network's address when other devices are let in."""
    return dsn((lan_address(addresses) if lan else "") or local_address(base_url), key)


def targets(base_url: str, addresses: Sequence[str], key: Key, *, lan: bool) -> tuple[Target, ...]:
    """Return the other lines to copy, for programs that see this machine under another name."""
    split = urlsplit(base_url or DEFAULT_URL)
    port = split.port or 80
    found = []
    if lan and lan_address(addresses):
        found.append(Target("local", "This machine", dsn(f"127.0.0.1:{port}", key)))
        others = [a for a in addresses if lan_address([a]) and a != lan_address(addresses)]
        found += [Target(f"lan{n}", "Local network", dsn(a, key)) for n, a in enumerate(others, start=1)]
    found.append(
        Target(
            "android",
            "Android emulator",
            dsn(f"{ANDROID_EMULATOR}:{port}", key),
            "The app must allow cleartext traffic in its debug build.",
        )
    )
    found.append(
        Target(
            "usb",
            "Android by USB",
            f"adb reverse tcp:{port} tcp:{port}",
            "Then the DSN of this machine works on the device.",
        )
    )
    found.append(
        Target(
            "container",
            "Container",
            dsn(f"{CONTAINER}:{port}", key),
            "" if lan else "On Linux this needs the local network switched on.",
        )
    )
    found.append(
        Target(
            "spotlight",
            "Spotlight",
            spotlight_line(base_url),
            "Beside a DSN that stays as it is: SDKs with Spotlight send a copy here.",
        )
    )
    return tuple(found)
