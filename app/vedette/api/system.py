"""Who is asking, what is served, and what happens now."""

from typing import TypedDict

from aiohttp import web

from vedette.api.access import EVENT_READ
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.domain.json import JsonValue

USER_ID = "1"


class Auth(TypedDict):
    scopes: list[str]


class User(TypedDict):
    """The one user of a workspace."""

    id: str
    name: str
    username: str
    email: str
    isActive: bool


class Root(TypedDict):
    version: str
    auth: Auth
    user: User


class Region(TypedDict):
    name: str
    url: str


class Regions(TypedDict):
    regions: list[Region]


def _user() -> User:
    return {"id": USER_ID, "name": "Local user", "username": "desk", "email": "", "isActive": True}


@operation("GET", "/")
async def show_root(call: Call[NoParameters, None]) -> Root:
    """Who the token belongs to and what it may do"""
    return {"version": "0", "auth": {"scopes": sorted(call.token.scopes)}, "user": _user()}


@operation("GET", "/auth/")
async def show_user(call: Call[NoParameters, None]) -> User:
    """The user the token belongs to"""
    return _user()


@operation("GET", "/users/me/")
async def show_me(call: Call[NoParameters, None]) -> User:
    """The user the token belongs to"""
    return _user()


@operation("GET", "/users/me/regions/")
async def list_regions(call: Call[NoParameters, None]) -> Regions:
    """Where the data lies: here

    Newer command line clients ask this before anything else.
    """
    return {"regions": [{"name": "desk", "url": call.base_url}]}


@operation("GET", "/feed/", scopes=EVENT_READ, content_type="text/event-stream")
async def follow_feed(call: Call[NoParameters, None]) -> web.StreamResponse:
    """The live feed: what changed, after the commit

    Server-sent events whose data is `{"seq": n, "changes": [[kind, [ids…]]…]}`, ids and kinds only. With
    `Last-Event-ID` the feed goes on after that number where it still can.
    """
    return await call.context.feed(call.request)


@operation("GET", "/openapi.json")
async def show_openapi(call: Call[NoParameters, None]) -> dict[str, JsonValue]:
    """This document"""
    document: dict[str, JsonValue] = call.request.app[OPENAPI]
    return document


OPENAPI: web.AppKey[dict[str, JsonValue]] = web.AppKey("openapi", dict)

OPERATIONS = (show_root, show_user, show_me, list_regions, follow_feed, show_openapi)
