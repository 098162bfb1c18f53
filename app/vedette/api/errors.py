"""What a caller is told when an answer is not to be had: ``{"detail": …}`` and a status."""

from vedette.domain.json import JsonValue

NO_CREDENTIALS = "Authentication credentials were not provided."
INVALID_TOKEN = "Invalid token"
NO_PERMISSION = "You do not have permission to perform this action."
NOT_FOUND = "The requested resource does not exist"


class ApiError(Exception):
    """The caller's mistake, or the limit of what one question may cost.

    ``members`` replaces ``{"detail": …}`` where the mistake lies in named members of the body.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        members: dict[str, list[str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.members = members
        self.headers = headers or {}

    @property
    def body(self) -> JsonValue:
        return self.members or {"detail": self.detail}


def not_found(detail: str = NOT_FOUND) -> ApiError:
    """Return the error for a thing that is not there, or not there any more."""
    return ApiError(404, detail)
