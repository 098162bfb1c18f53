"""What a station says of itself on the network, as DNS-SD text records. Values in, values out: no socket.

Source: RFC 6763 (TXT records: pairs of at most 255 bytes, names without ``=``). What others say is not to be
believed: it is bounded, and shown as text.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SERVICE_TYPE = "_vedette._tcp.local."

_LONGEST_PAIR = 255
_LONGEST_LABEL = 63  # bytes of an instance name
_UNFIT = re.compile(r"[\x00-\x1f\x7f.]+")


@dataclass(frozen=True, slots=True)
class StationRecord:
    """One station as the network sees it. ``id`` is the same for as long as its workspace lives."""

    id: str
    name: str
    version: str
    port: int
    projects: int = 0
    addresses: tuple[str, ...] = ()

    @property
    def instance(self) -> str:
        """The full name of its service; the id's tail keeps two of one name apart."""
        tail = f" {self.id[:6]}"
        head = _UNFIT.sub(" ", self.name).strip() or "Vedette"
        head = head.encode()[: _LONGEST_LABEL - len(tail)].decode(errors="ignore").strip()
        return f"{head}{tail}.{SERVICE_TYPE}"

    def to_properties(self) -> dict[str, str]:
        """Return the pairs of its TXT record."""
        return {
            "id": self.id,
            "name": _cut(self.name, _LONGEST_PAIR - len("name=")),
            "version": self.version,
            "projects": str(self.projects),
            "api": "/api/0/",
        }


def read_record(
    properties: Mapping[bytes, bytes | None], port: int | None, addresses: Sequence[str]
) -> StationRecord | None:
    """Return the station a service says it is; None if it cannot be one."""
    texts = {
        key.decode("ascii", "replace"): (value or b"").decode(errors="replace")
        for key, value in properties.items()
    }
    identity = texts.get("id", "")
    if not port or not addresses or not re.fullmatch(r"[0-9a-f]{6,64}", identity):
        return None
    projects = texts.get("projects", "")
    return StationRecord(
        id=identity,
        name=_printable(texts.get("name", ""))[:100] or "Vedette",
        version=_printable(texts.get("version", ""))[:40],
        port=port,
        projects=int(projects) if re.fullmatch(r"[0-9]{1,6}", projects) else 0,
        addresses=tuple(addresses),
    )


def identity_of(token: str) -> str:
    """Return a public id for the workspace that holds *token*, from which the token cannot be found."""
    return hashlib.sha256(b"vedette station:" + token.encode()).hexdigest()[:16]


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())
