"""A platform, and the snippet for it with a DSN in its place. Pure."""

from dataclasses import dataclass
from string import Template


@dataclass(frozen=True, slots=True)
class Platform:
    """One button: its title, the file whose language colours the snippet, how to install, what to mind."""

    key: str
    title: str
    filename: str
    source: str
    install: str
    mind: str = ""

    def snippet(self, dsn: str) -> str:
        """Return the source that makes this platform's SDK send to *dsn*."""
        return Template(self.source).substitute(dsn=dsn)
