"""Releases as build machines make them: created, finished, with commits and deploys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, NotRequired, TypedDict
from urllib.parse import unquote

from aiohttp import web

from vedette.api.access import ORG_READ, PROJECT_WRITE
from vedette.api.errors import ApiError, not_found
from vedette.api.finding import AnyCall, answered, find_organization, find_project
from vedette.api.limits import PAGE_ROWS
from vedette.api.paging import Page, cut, read_cursor
from vedette.api.releases import READ, HealthQuery, shown
from vedette.api.routing import Call, operation
from vedette.api.schema import AtMost, Between, Help
from vedette.api.serving import answer_json
from vedette.api.shapes.release_summary import (
    Commit,
    Deploy,
    ReleaseSummary,
    Repository,
    commit_shape,
    deploy_shape,
    repository_shape,
)
from vedette.domain.json import JsonObject
from vedette.domain.times import LATEST, from_datetime
from vedette.processing.releases import check_release
from vedette.processing.shapes import UnfitError
from vedette.store.queries import projects, release_notes, releases
from vedette.store.queries.releases import ReleaseRow

_WRITE = (*PROJECT_WRITE, "project:releases", "org:ci")
_MOST_COMMITS = 1_000
_Url = Annotated[str, AtMost(500)]


class FileChange(TypedDict):
    """A file of a commit; `type` is A, M or D."""

    path: str
    type: str


class NewCommit(TypedDict):
    """A commit as `git log` tells it."""

    id: str
    repository: NotRequired[str | None]
    message: NotRequired[str | None]
    author_name: NotRequired[str | None]
    author_email: NotRequired[str | None]
    timestamp: NotRequired[str | None]
    patch_set: NotRequired[list[FileChange] | None]


class Ref(TypedDict):
    """The newest commit of a repository."""

    commit: str
    repository: str
    previousCommit: NotRequired[str | None]


class ReleaseChange(TypedDict, total=False):
    """What is said of a release. Commits take the place of those before."""

    projects: list[str | int]
    ref: str | None
    url: _Url | None
    dateReleased: str | None
    dateStarted: str | None
    status: str
    commits: Annotated[list[NewCommit], AtMost(_MOST_COMMITS)] | None
    refs: list[Ref] | None


class NewRelease(ReleaseChange):
    """A release to be made."""

    version: str


class NewDeploy(TypedDict):
    """Where a release goes, and when."""

    environment: Annotated[str, AtMost(64)]
    name: NotRequired[str | None]
    url: NotRequired[_Url | None]
    dateStarted: NotRequired[str | None]
    dateFinished: NotRequired[str | None]
    projects: NotRequired[list[str | int] | None]


@dataclass(frozen=True, slots=True)
class PageQuery:
    cursor: Annotated[str, Help("From the `Link` header of the page before.")] = ""
    per_page: Annotated[int, Between(1, PAGE_ROWS)] = PAGE_ROWS


def _moment(name: str, text: str | None) -> int | None:
    """Return what *text* says, in microseconds. Raises ApiError 400."""
    if not text:
        return None
    try:
        moment = from_datetime(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        raise ApiError(400, "", members={name: ["Datetime has wrong format."]}) from None
    return min(LATEST, max(0, moment))


def _arguments(body: ReleaseChange) -> JsonObject:
    """Return *body* as `release.save` takes it. Raises ApiError 400."""
    found: JsonObject = {name: body.get(name) for name in ("url", "ref") if name in body}
    for name, member in (("released", "dateReleased"), ("started", "dateStarted")):
        if member in body:
            found[name] = _moment(member, body.get(member))  # type: ignore[arg-type]
    if "status" in body:
        if body["status"] not in ("open", "archived"):
            raise ApiError(400, "", members={"status": ["It can be open or archived."]})
        found["archived"] = body["status"] == "archived"
    if body.get("commits"):
        found["commits"] = [_commit(commit) for commit in body["commits"] or ()]
    elif body.get("refs"):
        # Without a link to the repository there is nobody to ask for the commits between: the newest it is.
        found["commits"] = [
            {"sha": ref["commit"], "repository": ref["repository"]} for ref in body["refs"] or ()
        ]
    return found


def _commit(commit: NewCommit) -> JsonObject:
    names = ("repository", "message", "author_name", "author_email")
    return {
        "sha": commit["id"],
        **{name: commit.get(name) for name in names},
        "ts": _moment("timestamp", commit.get("timestamp")),
        "files": [[change["path"], change["type"]] for change in commit.get("patch_set") or ()],
    }


async def _project_ids(call: AnyCall, names: list[str | int] | None) -> list[int]:
    """Return the ids of the projects *names*. Raises ApiError 400."""
    found = []
    for name in names or ():
        row = await call.ask(projects.find_project, str(name))
        if row is None:
            raise ApiError(400, "", members={"projects": ["Invalid project ids or slugs"]})
        found.append(row.id)
    return found


async def _saved(call: AnyCall, version: str, body: ReleaseChange, ids: list[int]) -> JsonObject:
    try:
        check_release(version)
    except UnfitError:
        raise ApiError(400, "", members={"version": ["Release with invalid name"]}) from None
    arguments = {"version": version, "projects": list(ids), **_arguments(body)}
    return answered(await call.context.call("release.save", arguments))


async def _find(call: AnyCall) -> ReleaseRow:
    chosen = (await find_project(call)).id if "project" in call.request.match_info else None
    if chosen is None:
        find_organization(call)
    version = unquote(call.place("version"))
    row = await call.ask(releases.find_release, version, () if chosen is None else (chosen,))
    if row is None:
        raise not_found()
    return row


async def _shown(call: AnyCall, version: str) -> ReleaseSummary:
    row = await call.ask(releases.find_release, version)
    if row is None:
        raise not_found()
    return (await shown(call, [row]))[0]


@operation("POST", "/organizations/{org}/releases/", scopes=_WRITE, status=201, shape=ReleaseSummary)
async def create_release(call: Call[HealthQuery, NewRelease]) -> web.Response:
    """Make a release, or say more of one; 208 if it was made before"""
    find_organization(call)
    version = call.body["version"].strip()
    ids = await _project_ids(call, call.body.get("projects"))
    # sentry-cli archives by making a release again, without its projects.
    if not ids and await call.ask(releases.find_release, version) is None:
        raise ApiError(400, "", members={"projects": ["This field is required."]})
    made = await _saved(call, version, call.body, ids)
    summary: Any = await _shown(call, version)
    return answer_json(summary, 201 if made["made"] else 208)


@operation("PUT", "/organizations/{org}/releases/{version}/", scopes=_WRITE)
async def update_release(call: Call[HealthQuery, ReleaseChange]) -> ReleaseSummary:
    """Say of a release when it was released, what it is of, and which commits it has"""
    row = await _find(call)
    await _saved(call, row.version, call.body, await _project_ids(call, call.body.get("projects")))
    return await _shown(call, row.version)


@operation("POST", "/projects/{org}/{project}/releases/", scopes=_WRITE, status=201, shape=ReleaseSummary)
async def create_project_release(call: Call[HealthQuery, NewRelease]) -> web.Response:
    """Make a release of a project, or say more of one; 208 if it was made before"""
    project = await find_project(call)
    version = call.body["version"].strip()
    made = await _saved(call, version, call.body, [project.id])
    summary: Any = await _shown(call, version)
    return answer_json(summary, 201 if made["made"] else 208)


@operation("PUT", "/projects/{org}/{project}/releases/{version}/", scopes=_WRITE)
async def update_project_release(call: Call[HealthQuery, ReleaseChange]) -> ReleaseSummary:
    """Say more of a release of a project"""
    row = await _find(call)
    await _saved(call, row.version, call.body, [])
    return await _shown(call, row.version)


@operation(
    "DELETE",
    "/organizations/{org}/releases/{version}/",
    scopes=(*PROJECT_WRITE, "project:releases"),
    status=204,
)
async def delete_release(call: Call[HealthQuery, None]) -> None:
    """Take back a release of which nothing came; 400 if something did"""
    row = await _find(call)
    await call.context.call("release.delete", {"version": row.version})


@operation(
    "GET", "/organizations/{org}/releases/{version}/previous-with-commits/", scopes=READ, shape=ReleaseSummary
)
async def show_previous_release(call: Call[HealthQuery, None]) -> web.Response:
    """The release before this one that has commits; `{}` for none"""
    row = await _find(call)
    before = await call.ask(release_notes.previous_with_commits, row.id)
    found = None if before is None else await call.ask(releases.release_by_term, before)
    summary: Any = {} if found is None else (await shown(call, [found]))[0]
    return answer_json(summary)


async def _commits(call: Call[PageQuery, None]) -> Page[Commit]:
    row = await _find(call)
    after = read_cursor(call.query.cursor, 1)
    found = await call.ask(
        release_notes.page_commits, row.id, None if after is None else after[0], call.query.per_page + 1
    )
    rows, more = cut(found, call.query.per_page)
    return Page([commit_shape(commit) for commit in rows], (rows[-1].n,) if more else None)


@operation("GET", "/organizations/{org}/releases/{version}/commits/", scopes=READ)
async def list_commits(call: Call[PageQuery, None]) -> Page[Commit]:
    """A release's commits, the newest first"""
    return await _commits(call)


@operation("GET", "/projects/{org}/{project}/releases/{version}/commits/", scopes=READ)
async def list_project_commits(call: Call[PageQuery, None]) -> Page[Commit]:
    """The commits of a release of a project, the newest first"""
    return await _commits(call)


@operation("GET", "/organizations/{org}/releases/{version}/deploys/", scopes=READ)
async def list_deploys(call: Call[PageQuery, None]) -> Page[Deploy]:
    """A release's deploys, the latest first"""
    row = await _find(call)
    after = read_cursor(call.query.cursor, 1)
    found = await call.ask(
        release_notes.page_deploys, row.id, None if after is None else after[0], call.query.per_page + 1
    )
    rows, more = cut(found, call.query.per_page)
    return Page([deploy_shape(deploy) for deploy in rows], (rows[-1].id,) if more else None)


@operation("POST", "/organizations/{org}/releases/{version}/deploys/", scopes=_WRITE, status=201)
async def create_deploy(call: Call[PageQuery, NewDeploy]) -> Deploy:
    """Say that a release went somewhere; `dateFinished` is now if it is left out"""
    row = await _find(call)
    body = call.body
    arguments: JsonObject = {
        "version": row.version,
        "environment": body["environment"],
        "name": body.get("name"),
        "url": body.get("url"),
        "started": _moment("dateStarted", body.get("dateStarted")),
        "finished": _moment("dateFinished", body.get("dateFinished")),
        "projects": list(await _project_ids(call, body.get("projects"))),
    }
    made = answered(await call.context.call("release.deploy", arguments))
    deploys = await call.ask(release_notes.page_deploys, row.id, int(made["id"]) + 1, 1)
    if not deploys:
        raise not_found()
    return deploy_shape(deploys[0])


@operation("GET", "/organizations/{org}/repos/", scopes=(*ORG_READ, "org:ci", "org:integrations"))
async def list_repositories(call: Call[PageQuery, None]) -> Page[Repository]:
    """The repositories that commits of releases name"""
    find_organization(call)
    found = await call.ask(release_notes.repositories)
    return Page([repository_shape(name, since) for name, since in found], hits=len(found))


OPERATIONS = (
    create_release,
    update_release,
    create_project_release,
    update_project_release,
    delete_release,
    show_previous_release,
    list_commits,
    list_project_commits,
    list_deploys,
    create_deploy,
    list_repositories,
)
