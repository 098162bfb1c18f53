"""Who may ask: bearer tokens with scopes."""

import base64
import binascii
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from vedette.api.errors import INVALID_TOKEN, NO_CREDENTIALS, NO_PERMISSION, ApiError

EVENT_READ = ("event:read", "event:write", "event:admin")
EVENT_WRITE = ("event:write", "event:admin")
PROJECT_READ = ("project:read", "project:write", "project:admin")
PROJECT_WRITE = ("project:write", "project:admin")
ORG_READ = ("org:read", "org:write", "org:admin")
ORG_WRITE = ("org:write", "org:admin")
ALERTS_READ = ("alerts:read", "alerts:write", "alerts:admin")
ALERTS_WRITE = ("alerts:write", "alerts:admin")

ALL_SCOPES = frozenset(
    {*EVENT_READ, *PROJECT_READ, *ORG_READ, "project:releases", "org:ci", "org:integrations"}
    | {f"{kind}:{right}" for kind in ("team", "member", "alerts") for right in ("read", "write", "admin")}
)


@dataclass(frozen=True, slots=True)
class Token:
    """One secret and what its holder may do."""

    secret: str
    scopes: frozenset[str] = ALL_SCOPES
    name: str = "local user"

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Say whether one of *scopes* is among this token's; () asks for no more than a token."""
        return not scopes or not self.scopes.isdisjoint(scopes)


class Tokens:
    """The tokens a station knows."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = tuple(tokens)

    def use(self, tokens: Iterable[Token]) -> None:
        """Know *tokens* from now on, and no others."""
        self._tokens = tuple(tokens)

    def admit(self, authorization: str | None, scopes: tuple[str, ...]) -> Token:
        """Return the token *authorization* carries. Raises ApiError 401, or 403."""
        token = self._find(_secret(authorization))
        if token is None:
            raise _unauthorized(INVALID_TOKEN)
        if not token.may(scopes):
            raise ApiError(403, NO_PERMISSION)
        return token

    def _find(self, secret: str) -> Token | None:
        # Every token is compared, each in constant time, so that timing tells nothing about any.
        given = secret.encode("utf-8", "surrogateescape")
        found = None
        for token in self._tokens:
            if hmac.compare_digest(token.secret.encode(), given) and token.secret:
                found = token
        return found


def _secret(authorization: str | None) -> str:
    """Read ``Bearer TOKEN``, or the older ``Basic`` with the token as user name."""
    if not authorization:
        raise _unauthorized(NO_CREDENTIALS)
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[0]
        except (binascii.Error, ValueError):
            raise _unauthorized(INVALID_TOKEN) from None
    raise _unauthorized(NO_CREDENTIALS)


def _unauthorized(detail: str) -> ApiError:
    return ApiError(401, detail, headers={"WWW-Authenticate": 'Bearer realm="api"'})
