"""Under which addresses the station is reached from where a program runs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from vedette.desktop.connect.reachable import Reachable
from vedette.desktop.language import tr

DEFAULT_URL = "http://127.0.0.1:8969"
"""Where a station listens when nothing else is set; shown while none is running."""
ANDROID_EMULATOR = "10.0.2.2"  # the host's loopback. Source: Android emulator networking
GENYMOTION = "10.0.3.2"
CONTAINER = "host.docker.internal"
BRIDGE = "172.17.0.1"  # Docker's default bridge on Linux


@dataclass(frozen=True, slots=True)
class Target:
    """A line to copy: where it is for, the line, what to mind, and what is still missing for it to work."""

    key: str
    title: str
    value: str
    note: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What a DSN needs besides an address."""

    public_key: str
    project: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the station is: its URL on this machine, its interfaces, and the machine's name on the network.

    ``host`` is what kind of system this is: linux, darwin, win32, or wsl.
    """

    base_url: str
    interfaces: tuple[Reachable, ...] = ()
    host_name: str = ""
    host: str = "linux"

    @property
    def address(self) -> str:
        """Where the station listens on this machine (host:port)."""
        return urlsplit(self.base_url or DEFAULT_URL).netloc

    @property
    def port(self) -> int:
        return urlsplit(self.base_url or DEFAULT_URL).port or 80

    @property
    def open(self) -> tuple[Reachable, ...]:
        """The interfaces the station can be reached through."""
        return tuple(one for one in self.interfaces if one.is_open)

    @property
    def network(self) -> tuple[Reachable, ...]:
        """The open interfaces beyond which there are other devices."""
        return tuple(one for one in self.open if one.kind != "virtual")


def dsn(address: str, key: Key) -> str:
    """Return the DSN of *key* at *address* (host:port)."""
    return f"http://{key.public_key}@{address}/{key.project}"


def at_port(host: str, port: int) -> str:
    """Return *host* with *port*, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether *host* means this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def spotlight_line(base_url: str) -> str:
    """Return the environment variable that makes SDKs with Spotlight send a copy to this machine."""
    return f"SENTRY_SPOTLIGHT={(base_url or DEFAULT_URL).rstrip('/')}/stream"


def adb_line(port: int) -> str:
    """Return the command that makes this machine's port the device's own."""
    return f"adb reverse tcp:{port} tcp:{port}"


def network_address(reach: Reach) -> str:
    """Return the address (host:port) other devices reach the station by, "" while they cannot."""
    for one in reach.network or reach.open:
        for host in one.addresses:
            if ":" not in host:
                return at_port(host, reach.port)
    return ""


def main_dsn(reach: Reach, key: Key) -> str:
    """Return the DSN that works in most places: the network's address when other devices are let in."""
    return dsn(network_address(reach) or reach.address, key)


def targets(reach: Reach, key: Key) -> tuple[Target, ...]:
    """Return a line for each place a program may run in."""
    port = reach.port
    local = dsn(reach.address, key)
    return (
        Target("local", tr("This computer"), local),
        *_network_targets(reach, key),
        Target(
            "android",
            tr("Android emulator"),
            dsn(f"{ANDROID_EMULATOR}:{port}", key),
            tr("The app must allow cleartext traffic in its debug build."),
        ),
        Target("genymotion", tr("Genymotion"), dsn(f"{GENYMOTION}:{port}", key), tr("Cleartext as well.")),
        Target(
            "ios",
            tr("iOS simulator"),
            local,
            tr("It shares this computer's network. Info.plist needs NSAllowsLocalNetworking."),
        ),
        *_container_targets(reach, key),
        *_wsl_targets(reach, key),
        Target(
            "spotlight",
            "Spotlight",
            spotlight_line(reach.base_url),
            tr("Beside a DSN that stays as it is: SDKs with Spotlight send a copy here."),
        ),
    )


def _network_targets(reach: Reach, key: Key) -> Sequence[Target]:
    """Return the lines for other devices: each address of an open interface, and the machine's name."""
    found = [
        Target(f"lan{n}", tr("Local network"), dsn(at_port(host, reach.port), key), one.name)
        for n, (one, host) in enumerate((one, host) for one in reach.network for host in one.addresses)
    ]
    if not found:
        missing = tr("No interface is ticked under Network, so no other device can reach this station.")
        return [Target("lan", tr("Phone or other computer"), "", "", missing)]
    if reach.host_name:
        note = tr("Stays the same when addresses change. Needs a device that looks up .local names.")
        found.append(
            Target("name", tr("Local network"), dsn(at_port(reach.host_name, reach.port), key), note)
        )
    return found


def _container_targets(reach: Reach, key: Key) -> Sequence[Target]:
    bridge = next((one for one in reach.interfaces if one.is_docker), None)
    if reach.host == "linux":
        is_open = any(one.kind == "virtual" for one in reach.open)
        missing = "" if is_open else tr("Tick the containers' interface under Network first.")
        note = tr("Start the container with --add-host=host.docker.internal:host-gateway")
    else:
        note, missing = "", ""
    found = [Target("container", tr("Container"), dsn(f"{CONTAINER}:{reach.port}", key), note, missing)]
    if reach.host == "linux":
        address = next((host for host in bridge.addresses if ":" not in host), BRIDGE) if bridge else BRIDGE
        found.append(
            Target(
                "bridge",
                tr("Container, by address"),
                dsn(at_port(address, reach.port), key),
                tr("Docker's bridge, without any option."),
                missing,
            )
        )
    return found


def _wsl_targets(reach: Reach, key: Key) -> Sequence[Target]:
    if reach.host == "wsl":
        note = tr("Windows passes localhost on to WSL.")
        return [Target("wsl", tr("Windows, from WSL"), dsn(f"localhost:{reach.port}", key), note)]
    if reach.host != "win32":
        return []
    bridge = next((one for one in reach.interfaces if "wsl" in one.name.lower()), None)
    if bridge is None:
        note = tr("With mirrored networking in .wslconfig.")
        return [Target("wsl", "WSL", dsn(reach.address, key), note)]
    missing = "" if bridge.is_open else tr("Tick the WSL interface under Network first.")
    note = tr("With mirrored networking, the line for this computer works too.")
    return [Target("wsl", "WSL", dsn(at_port(bridge.addresses[0], reach.port), key), note, missing)]
