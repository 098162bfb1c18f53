"""DSNs: where an SDK sends, and with which key. Text in, values out.

Source: getsentry/develop, "SDK overview" (parsing the DSN).
"""

import re
from dataclasses import dataclass

from vedette.domain.outcomes import IngestError, Reason

# Sentry's own keys are 32 hex digits, but SDKs only ask for something, so any token is a key here.
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_PROJECT = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_DSN = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<public>[^:@/?#\s]*)(?::(?P<secret>[^@/?#\s]*))?@"
    r"(?P<host>\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\]|[^\[\]:/@?#\s]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#\s]*)?"
    r"(?:[?#]\S*)?",  # raven took options here
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dsn:
    """One DSN. ``host`` keeps the brackets of an IPv6 address; ``prefix`` is ``""`` or ``/a/b``."""

    scheme: str
    public_key: str
    secret_key: str | None
    host: str
    port: int | None
    prefix: str
    project: str

    @property
    def base_url(self) -> str:
        """Scheme, host, port and path prefix, without a slash at the end."""
        return f"{self.scheme}://{self._address}{self.prefix}"

    @property
    def envelope_url(self) -> str:
        return f"{self.base_url}/api/{self.project}/envelope/"

    @property
    def _address(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        secret = "" if self.secret_key is None else f":{self.secret_key}"
        return f"{self.scheme}://{self.public_key}{secret}@{self._address}{self.prefix}/{self.project}"


def is_key(text: str) -> bool:
    """Whether *text* can be a public key."""
    return _KEY.fullmatch(text) is not None


def is_project(text: str) -> bool:
    """Whether *text* can be the project part of a DSN or path: a number or a slug."""
    return _PROJECT.fullmatch(text) is not None


def parse_dsn(text: str) -> Dsn:
    """Return the parts of the DSN *text*.

    Raises IngestError(BAD_AUTH) when it is no DSN or its key is unusable, IngestError(BAD_PROJECT) when
    the last path segment is no project.
    """
    match = _DSN.fullmatch(text.strip())
    if match is None:
        raise IngestError(Reason.BAD_AUTH, "invalid DSN: expected scheme://key@host/project")
    if not is_key(match["public"]):
        raise IngestError(Reason.BAD_AUTH, "invalid DSN: bad public key")
    port = None if match["port"] is None else int(match["port"])
    if port is not None and not 0 < port < 65536:
        raise IngestError(Reason.BAD_AUTH, "invalid DSN: bad port")
    prefix, _, project = (match["path"] or "").rstrip("/").rpartition("/")
    if not is_project(project):
        raise IngestError(Reason.BAD_PROJECT, "invalid DSN: bad project id")
    return Dsn(
        scheme=match["scheme"].lower(),
        public_key=match["public"],
        secret_key=match["secret"],
        host=match["host"],
        port=port,
        prefix=prefix,
        project=project,
    )
