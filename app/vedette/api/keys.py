"""Keys of a project: what SDKs send with."""

import secrets
from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict

from vedette.api.access import PROJECT_READ, PROJECT_WRITE
from vedette.api.errors import not_found
from vedette.api.finding import find_project
from vedette.api.paging import Page
from vedette.api.parameters import NoParameters
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Help
from vedette.api.shapes.project import ClientKey, key_shape
from vedette.store.queries import projects
from vedette.store.queries.projects import KeyRow


@dataclass(frozen=True, slots=True)
class KeyQuery:
    status: Annotated[Literal["active", "inactive"] | None, Help("Only keys that may, or may not, send.")] = (
        None
    )
    cursor: Annotated[str, Help("Taken and not needed: the list comes whole.")] = ""


class NewKey(TypedDict, total=False):
    name: Annotated[str, AtMost(200)] | None


class KeyChange(TypedDict, total=False):
    isActive: bool


async def _find(call: Call[NoParameters, None] | Call[NoParameters, KeyChange]) -> KeyRow:
    project = await find_project(call)
    for key in await call.ask(projects.project_keys, project.id):
        if key.public_key == call.place("key"):
            return key
    raise not_found()


@operation("GET", "/projects/{org}/{project}/keys/", scopes=PROJECT_READ)
async def list_keys(call: Call[KeyQuery, None]) -> Page[ClientKey]:
    """The project's keys with their DSNs"""
    project = await find_project(call)
    keys = await call.ask(projects.project_keys, project.id)
    wanted = call.query.status
    shown = [key for key in keys if wanted is None or bool(key.active) == (wanted == "active")]
    return Page([key_shape(key, call.base_url) for key in shown])


@operation("POST", "/projects/{org}/{project}/keys/", scopes=PROJECT_WRITE, status=201)
async def create_key(call: Call[NoParameters, NewKey]) -> ClientKey:
    """Give the project another key"""
    project = await find_project(call)
    public_key = secrets.token_hex(16)
    label = call.body.get("name") or "Added"
    await call.context.call("key.create", {"project": project.id, "public_key": public_key, "label": label})
    for key in await call.ask(projects.project_keys, project.id):
        if key.public_key == public_key:
            return key_shape(key, call.base_url)
    raise not_found()


@operation("GET", "/projects/{org}/{project}/keys/{key}/", scopes=PROJECT_READ)
async def show_key(call: Call[NoParameters, None]) -> ClientKey:
    """One key; its id is the public key"""
    return key_shape(await _find(call), call.base_url)


@operation("PUT", "/projects/{org}/{project}/keys/{key}/", scopes=PROJECT_WRITE)
async def update_key(call: Call[NoParameters, KeyChange]) -> ClientKey:
    """Let a key send, or no longer"""
    key = await _find(call)
    if "isActive" in call.body:
        await call.context.call("key.update", {"id": key.id, "active": call.body["isActive"]})
        key = await _find(call)
    return key_shape(key, call.base_url)


OPERATIONS = (list_keys, create_key, show_key, update_key)
