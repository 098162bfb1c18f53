"""Where things lie in a workspace folder, and where that folder is."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files of one workspace. Making the folder is the caller's business."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "vedette.db"

    @property
    def spool(self) -> Path:
        return self.folder / "spool.db"

    @property
    def incoming(self) -> Path:
        """Bodies too large for a spool row, until digest has taken them."""
        return self.folder / "incoming"

    @property
    def uploads(self) -> Path:
        """Attachments that are sent in pieces, until an envelope refers to them."""
        return self.incoming / "uploads"

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def token(self) -> Path:
        """The local user's bearer token, mode 0600."""
        return self.folder / "token"

    @property
    def lock(self) -> Path:
        """Held while a station runs; never read, since Windows locks reading too."""
        return self.folder / "station.lock"

    @property
    def station(self) -> Path:
        """JSON about the running station: host, port, pid, started."""
        return self.folder / "station.json"

    @property
    def mark(self) -> Path:
        """The spool range digest is working on, for finding what killed it."""
        return self.folder / "digest.mark"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"
