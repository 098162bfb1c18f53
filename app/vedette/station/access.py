"""Who may send, and from where may be read. Values in, decisions out: no socket.

Sending: from this machine anything goes, since the developer at the desk is the sender; from the network
only keys that exist. Reading needs a token, which the API checks; here stand the checks a token does not
replace. A hostile page in a browser of this machine can reach us by its own Origin, or by a name that was
made to point here (DNS rebinding), and so both must be ours.
"""

import ipaddress
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from vedette.domain.outcomes import IngestError, Reason


@lru_cache(maxsize=4096)
def is_loopback(address: str) -> bool:
    """Whether the peer *address* is this machine. A Unix socket's, "", is."""
    if not address:
        return True
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_loopback


def is_local_host(name: str) -> bool:
    """Whether the host *name* (no port, brackets allowed) means this machine whatever a resolver says."""
    name = name.strip("[]").rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost") or (name != "" and is_loopback(name))


def check_host(header: str | None, own_names: Collection[str]) -> str | None:
    """Return why a request for the Host *header* is not for us, None if it may be.

    Any literal address will do: rebinding needs a name. *own_names* are this machine's, lower case.
    """
    if not header:
        return None  # HTTP/1.0; browsers always say it
    name = _host_of(f"//{header}")
    if name and (is_local_host(name) or _is_address(name) or name.rstrip(".") in own_names):
        return None
    return f"This station is not {header[:100]!r}. Use its address, or localhost."


def check_origin(header: str | None, own_names: Collection[str]) -> str | None:
    """Return why a page of the Origin *header* may not read, None if it may, or if no page asks."""
    if header is None:
        return None
    name = _host_of(header)
    if name and (is_local_host(name) or name in own_names):
        return None
    return f"Pages of {header[:100]!r} may not read here."


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A public key of the workspace, with its project by id and slug."""

    public_key: str
    project: int
    slug: str
    active: bool = True

    def opens(self, project: str | None) -> bool:
        """Whether the key is one of *project*, the text in a path (None: any)."""
        return project is None or project in (str(self.project), self.slug)


@dataclass(slots=True)
class KeyBook:
    """The keys and blocked senders the workspace knows, as they were last read from the store."""

    _keys: dict[str, list[KnownKey]] = field(default_factory=dict)
    _blocked: frozenset[tuple[str, str]] = frozenset()

    @property
    def projects(self) -> int:
        """How many projects have a key."""
        return len({key.project for keys in self._keys.values() for key in keys})

    def learn_keys(self, keys: Iterable[KnownKey]) -> None:
        book: dict[str, list[KnownKey]] = {}
        for key in keys:
            book.setdefault(key.public_key, []).append(key)
        self._keys = book

    def learn_blocked(self, senders: Iterable[tuple[str, str]]) -> None:
        """Take over who is blocked: pairs of address and client, as the store's senders are."""
        self._blocked = frozenset(senders)

    def admit_sender(self, ip: str, client: str) -> None:
        """Raise IngestError(BLOCKED_SENDER) when the user wants nothing from this program there."""
        if self._blocked and (ip, client) in self._blocked:
            raise IngestError(Reason.BLOCKED_SENDER, "event submission rejected: this sender is blocked")

    def admit_key(self, public_key: str, project: str | None, *, from_here: bool) -> None:
        """Raise IngestError(UNKNOWN_KEY) when *public_key* does not open *project* for this request.

        *from_here*: it comes from this machine, where an unknown key makes its project. One that was
        switched off is refused from anywhere.
        """
        own = [key for key in self._keys.get(public_key, ()) if key.opens(project)]
        if any(key.active for key in own):
            return
        if own:
            raise IngestError(Reason.UNKNOWN_KEY, "event submission rejected: this key is switched off")
        if not from_here:
            raise IngestError(
                Reason.UNKNOWN_KEY,
                "event submission rejected: unknown key or project; it can be adopted in Vedette",
            )
