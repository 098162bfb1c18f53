"""Operations: one definition that serves a route and describes it.

A handler takes a ``Call`` and returns its answer. Its annotations say the rest: ``Call[Q, B]`` names the
dataclass of its URL parameters and the TypedDict of its JSON body, and the return type is the shape of the
answer. So what is documented is what is checked.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, get_args, get_origin, get_type_hints

from aiohttp import web

from vedette.api.access import Token
from vedette.api.context import ApiContext
from vedette.api.limits import LIST_SECONDS
from vedette.api.readers import Db

Q = TypeVar("Q")
B = TypeVar("B")
P = ParamSpec("P")
T = TypeVar("T")

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """One request, its parameters and body read and checked, its token admitted."""

    request: web.Request
    context: ApiContext
    token: Token
    query: Q
    body: B

    def place(self, name: str) -> str:
        """Return what stands in the path at ``{name}``."""
        return self.request.match_info[name]

    @property
    def base_url(self) -> str:
        """The origin for absolute URLs, as the client reached us."""
        return self.context.base_url(self.request)

    async def ask(self, function: Callable[Concatenate[Db, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``function(db, *args)`` from a reading thread, within the time of a list."""
        return await self.context.readers.ask_within(LIST_SECONDS, function, *args, **kwargs)


AnyHandler = Callable[[Call[Any, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A route, with all there is to say about it."""

    method: str
    path: str
    summary: str
    description: str
    scopes: tuple[str, ...]
    status: int
    content_type: str
    query: type
    body: Any
    answer: Any
    handler: AnyHandler

    @property
    def places(self) -> list[str]:
        """Names in the path, ``org`` for ``/organizations/{org}/``."""
        return _PLACE.findall(self.path)

    @property
    def name(self) -> str:
        return self.handler.__name__


def operation(
    method: str,
    path: str,
    *,
    scopes: tuple[str, ...] = (),
    status: int = 200,
    content_type: str = "application/json",
    shape: Any = None,
) -> Callable[[AnyHandler], Operation]:
    """Make the decorated handler the operation at *path* (below ``/api/0``, ending with a slash).

    *scopes*: one of them is asked for; none: any token will do. *shape* describes an answer the handler
    writes itself. The handler's docstring is the
    operation's documentation. Raises TypeError if its annotations do not say what is needed.
    """

    def define(handler: AnyHandler) -> Operation:
        hints = get_type_hints(handler, include_extras=True)
        answer = hints.pop("return")
        kinds = [kind for kind in hints.values() if get_origin(kind) is Call]
        if len(kinds) != 1:
            raise TypeError(f"{handler.__name__} takes a Call[parameters, body] and nothing else")
        query, body = get_args(kinds[0])
        summary, _, description = (handler.__doc__ or "").strip().partition("\n")
        return Operation(
            method,
            path,
            summary,
            description.strip(),
            scopes,
            status,
            content_type,
            query,
            body,
            shape or answer,
            handler,
        )

    return define
